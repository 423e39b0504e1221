#include "kernels/lanes/lane_flight.h"

#include <algorithm>
#include <cstring>

namespace hashlane {
namespace {

// A core takes the same time for few lanes as for all of them; when all are busy there is no reason to change.
std::size_t break_even(const LaneCore& core, std::span<const LaneCore* const> narrower) {
  if (narrower.empty()) return 1;
  return std::min(core.lanes, narrower.front()->speed * core.lanes / core.speed + 1);
}

// Sizes that the compiler knows make this a load and a store instead of a call.
void copy_word(std::byte* to, const std::byte* from, std::size_t bytes) {
  if (bytes == 4) {
    std::memcpy(to, from, 4);
  } else {
    std::memcpy(to, from, 8);
  }
}

}  // namespace

LaneFlight::LaneFlight(const LaneAlgorithm& algorithm, std::span<const LaneCore* const> cores) noexcept
    : algorithm_(algorithm),
      core_(*cores.front()),
      narrower_(cores.subspan(1)),
      break_even_(break_even(core_, narrower_)) {}

bool LaneFlight::carries(const LaneState* state) const noexcept {
  return std::ranges::any_of(std::span(lanes_).first(core_.lanes),
                             [state](const Lane& lane) { return lane.run.count != 0 && lane.journey.state == state; });
}

void LaneFlight::board(const LaneJourney& journey) noexcept {
  std::size_t lane = 0;
  while (lanes_[lane].run.count != 0) ++lane;
  lanes_[lane].journey = journey;
  lanes_[lane].run = journey.first;
  if (journey.first.count == 0) {
    lanes_[lane].run = journey.second;
    lanes_[lane].journey.second = {};
  }
  load_chain(lane);
  ++active_;
}

void LaneFlight::fly() noexcept {
  const std::size_t before = active_;
  while (active_ == before) {
    std::size_t steps = SIZE_MAX;
    for (const Lane& lane : std::span(lanes_).first(core_.lanes)) {
      if (lane.run.count != 0) steps = std::min(steps, lane.run.count);
    }
    advance(steps);
  }
}

void LaneFlight::land_all() noexcept {
  while (active_ != 0 && active_ >= break_even_) fly();
  if (active_ != 0) change_to_narrower();
}

void LaneFlight::change_to_narrower() noexcept {
  LaneFlight next(algorithm_, narrower_);
  for (std::size_t lane = 0; active_ != 0; ++lane) {
    if (lanes_[lane].run.count == 0) continue;
    store_chain(lane);
    LaneJourney rest = lanes_[lane].journey;
    rest.first = lanes_[lane].run;
    lanes_[lane].run = {};
    --active_;
    next.board(rest);
    if (!next.has_room()) next.fly();
  }
  next.land_all();
}

void LaneFlight::advance(std::size_t steps) noexcept {
  std::array<const std::byte*, kMaxLanes> blocks;
  const std::byte* any = nullptr;
  for (std::size_t lane = 0; lane < core_.lanes; ++lane) {
    blocks[lane] = lanes_[lane].run.blocks;
    if (lanes_[lane].run.count != 0) any = blocks[lane];
  }
  // Free lanes follow a busy one: its blocks are there to be read, and in the cache.
  for (std::size_t lane = 0; lane < core_.lanes; ++lane) {
    if (lanes_[lane].run.count == 0) blocks[lane] = any;
  }
  core_.compress(matrix_, blocks.data(), steps);
  for (std::size_t lane = 0; lane < core_.lanes; ++lane) {
    BlockRun& run = lanes_[lane].run;
    if (run.count == 0) continue;
    run.count -= steps;
    run.blocks += steps * algorithm_.block_bytes;
    if (run.count != 0) continue;
    std::swap(run, lanes_[lane].journey.second);
    if (run.count != 0) continue;
    store_chain(lane);
    land(lane);
  }
}

void LaneFlight::land(std::size_t lane) noexcept {
  const LaneJourney& journey = lanes_[lane].journey;
  if (!journey.tail.empty()) std::memcpy(journey.state->partial, journey.tail.data(), journey.tail.size());
  --active_;
}

void LaneFlight::load_chain(std::size_t lane) noexcept {
  const std::size_t bytes = algorithm_.word_bytes;
  for (std::size_t word = 0; word < algorithm_.chain_words; ++word) {
    copy_word(matrix_ + (word * core_.lanes + lane) * bytes, lanes_[lane].journey.state->chain + word * bytes, bytes);
  }
}

void LaneFlight::store_chain(std::size_t lane) noexcept {
  const std::size_t bytes = algorithm_.word_bytes;
  for (std::size_t word = 0; word < algorithm_.chain_words; ++word) {
    copy_word(lanes_[lane].journey.state->chain + word * bytes, matrix_ + (word * core_.lanes + lane) * bytes, bytes);
  }
}

}  // namespace hashlane
