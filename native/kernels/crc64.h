// CRC-64/NVME in each of its forms. What the processor offers is chosen in crc64_nvme(), declared in
// checksums.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hashlane {

/// CRC-64/NVME (NVM Express, reflected 0x9a6c9329ac4bc9b5) of bytes, going on from `crc` (0 to begin).
using Crc64Function = std::uint64_t (*)(std::uint64_t crc, std::span<const std::byte> bytes) noexcept;

/// One form of the checksum.
struct Crc64Form {
  Crc64Function function;
  /// The instruction set: "PCLMULQDQ", "PMULL" or "portable".
  const char* instruction_set;
};

/// Slicing by eight: runs everywhere.
std::uint64_t crc64_nvme_portable(std::uint64_t crc, std::span<const std::byte> bytes) noexcept;

/// The fastest form this processor runs; the portable one when it multiplies no polynomials, when `portable`
/// asks for it, or when the forced target has none (SSE2).
Crc64Form crc64_nvme_form(bool portable) noexcept;

}  // namespace hashlane
