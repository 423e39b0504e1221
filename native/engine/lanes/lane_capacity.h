// How much lanes could have taken in the time that some pieces took.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

/// Bytes: `lanes` (at most 64) times the longest lane, when the pieces go in their order to whichever lane is free
/// first. So the lanes were filled to (sum of the pieces) ÷ (this).
std::uint64_t lane_capacity(std::size_t lanes, std::span<const LanePiece> pieces) noexcept;

}  // namespace hashlane
