// ED2K at and around multiples of its chunk, in both conventions, against its definition with
// OpenSSL's MD4 (the kernel uses RHash's) and against RHash's own ED2K.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <gtest/gtest.h>
#include <openssl/md4.h>
#include <rhash.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>

#include "bytes.h"

namespace hashlane {
namespace {

constexpr std::size_t kChunk = 9'728'000;

// Hands out `length` bytes, `period` over and over, in pieces of `piece` bytes: files of many
// megabytes from a small buffer.
void feed(std::span<const std::byte> period, std::size_t length, std::size_t piece,
          const std::function<void(std::span<const std::byte>)>& take) {
  std::size_t offset = 0;
  while (length > 0) {
    const std::size_t taken = std::min({piece, length, period.size() - offset});
    take(period.subspan(offset, taken));
    offset = (offset + taken) % period.size();
    length -= taken;
  }
}

std::string by_kernel(AlgorithmId algorithm, std::span<const std::byte> period, std::size_t length, std::size_t piece) {
  const auto hasher = make_hasher(algorithm);
  if (!hasher) return "no hasher";
  feed(period, length, piece, [&](std::span<const std::byte> bytes) { hasher->update(bytes); });
  return finished(*hasher, algorithm);
}

using Md4Digest = std::array<std::byte, MD4_DIGEST_LENGTH>;

Md4Digest md4_final(MD4_CTX& context) {
  Md4Digest digest;
  MD4_Final(reinterpret_cast<unsigned char*>(digest.data()), &context);
  return digest;
}

std::string by_definition(AlgorithmId algorithm, std::span<const std::byte> period, std::size_t length) {
  std::vector<Md4Digest> chunks;
  MD4_CTX chunk;
  MD4_Init(&chunk);
  std::size_t in_chunk = 0;
  feed(period, length, period.size(), [&](std::span<const std::byte> bytes) {
    while (!bytes.empty()) {
      const std::size_t taken = std::min(bytes.size(), kChunk - in_chunk);
      MD4_Update(&chunk, bytes.data(), taken);
      in_chunk += taken;
      bytes = bytes.subspan(taken);
      if (in_chunk < kChunk) continue;
      chunks.push_back(md4_final(chunk));
      MD4_Init(&chunk);
      in_chunk = 0;
    }
  });
  const bool empty_rest_counts = algorithm == AlgorithmId::kEd2k || length == 0;
  if (in_chunk > 0 || empty_rest_counts) chunks.push_back(md4_final(chunk));
  if (chunks.size() == 1) return to_hex(chunks.front());
  MD4_CTX list;
  MD4_Init(&list);
  for (const Md4Digest& digest : chunks) MD4_Update(&list, digest.data(), digest.size());
  return to_hex(md4_final(list));
}

std::string by_rhash(std::span<const std::byte> period, std::size_t length) {
  const std::unique_ptr<rhash_context, void (*)(rhash)> context(rhash_init(RHASH_ED2K), rhash_free);
  feed(period, length, period.size(),
       [&](std::span<const std::byte> bytes) { rhash_update(context.get(), bytes.data(), bytes.size()); });
  Md4Digest digest;
  rhash_final(context.get(), reinterpret_cast<unsigned char*>(digest.data()));
  return to_hex(digest);
}

struct ZeroFile {
  std::size_t length;
  std::string_view red;
  std::string_view blue;
};

// The zero files by which programs of either convention are told apart.
TEST(Ed2k, GivesTheKnownDigestsOfZeroFiles) {
  constexpr ZeroFile kZeroFiles[] = {
      {0, "31d6cfe0d16ae931b73c59d7e0c089c0", "31d6cfe0d16ae931b73c59d7e0c089c0"},
      {kChunk, "fc21d9af828f92a8df64beac3357425d", "d7def262a127cd79096a108e7a9fc138"},
      {2 * kChunk, "114b21c63a74b6ca922291a11177dd5c", "194ee9e4fa79b2ee9f8829284c466051"},
  };
  const Bytes zeros(64 * 1024);
  for (const ZeroFile& file : kZeroFiles) {
    EXPECT_EQ(by_kernel(AlgorithmId::kEd2k, zeros, file.length, zeros.size()), file.red) << file.length << " bytes";
    EXPECT_EQ(by_kernel(AlgorithmId::kEd2kBlue, zeros, file.length, zeros.size()), file.blue)
        << file.length << " bytes";
  }
}

class Ed2kLengths : public testing::TestWithParam<std::size_t> {
 protected:
  // Not a divisor of the chunk, so that no two chunks are equal.
  const Bytes period_ = noise(65'521, 41);
};

TEST_P(Ed2kLengths, EqualsItsDefinitionInBothConventions) {
  for (const AlgorithmId algorithm : {AlgorithmId::kEd2k, AlgorithmId::kEd2kBlue}) {
    EXPECT_EQ(by_kernel(algorithm, period_, GetParam(), period_.size()), by_definition(algorithm, period_, GetParam()))
        << name_of(algorithm);
  }
}

TEST_P(Ed2kLengths, RedEqualsRhash) {
  EXPECT_EQ(by_kernel(AlgorithmId::kEd2k, period_, GetParam(), period_.size()), by_rhash(period_, GetParam()));
}

TEST_P(Ed2kLengths, ConventionsDifferOnlyWhereTheLastChunkIsFull) {
  const bool differ = GetParam() > 0 && GetParam() % kChunk == 0;
  EXPECT_EQ(by_kernel(AlgorithmId::kEd2k, period_, GetParam(), period_.size()) !=
                by_kernel(AlgorithmId::kEd2kBlue, period_, GetParam(), period_.size()),
            differ);
}

INSTANTIATE_TEST_SUITE_P(AroundChunks, Ed2kLengths,
                         testing::Values(0, 1, kChunk - 1, kChunk, kChunk + 1, 2 * kChunk - 1, 2 * kChunk,
                                         2 * kChunk + 1, 3 * kChunk),
                         testing::PrintToStringParamName());

TEST(Ed2k, OneUpdateMayHoldSeveralChunks) {
  const Bytes bytes = noise(65'521, 42);
  Bytes whole;
  feed(bytes, 2 * kChunk + 5, bytes.size(),
       [&](std::span<const std::byte> piece) { whole.insert(whole.end(), piece.begin(), piece.end()); });
  EXPECT_EQ(digest_of(AlgorithmId::kEd2k, whole), by_definition(AlgorithmId::kEd2k, bytes, whole.size()));
}

TEST(Ed2k, UsedAgainAfterFullChunksItCountsAnew) {
  const Bytes period = noise(65'521, 43);
  for (const AlgorithmId algorithm : {AlgorithmId::kEd2k, AlgorithmId::kEd2kBlue}) {
    const auto hasher = make_hasher(algorithm);
    ASSERT_NE(hasher, nullptr);
    const auto take = [&](std::span<const std::byte> bytes) { hasher->update(bytes); };
    for (const std::size_t length : {kChunk + 100, kChunk + 7, std::size_t{3}}) {
      hasher->reset();
      feed(period, length, period.size(), take);
      EXPECT_EQ(finished(*hasher, algorithm), by_definition(algorithm, period, length)) << name_of(algorithm);
    }
    // Abandoned in the middle of the second chunk.
    hasher->reset();
    feed(period, kChunk + 100, period.size(), take);
    hasher->reset();
    feed(period, 2 * kChunk, period.size(), take);
    EXPECT_EQ(finished(*hasher, algorithm), by_definition(algorithm, period, 2 * kChunk)) << name_of(algorithm);
  }
}

}  // namespace
}  // namespace hashlane
