// What the streams must know of an algorithm beside its compression: where it begins, how it pads and
// how the digest is read off.
#pragma once

#include <cstddef>
#include <cstdint>

#include "contract/contract.h"
#include "kernels/lanes/lane_core.h"

namespace hashlane {

enum class Padding : std::uint8_t {
  /// A one bit, zeros, and the length in bits in the last 8 bytes (RFC 1320, RFC 1321).
  kLittleEndianLength,
  /// The same, big endian, in the last two words (FIPS 180-4, section 5.1).
  kBigEndianLength,
  /// The bits 011, zeros, and a one bit at the end of the block (FIPS 202, sections 5.1 and 6.1).
  kKeccak,
  /// Zeros; count and mark of the last block are words of the chain, see algorithms/blake2.h.
  kBlake2,
};

struct LaneAlgorithm {
  AlgorithmId id;
  Compression compression;
  Padding padding;
  /// 4 or 8. The words of `initial` and of the chain.
  std::size_t word_bytes;
  std::size_t chain_words;
  std::size_t block_bytes;
  std::size_t digest_bytes;
  /// Chaining words before the first block; Keccak's are zeros.
  const std::uint64_t* initial;
  /// Git's header, which says the size, goes before the bytes.
  bool git_blob = false;
};

/// Null when no lane core computes the algorithm.
const LaneAlgorithm* lane_algorithm(AlgorithmId id) noexcept;

}  // namespace hashlane
