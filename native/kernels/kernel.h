// What a family of kernels (one library, one file) hands to the registry.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kernels/hasher.h"

namespace hashlane {

/// Makes a hasher ready for its first update(), or null when memory is short or the library fails.
using MakeHasher = std::unique_ptr<Hasher> (*)(AlgorithmId algorithm) noexcept;

/// One algorithm as one library computes it.
struct Kernel {
  AlgorithmId algorithm;
  /// Library, version and instruction set, such as "BLAKE3 1.3.1 AVX-512".
  std::string implementation;
  MakeHasher make;
};

/// The families; of an algorithm that several offer, the first in the order of all_kernels() is used.
/// Algorithms that a library turns out not to offer are left out.
/// `portable` asks for the portable form of what Hashlane itself chooses between (XXH3, CRC-32C, TTH); the
/// target that HASHLANE_KERNELS forces limits these and BLAKE3, see kernels_choice.h. OpenSSL, RHash and
/// libdeflate choose by themselves and are not affected.
std::vector<Kernel> openssl_kernels();
std::vector<Kernel> blake3_kernels();
std::vector<Kernel> xxhash_kernels(bool portable);
std::vector<Kernel> checksum_kernels(bool portable);
std::vector<Kernel> tth_kernels(bool portable);
std::vector<Kernel> rhash_kernels();
std::vector<Kernel> piece_kernels();
std::vector<Kernel> btih_kernels();
std::vector<Kernel> quickxor_kernels();
std::vector<Kernel> git_blob_kernels();
std::vector<Kernel> k12_kernels(bool portable);

/// A hasher of OpenSSL's, for what is built upon another algorithm. Null when memory is short or the
/// library does not offer the algorithm.
std::unique_ptr<Hasher> make_openssl_hasher(AlgorithmId algorithm) noexcept;
/// Over hashers of others' making, for those that can be saved; null where one of them is. `inner` computes
/// SHA-1 or SHA-256, for pieces PiecePlan::inner().
class PiecePlan;
std::unique_ptr<Hasher> make_btih_hasher(std::unique_ptr<Hasher> piece, std::unique_ptr<Hasher> info) noexcept;
std::unique_ptr<Hasher> make_git_blob_hasher(std::unique_ptr<Hasher> inner) noexcept;
std::unique_ptr<Hasher> make_piece_hasher(const PiecePlan& plan, std::unique_ptr<Hasher> inner) noexcept;
/// Library and version, such as "OpenSSL 3.0.15".
std::string openssl_implementation();

/// True when HASHLANE_KERNELS=portable was set when it was read.
bool portable_forced();

/// The digest length of an algorithm in bytes.
constexpr std::size_t digest_length(AlgorithmId algorithm) {
  return kAlgorithms[static_cast<std::size_t>(algorithm)].digest_length;
}

}  // namespace hashlane
