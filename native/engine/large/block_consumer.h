// Algorithms that go through a large file's blocks in order. Several of them work at the same time,
// each in the hands of one worker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/lanes/piece_joins.h"
#include "engine/stats/hash_stats.h"
#include "kernels/hasher.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

/// Used by one thread at a time.
class BlockConsumer {
 public:
  virtual ~BlockConsumer() = default;
  /// Blocks it would like to have together at least; it must also take fewer.
  [[nodiscard]] virtual std::size_t appetite() const noexcept { return 1; }
  /// Takes in blocks that follow each other and what was taken before; all but the file's last have
  /// kSegmentBytes.
  virtual void take(std::span<const std::span<const std::byte>> blocks) noexcept = 0;
  /// Counts bytes that it took.
  virtual void count(std::uint64_t bytes, const HashStats& hashed) const noexcept = 0;
  /// Writes digests to their places in a record's. False when a library failed.
  [[nodiscard]] virtual bool finish(std::byte* digests) noexcept = 0;
};

/// One stream, one algorithm.
class SerialConsumer final : public BlockConsumer {
 public:
  SerialConsumer(std::unique_ptr<Hasher> hasher, const PlacedAlgorithm& algorithm)
      : hasher_(std::move(hasher)), algorithm_(algorithm) {}
  void take(std::span<const std::span<const std::byte>> blocks) noexcept override {
    for (const auto block : blocks) hasher_->update(block);
  }
  void count(std::uint64_t bytes, const HashStats& hashed) const noexcept override {
    hashed.stream({&algorithm_.id, 1}, bytes);
  }
  bool finish(std::byte* digests) noexcept override { return hasher_->finish(digests + algorithm_.digest_offset); }

 private:
  std::unique_ptr<Hasher> hasher_;
  const PlacedAlgorithm algorithm_;
};

/// Pieces of the file side by side in lanes (ED2K, AICH): the more of them there are at once, the better.
class PieceConsumer final : public BlockConsumer {
 public:
  /// `open` belongs to `joins`. `size`: the file's bytes. `most_bytes`: what the file's blocks may take; it decides how
  /// many pieces are waited for.
  PieceConsumer(const PieceJoins& joins, std::unique_ptr<OpenJoins> open, std::uint64_t size, std::uint64_t most_bytes);
  std::size_t appetite() const noexcept override { return appetite_; }
  void take(std::span<const std::span<const std::byte>> blocks) noexcept override;
  void count(std::uint64_t bytes, const HashStats& hashed) const noexcept override {
    hashed.parts(joins_.algorithms(), bytes);
  }
  bool finish(std::byte* digests) noexcept override;

 private:
  static constexpr std::size_t kMaxLanes = 64;
  struct Piece {
    std::uint64_t begin;
    std::uint64_t at;
    std::uint64_t stop;
    /// Ends at `stop`; otherwise the blocks did.
    bool whole;
  };
  void hash_side_by_side(std::span<Piece> pieces, std::span<const std::span<const std::byte>> blocks,
                         std::uint64_t start) noexcept;
  void end_pieces(std::span<const Piece> pieces) noexcept;

  const PieceJoins joins_;
  std::unique_ptr<OpenJoins> open_;
  const std::uint64_t size_;
  std::size_t appetite_;
  std::uint64_t offset_ = 0;
  /// Where the piece in hand began; its state is the first while no blocks are taken.
  std::uint64_t begin_ = 0;
  std::unique_ptr<LaneState[]> states_;
};

}  // namespace hashlane
