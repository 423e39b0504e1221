// Two vectors that go through every step together. Where a step waits for the one before it, the
// second fills the time for which the first waits; twice as many streams are in flight.
#pragma once

#include <cstddef>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane {

/// Has V's operations, see load_words.h. The first half of the lanes is in `low`.
template <typename V>
struct Twice {
  using Word = typename V::Word;
  static constexpr std::size_t kLanes = 2 * V::kLanes;
  static constexpr std::size_t kSquare = V::kSquare;
  V low;
  V high;

  static HASHLANE_INLINE Twice all(Word word) { return {V::all(word), V::all(word)}; }
  static HASHLANE_INLINE Twice load(const std::byte* from) { return {V::load(from), V::load(from + sizeof(V))}; }
  HASHLANE_INLINE void store(std::byte* to) const {
    low.store(to);
    high.store(to + sizeof(V));
  }
  static HASHLANE_INLINE void load_square(Twice* words, const std::byte* const* rows, std::size_t offset) {
    V half[kSquare];
    V::load_square(half, rows, offset);
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < kSquare; ++word) words[word].low = half[word];
    V::load_square(half, rows + V::kLanes, offset);
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < kSquare; ++word) words[word].high = half[word];
  }

  friend HASHLANE_INLINE Twice operator+(Twice a, Twice b) { return {a.low + b.low, a.high + b.high}; }
  friend HASHLANE_INLINE Twice operator^(Twice a, Twice b) { return {a.low ^ b.low, a.high ^ b.high}; }
  friend HASHLANE_INLINE Twice operator&(Twice a, Twice b) { return {a.low & b.low, a.high & b.high}; }
  friend HASHLANE_INLINE Twice operator|(Twice a, Twice b) { return {a.low | b.low, a.high | b.high}; }
  friend HASHLANE_INLINE Twice select(Twice mask, Twice yes, Twice no) {
    return {select(mask.low, yes.low, no.low), select(mask.high, yes.high, no.high)};
  }
  friend HASHLANE_INLINE Twice majority(Twice a, Twice b, Twice c) {
    return {majority(a.low, b.low, c.low), majority(a.high, b.high, c.high)};
  }
  friend HASHLANE_INLINE Twice xor3(Twice a, Twice b, Twice c) {
    return {xor3(a.low, b.low, c.low), xor3(a.high, b.high, c.high)};
  }
  friend HASHLANE_INLINE Twice xor_or_not(Twice a, Twice b, Twice c) {
    return {xor_or_not(a.low, b.low, c.low), xor_or_not(a.high, b.high, c.high)};
  }
  friend HASHLANE_INLINE Twice byte_swap(Twice a) { return {byte_swap(a.low), byte_swap(a.high)}; }
};

template <int n, typename V>
HASHLANE_INLINE Twice<V> shift_right(Twice<V> a) {
  return {shift_right<n>(a.low), shift_right<n>(a.high)};
}
template <int n, typename V>
HASHLANE_INLINE Twice<V> rotate_left(Twice<V> a) {
  return {rotate_left<n>(a.low), rotate_left<n>(a.high)};
}

}  // namespace hashlane
