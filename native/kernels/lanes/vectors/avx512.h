// Sixteen 32-bit or eight 64-bit lanes: AVX-512F and BW. See load_words.h for what the operations
// mean. Ternary logic is given by its truth table, which is the formula over the tables of the
// three operands.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane::avx512 {

inline constexpr int kA = 0xf0;
inline constexpr int kB = 0xcc;
inline constexpr int kC = 0xaa;

/// What does not depend on the width of the word. `Self` is the vector type itself.
template <typename Self>
struct Register {
  __m512i value;

  static HASHLANE_INLINE Self load(const std::byte* from) { return {{_mm512_loadu_si512(from)}}; }
  HASHLANE_INLINE void store(std::byte* to) const { _mm512_storeu_si512(to, value); }

  friend HASHLANE_INLINE Self operator^(Self a, Self b) { return {{_mm512_xor_si512(a.value, b.value)}}; }
  friend HASHLANE_INLINE Self operator&(Self a, Self b) { return {{_mm512_and_si512(a.value, b.value)}}; }
  friend HASHLANE_INLINE Self operator|(Self a, Self b) { return {{_mm512_or_si512(a.value, b.value)}}; }
  friend HASHLANE_INLINE Self select(Self a, Self b, Self c) { return ternary<(kA & kB) | (~kA & kC)>(a, b, c); }
  friend HASHLANE_INLINE Self majority(Self a, Self b, Self c) {
    return ternary<(kA & kB) | (kA & kC) | (kB & kC)>(a, b, c);
  }
  friend HASHLANE_INLINE Self xor3(Self a, Self b, Self c) { return ternary<kA ^ kB ^ kC>(a, b, c); }
  friend HASHLANE_INLINE Self xor_and_not(Self a, Self b, Self c) { return ternary<kA ^ (~kB & kC)>(a, b, c); }
  friend HASHLANE_INLINE Self xor_or_not(Self a, Self b, Self c) { return ternary<kA ^ (kB | ~kC)>(a, b, c); }

 private:
  template <int table>
  static HASHLANE_INLINE Self ternary(Self a, Self b, Self c) {
    return {{_mm512_ternarylogic_epi32(a.value, b.value, c.value, table & 0xff)}};
  }
};

HASHLANE_INLINE __m128i load_quarter(const std::byte* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}

/// Sixteen bytes of four rows that are `stride` apart, a quarter of the register each. Assembling
/// them on the way in spares half of the shuffles of a transposition.
HASHLANE_INLINE __m512i load_quarters(const std::byte* const* rows, std::size_t stride, std::size_t offset) {
  __m512i quarters = _mm512_castsi128_si512(load_quarter(rows[0] + offset));
  quarters = _mm512_inserti32x4(quarters, load_quarter(rows[stride] + offset), 1);
  quarters = _mm512_inserti32x4(quarters, load_quarter(rows[2 * stride] + offset), 2);
  return _mm512_inserti32x4(quarters, load_quarter(rows[3 * stride] + offset), 3);
}

struct U32 : Register<U32> {
  using Word = std::uint32_t;
  static constexpr std::size_t kLanes = 16;
  static constexpr std::size_t kSquare = 4;

  static HASHLANE_INLINE U32 all(Word word) { return {{_mm512_set1_epi32(static_cast<int>(word))}}; }
  static HASHLANE_INLINE void load_square(U32* words, const std::byte* const* rows, std::size_t offset) {
    const __m512i row0 = load_quarters(rows, 4, offset);
    const __m512i row1 = load_quarters(rows + 1, 4, offset);
    const __m512i row2 = load_quarters(rows + 2, 4, offset);
    const __m512i row3 = load_quarters(rows + 3, 4, offset);
    const __m512i low01 = _mm512_unpacklo_epi32(row0, row1);
    const __m512i high01 = _mm512_unpackhi_epi32(row0, row1);
    const __m512i low23 = _mm512_unpacklo_epi32(row2, row3);
    const __m512i high23 = _mm512_unpackhi_epi32(row2, row3);
    words[0].value = _mm512_unpacklo_epi64(low01, low23);
    words[1].value = _mm512_unpackhi_epi64(low01, low23);
    words[2].value = _mm512_unpacklo_epi64(high01, high23);
    words[3].value = _mm512_unpackhi_epi64(high01, high23);
  }
};

struct U64 : Register<U64> {
  using Word = std::uint64_t;
  static constexpr std::size_t kLanes = 8;
  static constexpr std::size_t kSquare = 2;

  static HASHLANE_INLINE U64 all(Word word) { return {{_mm512_set1_epi64(static_cast<long long>(word))}}; }
  static HASHLANE_INLINE void load_square(U64* words, const std::byte* const* rows, std::size_t offset) {
    const __m512i row0 = load_quarters(rows, 2, offset);
    const __m512i row1 = load_quarters(rows + 1, 2, offset);
    words[0].value = _mm512_unpacklo_epi64(row0, row1);
    words[1].value = _mm512_unpackhi_epi64(row0, row1);
  }
};

HASHLANE_INLINE U32 operator+(U32 a, U32 b) { return {{_mm512_add_epi32(a.value, b.value)}}; }
HASHLANE_INLINE U64 operator+(U64 a, U64 b) { return {{_mm512_add_epi64(a.value, b.value)}}; }
template <int n>
HASHLANE_INLINE U32 shift_right(U32 a) {
  return {{_mm512_srli_epi32(a.value, n)}};
}
template <int n>
HASHLANE_INLINE U64 shift_right(U64 a) {
  return {{_mm512_srli_epi64(a.value, n)}};
}
template <int n>
HASHLANE_INLINE U32 rotate_left(U32 a) {
  return {{_mm512_rol_epi32(a.value, n)}};
}
template <int n>
HASHLANE_INLINE U64 rotate_left(U64 a) {
  return {{_mm512_rol_epi64(a.value, n)}};
}
HASHLANE_INLINE U32 equal(U32 a, U32 b) {
  return {{_mm512_maskz_set1_epi32(_mm512_cmpeq_epi32_mask(a.value, b.value), -1)}};
}
HASHLANE_INLINE U64 equal(U64 a, U64 b) {
  return {{_mm512_maskz_set1_epi64(_mm512_cmpeq_epi64_mask(a.value, b.value), -1)}};
}
HASHLANE_INLINE U32 byte_swap(U32 a) {
  const __m128i order = _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  return {{_mm512_shuffle_epi8(a.value, _mm512_broadcast_i32x4(order))}};
}
HASHLANE_INLINE U64 byte_swap(U64 a) {
  const __m128i order = _mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8);
  return {{_mm512_shuffle_epi8(a.value, _mm512_broadcast_i32x4(order))}};
}

}  // namespace hashlane::avx512
