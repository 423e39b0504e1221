// Other people's implementations, to compare with: none shares code with the kernel it judges.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "contract/contract.h"

namespace hashlane {

/// The digest as hex: by RHash's library or libgcrypt, for MD4 by OpenSSL, for xxHash by its prebuilt
/// archive's one-shot functions, for CRC-64, Adler-32 and TTH straight from the definition. Nothing
/// for what has no second implementation here (BLAKE3, HAS-160, EDON-R, Snefru) and for
/// what has tests of its own (ED2K, AICH).
std::optional<std::string> oracle_digest(AlgorithmId algorithm, std::span<const std::byte> bytes);

/// CRC-32C one bit at a time, straight from its polynomial.
std::uint32_t crc32c_bit_by_bit(std::uint32_t crc, std::span<const std::byte> bytes);

std::uint64_t crc64_nvme_bit_by_bit(std::uint64_t crc, std::span<const std::byte> bytes);

}  // namespace hashlane
