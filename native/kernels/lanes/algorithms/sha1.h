// SHA-1's compression (FIPS 180-4, section 6.1.2), one block of every lane at a time.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/load_words.h"

namespace hashlane {

/// FIPS 180-4, section 4.2.1: one for each twenty steps.
inline constexpr std::uint32_t kSha1Constants[4] = {0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6};

/// FIPS 180-4, section 4.1.1: Ch, Parity, Maj, Parity.
template <int phase, typename V>
HASHLANE_INLINE V sha1_mix(V b, V c, V d) {
  if constexpr (phase == 0) {
    return select(b, c, d);
  } else if constexpr (phase == 2) {
    return majority(b, c, d);
  } else {
    return xor3(b, c, d);
  }
}

/// Word `step` of the message schedule. The last sixteen are kept, each in the place of the one that
/// is needed no more.
template <typename V>
HASHLANE_INLINE V sha1_schedule(V* message, int step) {
  V& word = message[step % 16];
  if (step >= 16) {
    word = rotate_left<1>(xor3(message[(step + 13) % 16], message[(step + 8) % 16], message[(step + 2) % 16]) ^ word);
  }
  return word;
}

/// What would be a turn of the five words is done by naming them in turn.
template <int phase, typename V>
HASHLANE_INLINE void sha1_step(V a, V& b, V c, V d, V& e, V* message, int step) {
  e = (e + sha1_schedule(message, step) + V::all(kSha1Constants[phase])) + sha1_mix<phase>(b, c, d) + rotate_left<5>(a);
  b = rotate_left<30>(b);
}

/// Twenty of the eighty steps.
template <int phase, typename V>
HASHLANE_INLINE void sha1_phase(V& a, V& b, V& c, V& d, V& e, V* message) {
  HASHLANE_UNROLL
  for (int step = phase * 20; step < phase * 20 + 20; step += 5) {
    sha1_step<phase>(a, b, c, d, e, message, step);
    sha1_step<phase>(e, a, b, c, d, message, step + 1);
    sha1_step<phase>(d, e, a, b, c, message, step + 2);
    sha1_step<phase>(c, d, e, a, b, message, step + 3);
    sha1_step<phase>(b, c, d, e, a, message, step + 4);
  }
}

template <typename V>
void sha1_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  V words[5];
  for (std::size_t word = 0; word < 5; ++word) words[word] = V::load(chain_row<V>(chain, word));
  for (std::size_t block = 0; block < count; ++block) {
    V message[16];
    load_words<16>(message, blocks, block * 64);
    HASHLANE_UNROLL
    for (V& word : message) word = byte_swap(word);
    V a = words[0];
    V b = words[1];
    V c = words[2];
    V d = words[3];
    V e = words[4];
    sha1_phase<0>(a, b, c, d, e, message);
    sha1_phase<1>(a, b, c, d, e, message);
    sha1_phase<2>(a, b, c, d, e, message);
    sha1_phase<3>(a, b, c, d, e, message);
    words[0] = words[0] + a;
    words[1] = words[1] + b;
    words[2] = words[2] + c;
    words[3] = words[3] + d;
    words[4] = words[4] + e;
  }
  for (std::size_t word = 0; word < 5; ++word) words[word].store(chain_row<V>(chain, word));
}

}  // namespace hashlane
