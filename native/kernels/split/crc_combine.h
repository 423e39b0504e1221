// The CRC of two texts, one after the other, out of the CRCs of both.
//
// A CRC's register holds the remainder modulo P of the bits so far, a polynomial over GF(2). Taking in a
// text B multiplies what the register r held by x^n, n being B's bits, and adds B's own remainder b:
//   r -> r x^n + b.
// Registers begin with ones, and are inverted (ones are added) at the end. Hence
//   crc(B)  = ones x^n + b + ones,
//   crc(AB) = (crc(A) + ones) x^n + b + ones = crc(A) x^n + crc(B).
// zlib's crc32_combine() uses the same formula.
#pragma once

#include <cstdint>
#include <limits>

namespace hashlane {

/// Polynomials over GF(2) modulo P of as many bits as Word has. `P` and all words are reflected: the
/// highest bit is the coefficient of x^0. P's own highest term is left out.
template <typename Word, Word P>
class CrcField {
 public:
  static constexpr Word product(Word left, Word right) noexcept {
    Word sum = 0;
    for (Word coefficient = kOne; coefficient != 0; coefficient >>= 1) {
      if ((left & coefficient) != 0) sum ^= right;
      right = times_x(right);
    }
    return sum;
  }

  /// x^(8 * bytes), by squaring: at most 2 log2(bytes) products.
  static constexpr Word over_bytes(std::uint64_t bytes) noexcept {
    Word power = kOne;
    for (Word square = kOne >> 8; bytes != 0; bytes >>= 1) {
      if ((bytes & 1) != 0) power = product(power, square);
      square = product(square, square);
    }
    return power;
  }

 private:
  static constexpr Word kOne = Word{1} << (std::numeric_limits<Word>::digits - 1);

  static constexpr Word times_x(Word word) noexcept { return (word >> 1) ^ ((word & 1) != 0 ? P : 0); }
};

}  // namespace hashlane
