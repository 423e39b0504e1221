// The last events of an engine, for whoever looks in: shared/stats/names.ts has their kinds.
#pragma once

#include <cstdint>
#include <mutex>

#include "engine/stats/stats_block.h"

namespace hashlane {

/// Thread-safe. For what happens now and then, not for every file.
class EventRing {
 public:
  explicit EventRing(const StatsBlock& stats) : stats_(stats) {}

  /// Overwrites the oldest event once kMaxEvents were written.
  void add(EventKind kind, std::uint64_t value, std::uint64_t detail = 0);

 private:
  const StatsBlock stats_;
  std::mutex mutex_;
  std::uint64_t count_ = 0;
};

}  // namespace hashlane
