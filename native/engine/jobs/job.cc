#include "engine/jobs/job.h"

#include "engine/jobs/feed.h"
#include "engine/stats/this_thread.h"
#include "system/clock.h"

namespace hashlane {
namespace {

/// Groups that may be begun before the oldest unfinished one is done. With groups of up to 64 files
/// this keeps results that the receiver must hold back for the sake of order below 65,536.
constexpr std::uint64_t kWindowGroups = 1024;

/// Bytes that may be asked for ahead of what is done: they must still be in memory when their turn comes.
constexpr std::uint64_t kFetchBytes = 64u << 20;

std::size_t counter_for(Status status) noexcept {
  switch (status) {
    case Status::kOk:
      return job_slot::kOk;
    case Status::kSkipped:
      return job_slot::kSkipped;
    default:
      return job_slot::kFailed;
  }
}

}  // namespace

Job::Job(JobId job_id, std::size_t job_slot_index, JobSpec job_spec, const StatsBlock& block, SlabPool& slabs,
         Delivery& delivery)
    : id(job_id),
      slot(job_slot_index),
      spec(std::move(job_spec)),
      filter({.include = spec.include, .exclude = spec.exclude, .ignore = spec.ignore}, spec.hidden),
      stats(block.job(slot)),
      hashed(block),
      writer(job_id, DigestLayout(spec.algorithm_mask), slabs, delivery, block.engine(), spec.identities),
      linked(writer.layout().stride()),
      rate(spec.limit_rate),
      block_(block),
      next_entry_(feeds_ahead()),
      work_(1 + spec.feeds),
      running_since_ns_(now_ns()),
      unopened_feeds_(spec.feeds) {
  stats.clear(kJobRegionSlots);
  stats.set(job_slot::kJobId, id);
  stats.set(job_slot::kStartedNs, running_since_ns_);
  stats.set(job_slot::kPriority, static_cast<std::uint64_t>(spec.priority));
  stats.set(job_slot::kState, static_cast<std::uint64_t>(JobState::kRunning));
}

Job::~Job() = default;

void Job::pause() {
  {
    std::lock_guard lock(mutex_);
    if (paused_ || cancelled_ || ended_) return;
    paused_ = true;
    ran_ns_ += now_ns() - running_since_ns_;
  }
  stamp(now_ns());
}

void Job::resume() {
  {
    std::lock_guard lock(mutex_);
    if (!paused_) return;
    paused_ = false;
    running_since_ns_ = now_ns();
  }
  stamp(now_ns());
  changed_.notify_all();
}

bool Job::cancel() {
  {
    std::lock_guard lock(mutex_);
    if (cancelled_ || ended_) return false;
    if (paused_) running_since_ns_ = now_ns();
    paused_ = false;
    cancelled_ = true;
  }
  stamp(now_ns());
  changed_.notify_all();
  return true;
}

void Job::fail() noexcept {
  failed_ = true;
  cancel();
}

bool Job::keep_going() {
  if (!paused_.load(std::memory_order_relaxed)) return !cancelled() && !ended_.load(std::memory_order_relaxed);
  const ShownState shown(ThreadState::kWaiting);
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !paused_ || cancelled_ || ended_; });
  return !cancelled_ && !ended_;
}

JobState Job::state() const noexcept {
  if (ended_) return cancelled_ ? JobState::kCancelled : JobState::kFinished;
  if (cancelled_) return JobState::kCancelling;
  return paused_ ? JobState::kPaused : JobState::kRunning;
}

void Job::stamp(std::uint64_t now) {
  std::lock_guard lock(mutex_);
  const bool running = !paused_ && !ended_;
  stats.set(job_slot::kState, static_cast<std::uint64_t>(state()));
  stats.set(job_slot::kActiveNs, ran_ns_ + (running && now > running_since_ns_ ? now - running_since_ns_ : 0));
}

void Job::record(const ResultRecord& result) {
  writer.append(result);
  const std::size_t counter = counter_for(result.status);
  stats.add(job_slot::kFilesDone, 1);
  stats.add(counter, 1);
  const auto count = [](std::atomic<std::uint64_t>& total, std::uint64_t more) {
    total.fetch_add(more, std::memory_order_relaxed);
  };
  if (result.status == Status::kOk) {
    stats.add(job_slot::kBytesHashed, result.size);
    count(totals_.ok, 1);
    count(totals_.bytes, result.size);
  } else if (counter == job_slot::kSkipped) {
    count(totals_.skipped, 1);
  } else {
    count(totals_.failed, 1);
  }
  if (result.error) block_.count_reason(result.error.code);
}

void Job::filter_out() noexcept {
  stats.add(job_slot::kFilteredOut, 1);
  totals_.filtered_out.fetch_add(1, std::memory_order_relaxed);
}

JobEnd Job::finish() {
  writer.flush();
  {
    std::lock_guard lock(mutex_);
    if (!paused_) ran_ns_ += now_ns() - running_since_ns_;
    ended_ = true;
  }
  changed_.notify_all();
  stamp(now_ns());
  return {.job = id,
          .cancelled = cancelled(),
          .incomplete = failed(),
          .files = totals_.ok + totals_.failed + totals_.skipped,
          .bytes = totals_.bytes,
          .ok = totals_.ok,
          .failed = totals_.failed,
          .skipped = totals_.skipped,
          .filtered_out = totals_.filtered_out,
          .elapsed_ms = static_cast<double>(ran_ns_) / 1e6};
}

bool Job::enter_window(std::uint64_t group) {
  if (!spec.walk_order) return !cancelled();
  std::unique_lock lock(mutex_);
  const auto may_enter = [&] { return cancelled_ || group < window_begin_ + kWindowGroups; };
  if (!may_enter()) {
    const ShownState shown(ThreadState::kWaiting);
    changed_.wait(lock, may_enter);
  }
  return !cancelled_;
}

void Job::leave_window(std::uint64_t group) {
  if (!spec.walk_order) return;
  bool moved = false;
  {
    std::lock_guard lock(mutex_);
    const std::size_t index = group - window_begin_;
    if (window_done_.size() <= index) window_done_.resize(index + 1);
    window_done_[index] = true;
    while (!window_done_.empty() && window_done_.front()) {
      window_done_.pop_front();
      ++window_begin_;
      moved = true;
    }
  }
  if (moved) changed_.notify_all();
}

void Job::begin_fetching() noexcept {
  const std::uint64_t done = stats.get(job_slot::kBytesDone);
  std::uint64_t fetched = fetched_.load(std::memory_order_relaxed);
  while (fetched < done && !fetched_.compare_exchange_weak(fetched, done, std::memory_order_relaxed)) continue;
}

bool Job::may_fetch() const noexcept {
  return fetched_.load(std::memory_order_relaxed) < stats.get(job_slot::kBytesDone) + kFetchBytes;
}

std::shared_ptr<Feed> Job::open_feed(FeedId feed_id, std::string name, std::uint16_t root,
                                     std::optional<std::uint64_t> size) {
  std::lock_guard lock(mutex_);
  if (unopened_feeds_ == 0) return nullptr;
  const std::uint64_t entry = spec.walk_order ? opened_feeds_ : next_entry_ids(1);
  auto opened = std::make_shared<Feed>(feed_id, entry, std::move(name), root, size);
  feeds_.emplace(feed_id, opened);
  // Last: a feed that there was no memory for can still be opened, or abandoned.
  --unopened_feeds_;
  ++opened_feeds_;
  return opened;
}

std::shared_ptr<Feed> Job::feed(FeedId feed_id) {
  std::lock_guard lock(mutex_);
  const auto found = feeds_.find(feed_id);
  return found == feeds_.end() ? nullptr : found->second;
}

void Job::forget_feed(FeedId feed_id) {
  std::lock_guard lock(mutex_);
  feeds_.erase(feed_id);
}

std::vector<std::shared_ptr<Feed>> Job::open_feeds() {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Feed>> open;
  for (const auto& [feed_id, open_feed] : feeds_) open.push_back(open_feed);
  return open;
}

std::uint64_t Job::abandon_unopened_feeds() {
  std::lock_guard lock(mutex_);
  return std::exchange(unopened_feeds_, 0);
}

}  // namespace hashlane
