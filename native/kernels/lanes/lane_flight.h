// Streams under way in the lanes of a core: which lane works for which stream, and how far all of
// them go together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/lanes/lane_algorithm.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

/// Whole blocks that follow each other in memory.
struct BlockRun {
  const std::byte* blocks = nullptr;
  std::size_t count = 0;
};

/// What a stream does while it has a lane: the block that was waiting for its end, then the blocks
/// in the caller's buffer; after that the tail is kept for later.
struct LaneJourney {
  LaneState* state = nullptr;
  BlockRun first;
  BlockRun second;
  std::span<const std::byte> tail;
};

/// Used by one thread for the length of one call.
class LaneFlight {
 public:
  /// Flies with the first of the cores, which are one algorithm's, ever narrower ones, the last of one
  /// lane. They must outlive the flight.
  LaneFlight(const LaneAlgorithm& algorithm, std::span<const LaneCore* const> cores) noexcept;

  bool has_room() const noexcept { return active_ < core_.lanes; }
  bool carries(const LaneState* state) const noexcept;
  /// Gives the journey a lane. Needs room, and at least one block in one of its runs.
  void board(const LaneJourney& journey) noexcept;
  /// Goes on until at least one lane is free.
  void fly() noexcept;
  /// Goes on until every lane is free. Where too few streams are left for this core, the next
  /// narrower one takes them.
  void land_all() noexcept;

 private:
  struct Lane {
    LaneJourney journey;
    /// What remains of the run under way; no blocks when the lane is free.
    BlockRun run;
  };

  void advance(std::size_t steps) noexcept;
  void land(std::size_t lane) noexcept;
  void change_to_narrower() noexcept;
  /// Copies chaining words between a stream and its column of the matrix.
  void load_chain(std::size_t lane) noexcept;
  void store_chain(std::size_t lane) noexcept;

  const LaneAlgorithm& algorithm_;
  const LaneCore& core_;
  std::span<const LaneCore* const> narrower_;
  /// With fewer streams than this the next narrower core is faster.
  std::size_t break_even_;
  std::size_t active_ = 0;
  std::array<Lane, kMaxLanes> lanes_;
  /// The chains, see lane_core.h; room for the longest in every lane. Not initialised: free lanes are
  /// computed and thrown away.
  static constexpr std::size_t kMatrixBytes = LaneState::kChainBytes * kMaxLanes;
  alignas(64) std::byte matrix_[kMatrixBytes];
};

}  // namespace hashlane
