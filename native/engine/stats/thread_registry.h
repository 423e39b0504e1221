// Which region of the stats block each thread writes to.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>

#include "engine/stats/stats_block.h"

namespace hashlane {

/// Thread-safe. Outlives its registrations.
class ThreadRegistry {
 public:
  explicit ThreadRegistry(const StatsBlock& stats);

  /// A thread's claim to a region; gives it back, cleared, at the end. Move-only.
  class Registration {
   public:
    Registration(Registration&& other) noexcept : registry_(other.registry_), region_(other.region_) {
      other.registry_ = nullptr;
    }
    Registration& operator=(Registration&&) = delete;
    ~Registration();

    [[nodiscard]] ThreadStats stats() const noexcept { return registry_->stats_of(region_); }
    /// Index of the region; kMaxThreads for a thread that has none.
    [[nodiscard]] std::size_t region() const noexcept { return region_; }

   private:
    friend class ThreadRegistry;
    Registration(ThreadRegistry& registry, std::size_t region) : registry_(&registry), region_(region) {}
    ThreadRegistry* registry_;
    std::size_t region_;
  };

  /// The lowest free region, for the calling thread: it ends the registration too. A thread beyond the last
  /// one is not seen from outside.
  [[nodiscard]] Registration add(ThreadKind kind);

 private:
  [[nodiscard]] ThreadStats stats_of(std::size_t region) const noexcept;

  const StatsBlock stats_;
  std::mutex mutex_;
  std::array<bool, kMaxThreads> taken_{};
  /// Where threads without a region write to; nobody reads it.
  mutable std::array<std::uint64_t, kThreadRegionSlots> unseen_{};
};

}  // namespace hashlane
