#include "engine/walk/listers.h"

#include <utility>

namespace hashlane {

bool PendingListing::claim() {
  std::lock_guard lock(mutex_);
  return !std::exchange(claimed_, true);
}

void PendingListing::read_ahead() {
  if (!claim()) return;
  Listing listing;
  try {
    listing = directory_->list();
  } catch (...) {
    // The walk waits for an answer: without memory there is this one.
    listing.error = {ErrorCode::kEnomem, {}};
  }
  {
    std::lock_guard lock(mutex_);
    listing_ = std::move(listing);
    ready_ = true;
  }
  read_.notify_all();
}

Listing PendingListing::take() {
  if (claim()) return directory_->list();
  std::unique_lock lock(mutex_);
  read_.wait(lock, [&] { return ready_; });
  return std::move(listing_);
}

Listers::Listers(std::size_t threads, StatsRegion stats, ThreadRegistry& registry) : stats_(stats) {
  try {
    for (std::size_t index = 0; index < threads; ++index) {
      threads_.emplace_back([this, &registry] {
        const auto registration = registry.add(ThreadKind::kLister);
        run(registration.stats());
      });
    }
  } catch (...) {
    stop();
    throw;
  }
}

Listers::~Listers() { stop(); }

void Listers::stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Listers::read_ahead(std::shared_ptr<PendingListing> pending) {
  {
    std::lock_guard lock(mutex_);
    queue_.push_front(std::move(pending));
    stats_.set(engine_slot::kListQueueDepth, queue_.size());
  }
  work_.notify_one();
}

void Listers::run(ThreadStats thread) {
  while (true) {
    std::shared_ptr<PendingListing> pending;
    {
      std::unique_lock lock(mutex_);
      work_.wait(lock, [&] { return stopped_ || !queue_.empty(); });
      if (stopped_) return;
      pending = std::move(queue_.front());
      queue_.pop_front();
      stats_.set(engine_slot::kListQueueDepth, queue_.size());
    }
    // A walk that was cancelled has let go of it: nobody would read the listing.
    if (pending.use_count() == 1) continue;
    thread.entry(0, 0, pending->directory()->prefix(), {});
    thread.state(ThreadState::kListing);
    pending->read_ahead();
    thread.entry(0, 0, {}, {});
    thread.state(ThreadState::kIdle);
  }
}

}  // namespace hashlane
