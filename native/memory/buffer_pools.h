// Pooled, aligned buffers in size classes under one ceiling. Buffers are not zeroed: whoever leases
// one must write before reading. A lease gives its block back when it goes out of scope, on whichever thread.
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <span>
#include <utility>

#include "memory/front.h"
#include "memory/small_blocks.h"

namespace hashlane {

class BufferPools;

/// A block of a pool, owned until destruction. Move-only.
class Lease {
 public:
  Lease() = default;
  Lease(Lease&& other) noexcept
      : pools_(std::exchange(other.pools_, nullptr)),
        pool_(other.pool_),
        reader_(other.reader_),
        bytes_(std::exchange(other.bytes_, {})) {}
  Lease& operator=(Lease&& other) noexcept {
    if (this == &other) return *this;
    give_back();
    pools_ = std::exchange(other.pools_, nullptr);
    pool_ = other.pool_;
    reader_ = other.reader_;
    bytes_ = std::exchange(other.bytes_, {});
    return *this;
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { give_back(); }

  /// The whole block; at least as long as was asked for, aligned to its length or a page, whichever is less.
  /// Empty for no lease.
  [[nodiscard]] std::span<std::byte> bytes() const noexcept { return bytes_; }
  explicit operator bool() const noexcept { return pools_ != nullptr; }

 private:
  friend class BufferPools;
  Lease(BufferPools* pools, std::uint32_t pool, bool reader, std::span<std::byte> bytes)
      : pools_(pools), pool_(pool), reader_(reader), bytes_(bytes) {}
  inline void give_back() noexcept;

  BufferPools* pools_ = nullptr;
  std::uint32_t pool_ = 0;
  /// Not by lease_now().
  bool reader_ = false;
  std::span<std::byte> bytes_;
};

/// What one size class holds. Bytes and blocks; see shared/stats/layout.ts. Of small blocks `peak` counts those
/// that threads keep ready as well.
struct PoolReading {
  std::uint64_t block_bytes, held, in_use, peak, hits, misses, trimmed;
};

struct MemoryReading {
  std::uint64_t ceiling, allowed, held, peak, waits, wait_ns, trims, trimmed_bytes;
  /// Of `trimmed_bytes`: given back because another class needed the room.
  std::uint64_t trimmed_for_room;
};

/// Thread-safe. Outlives every lease. Small blocks come in slabs, and go through a front of each thread; blocks
/// for reading are leased so seldom, and for so long, that one lock serves them all.
class BufferPools {
 public:
  /// Small ones for what is brought in pieces; from a small file's read to a slice that stays in the second-level
  /// cache, and larger for feeds.
  static constexpr std::array<std::size_t, 7> kBlockBytes = {64,        256,        1u << 10, 16u << 10,
                                                             64u << 10, 256u << 10, 1u << 20};
  static constexpr std::size_t kSmallClasses = Front::kClasses;
  static constexpr std::size_t kLargest = kBlockBytes.back();

  /// `ceiling`: bytes that all blocks together may take, in use or free. `least`: of these, what readers get
  /// whatever is allowed and whatever lease_now() has taken, so that somebody can always go on.
  explicit BufferPools(std::size_t ceiling, std::size_t least = 0);
  ~BufferPools();
  BufferPools(const BufferPools&) = delete;
  BufferPools& operator=(const BufferPools&) = delete;

  /// A block of at least `bytes` (at most kLargest); waits at the ceiling until another lease ends.
  /// No lease when the system has no memory or stop_waiting() was called.
  [[nodiscard]] Lease lease(std::size_t bytes) { return begin(bytes, Manner::kWait); }
  /// The same without waiting: no lease at the ceiling, nor while others wait.
  [[nodiscard]] Lease try_lease(std::size_t bytes) { return begin(bytes, Manner::kTry); }
  /// Without waiting, over the ceiling if need be: for the JavaScript thread.
  [[nodiscard]] Lease lease_now(std::size_t bytes) { return begin(bytes, Manner::kNow); }
  /// Gives free blocks back to the system, those that threads keep ready included; returns their bytes.
  std::size_t trim();
  /// From now on the blocks may take this much, between `least` and the ceiling. What is free beyond it goes back
  /// to the system now, what is in use when its lease ends. Returns the bytes that went.
  std::size_t allow(std::size_t bytes);
  /// Wakes all who wait, now and later; used when the engine closes.
  void stop_waiting();

  [[nodiscard]] std::size_t ceiling() const noexcept { return ceiling_; }
  [[nodiscard]] std::size_t least() const noexcept { return least_; }
  [[nodiscard]] PoolReading pool_reading(std::size_t pool) const;
  [[nodiscard]] MemoryReading memory_reading() const;

 private:
  friend class Lease;
  friend class Front;
  friend struct ThreadFronts;
  enum class Manner : std::uint8_t { kWait, kTry, kNow };

  /// A class of its own blocks.
  struct Pool {
    /// Free blocks; each begins with the address of the next.
    std::byte* free = nullptr;
    std::uint64_t free_count = 0;
    PoolReading reading{};
  };
  /// A class of small blocks: what did not go through a front that is still there.
  struct SmallPool {
    explicit SmallPool(std::size_t block_bytes) : blocks(block_bytes) {}
    SmallBlocks blocks;
    std::uint64_t begun = 0, ended = 0, peak = 0, misses = 0, trimmed = 0;
  };

  [[nodiscard]] static constexpr std::size_t class_for(std::size_t bytes) noexcept;
  // Through the thread's front; where that has no block, or no room for one, the others do it.
  [[nodiscard]] inline Lease begin(std::size_t bytes, Manner manner);
  [[nodiscard]] Lease begin_at_pools(std::size_t index, Manner manner, Front* front);
  inline void end(std::size_t index, std::byte* block, bool reader) noexcept;
  void end_at_pools(std::size_t index, std::byte* block, bool reader, Front* front) noexcept;

  // All of these with the lock held.
  [[nodiscard]] std::byte* take(std::size_t index, Manner manner, Front* front);
  [[nodiscard]] std::byte* take_small(std::size_t index, Manner manner, Front* front);
  [[nodiscard]] std::byte* take_large(std::size_t index, Manner manner);
  [[nodiscard]] std::byte* wait_for(std::size_t index, Front* front, std::unique_lock<std::mutex>& lock);
  [[nodiscard]] bool make_room(std::size_t bytes, bool reader, Manner manner);
  void hold(std::size_t bytes);
  std::size_t give_to_system();
  std::size_t sweep();
  [[nodiscard]] bool out_of_memory(bool failed) noexcept;

  // Fronts.
  void admit(Front& front);
  void dismiss(Front& front);
  void close_fronts();
  void open_fronts();
  void empty_front(Front& front);

  const std::uint64_t id_;
  const std::size_t ceiling_;
  const std::size_t least_;
  // On a line of its own: what is above is read at every lease.
  alignas(64) mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::array<SmallPool, kSmallClasses> small_;
  std::array<Pool, kBlockBytes.size() - kSmallClasses> large_;
  MemoryReading memory_{};
  Front* fronts_ = nullptr;
  /// Who waits at the ceiling. Meanwhile all fronts are closed, and every lease that ends is heard of.
  std::size_t waiting_ = 0;
  /// Bytes of blocks for reading that are in use.
  std::size_t readers_ = 0;
  bool out_of_memory_ = false;
  bool stopped_ = false;
};

inline void Lease::give_back() noexcept {
  if (pools_ == nullptr) return;
  pools_->end(pool_, bytes_.data(), reader_);
  pools_ = nullptr;
  bytes_ = {};
}

constexpr std::size_t BufferPools::class_for(std::size_t bytes) noexcept {
  std::size_t index = 0;
  while (index + 1 < kBlockBytes.size() && kBlockBytes[index] < bytes) ++index;
  return index;
}

inline Lease BufferPools::begin(std::size_t bytes, Manner manner) {
  const std::size_t index = class_for(bytes);
  if (index >= kSmallClasses) return begin_at_pools(index, manner, nullptr);
  Front* const front = Front::of(*this, id_);
  std::byte* const block = front != nullptr ? front->take(index) : nullptr;
  if (block == nullptr) return begin_at_pools(index, manner, front);
  return {this, static_cast<std::uint32_t>(index), false, {block, kBlockBytes[index]}};
}

inline void BufferPools::end(std::size_t index, std::byte* block, bool reader) noexcept {
  Front* const front = index < kSmallClasses ? Front::of(*this, id_) : nullptr;
  if (front == nullptr || !front->put(index, block)) end_at_pools(index, block, reader, front);
}

}  // namespace hashlane
