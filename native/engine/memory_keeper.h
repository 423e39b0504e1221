// Keeps the pools to what the system can spare, and tells of it in the stats.
#pragma once

#include <cstdint>

#include "engine/stats/event_ring.h"
#include "memory/buffer_pools.h"
#include "memory/pressure/allowance.h"

namespace hashlane {

/// Used by one thread at a time.
class MemoryKeeper {
 public:
  /// Looks at once, so that the pools never take what the group may not.
  MemoryKeeper(BufferPools& pools, PressureSource& pressure, const StatsBlock& stats, EventRing& events);

  /// Asks how short memory is, twice a second at most, and does what follows: under pressure what is free goes back to
  /// the system and the pools may take less.
  void look(std::uint64_t now_ns);
  void trim_when_idle();
  /// Whether nothing need be looked at until there is work again.
  [[nodiscard]] bool calm() const noexcept { return level_ == PressureLevel::kNone && allowance_.full(); }
  /// Brings the stats up to date.
  void publish() const;

 private:
  void act(const PressureReading& reading, std::uint64_t now_ns);

  BufferPools& pools_;
  PressureSource& pressure_;
  const StatsBlock stats_;
  EventRing& events_;
  Allowance allowance_;
  PressureLevel level_ = PressureLevel::kNone;
  std::size_t allowed_;
  std::uint64_t looked_ns_ = 0;
  /// Of what was given back for room: told in events so far.
  std::uint64_t told_for_room_ = 0;
};

}  // namespace hashlane
