// AICH at the edges of its blocks and chunks, against its definition with OpenSSL's SHA-1 and against
// RHash's own.
#include <gtest/gtest.h>
#include <openssl/sha.h>
#include <rhash.h>

#include <array>

#include "bytes.h"

namespace hashlane {
namespace {

constexpr std::size_t kChunk = 9'728'000;
constexpr std::size_t kBlock = 184'320;

using Sha1Digest = std::array<std::byte, SHA_DIGEST_LENGTH>;

Sha1Digest sha1(std::span<const std::byte> bytes) {
  Sha1Digest digest;
  SHA1(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
       reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

// eMule's tree (SHAHashSet.cpp): units of chunks are halved until a chunk is left, its blocks likewise;
// of an odd number, the larger half goes to the left of a branch that is itself a left one, else to the
// right. The root counts as a left branch.
Sha1Digest tree(std::span<const std::byte> bytes, bool is_left) {
  const std::size_t unit = bytes.size() > kChunk ? kChunk : kBlock;
  if (bytes.size() <= unit) return sha1(bytes);
  const std::size_t units = (bytes.size() + unit - 1) / unit;
  const std::size_t left = (units + (is_left ? 1 : 0)) / 2 * unit;
  std::array<Sha1Digest, 2> branches = {tree(bytes.first(left), true), tree(bytes.subspan(left), false)};
  return sha1(std::as_bytes(std::span(branches)));
}

std::string by_rhash(std::span<const std::byte> bytes) {
  Sha1Digest digest;
  rhash_msg(RHASH_AICH, bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()));
  return to_hex(digest);
}

class AichLengths : public testing::TestWithParam<std::size_t> {};

TEST_P(AichLengths, EqualsItsDefinitionAndRhash) {
  // Noise over and over: 65,521 is prime, so that no two blocks are equal.
  const Bytes period = noise(65'521, 71);
  Bytes bytes;
  while (bytes.size() < GetParam()) bytes.insert(bytes.end(), period.begin(), period.end());
  const auto input = std::span(bytes).first(GetParam());
  const std::string expected = to_hex(tree(input, true));
  EXPECT_EQ(digest_of(AlgorithmId::kAich, input), expected);
  EXPECT_EQ(by_rhash(input), expected);

  const auto hasher = make_hasher(AlgorithmId::kAich);
  ASSERT_NE(hasher, nullptr);
  for (std::size_t offset = 0; offset < input.size(); offset += 1'000'003) {
    hasher->update(input.subspan(offset, std::min<std::size_t>(1'000'003, input.size() - offset)));
  }
  EXPECT_EQ(finished(*hasher, AlgorithmId::kAich), expected) << "in pieces";
}

// A chunk is 52 blocks and a last one of 143,360 bytes.
INSTANTIATE_TEST_SUITE_P(AroundBlocksAndChunks, AichLengths,
                         testing::Values(0, 1, kBlock - 1, kBlock, kBlock + 1, 2 * kBlock, 3 * kBlock + 1,
                                         52 * kBlock - 1, 52 * kBlock, 52 * kBlock + 1, kChunk - 1, kChunk, kChunk + 1,
                                         kChunk + kBlock - 1, kChunk + kBlock, kChunk + kBlock + 1, 2 * kChunk - 1,
                                         2 * kChunk, 2 * kChunk + 1, 3 * kChunk, 3 * kChunk + 1, 4 * kChunk + kBlock,
                                         5 * kChunk, 5 * kChunk + 1),
                         testing::PrintToStringParamName());

}  // namespace
}  // namespace hashlane
