// Inputs and digests for the kernel tests.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/hasher.h"

namespace hashlane {

using Bytes = std::vector<std::byte>;

/// Byte i is i % 251: the input of BLAKE3's published vectors. No power of two is a period of it.
Bytes pattern(std::size_t length);
/// Reproducible noise.
Bytes noise(std::size_t length, std::uint64_t seed);
std::span<const std::byte> bytes_of(std::string_view text);

std::string to_hex(std::span<const std::byte> bytes);

/// Tells the hasher the size of what comes; BTIH stays that of a file without name and size.
void identify(Hasher& hasher, AlgorithmId algorithm, std::size_t size);

/// Finishes the hasher and gives the digest as hex; "failed" when finish() says so.
std::string finished(Hasher& hasher, AlgorithmId algorithm);
/// The digest of one update, from a new hasher.
std::string digest_of(AlgorithmId algorithm, std::span<const std::byte> bytes);
/// Updates with the bytes in pieces of random lengths, empty ones among them.
void update_in_random_pieces(Hasher& hasher, std::span<const std::byte> bytes, std::mt19937_64& random);

std::string name_of(AlgorithmId algorithm);
std::vector<AlgorithmId> all_algorithms();
inline void PrintTo(AlgorithmId algorithm, std::ostream* out) { *out << name_of(algorithm); }
/// Names a parametrised test after its algorithm.
std::string test_name(const testing::TestParamInfo<AlgorithmId>& info);

/// Lengths at which the algorithms change their way: padding and blocks of MD and SHA-2 (64, 128),
/// rates of SHA-3 (72, 104, 136, 144), forms of XXH3 (0, 1-3, 4-8, 9-16, 17-128, 129-240, more),
/// chunks of BLAKE3 and lanes of CRC-32C (1024, 3072), sixteen chunks at once (16384).
std::span<const std::size_t> edge_lengths();

}  // namespace hashlane
