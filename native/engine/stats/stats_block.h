// The stats block as the engine writes it: relaxed atomic stores into memory that JavaScript owns
// and reads whenever it likes. Layout: shared/stats/layout.ts.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>

#include "contract/contract.h"

namespace hashlane {

/// Some slots of the block. Copyable; the memory outlives the engine.
class StatsRegion {
 public:
  StatsRegion() = default;
  explicit StatsRegion(std::uint64_t* slots) : slots_(slots) {}

  void set(std::size_t slot, std::uint64_t value) const noexcept {
    std::atomic_ref(slots_[slot]).store(value, std::memory_order_relaxed);
  }
  void add(std::size_t slot, std::uint64_t amount) const noexcept {
    if (amount != 0) std::atomic_ref(slots_[slot]).fetch_add(amount, std::memory_order_relaxed);
  }
  /// Cheaper than add(); only for slots that one thread alone writes.
  void add_own(std::size_t slot, std::uint64_t amount) const noexcept { set(slot, get(slot) + amount); }
  [[nodiscard]] std::uint64_t get(std::size_t slot) const noexcept {
    return std::atomic_ref(slots_[slot]).load(std::memory_order_relaxed);
  }
  void clear(std::size_t count) const noexcept {
    for (std::size_t slot = 0; slot < count; ++slot) set(slot, 0);
  }

 private:
  std::uint64_t* slots_ = nullptr;
};

/// A thread's region. Written by that thread alone.
class ThreadStats : public StatsRegion {
 public:
  using StatsRegion::StatsRegion;

  void state(ThreadState state) const noexcept {
    set(thread_slot::kState, static_cast<std::uint64_t>(state));
    add_own(thread_slot::kSteps, 1);
  }

  /// What the thread has in hand; the end of the path is kept when it is long.
  void entry(std::uint64_t job, std::uint64_t id, std::string_view prefix, std::string_view name) const noexcept {
    alignas(8) char text[kThreadNameBytes] = {};
    const std::size_t leaf = std::min(name.size(), kThreadNameBytes);
    const std::size_t above = std::min(prefix.size(), kThreadNameBytes - leaf);
    prefix.substr(prefix.size() - above).copy(text, above);
    name.substr(name.size() - leaf).copy(text + above, leaf);
    // A sequence lock: the counter is odd while the name is being rewritten.
    const std::uint64_t version = get(thread_slot::kNameVersion);
    set(thread_slot::kNameVersion, version + 1);
    std::atomic_thread_fence(std::memory_order_release);
    const std::size_t length = above + leaf;
    for (std::size_t at = 0; at < length; at += 8) {
      std::uint64_t word;
      std::memcpy(&word, text + at, 8);
      set(thread_slot::kName + at / 8, word);
    }
    set(thread_slot::kNameLength, length);
    set(thread_slot::kJobId, job);
    set(thread_slot::kEntryId, id);
    std::atomic_thread_fence(std::memory_order_release);
    set(thread_slot::kNameVersion, version + 2);
  }
};

class StatsBlock {
 public:
  /// `slots`: kStatsSlots of them, aligned to 64 bytes, zeroed.
  explicit StatsBlock(std::span<std::uint64_t> slots) : slots_(slots) {
    engine().set(engine_slot::kMagic, kStatsMagic);
  }

  [[nodiscard]] StatsRegion engine() const noexcept { return StatsRegion(slots_.data()); }
  [[nodiscard]] ThreadStats thread(std::size_t index) const noexcept {
    return ThreadStats(slots_.data() + kThreadsAt + index * kThreadRegionSlots);
  }
  [[nodiscard]] StatsRegion job(std::size_t slot) const noexcept {
    return StatsRegion(slots_.data() + kJobsAt + slot * kJobRegionSlots);
  }
  [[nodiscard]] StatsRegion pool(std::size_t index) const noexcept {
    return StatsRegion(slots_.data() + kPoolsAt + index * kPoolRegionSlots);
  }
  [[nodiscard]] StatsRegion algorithm(AlgorithmId id) const noexcept {
    return StatsRegion(slots_.data() + kAlgorithmsAt + static_cast<std::size_t>(id) * kAlgorithmRegionSlots);
  }
  /// `index`: below kMaxDevices.
  [[nodiscard]] StatsRegion device(std::size_t index) const noexcept {
    return StatsRegion(slots_.data() + kDevicesAt + index * kDeviceRegionSlots);
  }
  /// `index`: below kMaxEvents. EventRing is who writes them.
  [[nodiscard]] StatsRegion event(std::size_t index) const noexcept {
    return StatsRegion(slots_.data() + kEventsAt + index * kEventRegionSlots);
  }
  [[nodiscard]] std::uint64_t reason(ErrorCode code) const noexcept {
    return StatsRegion(slots_.data() + kReasonsAt).get(static_cast<std::size_t>(code));
  }
  /// Counts an entry that got no digest.
  void count_reason(ErrorCode code) const noexcept {
    static_assert(kErrorCodes <= kMaxReasons);
    StatsRegion(slots_.data() + kReasonsAt).add(static_cast<std::size_t>(code), 1);
  }

 private:
  std::span<std::uint64_t> slots_;
};

}  // namespace hashlane
