// Eight 32-bit or four 64-bit lanes: AVX2. See load_words.h for what the operations mean.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane::avx2 {

/// What does not depend on the width of the word. `Self` is the vector type itself.
template <typename Self>
struct Register {
  __m256i value;

  static HASHLANE_INLINE Self load(const std::byte* from) {
    return {{_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from))}};
  }
  HASHLANE_INLINE void store(std::byte* to) const { _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), value); }

  friend HASHLANE_INLINE Self operator^(Self a, Self b) { return {{_mm256_xor_si256(a.value, b.value)}}; }
  friend HASHLANE_INLINE Self operator&(Self a, Self b) { return {{_mm256_and_si256(a.value, b.value)}}; }
  friend HASHLANE_INLINE Self operator|(Self a, Self b) { return {{_mm256_or_si256(a.value, b.value)}}; }
  friend HASHLANE_INLINE Self select(Self mask, Self yes, Self no) { return ((yes ^ no) & mask) ^ no; }
  friend HASHLANE_INLINE Self majority(Self a, Self b, Self c) { return ((a ^ b) & (b ^ c)) ^ b; }
  friend HASHLANE_INLINE Self xor3(Self a, Self b, Self c) { return a ^ b ^ c; }
  friend HASHLANE_INLINE Self xor_and_not(Self a, Self b, Self c) {
    return {{_mm256_xor_si256(a.value, _mm256_andnot_si256(b.value, c.value))}};
  }
  friend HASHLANE_INLINE Self xor_or_not(Self a, Self b, Self c) {
    const Self not_c = {{_mm256_xor_si256(c.value, _mm256_set1_epi32(-1))}};
    return a ^ (b | not_c);
  }
};

HASHLANE_INLINE __m128i load_half(const std::byte* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// Sixteen bytes of two rows that are `stride` apart, a half of the register each. Assembling them on
/// the way in spares a third of the shuffles of a transposition.
HASHLANE_INLINE __m256i load_halves(const std::byte* const* rows, std::size_t stride, std::size_t offset) {
  return _mm256_inserti128_si256(_mm256_castsi128_si256(load_half(rows[0] + offset)), load_half(rows[stride] + offset),
                                 1);
}

struct U32 : Register<U32> {
  using Word = std::uint32_t;
  static constexpr std::size_t kLanes = 8;
  static constexpr std::size_t kSquare = 4;

  static HASHLANE_INLINE U32 all(Word word) { return {{_mm256_set1_epi32(static_cast<int>(word))}}; }
  static HASHLANE_INLINE void load_square(U32* words, const std::byte* const* rows, std::size_t offset) {
    const __m256i row0 = load_halves(rows, 4, offset);
    const __m256i row1 = load_halves(rows + 1, 4, offset);
    const __m256i row2 = load_halves(rows + 2, 4, offset);
    const __m256i row3 = load_halves(rows + 3, 4, offset);
    const __m256i low01 = _mm256_unpacklo_epi32(row0, row1);
    const __m256i high01 = _mm256_unpackhi_epi32(row0, row1);
    const __m256i low23 = _mm256_unpacklo_epi32(row2, row3);
    const __m256i high23 = _mm256_unpackhi_epi32(row2, row3);
    words[0].value = _mm256_unpacklo_epi64(low01, low23);
    words[1].value = _mm256_unpackhi_epi64(low01, low23);
    words[2].value = _mm256_unpacklo_epi64(high01, high23);
    words[3].value = _mm256_unpackhi_epi64(high01, high23);
  }
};

struct U64 : Register<U64> {
  using Word = std::uint64_t;
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kSquare = 2;

  static HASHLANE_INLINE U64 all(Word word) { return {{_mm256_set1_epi64x(static_cast<long long>(word))}}; }
  static HASHLANE_INLINE void load_square(U64* words, const std::byte* const* rows, std::size_t offset) {
    const __m256i row0 = load_halves(rows, 2, offset);
    const __m256i row1 = load_halves(rows + 1, 2, offset);
    words[0].value = _mm256_unpacklo_epi64(row0, row1);
    words[1].value = _mm256_unpackhi_epi64(row0, row1);
  }
};

HASHLANE_INLINE U32 operator+(U32 a, U32 b) { return {{_mm256_add_epi32(a.value, b.value)}}; }
HASHLANE_INLINE U64 operator+(U64 a, U64 b) { return {{_mm256_add_epi64(a.value, b.value)}}; }
HASHLANE_INLINE U32 equal(U32 a, U32 b) { return {{_mm256_cmpeq_epi32(a.value, b.value)}}; }
HASHLANE_INLINE U64 equal(U64 a, U64 b) { return {{_mm256_cmpeq_epi64(a.value, b.value)}}; }
template <int n>
HASHLANE_INLINE U32 shift_right(U32 a) {
  return {{_mm256_srli_epi32(a.value, n)}};
}
template <int n>
HASHLANE_INLINE U64 shift_right(U64 a) {
  return {{_mm256_srli_epi64(a.value, n)}};
}

/// A rotation by whole bytes is one shuffle: byte i of each word comes from byte i - n of it.
template <int bytes, int word_bytes>
HASHLANE_INLINE __m256i rotate_bytes(__m256i a) {
  alignas(16) static constexpr struct Order {
    char from[16] = {};
    constexpr Order() {
      for (int i = 0; i < 16; ++i) {
        from[i] = static_cast<char>(i / word_bytes * word_bytes + (i + word_bytes - bytes) % word_bytes);
      }
    }
  } kOrder;
  return _mm256_shuffle_epi8(
      a, _mm256_broadcastsi128_si256(_mm_load_si128(reinterpret_cast<const __m128i*>(kOrder.from))));
}
template <int n>
HASHLANE_INLINE U32 rotate_left(U32 a) {
  if constexpr (n % 8 == 0) {
    return {{rotate_bytes<n / 8, 4>(a.value)}};
  } else {
    return {{_mm256_or_si256(_mm256_slli_epi32(a.value, n), _mm256_srli_epi32(a.value, 32 - n))}};
  }
}
template <int n>
HASHLANE_INLINE U64 rotate_left(U64 a) {
  if constexpr (n % 8 == 0) {
    return {{rotate_bytes<n / 8, 8>(a.value)}};
  } else {
    return {{_mm256_or_si256(_mm256_slli_epi64(a.value, n), _mm256_srli_epi64(a.value, 64 - n))}};
  }
}

HASHLANE_INLINE U32 byte_swap(U32 a) {
  const __m128i order = _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  return {{_mm256_shuffle_epi8(a.value, _mm256_broadcastsi128_si256(order))}};
}
HASHLANE_INLINE U64 byte_swap(U64 a) {
  const __m128i order = _mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
  return {{_mm256_shuffle_epi8(a.value, _mm256_broadcastsi128_si256(order))}};
}

}  // namespace hashlane::avx2
