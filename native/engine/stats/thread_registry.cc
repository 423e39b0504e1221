#include "engine/stats/thread_registry.h"

#include <algorithm>

#include "engine/stats/this_thread.h"

namespace hashlane {

ThreadRegistry::ThreadRegistry(const StatsBlock& stats) : stats_(stats) {}

ThreadRegistry::Registration ThreadRegistry::add(ThreadKind kind) {
  std::lock_guard lock(mutex_);
  const auto region = static_cast<std::size_t>(std::ranges::find(taken_, false) - taken_.begin());
  if (region < kMaxThreads) {
    taken_[region] = true;
    stats_.thread(region).set(thread_slot::kKind, static_cast<std::uint64_t>(kind));
  }
  set_this_thread_stats(stats_of(region));
  return {*this, region};
}

ThreadStats ThreadRegistry::stats_of(std::size_t region) const noexcept {
  return region < kMaxThreads ? stats_.thread(region) : ThreadStats(unseen_.data());
}

ThreadRegistry::Registration::~Registration() {
  if (registry_ == nullptr) return;
  clear_this_thread_stats();
  if (region_ >= kMaxThreads) return;
  // The version of the name goes on, so that a reader never takes two names for one.
  const ThreadStats region = stats();
  region.entry(0, 0, {}, {});
  for (std::size_t slot = thread_slot::kKind; slot < kThreadRegionSlots; ++slot) region.set(slot, 0);
  std::lock_guard lock(registry_->mutex_);
  registry_->taken_[region_] = false;
}

}  // namespace hashlane
