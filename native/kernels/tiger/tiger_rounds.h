// Tiger's compression (R. Anderson, E. Biham, "Tiger: A Fast New Hash Function", FSE 1996) of a few
// independent messages in turn. One message alone waits for its table look-ups most of the time; the
// processor works on the others meanwhile.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels/lanes/vectors/inline.h"
#include "kernels/tiger/tiger_schedule.h"

namespace hashlane {

inline constexpr std::size_t kTigerBlockBytes = 64;

/// The chaining value: three words, which are the digest once the last block is in.
using TigerChain = std::array<std::uint64_t, 3>;
inline constexpr TigerChain kTigerInitial = {0x0123456789abcdef, 0xfedcba9876543210, 0xf096a5b4c3b2e187};

/// The four S-boxes of 256 words.
using TigerTables = std::array<std::array<std::uint64_t, 256>, 4>;

// Tiger's words are little endian, and so is every machine that Hashlane runs on.
static_assert(std::endian::native == std::endian::little);

template <std::size_t lanes>
using TigerWords = std::array<std::uint64_t, lanes>;

template <std::size_t lanes>
HASHLANE_INLINE void tiger_round(const TigerTables& tables, TigerWords<lanes>& a, TigerWords<lanes>& b,
                                 TigerWords<lanes>& c, const TigerWords<lanes>& word, std::uint64_t factor) {
  HASHLANE_UNROLL
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    c[lane] ^= word[lane];
    const std::uint64_t key = c[lane];
    a[lane] -= (tables[0][key & 0xff] ^ tables[1][(key >> 16) & 0xff]) ^
               (tables[2][(key >> 32) & 0xff] ^ tables[3][(key >> 48) & 0xff]);
    b[lane] += (tables[3][(key >> 8) & 0xff] ^ tables[2][(key >> 24) & 0xff]) ^
               (tables[1][(key >> 40) & 0xff] ^ tables[0][key >> 56]);
    b[lane] *= factor;
  }
}

template <std::size_t lanes>
HASHLANE_INLINE void tiger_pass(const TigerTables& tables, TigerWords<lanes>& a, TigerWords<lanes>& b,
                                TigerWords<lanes>& c, const std::array<TigerWords<lanes>, 8>& words,
                                std::uint64_t factor) {
  tiger_round(tables, a, b, c, words[0], factor);
  tiger_round(tables, b, c, a, words[1], factor);
  tiger_round(tables, c, a, b, words[2], factor);
  tiger_round(tables, a, b, c, words[3], factor);
  tiger_round(tables, b, c, a, words[4], factor);
  tiger_round(tables, c, a, b, words[5], factor);
  tiger_round(tables, a, b, c, words[6], factor);
  tiger_round(tables, b, c, a, words[7], factor);
}

template <std::size_t lanes>
HASHLANE_INLINE void tiger_schedule(std::array<TigerWords<lanes>, 8>& words) {
  HASHLANE_UNROLL
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    tiger_schedule(words[0][lane], words[1][lane], words[2][lane], words[3][lane], words[4][lane], words[5][lane],
                   words[6][lane], words[7][lane]);
  }
}

/// Advances `lanes` messages by `count` whole blocks each, blocks[lane] being the first of them and the
/// others following it.
template <std::size_t lanes>
void tiger_compress(const TigerTables& tables, TigerChain* chains, const std::byte* const* blocks, std::size_t count) {
  TigerWords<lanes> a, b, c;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    a[lane] = chains[lane][0];
    b[lane] = chains[lane][1];
    c[lane] = chains[lane][2];
  }
  for (std::size_t block = 0; block < count; ++block) {
    std::array<TigerWords<lanes>, 8> words;
    HASHLANE_UNROLL
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      HASHLANE_UNROLL
      for (std::size_t word = 0; word < 8; ++word) {
        std::memcpy(&words[word][lane], blocks[lane] + block * kTigerBlockBytes + word * 8, 8);
      }
    }
    const TigerWords<lanes> before_a = a, before_b = b, before_c = c;
    tiger_pass(tables, a, b, c, words, 5);
    tiger_schedule(words);
    tiger_pass(tables, c, a, b, words, 7);
    tiger_schedule(words);
    tiger_pass(tables, b, c, a, words, 9);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      a[lane] ^= before_a[lane];
      b[lane] -= before_b[lane];
      c[lane] += before_c[lane];
    }
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) chains[lane] = {a[lane], b[lane], c[lane]};
}

}  // namespace hashlane
