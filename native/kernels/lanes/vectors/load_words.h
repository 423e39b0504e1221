// Blocks of several streams into vectors, word by word: vector i holds word i of every lane.
//
// A vector type V (one per target, in the folder's other files) offers
//   V::Word, V::kLanes                  unsigned integer of 32 or 64 bits; how many of them
//   V::load(p), v.store(p), V::all(w)   memory in lane order; one word in every lane
//   + ^ & |                             lane by lane, sums modulo the word
//   rotate_left<n>, shift_right<n>      n a constant, 0 < n < bits of a word
//   select(mask, yes, no), majority, xor3, xor_and_not(a, b, c) = a ^ (~b & c), xor_or_not = a ^ (b | ~c)
//   equal(a, b)                         all ones where equal, else 0
//   byte_swap(v)
//   load_square(words, rows, offset)    kSquare words of every lane, transposed in registers
// Intrinsics rather than a compiler's vector extension or Highway: ternary logic, rotates and byte
// shuffles are chosen by hand, MSVC compiles the same text, and a debug build stays small.
#pragma once

#include <cstddef>
#include <cstring>

#include "kernels/lanes/vectors/inline.h"

namespace hashlane {

/// The first `count` words of the block at rows[lane] + offset. Reads no byte beyond them.
template <std::size_t count, typename V>
HASHLANE_INLINE void load_words(V* words, const std::byte* const* rows, std::size_t offset) {
  using Word = typename V::Word;
  constexpr std::size_t squares = count / V::kSquare * V::kSquare;
  HASHLANE_UNROLL
  for (std::size_t word = 0; word < squares; word += V::kSquare) {
    V::load_square(words + word, rows, offset + word * sizeof(Word));
  }
  HASHLANE_UNROLL
  for (std::size_t word = squares; word < count; ++word) {
    alignas(V) Word column[V::kLanes];
    HASHLANE_UNROLL
    for (std::size_t lane = 0; lane < V::kLanes; ++lane) {
      std::memcpy(&column[lane], rows[lane] + offset + word * sizeof(Word), sizeof(Word));
    }
    words[word] = V::load(reinterpret_cast<const std::byte*>(column));
  }
}

/// Row `word` of the chain matrix, see lane_core.h.
template <typename V>
HASHLANE_INLINE std::byte* chain_row(std::byte* chain, std::size_t word) {
  return chain + word * V::kLanes * sizeof(typename V::Word);
}

}  // namespace hashlane
