// What each family of segment kernels hands to the registry.
#pragma once

#include "kernels/split/segments.h"

namespace hashlane {

/// Untested, and null where the family does not have the algorithm. They live as long as the process.
const SegmentKernel* checksum_segments(AlgorithmId algorithm) noexcept;
const SegmentKernel* quickxor_segments(AlgorithmId algorithm) noexcept;
const SegmentKernel* blake3_segments(AlgorithmId algorithm) noexcept;
const SegmentKernel* tth_segments(AlgorithmId algorithm) noexcept;

/// What computes the algorithm's streams: segments are computed by the same.
const char* stream_implementation(AlgorithmId algorithm) noexcept;

}  // namespace hashlane
