// Tiger of 64 messages by AVX-512 VBMI. Gathering words from memory is no faster than scalar look-ups;
// but a table of 256 bytes fits into four registers, and two permutations look up 64 of its entries at
// once. So each S-box is eight tables of bytes, and what a round looks up by, and what it finds, are
// turned between words (eight messages to a vector) and planes (one byte of all 64 messages to a vector).
#include "kernels/tiger/tiger_vbmi.h"

#include <immintrin.h>

#include "kernels/tiger/tiger_schedule.h"

#if defined(_MSC_VER)
#define HASHLANE_NOINLINE __declspec(noinline)
#else
#define HASHLANE_NOINLINE __attribute__((noinline))
#endif

namespace hashlane {
namespace {

constexpr std::size_t kVectors = 8;
constexpr std::size_t kMessageWords = 8;
constexpr std::size_t kChainWords = 3;
constexpr std::size_t kBlockBytes = 64;

// One word of each of eight messages.
struct Words {
  __m512i value;
};

HASHLANE_INLINE Words all(std::uint64_t word) { return {_mm512_set1_epi64(static_cast<long long>(word))}; }
HASHLANE_INLINE Words operator+(Words a, Words b) { return {_mm512_add_epi64(a.value, b.value)}; }
HASHLANE_INLINE Words operator-(Words a, Words b) { return {_mm512_sub_epi64(a.value, b.value)}; }
HASHLANE_INLINE Words operator^(Words a, Words b) { return {_mm512_xor_si512(a.value, b.value)}; }
HASHLANE_INLINE Words operator^(Words a, std::uint64_t b) { return a ^ all(b); }
HASHLANE_INLINE Words operator~(Words a) { return a ^ ~std::uint64_t{0}; }
HASHLANE_INLINE Words operator<<(Words a, unsigned bits) { return {_mm512_slli_epi64(a.value, bits)}; }
HASHLANE_INLINE Words operator>>(Words a, unsigned bits) { return {_mm512_srli_epi64(a.value, bits)}; }
HASHLANE_INLINE void operator+=(Words& a, Words b) { a = a + b; }
HASHLANE_INLINE void operator-=(Words& a, Words b) { a = a - b; }
HASHLANE_INLINE void operator^=(Words& a, Words b) { a = a ^ b; }

// One word of all messages, or one plane for each of its bytes. Vector i of the words holds messages
// 8 i to 8 i + 7; so does word i of every plane.
struct Square {
  Words rows[kVectors];
};

// Word i of row j becomes word j of row i.
HASHLANE_INLINE void transpose(Square& square) {
  __m512i pairs[kVectors];
  HASHLANE_UNROLL
  for (std::size_t row = 0; row < kVectors; row += 2) {
    pairs[row] = _mm512_unpacklo_epi64(square.rows[row].value, square.rows[row + 1].value);
    pairs[row + 1] = _mm512_unpackhi_epi64(square.rows[row].value, square.rows[row + 1].value);
  }
  // The even pairs hold the even words of two rows each, the odd ones the odd words.
  HASHLANE_UNROLL
  for (std::size_t odd = 0; odd < 2; ++odd) {
    constexpr int kEven = 0x88, kOdd = 0xdd;
    const __m512i upper_even = _mm512_shuffle_i64x2(pairs[odd], pairs[2 + odd], kEven);
    const __m512i upper_odd = _mm512_shuffle_i64x2(pairs[odd], pairs[2 + odd], kOdd);
    const __m512i lower_even = _mm512_shuffle_i64x2(pairs[4 + odd], pairs[6 + odd], kEven);
    const __m512i lower_odd = _mm512_shuffle_i64x2(pairs[4 + odd], pairs[6 + odd], kOdd);
    square.rows[odd].value = _mm512_shuffle_i64x2(upper_even, lower_even, kEven);
    square.rows[2 + odd].value = _mm512_shuffle_i64x2(upper_odd, lower_odd, kEven);
    square.rows[4 + odd].value = _mm512_shuffle_i64x2(upper_even, lower_even, kOdd);
    square.rows[6 + odd].value = _mm512_shuffle_i64x2(upper_odd, lower_odd, kOdd);
  }
}

alignas(64) constexpr std::uint8_t kBytesOfWords[64] = {0, 8,  16, 24, 32, 40, 48, 56, 1, 9,  17, 25, 33, 41, 49, 57,
                                                        2, 10, 18, 26, 34, 42, 50, 58, 3, 11, 19, 27, 35, 43, 51, 59,
                                                        4, 12, 20, 28, 36, 44, 52, 60, 5, 13, 21, 29, 37, 45, 53, 61,
                                                        6, 14, 22, 30, 38, 46, 54, 62, 7, 15, 23, 31, 39, 47, 55, 63};

// Byte i of word j becomes byte j of word i, in every row.
HASHLANE_INLINE void transpose_bytes(Square& square) {
  const __m512i order = _mm512_load_si512(kBytesOfWords);
  HASHLANE_UNROLL
  for (Words& row : square.rows) row.value = _mm512_permutexvar_epi8(order, row.value);
}

HASHLANE_INLINE Square to_planes(Square words) {
  transpose_bytes(words);
  transpose(words);
  return words;
}

HASHLANE_INLINE Square to_words(Square planes) {
  transpose(planes);
  transpose_bytes(planes);
  return planes;
}

// A permutation takes seven bits of the index; `upper` tells where the eighth is set.
HASHLANE_INLINE Words look_up(const __m512i (&table)[4], Words index, __mmask64 upper) {
  const __m512i below_128 = _mm512_permutex2var_epi8(table[0], index.value, table[1]);
  const __m512i from_128 = _mm512_permutex2var_epi8(table[2], index.value, table[3]);
  return {_mm512_mask_blend_epi8(upper, below_128, from_128)};
}

// What the even bytes of `key` find in boxes 0 to 3 together, and the odd ones in boxes 3 to 0.
HASHLANE_INLINE void look_up(const TigerBytePlanes& planes, const Square& key, Square& even, Square& odd) {
  const Square index = to_planes(key);
  __mmask64 upper[kVectors];
  HASHLANE_UNROLL
  for (std::size_t byte = 0; byte < kVectors; ++byte) upper[byte] = _mm512_movepi8_mask(index.rows[byte].value);
  HASHLANE_UNROLL
  for (std::size_t plane = 0; plane < kVectors; ++plane) {
    Words of_even = all(0), of_odd = all(0);
    HASHLANE_UNROLL
    for (std::size_t box = 0; box < 4; ++box) {
      const std::uint8_t* const bytes = planes.bytes[box][plane];
      const __m512i table[4] = {_mm512_load_si512(bytes), _mm512_load_si512(bytes + 64), _mm512_load_si512(bytes + 128),
                                _mm512_load_si512(bytes + 192)};
      of_even ^= look_up(table, index.rows[2 * box], upper[2 * box]);
      of_odd ^= look_up(table, index.rows[7 - 2 * box], upper[7 - 2 * box]);
    }
    even.rows[plane] = of_even;
    odd.rows[plane] = of_odd;
  }
  even = to_words(even);
  odd = to_words(odd);
}

template <unsigned factor>
HASHLANE_INLINE Words times(Words a) {
  static_assert(factor == 5 || factor == 7 || factor == 9);
  if constexpr (factor == 5) return a + (a << 2);
  if constexpr (factor == 7) return (a << 3) - a;
  return a + (a << 3);
}

// Not inlined: a block of 24 of them would not fit into the processor's cache of decoded instructions,
// which halves its speed.
template <unsigned factor>
HASHLANE_NOINLINE void round(const TigerBytePlanes& planes, Square& a, Square& b, Square& c, const Square& word) {
  HASHLANE_UNROLL
  for (std::size_t row = 0; row < kVectors; ++row) c.rows[row] ^= word.rows[row];
  Square even, odd;
  look_up(planes, c, even, odd);
  HASHLANE_UNROLL
  for (std::size_t row = 0; row < kVectors; ++row) {
    a.rows[row] -= even.rows[row];
    b.rows[row] = times<factor>(b.rows[row] + odd.rows[row]);
  }
}

template <unsigned factor>
void pass(const TigerBytePlanes& planes, Square& a, Square& b, Square& c, const Square (&words)[kMessageWords]) {
  round<factor>(planes, a, b, c, words[0]);
  round<factor>(planes, b, c, a, words[1]);
  round<factor>(planes, c, a, b, words[2]);
  round<factor>(planes, a, b, c, words[3]);
  round<factor>(planes, b, c, a, words[4]);
  round<factor>(planes, c, a, b, words[5]);
  round<factor>(planes, a, b, c, words[6]);
  round<factor>(planes, b, c, a, words[7]);
}

void schedule(Square (&words)[kMessageWords]) {
  for (std::size_t row = 0; row < kVectors; ++row) {
    tiger_schedule(words[0].rows[row], words[1].rows[row], words[2].rows[row], words[3].rows[row], words[4].rows[row],
                   words[5].rows[row], words[6].rows[row], words[7].rows[row]);
  }
}

void load_blocks(const std::byte* const* blocks, std::size_t offset, Square (&words)[kMessageWords]) {
  for (std::size_t row = 0; row < kVectors; ++row) {
    Square of_row;
    HASHLANE_UNROLL
    for (std::size_t message = 0; message < kVectors; ++message) {
      of_row.rows[message].value = _mm512_loadu_si512(blocks[row * kVectors + message] + offset);
    }
    transpose(of_row);
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < kMessageWords; ++word) words[word].rows[row] = of_row.rows[word];
  }
}

}  // namespace

void tiger_compress_vbmi(const TigerBytePlanes& planes, std::uint64_t* chains, const std::byte* const* blocks,
                         std::size_t count) noexcept {
  const __m512i every_third = _mm512_set_epi64(21, 18, 15, 12, 9, 6, 3, 0);
  const auto word_of_row = [chains](std::size_t row, std::size_t word) {
    return chains + row * kVectors * kChainWords + word;
  };
  Square state[kChainWords];
  for (std::size_t row = 0; row < kVectors; ++row) {
    for (std::size_t word = 0; word < kChainWords; ++word) {
      state[word].rows[row].value = _mm512_i64gather_epi64(every_third, word_of_row(row, word), 8);
    }
  }
  auto& [a, b, c] = state;
  for (std::size_t block = 0; block < count; ++block) {
    Square words[kMessageWords];
    load_blocks(blocks, block * kBlockBytes, words);
    const Square before_a = a, before_b = b, before_c = c;
    pass<5>(planes, a, b, c, words);
    schedule(words);
    pass<7>(planes, c, a, b, words);
    schedule(words);
    pass<9>(planes, b, c, a, words);
    for (std::size_t row = 0; row < kVectors; ++row) {
      a.rows[row] ^= before_a.rows[row];
      b.rows[row] -= before_b.rows[row];
      c.rows[row] += before_c.rows[row];
    }
  }
  for (std::size_t row = 0; row < kVectors; ++row) {
    for (std::size_t word = 0; word < kChainWords; ++word) {
      _mm512_i64scatter_epi64(word_of_row(row, word), every_third, state[word].rows[row].value, 8);
    }
  }
}

}  // namespace hashlane
