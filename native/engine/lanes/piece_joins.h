// The digests that one set of pieces gives: ED2K in both conventions needs each piece's MD4 once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "engine/batches/batch_writer.h"
#include "kernels/lanes/lane_kernel.h"
#include "kernels/split/pieces.h"

namespace hashlane {

/// Room for any piece's digest.
using PieceDigest = std::array<std::byte, 64>;

/// The joins of one file. Used by one thread at a time.
class OpenJoins {
 public:
  void reset() noexcept;
  /// The next piece, in the file's order.
  void add(const PieceDigest& digest, std::uint64_t length) noexcept;
  /// Writes every member's digest to its place in a record's digests. False when a library failed.
  [[nodiscard]] bool finish(std::byte* digests) noexcept;

 private:
  friend class PieceJoins;
  struct Member {
    std::unique_ptr<PieceJoin> join;
    std::size_t digest_offset;
  };
  std::size_t piece_digest_bytes_ = 0;
  std::vector<Member> members_;
};

/// An algorithm and where its digest lies in a record's.
struct PlacedAlgorithm {
  AlgorithmId id;
  std::size_t digest_offset;
};

/// Algorithms that cut a file alike.
class PieceJoins {
 public:
  PieceJoins(const LaneKernel& kernel, const PiecePlan& plan, const PlacedAlgorithm& algorithm) : kernel_(&kernel) {
    add(plan, algorithm);
  }

  /// Whether the plan cuts as these do.
  [[nodiscard]] bool takes(const PiecePlan& plan) const noexcept;
  void add(const PiecePlan& plan, const PlacedAlgorithm& algorithm) {
    members_.emplace_back(&plan, algorithm.digest_offset);
    algorithms_.push_back(algorithm.id);
  }
  [[nodiscard]] const std::vector<AlgorithmId>& algorithms() const noexcept { return algorithms_; }
  /// The lanes for the pieces.
  [[nodiscard]] const LaneKernel& kernel() const noexcept { return *kernel_; }
  /// How the file is cut.
  [[nodiscard]] const PiecePlan& plan() const noexcept { return *members_.front().first; }
  /// Null when memory is short.
  [[nodiscard]] std::unique_ptr<OpenJoins> open() const;

 private:
  const LaneKernel* kernel_;
  std::vector<std::pair<const PiecePlan*, std::size_t>> members_;
  std::vector<AlgorithmId> algorithms_;
};

/// A layout's algorithms: those whose pieces go into lanes here, those that cut alike together, and
/// the others.
struct Division {
  std::vector<PieceJoins> pieces;
  std::vector<PlacedAlgorithm> others;
};
Division divide(const DigestLayout& layout);

}  // namespace hashlane
