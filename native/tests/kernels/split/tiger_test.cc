// Tiger in all its forms, and small trees over it, against RHash.
#include <rhash.h>

#include "kernels/tiger/tiger_core.h"
#include "kernels/tiger/tiger_tree.h"
#include "split_file.h"

namespace hashlane {
namespace {

std::string by_stream(std::span<const std::byte> bytes) {
  TigerStream stream;
  stream.update(bytes);
  return to_hex(stream.finish());
}

// The digests that go round for these texts, with the bytes in the order in which they lie.
TEST(Tiger, GivesTheKnownDigests) {
  EXPECT_EQ(by_stream({}), "3293ac630c13f0245f92bbb1766e16167a4e58492dde73f3");
  EXPECT_EQ(by_stream(bytes_of("abc")), "2aab1484e8c158f2bfb8c5ff41b57a525129131c957b5f93");
  EXPECT_EQ(by_stream(bytes_of("Tiger - A Fast New Hash Function, by Ross Anderson and Eli Biham")),
            "8a866829040a410c729ad23f5ada711603b3cdd357e4c15e");
}

TEST(Tiger, EqualsRhashAtEveryLengthAndInAnySplit) {
  std::mt19937_64 random(91);
  const Bytes bytes = noise(400, 92);
  TigerStream stream;
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const auto text = std::span(bytes).first(length);
    const std::string expected = by_rhash(RHASH_TIGER, text);
    ASSERT_EQ(by_stream(text), expected) << length << " bytes";
    stream.reset();
    for (auto rest = text; !rest.empty();) {
      const std::size_t taken = std::min<std::size_t>(random() % 100, rest.size());
      stream.update(rest.first(taken));
      rest = rest.subspan(taken);
    }
    ASSERT_EQ(to_hex(stream.finish()), expected) << length << " bytes";
  }
}

class TigerForms : public testing::TestWithParam<bool> {
 protected:
  const std::span<const TigerCore> cores_ = tiger_cores(GetParam());
};

TEST_P(TigerForms, EndWithOneLane) {
  ASSERT_FALSE(cores_.empty());
  EXPECT_EQ(cores_.back().lanes, 1u);
  for (const TigerCore& core : cores_) EXPECT_LE(core.lanes, kMaxTigerLanes);
}

// Lanes differ in their chains and their blocks; some have the same blocks, some follow each other.
TEST_P(TigerForms, EveryLaneComputesWhatOneAloneDoes) {
  std::mt19937_64 random(93);
  const Bytes bytes = noise(20'000, 94);
  for (const TigerCore& core : cores_) {
    for (const std::size_t count : {0u, 1u, 2u, 3u, 15u, 16u, 17u}) {
      std::vector<TigerChain> chains(core.lanes);
      std::vector<const std::byte*> blocks(core.lanes);
      for (std::size_t lane = 0; lane < core.lanes; ++lane) {
        for (std::uint64_t& word : chains[lane]) word = random();
        blocks[lane] = bytes.data() + random() % (bytes.size() - count * kTigerBlockBytes);
      }
      std::vector<TigerChain> alone = chains;
      core.compress(chains.data(), blocks.data(), count);
      for (std::size_t lane = 0; lane < core.lanes; ++lane) {
        cores_.back().compress(&alone[lane], &blocks[lane], count);
        ASSERT_EQ(chains[lane], alone[lane]) << core.instruction_set << " lane " << lane << ", " << count << " blocks";
      }
    }
  }
}

// Bytes that are all the same make every look-up of a table the same one.
TEST_P(TigerForms, LookUpEveryEntryOfEveryTable) {
  for (const TigerCore& core : cores_) {
    for (unsigned value = 0; value < 256; ++value) {
      const Bytes block(kTigerBlockBytes, static_cast<std::byte>(value));
      const std::vector<const std::byte*> blocks(core.lanes, block.data());
      std::vector<TigerChain> chains(core.lanes, TigerChain{});
      TigerChain alone{};
      core.compress(chains.data(), blocks.data(), 1);
      cores_.back().compress(&alone, blocks.data(), 1);
      for (const TigerChain& chain : chains) ASSERT_EQ(chain, alone) << core.instruction_set << ", byte " << value;
    }
  }
}

TEST_P(TigerForms, TreesOfEveryNumberOfLeavesEqualRhash) {
  const Bytes bytes = noise(kSegmentBytes, 95);
  const TigerTree tree(cores_);
  const auto expect_root = [&](std::size_t length) {
    const auto text = std::span(bytes).first(length);
    ASSERT_EQ(to_hex(tree.root(text)), by_rhash(RHASH_TTH, text)) << length << " bytes";
  };
  for (std::size_t length = 0; length <= 130; ++length) expect_root(length);
  for (std::size_t leaves = 1; leaves <= TigerTree::kMaxLeaves; ++leaves) {
    expect_root(leaves * kTigerLeafBytes);
    expect_root(leaves * kTigerLeafBytes - 1);
    expect_root((leaves - 1) * kTigerLeafBytes + 1);
  }
}

std::string form_name(const testing::TestParamInfo<bool>& portable) { return portable.param ? "portable" : "best"; }

INSTANTIATE_TEST_SUITE_P(Tiger, TigerForms, testing::Bool(), form_name);

TEST(Tth, StreamEqualsRhashAroundItsBatchesInAnySplit) {
  std::mt19937_64 random(96);
  const Bytes bytes = noise(600'000, 97);
  const auto hasher = make_hasher(AlgorithmId::kTth);
  ASSERT_NE(hasher, nullptr);
  for (const std::size_t length : {0u, 1u, 1023u, 1024u, 1025u, 65'535u, 65'536u, 65'537u, 131'071u, 131'072u, 131'073u,
                                   196'608u, 200'000u, 262'144u, 327'681u, 599'999u}) {
    const auto text = std::span(bytes).first(length);
    const std::string expected = by_rhash(RHASH_TTH, text);
    hasher->reset();
    hasher->update(text);
    EXPECT_EQ(finished(*hasher, AlgorithmId::kTth), expected) << length << " bytes";
    hasher->reset();
    update_in_random_pieces(*hasher, text, random);
    EXPECT_EQ(finished(*hasher, AlgorithmId::kTth), expected) << length << " bytes in pieces";
  }
}

}  // namespace
}  // namespace hashlane
