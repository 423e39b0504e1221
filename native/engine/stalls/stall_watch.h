// Sees threads that have had no answer from a device for long, lets others go on with their work, and in the
// end gives up what they wait for. Also keeps all threads that may wait so, for they cannot be joined.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "engine/stalls/watched_thread.h"
#include "engine/stats/event_ring.h"

namespace hashlane {

struct StallLimits {
  /// Without an answer for so long a thread counts as stalled. A disk that spins up takes up to 20 s, so
  /// nothing is lost by that alone.
  std::uint64_t notice_ns = 5'000'000'000;
  /// What it waits for is given up after so long.
  std::uint64_t give_up_ns = 120'000'000'000;
};

/// Thread-safe. Its threads share it, and outlive the engine when they hang; of the engine's parts they touch
/// none then but `kept`.
class StallWatch : public std::enable_shared_from_this<StallWatch> {
 public:
  /// All but `kept` need to live until close(). `busy`: whether any job has not ended. `devices_changed` is
  /// called when a device is found to hang, was given up, or answers again.
  StallWatch(const StatsBlock& stats, ThreadRegistry& registry, EventRing& events, StallLimits limits,
             std::shared_ptr<void> kept, std::function<bool()> busy, std::function<void()> devices_changed);
  ~StallWatch();
  StallWatch(const StallWatch&) = delete;
  StallWatch& operator=(const StallWatch&) = delete;

  /// Runs `work` on a new thread.
  void start(ThreadKind kind, Successor work);
  /// A job was started.
  void wake();
  /// Waits for all threads, which must have been told to end, save those that hang: these are left behind. Does
  /// nothing the second time.
  void close();

 private:
  friend class WatchedThread;
  using Thread = std::shared_ptr<WatchedThread>;

  /// A thread for what is put into the place given back, while the lock is held. It is made first: what is handed over
  /// without a thread to take it would be lost.
  [[nodiscard]] std::shared_ptr<Successor> start_locked(ThreadKind kind);
  void run(const Thread& thread, const std::shared_ptr<Successor>& place);
  void watch();
  void look_locked(WatchedThread& thread);
  /// Lets the clock go on by the time since the last look, but for no more than this.
  void tick_locked(std::uint64_t most_ns);
  [[nodiscard]] static bool take(WatchedThread& thread) noexcept;
  void notice_locked(WatchedThread& thread);
  void give_up_locked(WatchedThread& thread);
  void come_back(WatchedThread& thread);
  void tell_locked(EventKind kind, const WatchedThread& thread);
  void join_ended_locked();

  const StatsRegion stats_;
  ThreadRegistry& registry_;
  EventRing& events_;
  const StallLimits limits_;
  const std::shared_ptr<void> kept_;
  const std::function<bool()> busy_;
  const std::function<void()> devices_changed_;

  std::mutex mutex_;
  /// A thread has ended, a job was started, or the engine closes.
  std::condition_variable changed_;
  std::list<Thread> threads_;
  /// The time that the watch was there to see. A process that was stopped, or a machine that slept, waited for nothing.
  std::uint64_t clock_ns_ = 0;
  /// When the last look was, by the system's clock.
  std::uint64_t looked_ns_ = 0;
  std::uint64_t stalled_ = 0;
  bool woken_ = false;
  bool closing_ = false;
  std::thread watch_;
};

}  // namespace hashlane
