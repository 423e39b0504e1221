// Keccak-f[1600] and the sponge's absorbing (FIPS 202, sections 3.2 and 4), one block of every lane at
// a time. A block is the rate's bytes; the state's other words are the capacity.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/load_words.h"

namespace hashlane {

/// FIPS 202, section 3.2.5.
inline constexpr std::uint64_t kKeccakRoundConstants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

/// Rho and pi: moves the word at (x, y) to (y, 2x + 3y), turned by `n`.
template <int x, int y, int n, typename V>
HASHLANE_INLINE void keccak_move(V* moved, const V* state) {
  const V word = state[x + 5 * y];
  if constexpr (n == 0) {
    moved[y + 5 * ((2 * x + 3 * y) % 5)] = word;
  } else {
    moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate_left<n>(word);
  }
}

/// One of the twenty-four rounds. Word (x, y) of FIPS 202 is state[x + 5 y].
template <typename V>
HASHLANE_INLINE void keccak_round(V* state, std::uint64_t constant) {
  V column[5];
  HASHLANE_UNROLL
  for (int x = 0; x < 5; ++x) {
    column[x] = xor3(xor3(state[x], state[x + 5], state[x + 10]), state[x + 15], state[x + 20]);
  }
  HASHLANE_UNROLL
  for (int x = 0; x < 5; ++x) {
    const V left = column[(x + 4) % 5];
    const V right = rotate_left<1>(column[(x + 1) % 5]);
    HASHLANE_UNROLL
    for (int y = 0; y < 25; y += 5) state[x + y] = xor3(state[x + y], left, right);
  }
  V moved[25];
  keccak_move<0, 0, 0>(moved, state);
  keccak_move<1, 0, 1>(moved, state);
  keccak_move<2, 0, 62>(moved, state);
  keccak_move<3, 0, 28>(moved, state);
  keccak_move<4, 0, 27>(moved, state);
  keccak_move<0, 1, 36>(moved, state);
  keccak_move<1, 1, 44>(moved, state);
  keccak_move<2, 1, 6>(moved, state);
  keccak_move<3, 1, 55>(moved, state);
  keccak_move<4, 1, 20>(moved, state);
  keccak_move<0, 2, 3>(moved, state);
  keccak_move<1, 2, 10>(moved, state);
  keccak_move<2, 2, 43>(moved, state);
  keccak_move<3, 2, 25>(moved, state);
  keccak_move<4, 2, 39>(moved, state);
  keccak_move<0, 3, 41>(moved, state);
  keccak_move<1, 3, 45>(moved, state);
  keccak_move<2, 3, 15>(moved, state);
  keccak_move<3, 3, 21>(moved, state);
  keccak_move<4, 3, 8>(moved, state);
  keccak_move<0, 4, 18>(moved, state);
  keccak_move<1, 4, 2>(moved, state);
  keccak_move<2, 4, 61>(moved, state);
  keccak_move<3, 4, 56>(moved, state);
  keccak_move<4, 4, 14>(moved, state);
  HASHLANE_UNROLL
  for (int y = 0; y < 25; y += 5) {
    HASHLANE_UNROLL
    for (int x = 0; x < 5; ++x) {
      state[x + y] = xor_and_not(moved[x + y], moved[(x + 1) % 5 + y], moved[(x + 2) % 5 + y]);
    }
  }
  state[0] = state[0] ^ V::all(constant);
}

template <std::size_t rate_bytes, typename V>
void keccak_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  V state[25];
  HASHLANE_UNROLL
  for (std::size_t word = 0; word < 25; ++word) state[word] = V::load(chain_row<V>(chain, word));
  for (std::size_t block = 0; block < count; ++block) {
    constexpr std::size_t words = rate_bytes / 8;
    V message[words];
    load_words<words>(message, blocks, block * rate_bytes);
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < words; ++word) state[word] = state[word] ^ message[word];
    for (const std::uint64_t constant : kKeccakRoundConstants) keccak_round(state, constant);
  }
  HASHLANE_UNROLL
  for (std::size_t word = 0; word < 25; ++word) state[word].store(chain_row<V>(chain, word));
}

}  // namespace hashlane
