// CRC-32C in each of its forms. What the processor offers is chosen in crc32c(), declared in
// hasher.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hashlane {

/// CRC-32C (Castagnoli, reflected 0x82F63B78) of bytes, going on from `crc` (0 to begin).
using Crc32cFunction = std::uint32_t (*)(std::uint32_t crc, std::span<const std::byte> bytes) noexcept;

/// One form of the checksum.
struct Crc32cForm {
  Crc32cFunction function;
  /// The instruction set: "SSE4.2", "ARMv8" or "portable".
  const char* instruction_set;
};

/// Slicing by eight: runs everywhere.
std::uint32_t crc32c_portable(std::uint32_t crc, std::span<const std::byte> bytes) noexcept;

/// The fastest form this processor runs; the portable one when it has no CRC instruction, when
/// `portable` asks for it, or when the forced target has none (SSE2).
Crc32cForm crc32c_form(bool portable) noexcept;

}  // namespace hashlane
