#include "engine/batches/slab_pool.h"

#include <algorithm>

#include "engine/stats/this_thread.h"
#include "system/clock.h"

namespace hashlane {

SlabPool::SlabPool(std::span<std::byte> memory, std::size_t slab_bytes, StatsRegion stats)
    : memory_(memory), slab_bytes_(slab_bytes), stats_(stats), given_ns_(memory.size() / slab_bytes) {
  for (std::size_t slab = given_ns_.size(); slab > 0; --slab) free_.push_back(static_cast<std::uint32_t>(slab - 1));
  stats_.set(engine_slot::kSlabCount, given_ns_.size());
  stats_.set(engine_slot::kSlabBytes, slab_bytes);
}

std::optional<std::uint32_t> SlabPool::acquire() {
  std::unique_lock lock(mutex_);
  if (free_.empty() && !stopped_) {
    stats_.add(engine_slot::kSlabWaits, 1);
    const ShownState shown(ThreadState::kWaiting);
    released_.wait(lock, [&] { return stopped_ || !free_.empty(); });
  }
  if (stopped_) return std::nullopt;
  return take_locked();
}

std::optional<std::uint32_t> SlabPool::try_acquire() {
  std::lock_guard lock(mutex_);
  if (stopped_ || free_.empty()) return std::nullopt;
  return take_locked();
}

std::uint32_t SlabPool::take_locked() {
  const std::uint32_t slab = free_.back();
  free_.pop_back();
  given_ns_[slab] = now_ns();
  stats_.set(engine_slot::kSlabsUnreleased, given_ns_.size() - free_.size());
  return slab;
}

void SlabPool::release(std::uint32_t slab) {
  {
    std::lock_guard lock(mutex_);
    // A slab given back twice would be written by two batches at once.
    if (slab >= given_ns_.size() || given_ns_[slab] == 0) return;
    given_ns_[slab] = 0;
    free_.push_back(slab);
    stats_.set(engine_slot::kSlabsUnreleased, given_ns_.size() - free_.size());
    // No housekeeping may follow for a while.
    if (free_.size() == given_ns_.size()) stats_.set(engine_slot::kUnreleasedAgeNs, 0);
  }
  released_.notify_one();
}

void SlabPool::stamp(std::uint64_t now) {
  std::lock_guard lock(mutex_);
  std::uint64_t oldest = now;
  for (const std::uint64_t given : given_ns_) {
    if (given != 0) oldest = std::min(oldest, given);
  }
  stats_.set(engine_slot::kUnreleasedAgeNs, now - oldest);
}

void SlabPool::stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  released_.notify_all();
}

}  // namespace hashlane
