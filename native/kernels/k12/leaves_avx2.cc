#include "kernels/k12/k12_leaves.h"
#include "kernels/lanes/vectors/avx2.h"

namespace hashlane {

const K12Leaves kK12Avx2 = {avx2::U64::kLanes, k12_leaves<avx2::U64>};

}  // namespace hashlane
