// MD5's compression (RFC 1321, section 3.4), one block of every lane at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/load_words.h"

namespace hashlane {

/// floor(2^32 * abs(sin(i + 1))).
inline constexpr std::uint32_t kMd5Sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

/// What step `step` of a round adds: message word (first + stride * step) mod 16 and its sine.
template <int round, int first, int stride, typename V>
HASHLANE_INLINE V md5_summand(const V* message, int step) {
  return message[(first + stride * step) % 16] + V::all(kMd5Sines[round * 16 + step]);
}

/// One of MD5's rounds of sixteen steps: `Mix` is its function of three words; step i rotates by the
/// (i mod 4)-th of the four amounts.
template <typename Mix, int round, int first, int stride, int r0, int r1, int r2, int r3, typename V>
HASHLANE_INLINE void md5_round(V& a, V& b, V& c, V& d, const V* message) {
  HASHLANE_UNROLL
  for (int i = 0; i < 16; i += 4) {
    a = b + rotate_left<r0>((a + md5_summand<round, first, stride>(message, i)) + Mix::of(b, c, d));
    d = a + rotate_left<r1>((d + md5_summand<round, first, stride>(message, i + 1)) + Mix::of(a, b, c));
    c = d + rotate_left<r2>((c + md5_summand<round, first, stride>(message, i + 2)) + Mix::of(d, a, b));
    b = c + rotate_left<r3>((b + md5_summand<round, first, stride>(message, i + 3)) + Mix::of(c, d, a));
  }
}

struct Md5F {
  template <typename V>
  static HASHLANE_INLINE V of(V b, V c, V d) {
    return select(b, c, d);
  }
};
struct Md5G {
  template <typename V>
  static HASHLANE_INLINE V of(V b, V c, V d) {
    return select(d, b, c);
  }
};
struct Md5H {
  template <typename V>
  static HASHLANE_INLINE V of(V b, V c, V d) {
    return xor3(b, c, d);
  }
};
struct Md5I {
  template <typename V>
  static HASHLANE_INLINE V of(V b, V c, V d) {
    return xor_or_not(c, b, d);
  }
};

template <typename V>
void md5_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  V a = V::load(chain_row<V>(chain, 0));
  V b = V::load(chain_row<V>(chain, 1));
  V c = V::load(chain_row<V>(chain, 2));
  V d = V::load(chain_row<V>(chain, 3));
  for (std::size_t block = 0; block < count; ++block) {
    V message[16];
    load_words<16>(message, blocks, block * 64);
    const V before[4] = {a, b, c, d};
    md5_round<Md5F, 0, 0, 1, 7, 12, 17, 22>(a, b, c, d, message);
    md5_round<Md5G, 1, 1, 5, 5, 9, 14, 20>(a, b, c, d, message);
    md5_round<Md5H, 2, 5, 3, 4, 11, 16, 23>(a, b, c, d, message);
    md5_round<Md5I, 3, 0, 7, 6, 10, 15, 21>(a, b, c, d, message);
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
