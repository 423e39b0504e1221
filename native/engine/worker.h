// A worker thread: takes tasks, reads and hashes files, writes their records.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "engine/scheduler.h"
#include "memory/buffer_pools.h"

namespace hashlane {

/// What workers share. Outlives them.
struct WorkerServices {
  Scheduler& scheduler;
  BufferPools& pools;
  Delivery& delivery;
  StatsRegion stats;
  /// Called by the thread that took away a job's last unit of work.
  std::function<void(const std::shared_ptr<Job>&)> finish_job;
};

/// Owned by the thread that runs it.
class Worker {
 public:
  Worker(WorkerServices& services, ThreadStats stats) : services_(services), stats_(stats) {}

  /// Works until the scheduler stops.
  void run();

 private:
  enum class Outcome : std::uint8_t { kDone, kPaused, kCancelled };

  void run_group(const std::shared_ptr<Job>& job, Task task);
  void run_feed(const std::shared_ptr<Job>& job, Feed& feed);
  void take_in(Job& job, Feed& feed, std::span<const std::byte> bytes);

  /// Opens the file `task.next` into `task.in_hand`; false when that failed and was recorded.
  bool open(Job& job, Task& task, int folder);
  Outcome hash(Job& job, Task& task, std::span<std::byte> buffer);
  /// Looks once more and records: ok, or changed.
  void conclude(Job& job, Task& task);
  void record(Job& job, const FileGroup& group, std::uint32_t index, ResultRecord record);
  void share(Job& job, Task& task, bool all);

  WorkerServices& services_;
  const ThreadStats stats_;
  /// Hashers of the last file, for the next one.
  EntryHash spare_;
};

}  // namespace hashlane
