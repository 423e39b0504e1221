// BLAKE2's compressions (RFC 7693, section 3.2), one block of every lane at a time. BLAKE2b and BLAKE2s
// differ in the width of the word, the rotations and the number of rounds. Rows of the chain: eight
// words of state; two of the count of bytes before the block, low word first; one of all ones in
// lanes whose block is the last, else zeros.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/load_words.h"

namespace hashlane {

/// RFC 7693, section 2.7. BLAKE2b's rounds 10 and 11 are as 0 and 1.
inline constexpr int kBlake2Order[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

/// Rotations to the right, RFC 7693, section 2.1.
struct Blake2b {
  using Word = std::uint64_t;
  static constexpr int kRounds = 12;
  static constexpr int kRotations[4] = {32, 24, 16, 63};
  static constexpr Word kInitial[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                       0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
};
struct Blake2s {
  using Word = std::uint32_t;
  static constexpr int kRounds = 10;
  static constexpr int kRotations[4] = {16, 12, 8, 7};
  static constexpr Word kInitial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
};

/// RFC 7693, section 3.1.
template <typename Blake, typename V>
HASHLANE_INLINE void blake2_mix(V& a, V& b, V& c, V& d, V x, V y) {
  constexpr int bits = static_cast<int>(sizeof(typename Blake::Word)) * 8;
  a = (a + x) + b;
  d = rotate_left<bits - Blake::kRotations[0]>(d ^ a);
  c = c + d;
  b = rotate_left<bits - Blake::kRotations[1]>(b ^ c);
  a = (a + y) + b;
  d = rotate_left<bits - Blake::kRotations[2]>(d ^ a);
  c = c + d;
  b = rotate_left<bits - Blake::kRotations[3]>(b ^ c);
}

template <typename Blake, int round, typename V>
HASHLANE_INLINE void blake2_round(V* v, const V* message) {
  constexpr const int(&order)[16] = kBlake2Order[round % 10];
  HASHLANE_UNROLL
  for (int i = 0; i < 4; ++i) {
    blake2_mix<Blake>(v[i], v[4 + i], v[8 + i], v[12 + i], message[order[2 * i]], message[order[2 * i + 1]]);
  }
  HASHLANE_UNROLL
  for (int i = 0; i < 4; ++i) {
    blake2_mix<Blake>(v[i], v[4 + (i + 1) % 4], v[8 + (i + 2) % 4], v[12 + (i + 3) % 4], message[order[8 + 2 * i]],
                      message[order[9 + 2 * i]]);
  }
}

/// Adds a block's bytes to the count. Before it is full, the low word is at most a block short of it:
/// no unsigned comparison is needed, which SSE2 and AVX2 do not have.
template <typename Blake, typename V>
HASHLANE_INLINE void blake2_count(V& low, V& high) {
  using Word = typename Blake::Word;
  constexpr int block_bits = sizeof(Word) == 8 ? 7 : 6;
  const V overflows = equal(shift_right<block_bits>(low), V::all(static_cast<Word>(~Word{0} >> block_bits)));
  low = low + V::all(Word{1} << block_bits);
  high = high + (overflows & V::all(1));
}

template <typename Blake, typename V>
void blake2_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  V words[8];
  for (std::size_t word = 0; word < 8; ++word) words[word] = V::load(chain_row<V>(chain, word));
  V low = V::load(chain_row<V>(chain, 8));
  V high = V::load(chain_row<V>(chain, 9));
  const V last = V::load(chain_row<V>(chain, 10));
  for (std::size_t block = 0; block < count; ++block) {
    V message[16];
    load_words<16>(message, blocks, block * 16 * sizeof(typename V::Word));
    blake2_count<Blake>(low, high);
    V v[16];
    HASHLANE_UNROLL
    for (int i = 0; i < 8; ++i) {
      v[i] = words[i];
      v[8 + i] = V::all(Blake::kInitial[i]);
    }
    v[12] = v[12] ^ low;
    v[13] = v[13] ^ high;
    v[14] = v[14] ^ last;
    blake2_round<Blake, 0>(v, message);
    blake2_round<Blake, 1>(v, message);
    blake2_round<Blake, 2>(v, message);
    blake2_round<Blake, 3>(v, message);
    blake2_round<Blake, 4>(v, message);
    blake2_round<Blake, 5>(v, message);
    blake2_round<Blake, 6>(v, message);
    blake2_round<Blake, 7>(v, message);
    blake2_round<Blake, 8>(v, message);
    blake2_round<Blake, 9>(v, message);
    if constexpr (Blake::kRounds == 12) {
      blake2_round<Blake, 10>(v, message);
      blake2_round<Blake, 11>(v, message);
    }
    HASHLANE_UNROLL
    for (int i = 0; i < 8; ++i) words[i] = xor3(words[i], v[i], v[8 + i]);
  }
  for (std::size_t word = 0; word < 8; ++word) words[word].store(chain_row<V>(chain, word));
  low.store(chain_row<V>(chain, 8));
  high.store(chain_row<V>(chain, 9));
}

}  // namespace hashlane
