// Pooled, aligned buffers in size classes under one ceiling. Buffers are not zeroed: whoever leases
// one must write before reading. A lease gives its block back when it goes out of scope.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace hashlane {

class BufferPools;

/// A block of a pool, owned until destruction. Move-only.
class Lease {
 public:
  Lease() = default;
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&& other) noexcept;
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() { give_back(); }

  /// The whole block; at least as long as was asked for, aligned to a page. Empty for no lease.
  [[nodiscard]] std::span<std::byte> bytes() const noexcept { return bytes_; }
  explicit operator bool() const noexcept { return pools_ != nullptr; }

 private:
  friend class BufferPools;
  Lease(BufferPools* pools, std::size_t pool, std::span<std::byte> bytes) : pools_(pools), pool_(pool), bytes_(bytes) {}
  void give_back() noexcept;

  BufferPools* pools_ = nullptr;
  std::size_t pool_ = 0;
  std::span<std::byte> bytes_;
};

/// What one size class holds. Bytes and blocks; see shared/stats/layout.ts.
struct PoolReading {
  std::uint64_t block_bytes, held, in_use, peak, hits, misses, trimmed;
};

struct MemoryReading {
  std::uint64_t ceiling, held, peak, waits, wait_ns, trims, trimmed_bytes;
};

/// Thread-safe. Outlives every lease.
class BufferPools {
 public:
  /// From a small file's read to a slice that stays in the second-level cache, and larger for feeds.
  static constexpr std::array<std::size_t, 4> kBlockBytes = {16u << 10, 64u << 10, 256u << 10, 1u << 20};
  static constexpr std::size_t kLargest = kBlockBytes.back();

  /// `ceiling`: bytes that all blocks together may take, in use or free.
  explicit BufferPools(std::size_t ceiling);
  ~BufferPools();
  BufferPools(const BufferPools&) = delete;
  BufferPools& operator=(const BufferPools&) = delete;

  /// A block of at least `bytes` (at most kLargest); waits at the ceiling until another lease ends.
  /// No lease when the system has no memory or stop_waiting() was called.
  [[nodiscard]] Lease lease(std::size_t bytes);
  /// The same without waiting: no lease at the ceiling.
  [[nodiscard]] Lease try_lease(std::size_t bytes);
  /// Without waiting, over the ceiling if need be: for the JavaScript thread.
  [[nodiscard]] Lease lease_now(std::size_t bytes);
  /// Gives free blocks back to the system; returns their bytes.
  std::size_t trim();
  /// Wakes all who wait, now and later; used when the engine closes.
  void stop_waiting();

  [[nodiscard]] std::size_t ceiling() const noexcept { return ceiling_; }
  [[nodiscard]] PoolReading pool_reading(std::size_t pool) const;
  [[nodiscard]] MemoryReading memory_reading() const;

 private:
  friend class Lease;
  struct Pool {
    std::vector<std::byte*> free;
    PoolReading reading{};
  };

  const std::size_t ceiling_;
  std::optional<Lease> take_locked(std::size_t pool, bool over_ceiling);
  std::size_t trim_locked();
  void put_back(std::size_t pool, std::byte* block) noexcept;

  mutable std::mutex mutex_;
  std::condition_variable returned_;
  std::array<Pool, kBlockBytes.size()> pools_;
  MemoryReading memory_{};
  bool out_of_memory_ = false;
  bool stopped_ = false;
};

}  // namespace hashlane
