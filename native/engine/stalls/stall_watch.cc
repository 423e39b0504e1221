#include "engine/stalls/stall_watch.h"

#include <algorithm>

#include "engine/files/devices.h"
#include "system/clock.h"

namespace hashlane {
namespace {

/// How long a call is waited for that nobody wants any more, because its job was cancelled or the engine closes.
constexpr std::uint64_t kUnwantedNs = 200'000'000;

constexpr std::uint64_t kLongestTickNs = 100'000'000;
constexpr std::uint64_t kClosingTickNs = 5'000'000;

}  // namespace

void WatchedThread::come_back() { watch_->come_back(*this); }

StallWatch::StallWatch(const StatsBlock& stats, ThreadRegistry& registry, EventRing& events, StallLimits limits,
                       std::shared_ptr<void> kept, std::function<bool()> busy, std::function<void()> devices_changed)
    : stats_(stats.engine()),
      registry_(registry),
      events_(events),
      limits_(limits),
      kept_(std::move(kept)),
      busy_(std::move(busy)),
      devices_changed_(std::move(devices_changed)) {
  watch_ = std::thread([this] { watch(); });
}

// Without threads by now: they share it.
StallWatch::~StallWatch() {
  if (watch_.joinable()) close();
}

void StallWatch::start(ThreadKind kind, Successor work) {
  std::lock_guard lock(mutex_);
  *start_locked(kind) = std::move(work);
}

std::shared_ptr<Successor> StallWatch::start_locked(ThreadKind kind) {
  auto place = std::make_shared<Successor>();
  if (closing_) return place;
  join_ended_locked();
  const Thread& thread = threads_.emplace_back(new WatchedThread(shared_from_this(), kind));
  try {
    thread->thread_ = std::thread([this, thread, place] { run(thread, place); });
  } catch (...) {
    threads_.pop_back();
    throw;
  }
  return place;
}

void StallWatch::run(const Thread& thread, const std::shared_ptr<Successor>& place) {
  Successor work;
  {
    std::lock_guard lock(mutex_);
    work = std::move(*place);
    thread->registration_.emplace(registry_.add(thread->kind_));
    thread->stats_ = thread->registration_->stats();
  }
  try {
    if (work) work(*thread);
    // Not before the thread counts as ended: it may hold what closes a file.
    thread->watched([&] { work = nullptr; });
  } catch (const Abandoned&) {
    work = nullptr;
  } catch (...) {
    // No memory, most likely. Whoever has a job to end caught this himself.
    work = nullptr;
  }
  std::lock_guard lock(mutex_);
  thread->registration_.reset();
  thread->ended_ = true;
  changed_.notify_all();
}

void StallWatch::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void StallWatch::watch() {
  const std::uint64_t tick = std::clamp<std::uint64_t>(limits_.notice_ns / 8, 1, kLongestTickNs);
  std::unique_lock lock(mutex_);
  while (!closing_) {
    lock.unlock();
    bool busy = true;
    try {
      busy = busy_();
    } catch (...) {
      // No memory to ask: a look costs little.
    }
    lock.lock();
    if (!busy) {
      changed_.wait(lock, [&] { return closing_ || std::exchange(woken_, false); });
      continue;
    }
    wait_ns(changed_, lock, tick, [&] { return closing_; });
    if (closing_) return;
    tick_locked(2 * tick);
    // Successors are added at the end while this goes on.
    for (const Thread& thread : threads_) {
      try {
        look_locked(*thread);
      } catch (...) {
        // No memory or no thread for a successor: the next look tries again, unless the call returns before.
      }
    }
  }
}

void StallWatch::tick_locked(std::uint64_t most_ns) {
  const std::uint64_t now = now_ns();
  clock_ns_ += std::min(now - looked_ns_, most_ns);
  looked_ns_ = now;
}

void StallWatch::look_locked(WatchedThread& thread) {
  const std::uint64_t now = clock_ns_;
  if (thread.ended_ || thread.phase_ == WatchedThread::Phase::kUnwinding) return;
  if (const std::uint64_t answers = thread.partial_answers_.load(std::memory_order_relaxed);
      answers != thread.seen_answers_) {
    thread.seen_answers_ = answers;
    thread.answered_ns_ = now;
  }
  if (thread.phase_ == WatchedThread::Phase::kWorking) {
    const std::uint64_t call = thread.calls_.load(std::memory_order_relaxed);
    if (call != thread.seen_ || call % 2 == 0) {
      thread.seen_ = call;
      thread.since_ns_ = thread.answered_ns_ = now;
      return;
    }
    if (now - thread.since_ns_ < std::min(limits_.notice_ns, kUnwantedNs) || !take(thread)) return;
    const std::uint64_t waited = now - thread.answered_ns_;
    if (thread.watched_ == nullptr || (waited < limits_.notice_ns && !thread.watched_->unwanted())) {
      // Its things are its own again. It may be waiting for the lock in come_back() by now.
      thread.calls_.store(call, std::memory_order_release);
      return;
    }
    try {
      notice_locked(thread);
    } catch (...) {
      if (thread.phase_ == WatchedThread::Phase::kWorking) thread.calls_.store(call, std::memory_order_release);
      throw;
    }
    return;
  }
  const std::uint64_t waited = now - thread.answered_ns_;
  thread.stats_.set(thread_slot::kStalledNs, waited);
  if (thread.phase_ != WatchedThread::Phase::kStalled) return;
  if (waited >= limits_.give_up_ns || thread.watched_->unwanted()) give_up_locked(thread);
}

bool StallWatch::take(WatchedThread& thread) noexcept {
  // What there is instead, when the call has ended, is for the next look to see.
  std::uint64_t seen = thread.seen_;
  return thread.calls_.compare_exchange_strong(seen, WatchedThread::kTaken, std::memory_order_acq_rel);
}

// First what may fail, for want of memory or threads: then the thread keeps all it has until the next look.
void StallWatch::notice_locked(WatchedThread& thread) {
  const auto place = start_locked(thread.kind_);
  Device* const device = thread.watched_->device();
  // Before the rest is taken up by others.
  if (device != nullptr) device->stalled_by(1);
  try {
    *place = thread.watched_->relieve();
  } catch (...) {
    if (device != nullptr) device->stalled_by(-1);
    throw;
  }
  if (*place) thread.relieved_ = true;
  thread.phase_ = WatchedThread::Phase::kStalled;
  thread.watched_->show();
  thread.state_before_ = static_cast<ThreadState>(thread.stats_.get(thread_slot::kState));
  thread.stats_.state(ThreadState::kStalled);
  thread.device_ = device;
  if (thread.device_ != nullptr) {
    thread.answers_ = thread.device_->answers();
    devices_changed_();
  }
  stats_.set(engine_slot::kStalledThreads, ++stalled_);
  stats_.add(engine_slot::kStalls, 1);
  thread.stats_.set(thread_slot::kStalledNs, clock_ns_ - thread.answered_ns_);
  tell_locked(EventKind::kStalled, thread);
}

void StallWatch::give_up_locked(WatchedThread& thread) {
  const auto place = start_locked(thread.kind_);
  const bool unwanted = thread.watched_->unwanted();
  // One file that hangs does not condemn a device that answers for others.
  const bool dead = thread.device_ != nullptr && !unwanted && thread.device_->answers() == thread.answers_;
  // Before what waits behind the file is taken up, so that nobody else hangs there.
  if (dead) thread.device_->give_up(true);
  *place = thread.watched_->give_up(unwanted ? ErrorCode::kCancelled : ErrorCode::kStalled);
  thread.phase_ = WatchedThread::Phase::kGivenUp;
  stats_.add(engine_slot::kStallsGivenUp, 1);
  tell_locked(EventKind::kGivenUp, thread);
  if (dead) devices_changed_();
}

void StallWatch::come_back(WatchedThread& thread) {
  std::lock_guard lock(mutex_);
  // Left behind by close(), or about to be.
  if (!thread.registration_) throw Abandoned{};
  if (thread.phase_ == WatchedThread::Phase::kWorking) {
    // The watch had a look and left everything as it was.
    thread.calls_.store(thread.number_, std::memory_order_release);
    return;
  }
  thread.stats_.set(thread_slot::kStalledNs, 0);
  thread.stats_.state(thread.state_before_);
  stats_.set(engine_slot::kStalledThreads, --stalled_);
  tell_locked(EventKind::kAnswered, thread);
  if (thread.device_ != nullptr) {
    thread.device_->stalled_by(-1);
    thread.device_->give_up(false);
    devices_changed_();
  }
  if (thread.phase_ == WatchedThread::Phase::kGivenUp) {
    thread.phase_ = WatchedThread::Phase::kUnwinding;
    throw Abandoned{};
  }
  thread.phase_ = WatchedThread::Phase::kWorking;
  thread.watched_->answered();
  thread.calls_.store(thread.number_, std::memory_order_release);
}

void StallWatch::tell_locked(EventKind kind, const WatchedThread& thread) {
  events_.add(kind, (clock_ns_ - thread.answered_ns_) / 1'000'000, thread.registration_->region());
}

void StallWatch::join_ended_locked() {
  std::erase_if(threads_, [](const Thread& thread) {
    if (!thread->ended_) return false;
    thread->thread_.join();
    return true;
  });
}

void StallWatch::close() {
  std::unique_lock lock(mutex_);
  closing_ = true;
  changed_.notify_all();
  lock.unlock();
  if (watch_.joinable()) watch_.join();
  lock.lock();
  while (true) {
    join_ended_locked();
    tick_locked(2 * kClosingTickNs);
    const std::uint64_t now = clock_ns_;
    std::erase_if(threads_, [&](const Thread& thread) {
      if (thread->ended_) return false;
      if (thread->phase_ == WatchedThread::Phase::kWorking) {
        const std::uint64_t call = thread->calls_.load(std::memory_order_relaxed);
        if (call != thread->seen_ || call % 2 == 0) {
          thread->seen_ = call;
          thread->since_ns_ = now;
          return false;
        }
        if (now - thread->since_ns_ < kUnwantedNs || !take(*thread)) return false;
      }
      thread->registration_.reset();
      thread->thread_.detach();
      return true;
    });
    if (threads_.empty()) break;
    current_clock->wait(changed_, lock, kClosingTickNs);
  }
}

}  // namespace hashlane
