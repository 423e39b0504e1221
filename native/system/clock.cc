#include "system/clock.h"

#include <thread>
#ifdef _WIN32
#include <windows.h>
#else
#include <ctime>
#endif

namespace hashlane {
namespace {

class SystemClock final : public Clock {
 public:
  std::uint64_t now() noexcept override {
    const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(since_start).count());
  }

  std::int64_t file_time() noexcept override {
#ifdef _WIN32
    FILETIME now{};
    ::GetSystemTimePreciseAsFileTime(&now);
    const std::int64_t ticks = (static_cast<std::int64_t>(now.dwHighDateTime) << 32) | now.dwLowDateTime;
    // FILETIME counts 100 ns from 1601 on.
    return (ticks - 116'444'736'000'000'000) * 100;
#else
    timespec now{};
#ifdef CLOCK_REALTIME_COARSE
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
#else
    ::clock_gettime(CLOCK_REALTIME, &now);
#endif
    return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
#endif
  }

  void sleep(std::uint64_t ns) noexcept override { std::this_thread::sleep_for(std::chrono::nanoseconds(ns)); }

  void wait(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, std::uint64_t ns) override {
    changed.wait_for(lock, std::chrono::nanoseconds(ns));
  }
};

}  // namespace

Clock& system_clock() noexcept {
  // Never destroyed: threads that hang may ask for the time at the end of the process.
  static auto& clock = *new SystemClock();
  return clock;
}

Clock* current_clock = &system_clock();

}  // namespace hashlane
