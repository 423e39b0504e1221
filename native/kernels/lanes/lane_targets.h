// Which lane cores and kernels this processor runs.
#pragma once

#include <memory>
#include <vector>

#include "kernels/lanes/lane_plan.h"
#include "kernels/lanes/stream_lanes.h"

namespace hashlane {

/// A core and the target it is written for.
struct TargetCore {
  KernelTarget target;
  const LaneCore* core;
};

/// The cores of a compression that the processor and the system can run, whatever HASHLANE_KERNELS says.
std::vector<TargetCore> runnable_cores(Compression compression);

/// The kernels for an algorithm that the processor can run, the fastest first, untested. `speeds` are
/// MB/s of runnable_cores(), in their order. With a forced target, kernels have the cores of their own
/// target alone, and one portable lane; otherwise few streams go to whatever core is best for them.
std::vector<std::unique_ptr<const StreamLanes>> lane_kernels_of(const LaneAlgorithm& algorithm,
                                                                std::span<const double> speeds, bool forced);

/// One kernel for each runnable core, in their order, with nothing but that core. For benchmarks and
/// tests, which could not tell otherwise which core a kernel used.
std::vector<std::unique_ptr<const StreamLanes>> single_core_kernels(const LaneAlgorithm& algorithm);

}  // namespace hashlane
