// A job: what was asked for, where it stands, and what is still to be done.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/batches/batch_writer.h"
#include "engine/files/file_group.h"
#include "engine/files/linked_files.h"
#include "engine/jobs/rate_limit.h"
#include "engine/stats/hash_stats.h"
#include "engine/walk/seen_files.h"
#include "engine/walk/shard.h"
#include "io/path_filter.h"

namespace hashlane {

class Feed;

/// What a caller asks for; see EngineJobSpec in main/engine/engine.ts.
struct JobSpec {
  /// The job's persistent id, in the headers of its batches and its stats; 0: the engine gives one.
  std::uint64_t id = 0;
  std::vector<std::string> roots;
  std::uint64_t algorithm_mask = 0;
  bool walk_order = false;
  bool hidden = true;
  bool follow_symlinks = false;
  bool one_file_system = false;
  bool files_only = false;
  bool filter_roots = false;
  /// Files get a record with their size and time and are not read; there are no algorithms then.
  bool list_only = false;
  /// Roots were met below one folder by an earlier walk: links are what they would be there, filters have been
  /// applied, and records are of root 0.
  bool listed = false;
  /// What belongs to another shard gets no record.
  Shard shard;
  std::optional<std::uint32_t> max_depth;
  std::optional<std::uint32_t> min_depth;
  /// Files outside these bounds are left out. Bytes, and thousandths of a second since 1970.
  std::optional<std::uint64_t> min_size;
  std::optional<std::uint64_t> max_size;
  std::optional<std::uint64_t> newer_than_ms;
  std::optional<std::uint64_t> older_than_ms;
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::vector<std::string> ignore;
  bool count_ahead = false;
  std::uint32_t feeds = 0;
  std::uint64_t feed_bytes = 0;
  JobPriority priority = JobPriority::kBackground;
  /// Bytes a second that all readers together may take; 0 for no limit.
  std::uint64_t limit_rate = 0;
  /// Files whose content lies in a cloud are fetched, not skipped.
  bool fetch = false;
  /// Files are read from the medium, not from the system's memory.
  bool medium = false;
  /// Reads give way to those of other programs.
  bool idle = false;
  /// Records tell which file they are of, beyond its name: see kFlagIdentity.
  bool identities = false;
  /// Files that need not be read again; null for a job that begins from nothing.
  std::shared_ptr<const SeenFiles> known;
};

/// Thread-safe unless a member says otherwise.
class Job {
 public:
  Job(JobId id, std::size_t slot, JobSpec spec, const StatsBlock& stats, SlabPool& slabs, Delivery& delivery);
  ~Job();

  const JobId id;
  /// Index of the job's region in the stats block.
  const std::size_t slot;
  const JobSpec spec;
  const PathFilter filter;
  const StatsRegion stats;
  const HashStats hashed;
  BatchWriter writer;
  LinkedFiles linked;
  RateLimit rate;

  // Control. Workers look at the flags between slices of a file; walkers wait in keep_going().
  void pause();
  void resume();
  /// False when the job was cancelled before.
  bool cancel();
  [[nodiscard]] bool paused() const noexcept { return paused_.load(std::memory_order_relaxed) && !cancelled(); }
  [[nodiscard]] bool cancelled() const noexcept { return cancelled_.load(std::memory_order_relaxed); }
  /// It has read its share for now, and waits as if it were paused. One that was cancelled reads nothing.
  [[nodiscard]] bool throttled() const noexcept { return rate.exhausted() && !cancelled(); }
  /// The engine cannot go on: what is left is dropped, and the job ends as failed. See Scheduler::fail().
  void fail() noexcept;
  [[nodiscard]] bool failed() const noexcept { return failed_.load(std::memory_order_relaxed); }
  /// Waits while the job is paused; false once it is cancelled or has ended.
  [[nodiscard]] bool keep_going();
  /// Brings state and running time in the stats up to date.
  void stamp(std::uint64_t now);

  // Entries.
  /// The first of so many ids that follow one another.
  [[nodiscard]] std::uint64_t next_entry_ids(std::uint64_t count) noexcept {
    return next_entry_.fetch_add(count, std::memory_order_relaxed);
  }
  /// Writes a record and counts it. May wait for a slab.
  void record(const ResultRecord& record);
  /// Counts an entry that the filters leave out.
  void filter_out() noexcept;

  // The end: whoever takes the last unit of work away finishes the job.
  void add_work(std::uint64_t units) noexcept { work_.fetch_add(units, std::memory_order_relaxed); }
  /// True for the caller who must finish the job.
  [[nodiscard]] bool take_work(std::uint64_t units) noexcept {
    return work_.fetch_sub(units, std::memory_order_acq_rel) == units;
  }
  /// True for the first who asks. A job that fails may come to its end in two ways at once.
  [[nodiscard]] bool claim_end() noexcept { return !end_claimed_.exchange(true, std::memory_order_acq_rel); }
  /// Seals the last batch and tells how it all ended. Called once, by whom claim_end() said true.
  JobEnd finish();

  // Walk order: entries far ahead of the oldest unfinished one would pile up at the receiver.
  /// Waits until the group is within the window; false once the job is cancelled.
  [[nodiscard]] bool enter_window(std::uint64_t group);
  void leave_window(std::uint64_t group);

  // Asking for files ahead of the workers.
  /// Counts from where the job stands.
  void begin_fetching() noexcept;
  [[nodiscard]] bool may_fetch() const noexcept;
  /// Not where that would be read beyond a limit, into memory that is not to be read, or before other programs.
  [[nodiscard]] bool may_read_ahead() const noexcept { return !rate.limited() && !spec.medium && !spec.idle; }
  void fetched(std::uint64_t bytes) noexcept { fetched_.fetch_add(bytes, std::memory_order_relaxed); }

  // Feeds.
  /// In walk order feeds come first: they take the first entry ids and the first places in the
  /// window, so that their order does not depend on when they are opened.
  [[nodiscard]] std::uint64_t feeds_ahead() const noexcept { return spec.walk_order ? spec.feeds : 0; }
  std::shared_ptr<Feed> open_feed(FeedId id, std::string name, std::uint16_t root, std::optional<std::uint64_t> size);
  [[nodiscard]] std::shared_ptr<Feed> feed(FeedId id);
  void forget_feed(FeedId id);
  [[nodiscard]] std::vector<std::shared_ptr<Feed>> open_feeds();
  /// After a cancel: the units of work of feeds that will now never be opened.
  [[nodiscard]] std::uint64_t abandon_unopened_feeds();

  /// Waiting work, in order. Guarded by the scheduler.
  std::list<Task> tasks;
  /// Large files that others may help with. Guarded by the scheduler.
  std::vector<std::shared_ptr<SharedFile>> shared_files;
  /// Threads that are at work on it. Guarded by the scheduler.
  std::size_t present = 0;

 private:
  [[nodiscard]] JobState state() const noexcept;

  const StatsBlock block_;
  std::atomic<bool> paused_ = false;
  std::atomic<bool> cancelled_ = false;
  std::atomic<bool> failed_ = false;
  std::atomic<bool> end_claimed_ = false;
  std::atomic<std::uint64_t> next_entry_;
  /// Groups not done, feeds not ended, and one for the walk.
  std::atomic<std::uint64_t> work_ = 0;
  std::atomic<bool> ended_ = false;
  std::atomic<std::uint64_t> fetched_ = 0;

  /// What the job's end says. The stats block has the same for whoever watches, but JavaScript may write to that.
  struct Totals {
    std::atomic<std::uint64_t> bytes = 0;
    std::atomic<std::uint64_t> ok = 0;
    std::atomic<std::uint64_t> failed = 0;
    std::atomic<std::uint64_t> skipped = 0;
    std::atomic<std::uint64_t> filtered_out = 0;
  };
  Totals totals_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t running_since_ns_ = 0;
  std::uint64_t ran_ns_ = 0;
  std::uint64_t window_begin_ = 0;
  std::deque<bool> window_done_;
  std::uint32_t unopened_feeds_;
  std::uint64_t opened_feeds_ = 0;
  std::unordered_map<FeedId, std::shared_ptr<Feed>> feeds_;
};

}  // namespace hashlane
