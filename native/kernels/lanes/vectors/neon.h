// Four 32-bit or two 64-bit lanes: NEON of AArch64, with the three-way logic of FEAT_SHA3 where the
// including file says so by defining HASHLANE_NEON_NAMESPACE as neon_sha3 rather than neon, and
// HASHLANE_NEON_SHA3, and being compiled for it. See load_words.h for what the operations mean.
#pragma once

#include <arm_neon.h>

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane::HASHLANE_NEON_NAMESPACE {

HASHLANE_INLINE uint8x16_t load_bytes(const std::byte* from) {
  return vld1q_u8(reinterpret_cast<const std::uint8_t*>(from));
}

struct U32 {
  using Word = std::uint32_t;
  static constexpr std::size_t kLanes = 4;
  static constexpr std::size_t kSquare = 4;
  uint32x4_t value;

  static HASHLANE_INLINE U32 all(Word word) { return {vdupq_n_u32(word)}; }
  static HASHLANE_INLINE U32 load(const std::byte* from) { return {vreinterpretq_u32_u8(load_bytes(from))}; }
  HASHLANE_INLINE void store(std::byte* to) const {
    vst1q_u8(reinterpret_cast<std::uint8_t*>(to), vreinterpretq_u8_u32(value));
  }
  static HASHLANE_INLINE void load_square(U32* words, const std::byte* const* rows, std::size_t offset) {
    const uint32x4_t row0 = load(rows[0] + offset).value;
    const uint32x4_t row1 = load(rows[1] + offset).value;
    const uint32x4_t row2 = load(rows[2] + offset).value;
    const uint32x4_t row3 = load(rows[3] + offset).value;
    const uint64x2_t even01 = vreinterpretq_u64_u32(vtrn1q_u32(row0, row1));
    const uint64x2_t odd01 = vreinterpretq_u64_u32(vtrn2q_u32(row0, row1));
    const uint64x2_t even23 = vreinterpretq_u64_u32(vtrn1q_u32(row2, row3));
    const uint64x2_t odd23 = vreinterpretq_u64_u32(vtrn2q_u32(row2, row3));
    words[0].value = vreinterpretq_u32_u64(vtrn1q_u64(even01, even23));
    words[1].value = vreinterpretq_u32_u64(vtrn1q_u64(odd01, odd23));
    words[2].value = vreinterpretq_u32_u64(vtrn2q_u64(even01, even23));
    words[3].value = vreinterpretq_u32_u64(vtrn2q_u64(odd01, odd23));
  }
};

struct U64 {
  using Word = std::uint64_t;
  static constexpr std::size_t kLanes = 2;
  static constexpr std::size_t kSquare = 2;
  uint64x2_t value;

  static HASHLANE_INLINE U64 all(Word word) { return {vdupq_n_u64(word)}; }
  static HASHLANE_INLINE U64 load(const std::byte* from) { return {vreinterpretq_u64_u8(load_bytes(from))}; }
  HASHLANE_INLINE void store(std::byte* to) const {
    vst1q_u8(reinterpret_cast<std::uint8_t*>(to), vreinterpretq_u8_u64(value));
  }
  static HASHLANE_INLINE void load_square(U64* words, const std::byte* const* rows, std::size_t offset) {
    const uint64x2_t row0 = load(rows[0] + offset).value;
    const uint64x2_t row1 = load(rows[1] + offset).value;
    words[0].value = vtrn1q_u64(row0, row1);
    words[1].value = vtrn2q_u64(row0, row1);
  }
};

HASHLANE_INLINE U32 operator+(U32 a, U32 b) { return {vaddq_u32(a.value, b.value)}; }
HASHLANE_INLINE U64 operator+(U64 a, U64 b) { return {vaddq_u64(a.value, b.value)}; }
HASHLANE_INLINE U32 operator^(U32 a, U32 b) { return {veorq_u32(a.value, b.value)}; }
HASHLANE_INLINE U64 operator^(U64 a, U64 b) { return {veorq_u64(a.value, b.value)}; }
HASHLANE_INLINE U32 operator&(U32 a, U32 b) { return {vandq_u32(a.value, b.value)}; }
HASHLANE_INLINE U64 operator&(U64 a, U64 b) { return {vandq_u64(a.value, b.value)}; }
HASHLANE_INLINE U32 operator|(U32 a, U32 b) { return {vorrq_u32(a.value, b.value)}; }
HASHLANE_INLINE U64 operator|(U64 a, U64 b) { return {vorrq_u64(a.value, b.value)}; }
HASHLANE_INLINE U32 select(U32 mask, U32 yes, U32 no) { return {vbslq_u32(mask.value, yes.value, no.value)}; }
HASHLANE_INLINE U64 select(U64 mask, U64 yes, U64 no) { return {vbslq_u64(mask.value, yes.value, no.value)}; }
/// Where two of them differ, the third decides.
HASHLANE_INLINE U32 majority(U32 a, U32 b, U32 c) { return select(a ^ b, c, b); }
HASHLANE_INLINE U64 majority(U64 a, U64 b, U64 c) { return select(a ^ b, c, b); }
HASHLANE_INLINE U32 xor_or_not(U32 a, U32 b, U32 c) { return {veorq_u32(a.value, vornq_u32(b.value, c.value))}; }
HASHLANE_INLINE U64 xor_or_not(U64 a, U64 b, U64 c) { return {veorq_u64(a.value, vornq_u64(b.value, c.value))}; }
#ifdef HASHLANE_NEON_SHA3
HASHLANE_INLINE U32 xor3(U32 a, U32 b, U32 c) { return {veor3q_u32(a.value, b.value, c.value)}; }
HASHLANE_INLINE U64 xor3(U64 a, U64 b, U64 c) { return {veor3q_u64(a.value, b.value, c.value)}; }
HASHLANE_INLINE U64 xor_and_not(U64 a, U64 b, U64 c) { return {vbcaxq_u64(a.value, c.value, b.value)}; }
#else
HASHLANE_INLINE U32 xor3(U32 a, U32 b, U32 c) { return a ^ b ^ c; }
HASHLANE_INLINE U64 xor3(U64 a, U64 b, U64 c) { return a ^ b ^ c; }
HASHLANE_INLINE U64 xor_and_not(U64 a, U64 b, U64 c) { return {veorq_u64(a.value, vbicq_u64(c.value, b.value))}; }
#endif
HASHLANE_INLINE U32 equal(U32 a, U32 b) { return {vceqq_u32(a.value, b.value)}; }
HASHLANE_INLINE U64 equal(U64 a, U64 b) { return {vceqq_u64(a.value, b.value)}; }
template <int n>
HASHLANE_INLINE U32 shift_right(U32 a) {
  return {vshrq_n_u32(a.value, n)};
}
template <int n>
HASHLANE_INLINE U64 shift_right(U64 a) {
  return {vshrq_n_u64(a.value, n)};
}
template <int n>
HASHLANE_INLINE U32 rotate_left(U32 a) {
  if constexpr (n == 16) {
    return {vreinterpretq_u32_u16(vrev32q_u16(vreinterpretq_u16_u32(a.value)))};
  } else {
    return {vsriq_n_u32(vshlq_n_u32(a.value, n), a.value, 32 - n)};
  }
}
template <int n>
HASHLANE_INLINE U64 rotate_left(U64 a) {
  if constexpr (n == 32) {
    return {vreinterpretq_u64_u32(vrev64q_u32(vreinterpretq_u32_u64(a.value)))};
  } else {
    return {vsriq_n_u64(vshlq_n_u64(a.value, n), a.value, 64 - n)};
  }
}
HASHLANE_INLINE U32 byte_swap(U32 a) { return {vreinterpretq_u32_u8(vrev32q_u8(vreinterpretq_u8_u32(a.value)))}; }
HASHLANE_INLINE U64 byte_swap(U64 a) { return {vreinterpretq_u64_u8(vrev64q_u8(vreinterpretq_u8_u64(a.value)))}; }

}  // namespace hashlane::HASHLANE_NEON_NAMESPACE
