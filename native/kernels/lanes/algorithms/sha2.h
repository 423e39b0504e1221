// SHA-2's compressions (FIPS 180-4, sections 6.2.2 and 6.4.2), one block of every lane at a time. They
// differ in the width of the word, the rotations and the number of steps.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/vectors/load_words.h"

namespace hashlane {

/// FIPS 180-4, section 4.2.2: cube roots of the first 64 primes.
inline constexpr std::uint32_t kSha256Constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// FIPS 180-4, section 4.2.3: cube roots of the first 80 primes.
inline constexpr std::uint64_t kSha512Constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

/// Three words turned right by different amounts and added without carry.
template <int r0, int r1, int r2, typename V>
HASHLANE_INLINE V sha2_sum(V x) {
  constexpr int bits = static_cast<int>(sizeof(typename V::Word)) * 8;
  return xor3(rotate_left<bits - r0>(x), rotate_left<bits - r1>(x), rotate_left<bits - r2>(x));
}

/// The same with a shift, for the message schedule.
template <int r0, int r1, int shift, typename V>
HASHLANE_INLINE V sha2_schedule_sum(V x) {
  constexpr int bits = static_cast<int>(sizeof(typename V::Word)) * 8;
  return xor3(rotate_left<bits - r0>(x), rotate_left<bits - r1>(x), shift_right<shift>(x));
}

/// FIPS 180-4, section 4.1.2.
struct Sha256 {
  static constexpr int kSteps = 64;
  static constexpr const std::uint32_t* kConstants = kSha256Constants;
  template <typename V>
  static HASHLANE_INLINE V sum0(V a) {
    return sha2_sum<2, 13, 22>(a);
  }
  template <typename V>
  static HASHLANE_INLINE V sum1(V e) {
    return sha2_sum<6, 11, 25>(e);
  }
  template <typename V>
  static HASHLANE_INLINE V schedule0(V w) {
    return sha2_schedule_sum<7, 18, 3>(w);
  }
  template <typename V>
  static HASHLANE_INLINE V schedule1(V w) {
    return sha2_schedule_sum<17, 19, 10>(w);
  }
};

/// FIPS 180-4, section 4.1.3.
struct Sha512 {
  static constexpr int kSteps = 80;
  static constexpr const std::uint64_t* kConstants = kSha512Constants;
  template <typename V>
  static HASHLANE_INLINE V sum0(V a) {
    return sha2_sum<28, 34, 39>(a);
  }
  template <typename V>
  static HASHLANE_INLINE V sum1(V e) {
    return sha2_sum<14, 18, 41>(e);
  }
  template <typename V>
  static HASHLANE_INLINE V schedule0(V w) {
    return sha2_schedule_sum<1, 8, 7>(w);
  }
  template <typename V>
  static HASHLANE_INLINE V schedule1(V w) {
    return sha2_schedule_sum<19, 61, 6>(w);
  }
};

/// What would be a turn of the eight words is done by naming them in turn.
template <typename Sha, typename V>
HASHLANE_INLINE void sha2_step(V a, V b, V c, V& d, V e, V f, V g, V& h, V summand) {
  const V first = (h + summand) + select(e, f, g) + Sha::sum1(e);
  d = d + first;
  h = first + (Sha::sum0(a) + majority(a, b, c));
}

/// Word i of the sixteen from `step` on, and its constant. The last sixteen words of the schedule
/// are kept, each in the place of the one that is needed no more.
template <typename Sha, typename V>
HASHLANE_INLINE V sha2_summand(V* message, int step, int i) {
  if (step != 0) {
    message[i] = (message[i] + message[(i + 9) % 16]) + Sha::schedule0(message[(i + 1) % 16]) +
                 Sha::schedule1(message[(i + 14) % 16]);
  }
  return message[i] + V::all(Sha::kConstants[step + i]);
}

template <typename Sha, typename V>
void sha2_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  V words[8];
  for (std::size_t word = 0; word < 8; ++word) words[word] = V::load(chain_row<V>(chain, word));
  for (std::size_t block = 0; block < count; ++block) {
    V message[16];
    load_words<16>(message, blocks, block * 16 * sizeof(typename V::Word));
    HASHLANE_UNROLL
    for (V& word : message) word = byte_swap(word);
    V a = words[0];
    V b = words[1];
    V c = words[2];
    V d = words[3];
    V e = words[4];
    V f = words[5];
    V g = words[6];
    V h = words[7];
    for (int step = 0; step < Sha::kSteps; step += 16) {
      HASHLANE_UNROLL
      for (int i = 0; i < 16; i += 8) {
        sha2_step<Sha>(a, b, c, d, e, f, g, h, sha2_summand<Sha>(message, step, i));
        sha2_step<Sha>(h, a, b, c, d, e, f, g, sha2_summand<Sha>(message, step, i + 1));
        sha2_step<Sha>(g, h, a, b, c, d, e, f, sha2_summand<Sha>(message, step, i + 2));
        sha2_step<Sha>(f, g, h, a, b, c, d, e, sha2_summand<Sha>(message, step, i + 3));
        sha2_step<Sha>(e, f, g, h, a, b, c, d, sha2_summand<Sha>(message, step, i + 4));
        sha2_step<Sha>(d, e, f, g, h, a, b, c, sha2_summand<Sha>(message, step, i + 5));
        sha2_step<Sha>(c, d, e, f, g, h, a, b, sha2_summand<Sha>(message, step, i + 6));
        sha2_step<Sha>(b, c, d, e, f, g, h, a, sha2_summand<Sha>(message, step, i + 7));
      }
    }
    const V after[8] = {a, b, c, d, e, f, g, h};
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < 8; ++word) words[word] = words[word] + after[word];
  }
  for (std::size_t word = 0; word < 8; ++word) words[word].store(chain_row<V>(chain, word));
}

}  // namespace hashlane
