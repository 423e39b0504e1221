// A worker thread: takes tasks, reads and hashes files, writes their records.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "engine/scheduler.h"
#include "engine/side_by_side.h"
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

/// Why the file that was read is not the file that was opened; kNone when it is. `read`: bytes got.
ErrorCode difference(const FileFacts& before, const FileFacts& after, std::uint64_t read) noexcept;

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

  /// Opens a file of the group; null when that failed and was recorded.
  std::unique_ptr<OpenFile> open(Job& job, const FileGroup& group, std::uint32_t index, int folder);
  /// Makes `file` the one in hand, with hashers of its own; false when that failed and was recorded.
  bool take_in_hand(Job& job, Task& task, std::unique_ptr<OpenFile> file);
  /// Takes the small files at the beginning of the task together, up to the first that is not small,
  /// which is then in hand. The number of files done with. See worker_small_files.cc.
  std::uint32_t hash_small_files(Job& job, Task& task, int folder, std::span<std::byte> arena);
  Outcome hash(Job& job, Task& task, std::span<std::byte> buffer);
  /// Looks once more and records: ok, or changed.
  void conclude(Job& job, Task& task);
  void record(Job& job, const FileGroup& group, std::uint32_t index, ResultRecord record);
  void share(Job& job, Task& task, bool all);

  WorkerServices& services_;
  const ThreadStats stats_;
  /// Hashers of the last file, for the next one.
  EntryHash spare_;
  SideBySide side_by_side_;
};

}  // namespace hashlane
