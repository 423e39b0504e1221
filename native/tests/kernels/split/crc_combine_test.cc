// The arithmetic behind combined CRCs, and CRC-64/XZ one bit at a time, straight from its polynomial.
#include "kernels/split/crc_combine.h"

#include "split_file.h"

namespace hashlane {
namespace {

template <typename Word, Word P>
struct Polynomial {
  using WordType = Word;
  using Field = CrcField<Word, P>;
};

template <typename P>
class CrcFields : public testing::Test {};

using Polynomials =
    testing::Types<Polynomial<std::uint32_t, 0xedb88320>, Polynomial<std::uint32_t, 0x82f63b78>,
                   Polynomial<std::uint64_t, 0xc96c5795d7870f42>, Polynomial<std::uint64_t, 0x9a6c9329ac4bc9b5>>;
TYPED_TEST_SUITE(CrcFields, Polynomials);

TYPED_TEST(CrcFields, ProductsObeyTheLawsOfAField) {
  using Field = typename TypeParam::Field;
  using Word = typename TypeParam::WordType;
  std::mt19937_64 random(81);
  const Word one = Field::over_bytes(0);
  for (int round = 0; round < 1000; ++round) {
    const auto a = static_cast<Word>(random()), b = static_cast<Word>(random()), c = static_cast<Word>(random());
    ASSERT_EQ(Field::product(a, one), a);
    ASSERT_EQ(Field::product(a, b), Field::product(b, a));
    ASSERT_EQ(Field::product(a, Field::product(b, c)), Field::product(Field::product(a, b), c));
    ASSERT_EQ(Field::product(a, static_cast<Word>(b ^ c)), Field::product(a, b) ^ Field::product(a, c));
  }
}

TYPED_TEST(CrcFields, LengthsAddUpWhereFactorsMultiply) {
  using Field = typename TypeParam::Field;
  std::mt19937_64 random(82);
  auto step_by_step = Field::over_bytes(0);
  for (std::uint64_t bytes = 0; bytes < 3000; ++bytes) {
    ASSERT_EQ(Field::over_bytes(bytes), step_by_step);
    step_by_step = Field::product(step_by_step, Field::over_bytes(1));
  }
  for (int round = 0; round < 1000; ++round) {
    const std::uint64_t a = random() >> (1 + random() % 40), b = random() >> (1 + random() % 40);
    ASSERT_EQ(Field::over_bytes(a + b), Field::product(Field::over_bytes(a), Field::over_bytes(b)));
  }
}

std::uint64_t crc64_bit_by_bit(std::span<const std::byte> bytes) {
  std::uint64_t crc = ~std::uint64_t{0};
  for (const std::byte byte : bytes) {
    crc ^= std::to_integer<std::uint64_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xc96c5795d7870f42 : 0);
  }
  return ~crc;
}

TEST(Crc64Xz, SegmentsEqualItsDefinition) {
  const Bytes file = noise(2 * kSegmentBytes + 4321, 83);
  Bytes digest(8);
  for (std::size_t index = 0; index < 8; ++index) {
    digest[index] = static_cast<std::byte>(crc64_bit_by_bit(file) >> (56 - 8 * index));
  }
  EXPECT_EQ(by_segments(AlgorithmId::kCrc64Xz, file), to_hex(digest));
}

// RFC 1950, section 2.2, as it stands there.
TEST(Adler32, SegmentsEqualItsDefinition) {
  for (const std::size_t length : {kSegmentBytes + 1, 3 * kSegmentBytes, 5 * kSegmentBytes + 65521}) {
    for (const Bytes& file : {noise(length, 84), Bytes(length, std::byte{0xff}), Bytes(length)}) {
      std::uint32_t low = 1, high = 0;
      for (const std::byte byte : file) {
        low = (low + std::to_integer<std::uint32_t>(byte)) % 65521;
        high = (high + low) % 65521;
      }
      const std::byte digest[] = {static_cast<std::byte>(high >> 8), static_cast<std::byte>(high),
                                  static_cast<std::byte>(low >> 8), static_cast<std::byte>(low)};
      EXPECT_EQ(by_segments(AlgorithmId::kAdler32, file), to_hex(digest));
    }
  }
}

}  // namespace
}  // namespace hashlane
