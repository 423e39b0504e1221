// Files in pieces against RHash and against the definitions. (ED2K as a stream is held against its
// definition with OpenSSL's MD4 in ed2k_test.cc.)
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <rhash.h>

#include <algorithm>
#include <array>

#include "split_file.h"

namespace hashlane {
namespace {

constexpr std::size_t kChunk = 9'728'000;
constexpr std::size_t kBlock = 184'320;

class Pieces : public testing::TestWithParam<AlgorithmId> {
 protected:
  void SetUp() override { ASSERT_NE(plan_, nullptr) << "the plan failed its known answers"; }

  const PiecePlan* const plan_ = piece_plan(GetParam());
};

TEST_P(Pieces, EndWhereTheDefinitionSays) {
  const std::size_t unit = GetParam() == AlgorithmId::kAich ? kBlock : kChunk;
  for (const std::uint64_t chunk : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{2}, std::uint64_t{1} << 40}) {
    const std::uint64_t begin = chunk * kChunk;
    for (std::uint64_t piece = 0; piece * unit < kChunk; ++piece) {
      const std::uint64_t from = begin + piece * unit;
      const std::uint64_t to = std::min(from + unit, begin + kChunk);
      for (const std::uint64_t offset : {from, from + 1, to - 1}) ASSERT_EQ(plan_->piece_end(offset, 0), to) << offset;
    }
  }
}

TEST_P(Pieces, EqualTheStreamAndRhashAtEveryEdge) {
  std::mt19937_64 random(101);
  const Bytes file = noise(3 * kChunk + kBlock + 1, 102);
  std::vector<std::size_t> lengths = {0, 1, 2, 1000};
  const auto around = [&](std::size_t edge) {
    for (const std::size_t length : {edge - 1, edge, edge + 1}) lengths.push_back(length);
  };
  for (const std::size_t blocks : {1, 2, 3, 4, 52}) around(blocks * kBlock);
  for (const std::size_t chunks : {1, 2, 3}) around(chunks * kChunk);
  around(kChunk + kBlock);
  around(2 * kChunk + 52 * kBlock);
  for (const std::size_t length : lengths) {
    const auto bytes = std::span(file).first(std::min(length, file.size()));
    const std::string digest = by_pieces(*plan_, GetParam(), bytes, random, 1 + length % 4);
    ASSERT_EQ(digest, digest_of(GetParam(), bytes)) << length << " bytes";
    if (GetParam() == AlgorithmId::kEd2kBlue) continue;
    const unsigned id = GetParam() == AlgorithmId::kAich ? RHASH_AICH : RHASH_ED2K;
    ASSERT_EQ(digest, by_rhash(id, bytes)) << length << " bytes";
  }
}

TEST_P(Pieces, StreamsTakeThemInAnySplit) {
  std::mt19937_64 random(103);
  const Bytes file = noise(kChunk + 3 * kBlock + 77, 104);
  const auto hasher = make_hasher(GetParam());
  ASSERT_NE(hasher, nullptr);
  update_in_random_pieces(*hasher, file, random);
  EXPECT_EQ(finished(*hasher, GetParam()), by_pieces(*plan_, GetParam(), file, random));
  // Abandoned inside a piece, then used again.
  hasher->reset();
  hasher->update(std::span(file).first(kChunk + 5));
  hasher->reset();
  hasher->update(std::span(file).first(kBlock + 5));
  EXPECT_EQ(finished(*hasher, GetParam()), by_pieces(*plan_, GetParam(), std::span(file).first(kBlock + 5), random));
}

INSTANTIATE_TEST_SUITE_P(Split, Pieces, testing::ValuesIn(kPieced), test_name);

TEST(PiecePlans, AreThereForChunkedDigestsOnly) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    const bool expected = std::ranges::find(kPieced, algorithm) != std::end(kPieced);
    EXPECT_EQ(piece_plan(algorithm) != nullptr, expected) << name_of(algorithm);
  }
  EXPECT_EQ(piece_plan(static_cast<AlgorithmId>(255)), nullptr);
}

// AICH as eMule defines it, over sizes in bytes rather than numbers of leaves: a node of more than its
// base size is cut at a multiple of it, a left one after the larger half. Chunks are the base of nodes
// longer than a chunk, blocks of all others.
using Sha1Digest = std::array<std::byte, SHA_DIGEST_LENGTH>;

Sha1Digest aich_by_definition(std::span<const Sha1Digest> blocks, std::uint64_t offset, std::uint64_t size,
                              bool is_left) {
  const std::uint64_t base = size > kChunk ? kChunk : kBlock;
  if (size <= kBlock) return blocks[offset / kChunk * 53 + offset % kChunk / kBlock];
  const std::uint64_t parts = (size + base - 1) / base;
  const std::uint64_t left = (parts + (is_left ? 1 : 0)) / 2 * base;
  std::array<Sha1Digest, 2> children = {aich_by_definition(blocks, offset, left, true),
                                        aich_by_definition(blocks, offset + left, size - left, false)};
  Sha1Digest node;
  SHA1(reinterpret_cast<const unsigned char*>(children.data()), sizeof children,
       reinterpret_cast<unsigned char*>(node.data()));
  return node;
}

// Larger than a test could read: the blocks' digests are noise.
TEST(Aich, TreesOfManyChunksEqualTheDefinition) {
  std::mt19937_64 random(105);
  const PiecePlan* const plan = piece_plan(AlgorithmId::kAich);
  ASSERT_NE(plan, nullptr);
  const auto join = plan->join();
  std::vector<Sha1Digest> blocks(140 * 53);
  for (Sha1Digest& block : blocks) {
    for (std::byte& byte : block) byte = static_cast<std::byte>(random());
  }
  for (std::uint64_t chunks = 1; chunks <= 139; chunks += chunks < 20 ? 1 : 17) {
    for (const std::uint64_t more : {std::uint64_t{0}, std::uint64_t{1}, random() % kChunk}) {
      const std::uint64_t size = chunks * kChunk + more;
      join->reset();
      std::size_t piece = 0;
      for (std::uint64_t offset = 0; offset < size; ++piece) {
        const std::uint64_t end = std::min(plan->piece_end(offset, size), size);
        join->add(blocks[piece], end - offset);
        offset = end;
      }
      Sha1Digest digest;
      ASSERT_TRUE(join->finish(digest.data()));
      ASSERT_EQ(to_hex(digest), to_hex(aich_by_definition(blocks, 0, size, true))) << size << " bytes";
    }
  }
}

}  // namespace
}  // namespace hashlane
