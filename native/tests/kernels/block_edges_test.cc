// Every algorithm at the lengths where implementations go wrong, in one piece and in many.
#include <gtest/gtest.h>

#include "bytes.h"
#include "oracles.h"

namespace hashlane {
namespace {

class AgainstOracle : public testing::TestWithParam<AlgorithmId> {};
class BlockEdges : public testing::TestWithParam<AlgorithmId> {};

std::vector<AlgorithmId> algorithms_with_oracle() {
  std::vector<AlgorithmId> algorithms = all_algorithms();
  std::erase_if(algorithms, [](AlgorithmId algorithm) { return !oracle_digest(algorithm, {}); });
  return algorithms;
}

TEST_P(AgainstOracle, DigestEqualsAnotherImplementations) {
  const Bytes bytes = noise(edge_lengths().back(), 1);
  for (const std::size_t length : edge_lengths()) {
    const auto input = std::span(bytes).first(length);
    EXPECT_EQ(digest_of(GetParam(), input), oracle_digest(GetParam(), input)) << length << " bytes";
  }
}

TEST_P(AgainstOracle, DigestOfRandomLengthsInRandomPiecesEqualsAnotherImplementations) {
  std::mt19937_64 random(6);
  const Bytes bytes = noise(40'000, 7);
  const auto hasher = make_hasher(GetParam());
  ASSERT_NE(hasher, nullptr);
  for (int round = 0; round < 50; ++round) {
    const auto input = std::span(bytes).first(random() % bytes.size());
    hasher->reset();
    identify(*hasher, GetParam(), input.size());
    update_in_random_pieces(*hasher, input, random);
    EXPECT_EQ(finished(*hasher, GetParam()), oracle_digest(GetParam(), input)) << input.size() << " bytes";
  }
}

TEST_P(BlockEdges, BytesAtAnyAlignmentGiveTheSameDigest) {
  for (const std::size_t length : {std::size_t{63}, std::size_t{1000}, std::size_t{4096}}) {
    const Bytes bytes = noise(length, 2);
    const std::string expected = digest_of(GetParam(), bytes);
    for (std::size_t offset = 1; offset < 64; offset += 7) {
      Bytes moved(offset);
      moved.insert(moved.end(), bytes.begin(), bytes.end());
      EXPECT_EQ(digest_of(GetParam(), std::span(moved).subspan(offset)), expected) << length << " at " << offset;
    }
  }
}

TEST_P(BlockEdges, SplittingDoesNotChangeTheDigest) {
  std::mt19937_64 random(3);
  const auto hasher = make_hasher(GetParam());
  ASSERT_NE(hasher, nullptr);
  const Bytes bytes = noise(edge_lengths().back(), 4);
  for (const std::size_t length : edge_lengths()) {
    const auto input = std::span(bytes).first(length);
    const std::string whole = digest_of(GetParam(), input);
    for (int round = 0; round < 3; ++round) {
      hasher->reset();
      identify(*hasher, GetParam(), input.size());
      update_in_random_pieces(*hasher, input, random);
      EXPECT_EQ(finished(*hasher, GetParam()), whole) << length << " bytes, round " << round;
    }
  }
}

TEST_P(BlockEdges, OneByteAtATimeGivesTheSameDigest) {
  const auto hasher = make_hasher(GetParam());
  ASSERT_NE(hasher, nullptr);
  const Bytes bytes = noise(3100, 5);
  identify(*hasher, GetParam(), bytes.size());
  for (const std::byte& byte : bytes) hasher->update(std::span(&byte, 1));
  EXPECT_EQ(finished(*hasher, GetParam()), digest_of(GetParam(), bytes));
}

INSTANTIATE_TEST_SUITE_P(Algorithms, AgainstOracle, testing::ValuesIn(algorithms_with_oracle()), test_name);
INSTANTIATE_TEST_SUITE_P(Algorithms, BlockEdges, testing::ValuesIn(all_algorithms()), test_name);

}  // namespace
}  // namespace hashlane
