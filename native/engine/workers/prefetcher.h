// Readers that run ahead of the workers where files are not in memory. A worker that opens and reads
// one file after the other waits for the device each time, though it could answer many at once; so
// files that wait in the queue are opened and asked for beforehand, many at a time.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "engine/jobs/scheduler.h"
#include "engine/stalls/stall_watch.h"

namespace hashlane {

/// Files ahead of the workers at once on a device of a class; 0 where that only does harm.
std::size_t prefetchers_for(DeviceClass kind) noexcept;

/// Thread-safe. Has no threads until the first cold file. One that hangs is not counted on.
class Prefetcher {
 public:
  Prefetcher(Scheduler& scheduler, StatsRegion stats, StallWatch& watch)
      : scheduler_(scheduler), stats_(stats), watch_(watch) {}

  /// A worker had to wait for this device: files of the job are asked for ahead from now on, until a
  /// while after the last such call. `device` may be null.
  void cold(Job& job, const Device* device);
  /// Tells the threads to end; StallWatch::close() waits for them.
  void stop();

 private:
  void run(WatchedThread& thread);
  /// False when nothing waits to be asked for.
  bool fetch_ahead(WatchedThread& thread);

  Scheduler& scheduler_;
  const StatsRegion stats_;
  StallWatch& watch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t threads_ = 0;
  std::uint64_t until_ns_ = 0;
  bool stopped_ = false;
};

}  // namespace hashlane
