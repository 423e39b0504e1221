// How fast an algorithm's kernels run on this machine, on bytes that lie in the processor's cache.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

#include "contract/contract.h"

namespace hashlane {

/// What is hashed to measure: messages of this length, one for each stream.
inline constexpr std::size_t kSpeedMessageBytes = 16 << 10;

/// Bytes a second on one thread; 0 where there is no such kernel. `lanes` counts all lanes together.
struct KernelSpeed {
  double single_stream = 0;
  double lanes = 0;
};

/// Measures what make_hasher() and lane_kernel() give for an algorithm, each for about `time` of this
/// thread on a processor, and gives medians. The two are run in turn, in spans of at most a hundredth of a second, so
/// that what disturbs the machine disturbs both. Between spans `stopped` is asked; once it says so, the measuring ends
/// with what it has. Blocks its thread; throws bad_alloc.
KernelSpeed measure_speed(AlgorithmId algorithm, std::chrono::nanoseconds time, const std::function<bool()>& stopped);

}  // namespace hashlane
