#include "kernels/tiger/tiger_tree.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace hashlane {
namespace {

using Block = std::array<std::byte, kTigerBlockBytes>;

constexpr std::byte kLeafPrefix{0};
constexpr std::byte kNodePrefix{1};
constexpr std::size_t kNodeBytes = 2 * sizeof(TigerDigest);

// Ends a message of `length` bytes, the last `held` of which stand at the block's beginning.
void pad(Block& block, std::size_t held, std::uint64_t length) {
  std::fill(block.begin() + static_cast<std::ptrdiff_t>(held), block.end(), std::byte{0});
  block[held] = std::byte{1};
  const std::uint64_t bits = length * 8;
  std::memcpy(block.data() + block.size() - sizeof bits, &bits, sizeof bits);
}

// A whole leaf is a byte short of beginning at a block's edge: its first and its last block are put
// together here, those between are read where they lie.
constexpr std::size_t kBytesInFirst = kTigerBlockBytes - 1;
constexpr std::size_t kBlocksBetween = kTigerLeafBytes / kTigerBlockBytes - 1;
static_assert(kBytesInFirst + kBlocksBetween * kTigerBlockBytes + 1 == kTigerLeafBytes);

Block first_block(const std::byte* leaf) {
  Block block;
  block[0] = kLeafPrefix;
  std::memcpy(block.data() + 1, leaf, kBytesInFirst);
  return block;
}

Block last_block(const std::byte* leaf) {
  Block block;
  block[0] = leaf[kTigerLeafBytes - 1];
  pad(block, 1, kTigerLeafBytes + 1);
  return block;
}

Block node_block(const TigerDigest* children) {
  Block block;
  block[0] = kNodePrefix;
  std::memcpy(block.data() + 1, children, kNodeBytes);
  pad(block, 1 + kNodeBytes, 1 + kNodeBytes);
  return block;
}

// The messages in the lanes of one core, all of them in the same block.
class Lanes {
 public:
  explicit Lanes(const TigerCore& core) noexcept : core_(core) {
    std::fill_n(chains_.begin(), core_.lanes, kTigerInitial);
  }

  // `block_of(lane)` makes a block of its own for each lane.
  template <typename BlockOf>
  void compress_made(BlockOf block_of) noexcept {
    for (std::size_t lane = 0; lane < core_.lanes; ++lane) {
      made_[lane] = block_of(lane);
      blocks_[lane] = made_[lane].data();
    }
    core_.compress(chains_.data(), blocks_.data(), 1);
  }

  // `blocks_at(lane)` tells where each lane's next `count` blocks lie.
  template <typename BlocksAt>
  void compress_lying(std::size_t count, BlocksAt blocks_at) noexcept {
    for (std::size_t lane = 0; lane < core_.lanes; ++lane) blocks_[lane] = blocks_at(lane);
    core_.compress(chains_.data(), blocks_.data(), count);
  }

  void store(TigerDigest* digests) const noexcept {
    for (std::size_t lane = 0; lane < core_.lanes; ++lane) digests[lane] = tiger_digest(chains_[lane]);
  }

 private:
  const TigerCore& core_;
  std::array<TigerChain, kMaxTigerLanes> chains_;
  std::array<const std::byte*, kMaxTigerLanes> blocks_;
  std::array<Block, kMaxTigerLanes> made_;
};

// Gives `count` messages to the cores, the widest first: work(core, number of its first message).
template <typename Work>
void deal_out(std::span<const TigerCore> cores, std::size_t count, Work work) {
  std::size_t first = 0;
  for (const TigerCore& core : cores) {
    for (; count - first >= core.lanes; first += core.lanes) work(core, first);
  }
}

}  // namespace

TigerDigest tiger_node(const TigerDigest& left, const TigerDigest& right) noexcept {
  const std::array<TigerDigest, 2> children = {left, right};
  const Block block = node_block(children.data());
  const std::byte* const at = block.data();
  TigerChain chain = kTigerInitial;
  tiger_cores(true).back().compress(&chain, &at, 1);
  return tiger_digest(chain);
}

void TigerTree::hash_leaves(const std::byte* leaves, std::size_t count, TigerDigest* digests) const noexcept {
  deal_out(cores_, count, [&](const TigerCore& core, std::size_t first) {
    const auto leaf = [&](std::size_t lane) { return leaves + (first + lane) * kTigerLeafBytes; };
    Lanes lanes(core);
    lanes.compress_made([&](std::size_t lane) { return first_block(leaf(lane)); });
    lanes.compress_lying(kBlocksBetween, [&](std::size_t lane) { return leaf(lane) + kBytesInFirst; });
    lanes.compress_made([&](std::size_t lane) { return last_block(leaf(lane)); });
    lanes.store(digests + first);
  });
}

// `digests` may be `children`: what is written lies behind what is still to be read.
void TigerTree::hash_nodes(const TigerDigest* children, std::size_t count, TigerDigest* digests) const noexcept {
  deal_out(cores_, count, [&](const TigerCore& core, std::size_t first) {
    Lanes lanes(core);
    lanes.compress_made([&](std::size_t lane) { return node_block(children + 2 * (first + lane)); });
    lanes.store(digests + first);
  });
}

TigerDigest TigerTree::root(std::span<const std::byte> bytes) const noexcept {
  std::array<TigerDigest, kMaxLeaves> level;
  std::size_t count = bytes.size() / kTigerLeafBytes;
  hash_leaves(bytes.data(), count, level.data());
  const auto rest = bytes.subspan(count * kTigerLeafBytes);
  if (!rest.empty() || count == 0) {
    TigerStream leaf;
    leaf.update(std::span(&kLeafPrefix, 1));
    leaf.update(rest);
    level[count++] = leaf.finish();
  }
  while (count > 1) {
    hash_nodes(level.data(), count / 2, level.data());
    if (count % 2 != 0) level[count / 2] = level[count - 1];
    count = count / 2 + count % 2;
  }
  return level[0];
}

}  // namespace hashlane
