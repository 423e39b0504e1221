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

TEST(PartsOfOneLength, EqualTheStreamAtEveryEdge) {
  std::mt19937_64 random(105);
  const Bytes file = noise((33u << 20) + 1, 106);
  for (const auto& [algorithm, part] : kInParts) {
    const PiecePlan* const plan = piece_plan(algorithm);
    ASSERT_NE(plan, nullptr) << name_of(algorithm);
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{1}, part - 1, part, part + 1, 2 * part, 2 * part + 1}) {
      const auto bytes = std::span(file).first(length);
      const std::string digest = by_pieces(*plan, algorithm, bytes, random, 2);
      EXPECT_EQ(digest, digest_of(algorithm, bytes)) << name_of(algorithm) << ", " << length << " bytes";
      const auto hasher = make_hasher(algorithm);
      update_in_random_pieces(*hasher, bytes, random);
      EXPECT_EQ(finished(*hasher, algorithm), digest) << name_of(algorithm) << " of a size not known beforehand";
    }
  }
}

// Ten thousand parts are the most: beyond them the AWS command doubles the part size until they suffice.
TEST(PartsOfOneLength, OfS3GrowWhereThereWouldBeTooMany) {
  constexpr std::uint64_t kMost = 10'000;
  for (const auto& [algorithm, part] : kInParts) {
    if (algorithm == AlgorithmId::kDropbox) continue;
    const PiecePlan& plan = *piece_plan(algorithm);
    EXPECT_EQ(plan.piece_end(0, kMost * part), part);
    EXPECT_EQ(plan.piece_end(0, kMost * part + 1), 2 * part);
    EXPECT_EQ(plan.piece_end(2 * part, kMost * part + 1), 4 * part);
    EXPECT_EQ(plan.piece_end(0, 4 * kMost * part), 4 * part);
    EXPECT_EQ(plan.piece_end(0, 4 * kMost * part + 1), 8 * part);
  }
}

// 50,000 MiB of zeros, and one byte more, by Python's hashlib from the MD5s of a part and of a byte.
TEST(PartsOfOneLength, OfS3AreCountedInTheDigest) {
  const PiecePlan& plan = *piece_plan(AlgorithmId::kS3Etag5MiB);
  const Bytes part(10u << 20);
  for (const auto& [length, digest] :
       {std::pair{std::uint64_t{52'428'800'000}, "d2807cfd850fa3bcb153e842a3c485a300002710"},
        {std::uint64_t{52'428'800'001}, "6d3a1148ffa5afba4a1c9fc291b59f0f00001389"}}) {
    const auto join = plan.join();
    std::array<std::byte, 16> whole;
    std::array<std::byte, 16> rest;
    const auto md5 = make_hasher(AlgorithmId::kMd5);
    md5->update(std::span(part).first(static_cast<std::size_t>(plan.piece_end(0, length))));
    ASSERT_TRUE(md5->finish(whole.data()));
    md5->reset();
    md5->update(std::span(part).first(1));
    ASSERT_TRUE(md5->finish(rest.data()));
    for (std::uint64_t offset = 0; offset < length;) {
      const std::uint64_t end = std::min(plan.piece_end(offset, length), length);
      join->add(end - offset == 1 ? rest : whole, end - offset);
      offset = end;
    }
    std::array<std::byte, 20> made;
    ASSERT_TRUE(join->finish(made.data()));
    EXPECT_EQ(to_hex(made), digest);
  }
}

TEST(PartsOfOneLength, OfS3AreRefusedWhereAStreamHadTooMany) {
  const auto join = piece_plan(AlgorithmId::kS3Etag5MiB)->join();
  const std::array<std::byte, 16> digest{};
  for (int part = 0; part < 10'001; ++part) join->add(digest, 5u << 20);
  std::array<std::byte, 20> made;
  EXPECT_FALSE(join->finish(made.data()));
}

TEST(PiecePlans, AreThereForChunkedDigestsOnly) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    const bool expected = std::ranges::find(kPieced, algorithm) != std::end(kPieced) ||
                          std::ranges::find(kInParts, algorithm, &PartsOf::algorithm) != std::end(kInParts);
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
