// Streams under way in the lanes of a core: which lane works for which stream, and how far all of
// them go together.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/lanes/lane_algorithm.h"
#include "kernels/lanes/lane_kernel.h"
#include "kernels/lanes/lane_plan.h"

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
  /// Algorithm and plan are of one compression and outlive the flight.
  LaneFlight(const LaneAlgorithm& algorithm, const LanePlan& plan) noexcept
      : algorithm_(algorithm), plan_(plan), core_(&plan.full()) {}

  bool has_room() const noexcept { return aboard_ < plan_.full().lanes; }
  bool carries(const LaneState* state) const noexcept;
  /// Takes the journey on. Needs room, and at least one block in one of its runs.
  void board(const LaneJourney& journey) noexcept;
  /// Goes on until there is room.
  void make_room() noexcept;
  /// Goes on until every stream has landed, with ever fewer of them in ever narrower cores.
  void land_all() noexcept;

 private:
  struct Seat {
    LaneJourney journey;
    /// What remains of the run under way; no blocks when the seat is free.
    BlockRun run;
    /// Whether the chain is in the matrix rather than in the stream's state.
    bool in_matrix = false;
  };

  /// Goes on with this core until at least one stream has landed.
  void fly(const LaneCore& core) noexcept;
  void change_to(const LaneCore& core) noexcept;
  /// Gives streams that wait the lanes that are free.
  void fill_lanes() noexcept;
  void advance(std::size_t steps) noexcept;
  void land(std::size_t lane) noexcept;
  /// Copies chaining words between a stream and its column of the matrix.
  void load_chain(std::size_t lane) noexcept;
  void store_chain(std::size_t lane) noexcept;

  std::span<Seat> lanes() noexcept { return std::span(seats_).first(core_->lanes); }

  const LaneAlgorithm& algorithm_;
  const LanePlan& plan_;
  const LaneCore* core_;
  std::size_t aboard_ = 0;
  /// The first are the core's lanes; whoever sits behind them waits for one.
  std::array<Seat, kMaxLanes> seats_;
  /// The chains, see lane_core.h; room for the longest in every lane. Not initialised: free lanes are
  /// computed and thrown away.
  static constexpr std::size_t kMatrixBytes = LaneState::kChainBytes * kMaxLanes;
  alignas(64) std::byte matrix_[kMatrixBytes];
};

}  // namespace hashlane
