// Which lane kernels this processor runs.
#pragma once

#include <memory>
#include <vector>

#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

/// Kernels for an algorithm that the processor and the system can run, best first; untested.
std::vector<std::unique_ptr<const LaneKernel>> runnable_lane_kernels(AlgorithmId algorithm);

}  // namespace hashlane
