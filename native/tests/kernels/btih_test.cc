// BTIH with a file's name and size, against RHash's own, which shares no code with the kernel.
#include <gtest/gtest.h>
#include <rhash.h>
#include <rhash_torrent.h>

#include <array>

#include "bytes.h"

namespace hashlane {
namespace {

struct File {
  std::string name;
  /// What identify() is told; the pieces' length depends on it, not on the bytes that come.
  std::uint64_t size;
};

std::string by_rhash(const File& file, std::span<const std::byte> bytes) {
  const std::unique_ptr<rhash_context, void (*)(rhash)> context(rhash_init(RHASH_BTIH), rhash_free);
  rhash_torrent_add_file(context.get(), file.name.c_str(), file.size);
  rhash_update(context.get(), bytes.data(), bytes.size());
  std::array<std::byte, 20> digest;
  rhash_final(context.get(), reinterpret_cast<unsigned char*>(digest.data()));
  return to_hex(digest);
}

std::string by_kernel(Hasher& hasher, const File& file, std::span<const std::byte> bytes) {
  hasher.reset();
  hasher.identify(file.name, file.size);
  hasher.update(bytes);
  return finished(hasher, AlgorithmId::kBtih);
}

class BtihSizes : public testing::TestWithParam<std::uint64_t> {};

TEST_P(BtihSizes, EqualsRhash) {
  const auto hasher = make_hasher(AlgorithmId::kBtih);
  ASSERT_NE(hasher, nullptr);
  // Enough for two of the longest pieces and a bit.
  const Bytes bytes = noise(std::min<std::uint64_t>(GetParam(), (16u << 20) + 5), 61);
  const File file{"disk image.iso", GetParam()};
  EXPECT_EQ(by_kernel(*hasher, file, bytes), by_rhash(file, bytes));
}

// Around pieces of 16 KiB, and where pieces grow: at 16 MiB and each double of it, up to 4 GiB.
INSTANTIATE_TEST_SUITE_P(AroundPieces, BtihSizes,
                         testing::Values(0, 1, 16'383, 16'384, 16'385, 32'768, 32'769, (16u << 20) - 1, 16u << 20,
                                         (16u << 20) + 1, (32u << 20) - 1, 32u << 20, 1u << 30, (4ull << 30) - 1,
                                         4ull << 30, (4ull << 30) + 1, 1ull << 50),
                         testing::PrintToStringParamName());

TEST(Btih, TakesNamesAsTheBytesTheyAre) {
  const auto hasher = make_hasher(AlgorithmId::kBtih);
  ASSERT_NE(hasher, nullptr);
  for (const char* const name : {"a", "", " ", "\xc3\xbc", "not UTF-8 \xff\xfe", "4:name6:pieces20:", "line\nfeed"}) {
    const File file{name, 3};
    EXPECT_EQ(by_kernel(*hasher, file, bytes_of("abc")), by_rhash(file, bytes_of("abc"))) << name;
  }
  const File longest{std::string(255, 'n'), 3};
  EXPECT_EQ(by_kernel(*hasher, longest, bytes_of("abc")), by_rhash(longest, bytes_of("abc")));
}

// Only Windows separates folders so; elsewhere a backslash is a character of the name.
TEST(Btih, KeepsABackslashInAName) {
  const auto hasher = make_hasher(AlgorithmId::kBtih);
  ASSERT_NE(hasher, nullptr);
  EXPECT_NE(by_kernel(*hasher, {"a\\b", 3}, bytes_of("abc")), by_kernel(*hasher, {"b", 3}, bytes_of("abc")));
}

TEST(Btih, ForgetsTheFileAtReset) {
  const auto hasher = make_hasher(AlgorithmId::kBtih);
  ASSERT_NE(hasher, nullptr);
  const Bytes bytes = noise(40'000, 62);
  const std::string expected = digest_of(AlgorithmId::kBtih, bytes);
  EXPECT_NE(by_kernel(*hasher, {"name", 1u << 30}, bytes), expected);
  hasher->reset();
  hasher->update(bytes);
  EXPECT_EQ(finished(*hasher, AlgorithmId::kBtih), expected);
}

TEST(Btih, SplittingDoesNotChangeTheDigest) {
  const auto hasher = make_hasher(AlgorithmId::kBtih);
  ASSERT_NE(hasher, nullptr);
  std::mt19937_64 random(63);
  const Bytes bytes = noise(200'000, 64);
  const File file{"f", bytes.size()};
  const std::string whole = by_kernel(*hasher, file, bytes);
  for (int round = 0; round < 5; ++round) {
    hasher->reset();
    hasher->identify(file.name, file.size);
    update_in_random_pieces(*hasher, bytes, random);
    EXPECT_EQ(finished(*hasher, AlgorithmId::kBtih), whole);
  }
}

class Unmoved : public testing::TestWithParam<AlgorithmId> {};

TEST_P(Unmoved, ByNameAndSizeAreAllOtherAlgorithms) {
  const auto hasher = make_hasher(GetParam());
  ASSERT_NE(hasher, nullptr);
  hasher->identify("name", 1u << 30);
  hasher->update(bytes_of("abc"));
  EXPECT_EQ(finished(*hasher, GetParam()), digest_of(GetParam(), bytes_of("abc")));
}

std::vector<AlgorithmId> without_a_size() {
  std::vector<AlgorithmId> algorithms = all_algorithms();
  std::erase_if(algorithms, covers_size);
  return algorithms;
}

INSTANTIATE_TEST_SUITE_P(Algorithms, Unmoved, testing::ValuesIn(without_a_size()), test_name);

}  // namespace
}  // namespace hashlane
