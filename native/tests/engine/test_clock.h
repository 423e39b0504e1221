// A clock that a test sets, in place of the engine's.
#pragma once

#include <algorithm>
#include <atomic>

#include "system/clock.h"

namespace hashlane::testing {

/// In use as long as it lives; no engine may outlive it. Goes with the system's clock, and jumps when it is told to.
class TestClock final : public Clock {
 public:
  TestClock() : before_(current_clock) { current_clock = this; }
  ~TestClock() override { current_clock = before_; }

  /// The engine's time jumps; whoever waits sees it at once.
  void advance(std::uint64_t ns) noexcept { jumped_ += ns; }
  /// How far the clock that stamps files is ahead of the system's: with a minute all files are old.
  void age_files(std::int64_t ns) noexcept { files_ahead_ = ns; }

  std::uint64_t now() noexcept override { return before_->now() + jumped_.load(); }
  std::int64_t file_time() noexcept override { return before_->file_time() + files_ahead_.load(); }
  void sleep(std::uint64_t ns) noexcept override {
    for (const std::uint64_t until = now() + ns; now() < until;) before_->sleep(std::min(ns, kLook));
  }
  void wait(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, std::uint64_t ns) override {
    before_->wait(changed, lock, std::min(ns, kLook));
  }

 private:
  /// How often those who wait look whether the time has jumped.
  static constexpr std::uint64_t kLook = 1'000'000;

  Clock* const before_;
  std::atomic<std::uint64_t> jumped_ = 0;
  std::atomic<std::int64_t> files_ahead_ = 0;
};

}  // namespace hashlane::testing
