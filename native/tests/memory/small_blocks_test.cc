#include "memory/small_blocks.h"

#include <gtest/gtest.h>

#include <cstring>
#include <set>
#include <vector>

namespace hashlane {
namespace {

TEST(SmallBlocks, AreAlignedDistinctAndWritable) {
  for (const std::size_t bytes : {64u, 256u, 1024u}) {
    SmallBlocks blocks(bytes);
    std::vector<std::byte*> taken;
    std::set<std::byte*> distinct;
    for (int slab = 0; slab < 3; ++slab) {
      EXPECT_EQ(blocks.take(), nullptr);
      ASSERT_TRUE(blocks.grow());
      for (std::size_t i = 0; i < blocks.blocks_per_slab(); ++i) {
        std::byte* const block = blocks.take();
        ASSERT_NE(block, nullptr);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(block) % bytes, 0u);
        std::memset(block, static_cast<int>(taken.size()), bytes);
        taken.push_back(block);
        distinct.insert(block);
      }
    }
    EXPECT_EQ(distinct.size(), taken.size());
    EXPECT_EQ(blocks.taken(), taken.size());
    for (std::size_t i = 0; i < taken.size(); ++i) {
      EXPECT_EQ(taken[i][bytes - 1], static_cast<std::byte>(i)) << "nobody else wrote to it";
      blocks.put(taken[i]);
    }
    EXPECT_EQ(blocks.empty_slabs(), 3u);
  }
}

TEST(SmallBlocks, GoBackToTheSystemOnlyWithTheirWholeSlab) {
  SmallBlocks blocks(1024);
  ASSERT_TRUE(blocks.grow());
  std::vector<std::byte*> first;
  while (std::byte* const block = blocks.take()) first.push_back(block);
  ASSERT_TRUE(blocks.grow());
  std::byte* const second = blocks.take();
  for (std::byte* const block : first) blocks.put(block);
  EXPECT_EQ(blocks.release_empty(), 1u);
  EXPECT_EQ(blocks.slabs(), 1u);
  blocks.put(second);
  EXPECT_EQ(blocks.release_empty(), 1u);
  EXPECT_EQ(blocks.slabs(), 0u);
  EXPECT_EQ(blocks.take(), nullptr);
}

}  // namespace
}  // namespace hashlane
