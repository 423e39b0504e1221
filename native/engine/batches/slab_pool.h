// The slabs that sealed batches are written to. JavaScript owns the memory; the engine and it pass
// slabs back and forth by number.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "engine/stats/stats_block.h"

namespace hashlane {

class SlabPool {
 public:
  /// `memory`: aligned to 64 bytes, a whole number of slabs; outlives the pool.
  SlabPool(std::span<std::byte> memory, std::size_t slab_bytes, StatsRegion stats);

  /// A free slab; waits until the receiver gives one back. Nothing once stop() was called.
  [[nodiscard]] std::optional<std::uint32_t> acquire();
  /// A free slab if there is one now.
  [[nodiscard]] std::optional<std::uint32_t> try_acquire();
  void release(std::uint32_t slab);
  /// Brings the age of the slab that has been away for longest up to date in the stats.
  void stamp(std::uint64_t now);
  void stop();

  [[nodiscard]] std::span<std::byte> bytes(std::uint32_t slab) const noexcept {
    return memory_.subspan(slab * slab_bytes_, slab_bytes_);
  }
  [[nodiscard]] std::size_t slab_bytes() const noexcept { return slab_bytes_; }

 private:
  std::uint32_t take_locked();

  const std::span<std::byte> memory_;
  const std::size_t slab_bytes_;
  const StatsRegion stats_;
  std::mutex mutex_;
  std::condition_variable released_;
  std::vector<std::uint32_t> free_;
  /// When each was given; 0 for those that are free.
  std::vector<std::uint64_t> given_ns_;
  bool stopped_ = false;
};

}  // namespace hashlane
