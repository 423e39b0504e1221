// Known answers at start, for lane kernels: one that computes wrong digests on this machine is not used.
#pragma once

#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

/// Whether more streams than the kernel has lanes, of different lengths beside each other, give the
/// algorithm's known digests, whole and in uneven splits, and also when too few for the lanes.
bool passes_known_answers(const LaneKernel& kernel, AlgorithmId algorithm);

}  // namespace hashlane
