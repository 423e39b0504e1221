// A worker thread: takes tasks, reads and hashes files, writes their records.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "engine/jobs/scheduler.h"
#include "engine/lanes/lane_group.h"
#include "engine/large/shared_file.h"
#include "engine/stalls/watched_thread.h"
#include "engine/workers/prefetcher.h"
#include "memory/buffer_pools.h"

namespace hashlane {

/// What workers share. Outlives them.
struct WorkerServices {
  Scheduler& scheduler;
  BufferPools& pools;
  Prefetcher& prefetcher;
  Delivery& delivery;
  StatsRegion stats;
  /// Called by the thread that took away a job's last unit of work.
  std::function<void(const std::shared_ptr<Job>&)> finish_job;
};

/// Owned by the thread that runs it.
class Worker final : public Watched {
 public:
  Worker(WorkerServices& services, WatchedThread& thread)
      : services_(services), thread_(thread), stats_(thread.stats()) {
    thread_.answer_for(this);
  }
  ~Worker() override { thread_.answer_for(nullptr); }

  /// Works until the scheduler stops, or until another worker has taken over.
  void run();

 private:
  void work(Scheduler::Work work);
  void perform(std::shared_ptr<SharedFile> help);
  void help(SharedFile& file);

  // What the watch asks and does; see worker_stalls.cc.
  [[nodiscard]] bool unwanted() const override;
  void show() override;
  [[nodiscard]] Device* device() override;
  [[nodiscard]] Successor relieve() override;
  [[nodiscard]] Successor give_up(ErrorCode error) override;
  void answered() override;
  [[nodiscard]] SharedFile* shared() const noexcept;
  /// The file that a call is made for; without its descriptor.
  [[nodiscard]] OpenFile file_in_hand() const;

  /// The folder whose files are being opened.
  struct Folder {
    std::shared_ptr<FileGroup> group;
    Directory::Use use;
    Error error;
  };

  // Files; see worker_files.cc.
  /// Works on the task until it is done, or the job is paused and it waits.
  void run_files(const std::shared_ptr<Job>& job, Task& task, Folder& folder);
  /// Opens files as long as there is room for them, and decides on the large ones when all are open.
  void open_files(const std::shared_ptr<Job>& job, Task& task, Folder& folder);
  /// False when no further file can be opened for now.
  [[nodiscard]] bool open_next(const std::shared_ptr<Job>& job, Task& task, Folder& folder);
  /// Sends the file that was opened its way.
  void take_on(const std::shared_ptr<Job>& job, Task& task);
  void send_its_way(const std::shared_ptr<Job>& job, Task& task, OpenFile file);
  /// Records a file that was read to its end and closes it later, or has it read again.
  void conclude(const std::shared_ptr<Job>& job, Task& task, OpenFile& file, ResultRecord record);
  /// Reads a file again that somebody may have written to, if that is over now; otherwise it is `changed`.
  void settle_next(const std::shared_ptr<Job>& job, Task& task);
  /// Whether a worker without files goes on waiting for descriptors.
  [[nodiscard]] bool may_wait(std::uint64_t now);
  void need_lanes(const Job& job, Task& task);
  void add_to_lanes(const std::shared_ptr<Job>& job, Task& task, OpenFile file);
  void hash_side_by_side(const std::shared_ptr<Job>& job, Task& task, std::span<std::byte> arena);
  void hash_shared(const std::shared_ptr<Job>& job, Task& task);
  /// Says in the stats which file is in hand.
  void show(const Job& job, const OpenFile& file, std::uint64_t done, std::uint64_t now);
  /// Leaves what is not begun to whoever comes first: a worker for each large file beats all on one.
  void give_away_rest(Job& job, Task& task);
  /// Gives part of the task to a worker that has nothing to do.
  void share(Job& job, Task& task);
  /// Records what is under way; files that were not begun get no record.
  void cancel(const std::shared_ptr<Job>& job, Task& task);
  /// Records everything as lost to a device that does not answer, and touches none of it.
  void lose(const std::shared_ptr<Job>& job, Task& task);
  /// Records all files that are open with this error.
  void drop(const std::shared_ptr<Job>& job, Task& task, ErrorCode error);
  void record(const std::shared_ptr<Job>& job, const OpenFile& file, ResultRecord record);
  /// Counts files of a group; the last one of a job ends it.
  void done_with(const std::shared_ptr<Job>& job, FileGroup& group, std::uint32_t files);

  // Files with several names; see worker_links.cc.
  /// Whether the job's digests depend on nothing but contents, so that a file's names can share them.
  [[nodiscard]] static bool reads_once(const Job& job) noexcept;
  /// The file that was opened; true where another of its names is, or was, read in its place.
  [[nodiscard]] bool meet_name(const std::shared_ptr<Job>& job);
  /// Goes on with those who waited for the file of this record.
  void record_names(const std::shared_ptr<Job>& job, const OpenFile& file, const ResultRecord& record);
  void record_name(const std::shared_ptr<Job>& job, const OpenFile& name, const std::byte* digests);
  void read_names(Job& job, std::vector<OpenFile> names, Device* device);

  // Feeds; see worker_feeds.cc.
  void run_feed(const std::shared_ptr<Job>& job, Feed& feed);
  static void begin(const Job& job, Feed& feed);
  void take_in(Job& job, Feed& feed, std::span<const std::byte> bytes);

  /// What the call under way is for.
  enum class Calling : std::uint8_t {
    /// Nothing that would have to be recorded.
    kForNothing,
    /// Opening `opening_`.
    kToOpen,
    /// A file of the task's lanes.
    kForLanes,
    /// shared().
    kForShared,
  };

  WorkerServices& services_;
  WatchedThread& thread_;
  const ThreadStats stats_;

  // What is in hand: members, for a worker that hangs is relieved of it.
  std::shared_ptr<Job> job_;
  Task task_;
  std::shared_ptr<SharedFile> helping_;
  Folder folder_;
  OpenFile opening_;
  Calling calling_ = Calling::kForNothing;
  /// Whose turn this worker has.
  Device* turn_ = nullptr;

  /// The last task's lanes, for the next one.
  std::unique_ptr<LaneGroup> spare_lanes_;
  /// One file's, from another of its names.
  std::vector<std::byte> digests_;
  LaneGroup::Round round_;
  std::uint64_t shown_ns_ = 0;
  /// What this thread reads gives way to other programs.
  bool idle_ = false;
  /// Since when no file could be opened for want of descriptors; 0 when they can.
  std::uint64_t waiting_since_ns_ = 0;
  /// How much of what was read lately was not in memory.
  std::size_t coldness_ = 0;
};

}  // namespace hashlane
