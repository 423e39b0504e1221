#include "engine/engine.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include "engine/walk/walker.h"
#include "system/clock.h"

namespace hashlane {
namespace {

constexpr std::size_t kListerThreads = 2;

/// Enough for every worker to go on: one largest block each.
std::size_t least_for(const EngineOptions& options) { return options.threads * BufferPools::kLargest; }

/// Does what cannot be left undone, when there is memory again if there is none now.
template <class Function>
void insist(Function function) {
  while (true) {
    try {
      return function();
    } catch (const std::bad_alloc&) {
      sleep_ns(10'000'000);
    }
  }
}

bool kernels_available(std::uint64_t mask) {
  return std::all_of(kernels().begin(), kernels().end(), [&](const KernelInfo& kernel) {
    return kernel.self_test_passed || (mask >> static_cast<unsigned>(kernel.algorithm) & 1) == 0;
  });
}

}  // namespace

Engine::Engine(const EngineOptions& options, Delivery& delivery)
    : stats_(options.stats),
      delivery_(delivery),
      pools_(std::make_shared<BufferPools>(std::max(options.memory_limit, least_for(options)), least_for(options))),
      system_pressure_(options.pressure == nullptr ? system_pressure() : nullptr),
      slabs_(options.slabs, options.slab_bytes, stats_.engine()),
      thread_registry_(stats_),
      events_(stats_),
      scheduler_(stats_.engine()),
      devices_(stats_),
      watch_(std::make_shared<StallWatch>(
          stats_, thread_registry_, events_, options.stalls, pools_, [this] { return !scheduler_.jobs().empty(); },
          [this] { scheduler_.job_changed(); })),
      listers_(kListerThreads, stats_.engine(), *watch_),
      prefetcher_(scheduler_, stats_.engine(), *watch_),
      housekeeper_(scheduler_, *pools_, slabs_, options.pressure == nullptr ? *system_pressure_ : *options.pressure,
                   stats_, thread_registry_, events_),
      services_{.scheduler = scheduler_,
                .pools = *pools_,
                .prefetcher = prefetcher_,
                .delivery = delivery_,
                .stats = stats_.engine(),
                .finish_job = [this](const std::shared_ptr<Job>& job) { finish(job); }} {
  const std::size_t threads = std::clamp<std::size_t>(options.threads, 1, kMaxWorkers);
  stats_.engine().set(engine_slot::kWorkerCount, threads);
  try {
    for (std::size_t index = 0; index < threads; ++index) {
      watch_->start(ThreadKind::kWorker, [this](WatchedThread& thread) { Worker(services_, thread).run(); });
    }
  } catch (...) {
    shut();
    throw;
  }
}

Engine::~Engine() { shut(); }

void Engine::shut() {
  {
    std::lock_guard lock(mutex_);
    for (const auto& slot : slots_) {
      if (const auto job = slot.lock()) job->cancel();
    }
  }
  slabs_.stop();
  pools_->stop_waiting();
  scheduler_.stop();
  prefetcher_.stop();
  listers_.stop();
  watch_->close();
}

Engine::Started Engine::start(JobSpec spec) {
  if (!kernels_available(spec.algorithm_mask)) return {StartError::kKernelUnavailable, 0, 0};
  std::lock_guard lock(mutex_);
  for (const auto& running : slots_) {
    const auto other = running.lock();
    if (other && spec.id != 0 && other->id == spec.id) return {StartError::kDuplicateId, 0, 0};
  }
  const auto slot = free_slot_locked();
  if (!slot) return {StartError::kTooManyJobs, 0, 0};
  // In a variable of its own, for the spec is moved from in the same call.
  const JobId id = spec.id != 0 ? spec.id : next_job_++;
  const auto job = std::make_shared<Job>(id, *slot, std::move(spec), stats_, slabs_, delivery_);
  slots_[*slot] = job;
  job->stats.add(job_slot::kFilesFound, job->spec.feeds);
  job->stats.add(job_slot::kBytesFound, job->spec.feed_bytes);
  scheduler_.add(job);
  housekeeper_.wake();
  watch_->wake();
  try {
    watch_->start(ThreadKind::kWalk, walk(job));
  } catch (...) {
    scheduler_.remove(*job);
    throw;
  }
  if (job->spec.count_ahead) {
    try {
      watch_->start(ThreadKind::kCount, counting_walk(job));
    } catch (...) {
      // Without memory or a thread for it the total stays unknown; the results are none the worse.
    }
  }
  return {StartError::kNone, job->id, *slot};
}

Successor Engine::walk(const std::shared_ptr<Job>& job) {
  return hashing_walk(job, scheduler_, listers_, devices_, stats_.engine(), [this, held = std::weak_ptr(job)] {
    const auto walked = held.lock();
    if (!walked) return;
    if (walked->take_work(1)) finish(walked);
    if (scheduler_.leave(*walked)) finish(walked);
  });
}

// The slot after the last one given, so that the figures of jobs that ended stay readable for long.
std::optional<std::size_t> Engine::free_slot_locked() {
  for (std::size_t tried = 0; tried < kMaxJobs; ++tried) {
    const std::size_t slot = (next_slot_ + tried) % kMaxJobs;
    if (!slots_[slot].expired()) continue;
    next_slot_ = slot + 1;
    return slot;
  }
  return std::nullopt;
}

std::shared_ptr<Job> Engine::find(JobId id) {
  std::lock_guard lock(mutex_);
  for (const auto& slot : slots_) {
    if (auto job = slot.lock(); job && job->id == id) return job;
  }
  return nullptr;
}

void Engine::pause(JobId id) {
  if (const auto job = find(id)) {
    job->pause();
    scheduler_.job_changed();
  }
}

void Engine::resume(JobId id) {
  if (const auto job = find(id)) {
    job->resume();
    scheduler_.job_changed();
  }
}

void Engine::cancel(JobId id) {
  const auto job = find(id);
  if (!job || !job->cancel()) return;
  // Nothing is finished here: that may wait for a slab, which only this thread can give back.
  const std::uint64_t unopened = job->abandon_unopened_feeds();
  if (unopened > 0) {
    insist([&] {
      Task task;
      task.abandoned = unopened;
      scheduler_.push_now(*job, std::move(task));
    });
  }
  std::vector<std::shared_ptr<Feed>> feeds;
  insist([&] { feeds = job->open_feeds(); });
  for (const auto& feed : feeds) {
    if (!feed->cancel()) continue;
    insist([&] {
      Task task;
      task.feed = feed;
      scheduler_.push_now(*job, std::move(task));
    });
  }
  scheduler_.job_changed();
}

FeedId Engine::open_feed(JobId id, std::string name, std::uint16_t root, std::optional<std::uint64_t> size) {
  const auto job = find(id);
  if (!job || job->cancelled()) return 0;
  std::lock_guard lock(mutex_);
  const FeedId feed = next_feed_++;
  if (!job->open_feed(feed, std::move(name), root, size)) return 0;
  feeds_[feed] = job;
  return feed;
}

bool Engine::give(FeedId id, Feed::Operation operation) {
  std::shared_ptr<Job> job;
  {
    std::lock_guard lock(mutex_);
    const auto found = feeds_.find(id);
    if (found == feeds_.end()) return false;
    job = found->second.lock();
  }
  const bool is_last = operation.kind != Feed::Kind::kWrite;
  const auto feed = job ? job->feed(id) : nullptr;
  if (!feed || !feed->give(std::move(operation))) return false;
  try {
    Task task;
    task.feed = feed;
    scheduler_.push_now(*job, std::move(task));
  } catch (...) {
    // As if nothing had been given: the caller may try again.
    static_cast<void>(feed->take());
    static_cast<void>(feed->done(false));
    throw;
  }
  if (is_last) {
    std::lock_guard lock(mutex_);
    feeds_.erase(id);
  }
  return true;
}

bool Engine::write_feed(FeedId feed, std::span<const std::byte> bytes) {
  Lease block = pools_->lease_now(bytes.size());
  if (!block || bytes.size() > block.bytes().size()) return false;
  std::memcpy(block.bytes().data(), bytes.data(), bytes.size());
  return give(feed, {.kind = Feed::Kind::kWrite, .block = std::move(block), .length = bytes.size()});
}

bool Engine::end_feed(FeedId feed) { return give(feed, {.kind = Feed::Kind::kEnd, .block = {}}); }

bool Engine::abort_feed(FeedId feed, ErrorCode reason) {
  return give(feed, {.kind = Feed::Kind::kAbort, .block = {}, .reason = reason});
}

void Engine::finish(const std::shared_ptr<Job>& job) {
  if (!job->claim_end()) return;
  const JobEnd end = job->finish();
  {
    std::lock_guard lock(mutex_);
    std::erase_if(feeds_, [&](const auto& feed) { return feed.second.lock() == job; });
  }
  scheduler_.remove(*job);
  housekeeper_.wake();
  delivery_.job_ended(end);
}

}  // namespace hashlane
