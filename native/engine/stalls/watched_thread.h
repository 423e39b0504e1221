// A thread whose calls to the system may wait for a device for ever, as on a dead network mount, and what
// the watch may do about it meanwhile.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>

#include "engine/stats/thread_registry.h"

namespace hashlane {

struct Device;
class StallWatch;
class WatchedThread;

/// Thrown on a thread that comes back when nobody waits for it any more. It lets go of what it holds, touches
/// nothing else, for the engine may be gone, and ends.
struct Abandoned {};

/// Goes on, on a thread of its own, in place of one that waits. Empty when nobody has to.
using Successor = std::function<void(WatchedThread&)>;

/// What a thread does, as the watch sees it. The watch calls these while the thread is inside a watched call,
/// and the thread does not come out of it meanwhile: whatever the call itself does not use may be changed.
/// None of them may wait for a device.
class Watched {
 public:
  virtual ~Watched() = default;
  /// Nobody wants what the call is for: its job was cancelled.
  [[nodiscard]] virtual bool unwanted() const = 0;
  /// Writes the path in hand, which may be newer than the one shown.
  virtual void show() = 0;
  /// What the call waits for; null when that is not known.
  [[nodiscard]] virtual Device* device() = 0;
  /// Hands over everything but the entry that the call is for. An exception leaves all as it was, here and below.
  [[nodiscard]] virtual Successor relieve() = 0;
  /// Comes after relieve(). Has the entry recorded with this error, and lets go of the job: the thread will
  /// only unwind.
  [[nodiscard]] virtual Successor give_up(ErrorCode error) = 0;
  /// The call returned after relieve(), and the thread goes on.
  virtual void answered() = 0;
};

/// Made by StallWatch::start(). What is not the watch's is for the thread itself alone.
class WatchedThread {
 public:
  WatchedThread(const WatchedThread&) = delete;
  WatchedThread& operator=(const WatchedThread&) = delete;

  [[nodiscard]] ThreadStats stats() const noexcept { return stats_; }
  /// Who answers for the calls from now on; null for nobody.
  void answer_for(Watched* watched) noexcept { watched_ = watched; }
  /// Somebody else goes on with what this thread did: once it is done with what it has in hand, it ends.
  [[nodiscard]] bool relieved() const noexcept { return relieved_; }

  /// Makes a call that may wait for a device. May throw Abandoned after it. The call itself touches nothing of the
  /// engine's or a job's, only what it and this thread share: the rest may be gone before it returns.
  template <class Call>
  auto watched(Call call) {
    // An odd number stands for a call under way. The watch sees by it that none ended.
    calls_.store(++number_, std::memory_order_release);
    // An exception ends the call as well: a number that stayed odd would be taken for a call that hangs.
    try {
      if constexpr (std::is_void_v<decltype(call())>) {
        call();
      } else {
        auto result = call();
        come_out();
        return result;
      }
    } catch (const Abandoned&) {
      throw;
    } catch (...) {
      come_out();
      throw;
    }
    come_out();
  }

  /// Inside of a call that gets several answers: one came, and the waiting begins anew.
  void answered_in_part() noexcept { partial_answers_.fetch_add(1, std::memory_order_relaxed); }

 private:
  friend class StallWatch;
  enum class Phase : std::uint8_t { kWorking, kStalled, kGivenUp, kUnwinding };
  /// Instead of the call's number, while the watch has a hand on the thread's things.
  static constexpr std::uint64_t kTaken = ~std::uint64_t{0};

  WatchedThread(std::shared_ptr<StallWatch> watch, ThreadKind kind) : watch_(std::move(watch)), kind_(kind) {}

  void come_out() {
    std::uint64_t expected = number_++;
    if (!calls_.compare_exchange_strong(expected, number_, std::memory_order_acq_rel)) [[unlikely]] {
      come_back();
    }
  }
  void come_back();

  const std::shared_ptr<StallWatch> watch_;
  const ThreadKind kind_;
  std::atomic<std::uint64_t> calls_ = 0;
  std::atomic<std::uint64_t> partial_answers_ = 0;
  /// What `calls_` was set to last by the thread.
  std::uint64_t number_ = 0;
  ThreadStats stats_;
  /// Written outside of calls only.
  Watched* watched_ = nullptr;
  bool relieved_ = false;

  // Guarded by the watch.
  std::thread thread_;
  /// Nothing before the thread has begun, and once it is left behind.
  std::optional<ThreadRegistry::Registration> registration_;
  Phase phase_ = Phase::kWorking;
  bool ended_ = false;
  /// The call that was under way at the last look, and when it was first seen.
  std::uint64_t seen_ = 0;
  std::uint64_t since_ns_ = 0;
  /// Answers inside of calls at the last look, and when the call began or the last of them came.
  std::uint64_t seen_answers_ = 0;
  std::uint64_t answered_ns_ = 0;
  ThreadState state_before_ = ThreadState::kIdle;
  Device* device_ = nullptr;
  /// What the device had answered when the call was found to hang.
  std::uint64_t answers_ = 0;
};

}  // namespace hashlane
