// Known answers for segment kernels: one that computes wrong digests on this machine is not used.
#pragma once

#include "kernels/split/segments.h"

namespace hashlane {

/// Whether segments computed in any order, the last one short, make the known digest. False, too,
/// where the algorithm has no known answer, or memory is short.
[[nodiscard]] bool passes_known_answers(const SegmentKernel& kernel, AlgorithmId algorithm) noexcept;

}  // namespace hashlane
