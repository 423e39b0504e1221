// Four 32-bit lanes: SSE2, with SSSE3's byte shuffle where the including file says so by defining
// HASHLANE_SSE_NAMESPACE as sse4 rather than sse2, and HASHLANE_SSE41, and being compiled for it. See load_words.h
// for what the operations mean.
#pragma once

#include <emmintrin.h>
#ifdef HASHLANE_SSE41
#include <smmintrin.h>
#endif

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane::HASHLANE_SSE_NAMESPACE {

struct U32 {
  using Word = std::uint32_t;
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kSquare = 4;
  __m128i value;

  static HASHLANE_INLINE U32 all(Word word) { return {_mm_set1_epi32(static_cast<int>(word))}; }
  static HASHLANE_INLINE U32 load(const std::byte* from) {
    return {_mm_loadu_si128(reinterpret_cast<const __m128i*>(from))};
  }
  HASHLANE_INLINE void store(std::byte* to) const { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), value); }
  static HASHLANE_INLINE void load_square(U32* words, const std::byte* const* rows, std::size_t offset) {
    const __m128i row0 = load(rows[0] + offset).value;
    const __m128i row1 = load(rows[1] + offset).value;
    const __m128i row2 = load(rows[2] + offset).value;
    const __m128i row3 = load(rows[3] + offset).value;
    const __m128i low01 = _mm_unpacklo_epi32(row0, row1);
    const __m128i high01 = _mm_unpackhi_epi32(row0, row1);
    const __m128i low23 = _mm_unpacklo_epi32(row2, row3);
    const __m128i high23 = _mm_unpackhi_epi32(row2, row3);
    words[0].value = _mm_unpacklo_epi64(low01, low23);
    words[1].value = _mm_unpackhi_epi64(low01, low23);
    words[2].value = _mm_unpacklo_epi64(high01, high23);
    words[3].value = _mm_unpackhi_epi64(high01, high23);
  }
};

HASHLANE_INLINE U32 operator+(U32 a, U32 b) { return {_mm_add_epi32(a.value, b.value)}; }
HASHLANE_INLINE U32 operator^(U32 a, U32 b) { return {_mm_xor_si128(a.value, b.value)}; }
HASHLANE_INLINE U32 operator&(U32 a, U32 b) { return {_mm_and_si128(a.value, b.value)}; }
HASHLANE_INLINE U32 operator|(U32 a, U32 b) { return {_mm_or_si128(a.value, b.value)}; }
HASHLANE_INLINE U32 select(U32 mask, U32 yes, U32 no) { return ((yes ^ no) & mask) ^ no; }
HASHLANE_INLINE U32 majority(U32 a, U32 b, U32 c) { return ((a ^ b) & (b ^ c)) ^ b; }
HASHLANE_INLINE U32 xor3(U32 a, U32 b, U32 c) { return a ^ b ^ c; }
HASHLANE_INLINE U32 xor_or_not(U32 a, U32 b, U32 c) { return a ^ (b | (c ^ U32::all(~std::uint32_t{0}))); }
HASHLANE_INLINE U32 equal(U32 a, U32 b) { return {_mm_cmpeq_epi32(a.value, b.value)}; }
template <int n>
HASHLANE_INLINE U32 shift_right(U32 a) {
  return {_mm_srli_epi32(a.value, n)};
}
template <int n>
HASHLANE_INLINE U32 rotate_left(U32 a) {
  return {_mm_or_si128(_mm_slli_epi32(a.value, n), _mm_srli_epi32(a.value, 32 - n))};
}
HASHLANE_INLINE U32 byte_swap(U32 a) {
#ifdef HASHLANE_SSE41
  const __m128i order = _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  return {_mm_shuffle_epi8(a.value, order)};
#else
  // The bytes of each half change places, then the halves.
  const __m128i swapped = _mm_or_si128(_mm_slli_epi16(a.value, 8), _mm_srli_epi16(a.value, 8));
  return rotate_left<16>({swapped});
#endif
}

}  // namespace hashlane::HASHLANE_SSE_NAMESPACE
