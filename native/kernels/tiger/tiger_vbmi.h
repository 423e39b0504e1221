// The seam to code that is compiled for processors with AVX-512 VBMI: plain types only, see
// lanes/lane_core.h.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hashlane {

/// The S-boxes by bytes: bytes[box][i][entry] is byte i of the entry.
struct TigerBytePlanes {
  alignas(64) std::uint8_t bytes[4][8][256];
};

inline constexpr std::size_t kTigerVbmiLanes = 64;

/// Advances 64 messages, the words of message i being chains[3 i] to chains[3 i + 2].
void tiger_compress_vbmi(const TigerBytePlanes& planes, std::uint64_t* chains, const std::byte* const* blocks,
                         std::size_t count) noexcept;

}  // namespace hashlane
