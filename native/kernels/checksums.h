// The checksums that are one word, each by the fastest implementation on this machine. CRC-32C is
// declared in hasher.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hashlane {

/// CRC-32 (IEEE 802.3), going on from `crc` (0 to begin).
std::uint32_t crc32(std::uint32_t crc, std::span<const std::byte> bytes) noexcept;

/// CRC-64 as in .xz files (ECMA-182, reflected), going on from `crc` (0 to begin).
std::uint64_t crc64_xz(std::uint64_t crc, std::span<const std::byte> bytes) noexcept;

/// CRC-64/NVME (NVM Express, reflected 0x9a6c9329ac4bc9b5), going on from `crc` (0 to begin).
std::uint64_t crc64_nvme(std::uint64_t crc, std::span<const std::byte> bytes) noexcept;

/// Adler-32 (RFC 1950), going on from `sum` (1 to begin).
std::uint32_t adler32(std::uint32_t sum, std::span<const std::byte> bytes) noexcept;

/// Writes a checksum as it is printed, sizeof(Word) bytes.
template <typename Word>
void write_big_endian(Word sum, std::byte* to) noexcept {
  for (std::size_t index = 0; index < sizeof(Word); ++index) {
    to[index] = static_cast<std::byte>(sum >> (8 * (sizeof(Word) - 1 - index)));
  }
}

}  // namespace hashlane
