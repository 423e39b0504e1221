#include "kernels/k12/k12_leaves.h"
#include "kernels/lanes/vectors/neon.h"

namespace hashlane {

const K12Leaves kK12Neon = {neon::U64::kLanes, k12_leaves<neon::U64>};

}  // namespace hashlane
