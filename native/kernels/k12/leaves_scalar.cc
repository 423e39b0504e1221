#include "kernels/k12/k12_leaves.h"
#include "kernels/lanes/vectors/scalar.h"

namespace hashlane {

const K12Leaves kK12Scalar = {scalar::U64::kLanes, k12_leaves<scalar::U64>};

}  // namespace hashlane
