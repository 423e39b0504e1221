#include "engine/stats/event_ring.h"

#include <atomic>

#include "system/clock.h"

namespace hashlane {

void EventRing::add(EventKind kind, std::uint64_t value, std::uint64_t detail) {
  std::lock_guard lock(mutex_);
  const StatsRegion event = stats_.event(count_ % kMaxEvents);
  event.set(event_slot::kNumber, 0);
  std::atomic_thread_fence(std::memory_order_release);
  event.set(event_slot::kAtNs, now_ns());
  event.set(event_slot::kKind, static_cast<std::uint64_t>(kind));
  event.set(event_slot::kValue, value);
  event.set(event_slot::kDetail, detail);
  std::atomic_thread_fence(std::memory_order_release);
  event.set(event_slot::kNumber, ++count_);
  stats_.engine().set(engine_slot::kEventCount, count_);
}

}  // namespace hashlane
