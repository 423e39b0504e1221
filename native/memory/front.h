// What one thread keeps ready of the small blocks, so that most leases begin and end without a lock.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "memory/owner_gate.h"

namespace hashlane {

class BufferPools;

/// The blocks are the owner's while he is through the gate, and the pools' while it is closed or while the
/// owner holds the pools' lock. Of the counters each is written by the owner alone.
class alignas(64) Front {
 public:
  static constexpr std::size_t kClasses = 3;
  /// Blocks that go between a front and the pools at once, and that a front has of a class at most.
  static constexpr std::size_t kLot = 32;
  static constexpr std::size_t kMost = 3 * kLot;

  struct Kept {
    std::array<std::byte*, kMost> blocks;
    std::size_t count = 0;
    std::atomic<std::uint64_t> begun = 0;
    std::atomic<std::uint64_t> ended = 0;
  };

  /// The calling thread's front of these pools; made at the first call, null without memory or when the
  /// thread is about to end.
  [[nodiscard]] static Front* of(BufferPools& pools, std::uint64_t id) noexcept {
    return cached_id_ == id ? cached_ : find(pools, id);
  }
  /// The pools end: threads forget their fronts.
  static void forget(BufferPools& pools) noexcept;

  /// Null when there is none, or the gate is closed.
  [[nodiscard]] std::byte* take(std::size_t index) noexcept {
    if (!gate.enter()) return nullptr;
    Kept& kept = classes[index];
    std::byte* const block = kept.count > 0 ? kept.blocks[--kept.count] : nullptr;
    if (block != nullptr) count_own(kept.begun);
    gate.leave();
    return block;
  }
  /// False when it is full, or the gate is closed.
  [[nodiscard]] bool put(std::size_t index, std::byte* block) noexcept {
    if (!gate.enter()) return false;
    Kept& kept = classes[index];
    const bool room = kept.count < kMost;
    if (room) {
      kept.blocks[kept.count++] = block;
      count_own(kept.ended);
    }
    gate.leave();
    return room;
  }

  OwnerGate gate;
  std::array<Kept, kClasses> classes;
  /// The pools' other fronts. Guarded by the pools.
  Front* before = nullptr;
  Front* after = nullptr;

 private:
  friend struct ThreadFronts;
  static Front* find(BufferPools& pools, std::uint64_t id) noexcept;
  static void count_own(std::atomic<std::uint64_t>& counter) noexcept {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

  static thread_local constinit std::uint64_t cached_id_;
  static thread_local constinit Front* cached_;

  std::uint64_t id_ = 0;
  /// Null once the pools have ended. Guarded as the list of all fronts is.
  BufferPools* pools_ = nullptr;
  /// The thread's other fronts.
  Front* next_of_thread_ = nullptr;
};

}  // namespace hashlane
