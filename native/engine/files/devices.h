// The devices that files lie on: how many workers may read from each at once, and whether it answers.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "engine/stats/stats_block.h"
#include "io/device.h"

namespace hashlane {

/// A device and who reads from it.
class Device {
 public:
  /// `stats`: the device's region.
  Device(std::uint64_t id, DeviceClass kind, StatsRegion stats);

  const DeviceClass kind;
  /// Workers that may have files of it in hand.
  const std::size_t readers;

  /// Whether jumping from file to file costs so much that only small files are read side by side.
  [[nodiscard]] bool in_order() const noexcept { return kind == DeviceClass::kRotational; }

  /// Whether one more worker may take files of it. While a thread hangs on it, few more are lost to it.
  [[nodiscard]] bool has_turn() const noexcept { return active_ < (stalled() ? readers_when_stalled_ : readers); }
  /// Whether somebody may wait for a turn. Turns are guarded by the scheduler.
  [[nodiscard]] bool is_crowded() const noexcept {
    return active_ + 1 >= (stalled() ? readers_when_stalled_ : readers);
  }
  void take_turn() noexcept { stats_.set(device_slot::kActive, ++active_); }
  void give_turn() noexcept { stats_.set(device_slot::kActive, --active_); }

  /// It gave something; `bytes` of a file perhaps.
  void answered(std::uint64_t bytes) const noexcept {
    answers_.fetch_add(1, std::memory_order_relaxed);
    stats_.add(device_slot::kBytesRead, bytes);
  }
  [[nodiscard]] std::uint64_t answers() const noexcept { return answers_.load(std::memory_order_relaxed); }

  /// Threads that it does not answer. Counted by the watch.
  [[nodiscard]] bool stalled() const noexcept { return stalled_.load(std::memory_order_relaxed) > 0; }
  void stalled_by(int threads) noexcept;
  /// Given up: nothing of it is touched until a call that hangs returns.
  [[nodiscard]] bool given_up() const noexcept { return given_up_.load(std::memory_order_relaxed); }
  void give_up(bool given_up) noexcept;

 private:
  const StatsRegion stats_;
  const std::size_t readers_when_stalled_;
  std::size_t active_ = 0;
  mutable std::atomic<std::uint64_t> answers_ = 0;
  std::atomic<int> stalled_ = 0;
  std::atomic<bool> given_up_ = false;
};

/// Thread-safe. Devices live as long as the table.
class Devices {
 public:
  explicit Devices(const StatsBlock& stats) : stats_(stats) {}

  /// A device that was met. The first kMaxDevices are shown in the stats.
  void add(std::uint64_t device, const DeviceFacts& facts);
  /// The device with this number of FileFacts; null when it was not met yet.
  [[nodiscard]] Device* known(std::uint64_t device);

 private:
  [[nodiscard]] StatsRegion region_locked(const std::string& name);

  const StatsBlock stats_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::unique_ptr<Device>> devices_;
  /// Where devices write to that are not shown.
  alignas(64) std::array<std::uint64_t, kDeviceRegionSlots> unseen_{};
};

/// Readers for a class: as many as there are workers, but for heads that would have to jump and
/// servers that have others to serve.
std::size_t readers_for(DeviceClass kind) noexcept;

}  // namespace hashlane
