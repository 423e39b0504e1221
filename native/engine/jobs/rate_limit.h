// How fast a job may read. Nobody waits with a worker: a job that has read its share is passed over until it may go on.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "system/clock.h"

namespace hashlane {

/// Thread-safe; shared by all who read for the job.
class RateLimit {
 public:
  /// 0: no limit.
  explicit RateLimit(std::uint64_t bytes_per_second) noexcept : rate_(bytes_per_second) {}

  [[nodiscard]] bool limited() const noexcept { return rate_ > 0; }
  /// Bytes to read in one go, so that the flow stays even; a multiple of a page.
  [[nodiscard]] std::size_t at_once(std::size_t most) const noexcept {
    constexpr std::uint64_t kLeast = 256u << 10;
    constexpr std::uint64_t kPage = 4096;
    if (!limited()) return most;
    return static_cast<std::size_t>(std::min<std::uint64_t>(most, std::max(kLeast, rate_ / 8 / kPage * kPage)));
  }
  /// So many bytes were read. What was not used before is not made up for, beyond a moment's worth.
  void used(std::uint64_t bytes) noexcept {
    if (!limited()) return;
    constexpr std::uint64_t kMoment = 50'000'000;
    const auto cost = static_cast<std::uint64_t>(static_cast<double>(bytes) * 1e9 / static_cast<double>(rate_));
    const std::uint64_t earliest = now_ns() - kMoment;
    std::uint64_t before = until_ns_.load(std::memory_order_relaxed);
    while (!until_ns_.compare_exchange_weak(before, std::max(before, earliest) + cost, std::memory_order_relaxed)) {
    }
  }
  /// When the next byte may be read, by now_ns(); may be past.
  [[nodiscard]] std::uint64_t until_ns() const noexcept { return until_ns_.load(std::memory_order_relaxed); }
  [[nodiscard]] bool exhausted() const noexcept { return limited() && now_ns() < until_ns(); }

 private:
  const std::uint64_t rate_;
  std::atomic<std::uint64_t> until_ns_ = 0;
};

}  // namespace hashlane
