#include "kernels/k12/k12_leaves.h"
#include "kernels/lanes/vectors/avx512.h"

namespace hashlane {

const K12Leaves kK12Avx512 = {avx512::U64::kLanes, k12_leaves<avx512::U64>};

}  // namespace hashlane
