// AICH, eMule's hash tree: SHA-1 of blocks of 184,320 bytes, a tree over the blocks of each chunk of
// 9,728,000 bytes (its last block is shorter), and a tree over the chunks. Where a node has an odd
// number of leaves below it, the larger half is on the left if the node is itself a left child, or
// the root, and else on the right (eMule, CAICHHashTree; RHash, aich.c).
#include <algorithm>
#include <array>
#include <new>
#include <vector>

#include "kernels/lanes/one_lane.h"
#include "kernels/split/digest_literal.h"
#include "kernels/split/piece_plans.h"

namespace hashlane {
namespace {

constexpr std::uint64_t kBlockBytes = 184'320;
constexpr std::size_t kBlocksInChunk = (kEd2kChunkBytes + kBlockBytes - 1) / kBlockBytes;
constexpr auto kSha1OfNothing = digest_literal("da39a3ee5e6b4b0d3255bfef95601890afd80709");

using Sha1Digest = std::array<std::byte, kSha1OfNothing.size()>;

enum Side : std::size_t { kLeft, kRight };

// Whether a chunk is a left or a right child depends on how many follow, and so does the shape of its
// tree: both roots are kept until the end, 40 bytes for 9,728,000 of the file.
using ChunkRoots = std::array<Sha1Digest, 2>;

class AichJoin final : public PieceJoin {
 public:
  void reset() noexcept override {
    chunks_.clear();
    blocks_ = 0;
    in_chunk_ = 0;
    ok_ = true;
  }

  void add(std::span<const std::byte> digest, std::uint64_t length) noexcept override {
    std::ranges::copy(digest, block_digests_[blocks_++].begin());
    in_chunk_ += length;
    if (in_chunk_ == kEd2kChunkBytes) close_chunk();
  }

  bool finish(std::byte* digest) noexcept override {
    if (in_chunk_ != 0) close_chunk();
    if (!ok_) return false;
    const Sha1Digest root =
        chunks_.empty()
            ? kSha1OfNothing
            : tree(0, chunks_.size(), kLeft, [this](std::size_t chunk, Side side) { return chunks_[chunk][side]; });
    std::ranges::copy(root, digest);
    return ok_;
  }

  bool save(StateWriter& to) const noexcept override {
    to.number(chunks_.size());
    to.number(blocks_);
    to.number(in_chunk_);
    to.bytes(std::as_bytes(std::span(chunks_)));
    to.bytes(std::as_bytes(std::span(block_digests_)).first(blocks_ * sizeof(Sha1Digest)));
    return ok_;
  }

  bool restore(StateReader& from) noexcept override {
    reset();
    const std::uint64_t chunks = from.number_to(from.left() / sizeof(ChunkRoots));
    blocks_ = static_cast<std::size_t>(from.number_to(kBlocksInChunk - 1));
    in_chunk_ = from.number_to(kEd2kChunkBytes - 1);
    try {
      chunks_.resize(static_cast<std::size_t>(chunks));
    } catch (const std::bad_alloc&) {
      return false;
    }
    from.bytes(std::as_writable_bytes(std::span(chunks_)));
    from.bytes(std::as_writable_bytes(std::span(block_digests_)).first(blocks_ * sizeof(Sha1Digest)));
    // Only a file's last block is shorter, and nothing follows it.
    return from.whole() && in_chunk_ == blocks_ * kBlockBytes;
  }

 private:
  void close_chunk() noexcept {
    const auto block = [this](std::size_t number, Side) { return block_digests_[number]; };
    try {
      chunks_.push_back({tree(0, blocks_, kLeft, block), tree(0, blocks_, kRight, block)});
    } catch (const std::bad_alloc&) {
      ok_ = false;
    }
    blocks_ = 0;
    in_chunk_ = 0;
  }

  // The root over leaves first to first + count - 1, leaf(number, side) being the digest of one.
  template <typename Leaf>
  Sha1Digest tree(std::size_t first, std::size_t count, Side side, Leaf leaf) noexcept {
    if (count == 1) return leaf(first, side);
    const std::size_t on_left = (count + (side == kLeft ? 1 : 0)) / 2;
    const Sha1Digest left = tree(first, on_left, kLeft, leaf);
    const Sha1Digest right = tree(first + on_left, count - on_left, kRight, leaf);
    Sha1Digest digest{};
    node_.reset();
    node_.update(left);
    node_.update(right);
    node_.finish(digest.data());
    return digest;
  }

  OneLane node_{AlgorithmId::kSha1};
  std::vector<ChunkRoots> chunks_;
  std::array<Sha1Digest, kBlocksInChunk> block_digests_;
  std::size_t blocks_ = 0;
  std::uint64_t in_chunk_ = 0;
  bool ok_ = true;
};

class AichPlan final : public PiecePlan {
 public:
  AlgorithmId inner() const noexcept override { return AlgorithmId::kSha1; }

  std::uint64_t piece_end(std::uint64_t offset, std::uint64_t) const noexcept override {
    const std::uint64_t chunk = offset - offset % kEd2kChunkBytes;
    const std::uint64_t block_end = (offset - chunk) / kBlockBytes * kBlockBytes + kBlockBytes;
    return chunk + std::min(block_end, kEd2kChunkBytes);
  }

  std::unique_ptr<PieceJoin> join() const noexcept override {
    return std::unique_ptr<PieceJoin>(new (std::nothrow) AichJoin);
  }
};

}  // namespace

const PiecePlan& aich_plan() noexcept {
  static const AichPlan plan;
  return plan;
}

}  // namespace hashlane
