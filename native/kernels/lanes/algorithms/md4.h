// MD4's compression (RFC 1320, section 3.4), one block of every lane at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/load_words.h"

namespace hashlane {

/// The order in which each round takes the message words.
inline constexpr int kMd4Order[3][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                         {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
                                         {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15}};
/// What each round adds: nothing, and the roots of 2 and 3.
inline constexpr std::uint32_t kMd4Constants[3] = {0, 0x5a827999, 0x6ed9eba1};

template <int round, typename V>
HASHLANE_INLINE V md4_summand(const V* message, int step) {
  return message[kMd4Order[round][step]] + V::all(kMd4Constants[round]);
}

/// One of MD4's rounds of sixteen steps: `Mix` is its function of three words; step i rotates by the
/// (i mod 4)-th of the four amounts.
template <typename Mix, int round, int r0, int r1, int r2, int r3, typename V>
HASHLANE_INLINE void md4_round(V& a, V& b, V& c, V& d, const V* message) {
  HASHLANE_UNROLL
  for (int i = 0; i < 16; i += 4) {
    a = rotate_left<r0>((a + md4_summand<round>(message, i)) + Mix::of(b, c, d));
    d = rotate_left<r1>((d + md4_summand<round>(message, i + 1)) + Mix::of(a, b, c));
    c = rotate_left<r2>((c + md4_summand<round>(message, i + 2)) + Mix::of(d, a, b));
    b = rotate_left<r3>((b + md4_summand<round>(message, i + 3)) + Mix::of(c, d, a));
  }
}

struct Md4F {
  template <typename V>
  static HASHLANE_INLINE V of(V x, V y, V z) {
    return select(x, y, z);
  }
};
struct Md4G {
  template <typename V>
  static HASHLANE_INLINE V of(V x, V y, V z) {
    return majority(x, y, z);
  }
};
struct Md4H {
  template <typename V>
  static HASHLANE_INLINE V of(V x, V y, V z) {
    return xor3(x, y, z);
  }
};

template <typename V>
void md4_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  V a = V::load(chain_row<V>(chain, 0));
  V b = V::load(chain_row<V>(chain, 1));
  V c = V::load(chain_row<V>(chain, 2));
  V d = V::load(chain_row<V>(chain, 3));
  for (std::size_t block = 0; block < count; ++block) {
    V message[16];
    load_words<16>(message, blocks, block * 64);
    const V before[4] = {a, b, c, d};
    md4_round<Md4F, 0, 3, 7, 11, 19>(a, b, c, d, message);
    md4_round<Md4G, 1, 3, 5, 9, 13>(a, b, c, d, message);
    md4_round<Md4H, 2, 3, 9, 11, 15>(a, b, c, d, message);
    a = a + before[0];
    b = b + before[1];
    c = c + before[2];
    d = d + before[3];
  }
  a.store(chain_row<V>(chain, 0));
  b.store(chain_row<V>(chain, 1));
  c.store(chain_row<V>(chain, 2));
  d.store(chain_row<V>(chain, 3));
}

}  // namespace hashlane
