// A vector of one lane: the portable form of every core. Words are loaded as little endian ones,
// which every platform Hashlane is built for is. See load_words.h for what the operations mean.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane::scalar {

static_assert(std::endian::native == std::endian::little);

template <typename WordType>
struct Lane {
  using Word = WordType;
  static constexpr std::size_t kLanes = 1;
  static constexpr std::size_t kSquare = 1;
  Word value;

  static HASHLANE_INLINE Lane all(Word word) { return {word}; }
  static HASHLANE_INLINE Lane load(const std::byte* from) {
    Lane lane;
    std::memcpy(&lane.value, from, sizeof(Word));
    return lane;
  }
  HASHLANE_INLINE void store(std::byte* to) const { std::memcpy(to, &value, sizeof(Word)); }
  static HASHLANE_INLINE void load_square(Lane* words, const std::byte* const* rows, std::size_t offset) {
    *words = load(rows[0] + offset);
  }

  friend HASHLANE_INLINE Lane operator+(Lane a, Lane b) { return {a.value + b.value}; }
  friend HASHLANE_INLINE Lane operator^(Lane a, Lane b) { return {a.value ^ b.value}; }
  friend HASHLANE_INLINE Lane operator&(Lane a, Lane b) { return {a.value & b.value}; }
  friend HASHLANE_INLINE Lane operator|(Lane a, Lane b) { return {a.value | b.value}; }
};

using U32 = Lane<std::uint32_t>;
using U64 = Lane<std::uint64_t>;

template <int n, typename W>
HASHLANE_INLINE Lane<W> shift_right(Lane<W> a) {
  return {a.value >> n};
}
template <int n, typename W>
HASHLANE_INLINE Lane<W> rotate_left(Lane<W> a) {
  return {(a.value << n) | (a.value >> (static_cast<int>(sizeof(W)) * 8 - n))};
}
template <typename W>
HASHLANE_INLINE Lane<W> select(Lane<W> mask, Lane<W> yes, Lane<W> no) {
  return ((yes ^ no) & mask) ^ no;
}
template <typename W>
HASHLANE_INLINE Lane<W> majority(Lane<W> a, Lane<W> b, Lane<W> c) {
  return ((a ^ b) & (b ^ c)) ^ b;
}
template <typename W>
HASHLANE_INLINE Lane<W> xor3(Lane<W> a, Lane<W> b, Lane<W> c) {
  return a ^ b ^ c;
}
template <typename W>
HASHLANE_INLINE Lane<W> xor_and_not(Lane<W> a, Lane<W> b, Lane<W> c) {
  return {a.value ^ (~b.value & c.value)};
}
template <typename W>
HASHLANE_INLINE Lane<W> xor_or_not(Lane<W> a, Lane<W> b, Lane<W> c) {
  return {a.value ^ (b.value | ~c.value)};
}
template <typename W>
HASHLANE_INLINE Lane<W> equal(Lane<W> a, Lane<W> b) {
  return {a.value == b.value ? ~W{0} : W{0}};
}
template <typename W>
HASHLANE_INLINE Lane<W> byte_swap(Lane<W> a) {
  W swapped = 0;
  HASHLANE_UNROLL
  for (std::size_t byte = 0; byte < sizeof(W); ++byte) {
    swapped = static_cast<W>((swapped << 8) | ((a.value >> (8 * byte)) & 0xff));
  }
  return {swapped};
}

}  // namespace hashlane::scalar
