// Tiger's key schedule, in a header without anything of the standard library that could be compiled for
// a lesser processor than it runs on.
#pragma once

#include "kernels/lanes/vectors/inline.h"

namespace hashlane {

/// The words of one message between two passes. Word is an unsigned integer of 64 bits, or a vector of
/// them, one for each of several messages.
template <typename Word>
HASHLANE_INLINE void tiger_schedule(Word& w0, Word& w1, Word& w2, Word& w3, Word& w4, Word& w5, Word& w6, Word& w7) {
  w0 -= w7 ^ 0xa5a5a5a5a5a5a5a5;
  w1 ^= w0;
  w2 += w1;
  w3 -= w2 ^ (~w1 << 19);
  w4 ^= w3;
  w5 += w4;
  w6 -= w5 ^ (~w4 >> 23);
  w7 ^= w6;
  w0 += w7;
  w1 -= w0 ^ (~w7 << 19);
  w2 ^= w1;
  w3 += w2;
  w4 -= w3 ^ (~w2 >> 23);
  w5 ^= w4;
  w6 += w5;
  w7 -= w6 ^ 0x0123456789abcdef;
}

}  // namespace hashlane
