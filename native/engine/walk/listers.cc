#include "engine/walk/listers.h"

#include <utility>

namespace hashlane {
namespace {

/// Threads that may hang and be replaced at a time.
constexpr std::size_t kMostStalled = 4;

}  // namespace

bool PendingListing::claim() {
  std::lock_guard lock(mutex_);
  return !std::exchange(claimed_, true);
}

void PendingListing::read_ahead(const Answered& answered) {
  if (!claim()) return;
  Listing listing;
  try {
    listing = directory_->list([&] {
      answered();
      {
        std::lock_guard lock(mutex_);
        ++answers_;
      }
      read_.notify_all();
    });
  } catch (...) {
    // The walk waits for an answer: without memory there is this one.
    listing.error = {ErrorCode::kEnomem, {}};
  }
  {
    std::lock_guard lock(mutex_);
    bytes_.store(listing.names.capacity() + listing.entries.capacity() * sizeof(ListedEntry),
                 std::memory_order_relaxed);
    listing_ = std::move(listing);
    ready_ = true;
  }
  read_.notify_all();
}

Listing PendingListing::take(const Answered& answered) {
  if (claim()) return directory_->list(answered);
  std::unique_lock lock(mutex_);
  for (std::uint64_t seen = answers_; !ready_; seen = answers_) {
    read_.wait(lock, [&] { return ready_ || answers_ != seen; });
    answered();
  }
  return std::move(listing_);
}

/// One thread.
class Listers::Lister final : public Watched {
 public:
  Lister(Listers& listers, WatchedThread& thread) : listers_(listers), thread_(thread) { thread_.answer_for(this); }
  ~Lister() override { thread_.answer_for(nullptr); }

  void run() {
    while (!thread_.relieved() && take()) {
      // A walk that was cancelled has let go of it: nobody would read the listing.
      if (unwanted()) continue;
      thread_.stats().entry(0, 0, pending_->directory()->prefix(), {});
      thread_.stats().state(ThreadState::kListing);
      thread_.watched([&] { pending_->read_ahead([&] { thread_.answered_in_part(); }); });
      thread_.stats().entry(0, 0, {}, {});
      thread_.stats().state(ThreadState::kIdle);
    }
  }

 private:
  bool take() {
    std::unique_lock lock(listers_.mutex_);
    pending_.reset();
    listers_.work_.wait(lock, [&] { return listers_.stopped_ || !listers_.queue_.empty(); });
    if (listers_.stopped_) return false;
    pending_ = std::move(listers_.queue_.front());
    listers_.queue_.pop_front();
    listers_.stats_.set(engine_slot::kListQueueDepth, listers_.queue_.size());
    return true;
  }

  [[nodiscard]] Successor next() {
    return [&listers = listers_](WatchedThread& thread) { Lister(listers, thread).run(); };
  }
  [[nodiscard]] bool unwanted() const override { return pending_.use_count() <= 1; }
  void show() override {}
  [[nodiscard]] Device* device() override { return nullptr; }
  [[nodiscard]] Successor relieve() override { return listers_.stalled_++ < kMostStalled ? next() : Successor(); }
  // The walk waits for the folder by itself, and says what became of it.
  [[nodiscard]] Successor give_up(ErrorCode) override {
    --listers_.stalled_;
    return thread_.relieved() ? Successor() : next();
  }
  void answered() override { --listers_.stalled_; }

  Listers& listers_;
  WatchedThread& thread_;
  std::shared_ptr<PendingListing> pending_;
};

Listers::Listers(std::size_t threads, StatsRegion stats, StallWatch& watch) : stats_(stats), watch_(watch) {
  try {
    for (std::size_t index = 0; index < threads; ++index) {
      watch_.start(ThreadKind::kLister, [this](WatchedThread& thread) { Lister(*this, thread).run(); });
    }
  } catch (...) {
    end();
    throw;
  }
}

Listers::~Listers() { end(); }

void Listers::end() {
  stop();
  watch_.close();
}

void Listers::stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  work_.notify_all();
}

void Listers::read_ahead(std::shared_ptr<PendingListing> pending) {
  {
    std::lock_guard lock(mutex_);
    queue_.push_front(std::move(pending));
    stats_.set(engine_slot::kListQueueDepth, queue_.size());
  }
  work_.notify_one();
}

}  // namespace hashlane
