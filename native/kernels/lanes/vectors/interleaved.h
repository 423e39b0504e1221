// Two or more vectors that go through every step together. Where a step waits for the one before it,
// the others fill the time for which the first waits; that many times as many streams are in flight.
// They are members and not an array: compilers keep members in registers.
#pragma once

#include <cstddef>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane {

/// Has the operations of its two parts, see load_words.h. The first lanes are in `low`.
template <typename Low, typename High>
struct Interleaved {
  using Word = typename Low::Word;
  static constexpr std::size_t kLanes = Low::kLanes + High::kLanes;
  static constexpr std::size_t kSquare = Low::kSquare;
  static_assert(kSquare == High::kSquare);
  Low low;
  High high;

  static HASHLANE_INLINE Interleaved all(Word word) { return {Low::all(word), High::all(word)}; }
  static HASHLANE_INLINE Interleaved load(const std::byte* from) {
    return {Low::load(from), High::load(from + sizeof(Low))};
  }
  HASHLANE_INLINE void store(std::byte* to) const {
    low.store(to);
    high.store(to + sizeof(Low));
  }
  static HASHLANE_INLINE void load_square(Interleaved* words, const std::byte* const* rows, std::size_t offset) {
    Low of_low[kSquare];
    Low::load_square(of_low, rows, offset);
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < kSquare; ++word) words[word].low = of_low[word];
    High of_high[kSquare];
    High::load_square(of_high, rows + Low::kLanes, offset);
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < kSquare; ++word) words[word].high = of_high[word];
  }

  friend HASHLANE_INLINE Interleaved operator+(Interleaved a, Interleaved b) {
    return {a.low + b.low, a.high + b.high};
  }
  friend HASHLANE_INLINE Interleaved operator^(Interleaved a, Interleaved b) {
    return {a.low ^ b.low, a.high ^ b.high};
  }
  friend HASHLANE_INLINE Interleaved operator&(Interleaved a, Interleaved b) {
    return {a.low & b.low, a.high & b.high};
  }
  friend HASHLANE_INLINE Interleaved operator|(Interleaved a, Interleaved b) {
    return {a.low | b.low, a.high | b.high};
  }
  friend HASHLANE_INLINE Interleaved select(Interleaved mask, Interleaved yes, Interleaved no) {
    return {select(mask.low, yes.low, no.low), select(mask.high, yes.high, no.high)};
  }
  friend HASHLANE_INLINE Interleaved majority(Interleaved a, Interleaved b, Interleaved c) {
    return {majority(a.low, b.low, c.low), majority(a.high, b.high, c.high)};
  }
  friend HASHLANE_INLINE Interleaved xor3(Interleaved a, Interleaved b, Interleaved c) {
    return {xor3(a.low, b.low, c.low), xor3(a.high, b.high, c.high)};
  }
  friend HASHLANE_INLINE Interleaved xor_or_not(Interleaved a, Interleaved b, Interleaved c) {
    return {xor_or_not(a.low, b.low, c.low), xor_or_not(a.high, b.high, c.high)};
  }
  friend HASHLANE_INLINE Interleaved xor_and_not(Interleaved a, Interleaved b, Interleaved c) {
    return {xor_and_not(a.low, b.low, c.low), xor_and_not(a.high, b.high, c.high)};
  }
  friend HASHLANE_INLINE Interleaved byte_swap(Interleaved a) { return {byte_swap(a.low), byte_swap(a.high)}; }
};

template <int n, typename Low, typename High>
HASHLANE_INLINE Interleaved<Low, High> shift_right(Interleaved<Low, High> a) {
  return {shift_right<n>(a.low), shift_right<n>(a.high)};
}
template <int n, typename Low, typename High>
HASHLANE_INLINE Interleaved<Low, High> rotate_left(Interleaved<Low, High> a) {
  return {rotate_left<n>(a.low), rotate_left<n>(a.high)};
}

template <typename V>
using Twice = Interleaved<V, V>;
template <typename V>
using Thrice = Interleaved<Twice<V>, V>;

}  // namespace hashlane
