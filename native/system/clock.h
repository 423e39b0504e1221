// The engine's time. A test can put a clock of its own in its place, and need not wait for anything.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace hashlane {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Nanoseconds of the monotonic clock.
  [[nodiscard]] virtual std::uint64_t now() noexcept = 0;
  /// Nanoseconds since 1970 by the clock that stamps files here, as coarse as it does.
  [[nodiscard]] virtual std::int64_t file_time() noexcept = 0;
  virtual void sleep(std::uint64_t ns) noexcept = 0;
  /// Waits until it is woken, for so long at most.
  virtual void wait(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, std::uint64_t ns) = 0;
};

/// The system's.
[[nodiscard]] Clock& system_clock() noexcept;
/// The one in use. Replaced by tests alone, while no engine runs.
extern Clock* current_clock;

inline std::uint64_t now_ns() noexcept { return current_clock->now(); }
inline std::int64_t file_clock_ns() noexcept { return current_clock->file_time(); }
inline void sleep_ns(std::uint64_t ns) noexcept { current_clock->sleep(ns); }

/// Waits until `done` says so, for so long at most; what it said last.
template <class Done>
bool wait_ns(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, std::uint64_t ns, Done done) {
  const std::uint64_t until = now_ns() + ns;
  while (!done()) {
    const std::uint64_t now = now_ns();
    if (now >= until) return false;
    current_clock->wait(changed, lock, until - now);
  }
  return true;
}

}  // namespace hashlane
