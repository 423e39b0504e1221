#include "kernels/lanes/lane_flight.h"

#include <algorithm>
#include <cstring>

namespace hashlane {
namespace {

// Sizes that the compiler knows make this a load and a store instead of a call.
void copy_word(std::byte* to, const std::byte* from, std::size_t bytes) {
  if (bytes == 4) {
    std::memcpy(to, from, 4);
  } else {
    std::memcpy(to, from, 8);
  }
}

}  // namespace

bool LaneFlight::carries(const LaneState* state) const noexcept {
  return aboard_ != 0 && std::ranges::any_of(seats_, [state](const Seat& seat) {
           return seat.run.count != 0 && seat.journey.state == state;
         });
}

void LaneFlight::board(const LaneJourney& journey) noexcept {
  std::size_t free = 0;
  while (seats_[free].run.count != 0) ++free;
  Seat& seat = seats_[free];
  seat.journey = journey;
  seat.run = journey.first;
  if (journey.first.count == 0) {
    seat.run = journey.second;
    seat.journey.second = {};
  }
  ++aboard_;
}

void LaneFlight::make_room() noexcept {
  while (!has_room()) fly(plan_.full());
}

void LaneFlight::land_all() noexcept {
  while (aboard_ != 0) fly(plan_.core_for(aboard_));
}

void LaneFlight::fly(const LaneCore& core) noexcept {
  if (&core != core_) change_to(core);
  fill_lanes();
  const std::size_t before = aboard_;
  while (aboard_ == before) {
    std::size_t steps = SIZE_MAX;
    for (const Seat& seat : lanes()) {
      if (seat.run.count != 0) steps = std::min(steps, seat.run.count);
    }
    advance(steps);
  }
}

void LaneFlight::change_to(const LaneCore& core) noexcept {
  for (std::size_t lane = 0; lane < core_->lanes; ++lane) {
    if (seats_[lane].in_matrix) store_chain(lane);
  }
  core_ = &core;
}

void LaneFlight::fill_lanes() noexcept {
  std::size_t waiting = core_->lanes;
  for (std::size_t lane = 0; lane < core_->lanes; ++lane) {
    if (seats_[lane].run.count == 0) {
      while (waiting < seats_.size() && seats_[waiting].run.count == 0) ++waiting;
      if (waiting == seats_.size()) continue;
      std::swap(seats_[lane], seats_[waiting]);
    }
    if (!seats_[lane].in_matrix) load_chain(lane);
  }
}

void LaneFlight::advance(std::size_t steps) noexcept {
  std::array<const std::byte*, kMaxLanes> blocks;
  const std::byte* any = nullptr;
  for (std::size_t lane = 0; lane < core_->lanes; ++lane) {
    blocks[lane] = seats_[lane].run.blocks;
    if (seats_[lane].run.count != 0) any = blocks[lane];
  }
  // Free lanes follow a busy one: its blocks are there to be read, and in the cache.
  for (std::size_t lane = 0; lane < core_->lanes; ++lane) {
    if (seats_[lane].run.count == 0) blocks[lane] = any;
  }
  core_->compress(matrix_, blocks.data(), steps);
  for (std::size_t lane = 0; lane < core_->lanes; ++lane) {
    BlockRun& run = seats_[lane].run;
    if (run.count == 0) continue;
    run.count -= steps;
    run.blocks += steps * algorithm_.block_bytes;
    if (run.count != 0) continue;
    std::swap(run, seats_[lane].journey.second);
    if (run.count != 0) continue;
    store_chain(lane);
    land(lane);
  }
}

void LaneFlight::land(std::size_t lane) noexcept {
  const LaneJourney& journey = seats_[lane].journey;
  if (!journey.tail.empty()) std::memcpy(journey.state->partial, journey.tail.data(), journey.tail.size());
  --aboard_;
}

void LaneFlight::load_chain(std::size_t lane) noexcept {
  const std::size_t bytes = algorithm_.word_bytes;
  for (std::size_t word = 0; word < algorithm_.chain_words; ++word) {
    copy_word(matrix_ + (word * core_->lanes + lane) * bytes, seats_[lane].journey.state->chain + word * bytes, bytes);
  }
  seats_[lane].in_matrix = true;
}

void LaneFlight::store_chain(std::size_t lane) noexcept {
  const std::size_t bytes = algorithm_.word_bytes;
  for (std::size_t word = 0; word < algorithm_.chain_words; ++word) {
    copy_word(seats_[lane].journey.state->chain + word * bytes, matrix_ + (word * core_->lanes + lane) * bytes, bytes);
  }
  seats_[lane].in_matrix = false;
}

}  // namespace hashlane
