// The engine: jobs in, batches out. Knows nothing of JavaScript.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <unordered_map>

#include "engine/files/devices.h"
#include "engine/housekeeper.h"
#include "engine/jobs/feed.h"
#include "engine/stalls/stall_watch.h"
#include "engine/stats/event_ring.h"
#include "engine/stats/thread_registry.h"
#include "engine/walk/listers.h"
#include "engine/workers/worker.h"

namespace hashlane {

/// Memory given here is the caller's and outlives the engine.
struct EngineOptions {
  /// Worker threads, 1 to kMaxWorkers.
  std::size_t threads = 1;
  /// Ceiling of the buffer pools, bytes; at least one largest block per thread is granted anyway.
  std::size_t memory_limit = 256u << 20;
  /// Aligned to 64 bytes; a whole number of slabs, at least two.
  std::span<std::byte> slabs;
  /// At least 256 KiB, at most kMaxBatchBytes, a multiple of 64.
  std::size_t slab_bytes = 512u << 10;
  /// kStatsSlots of them, aligned to 64 bytes, zeroed.
  std::span<std::uint64_t> stats;
  /// Who tells how short memory is; the system when null.
  PressureSource* pressure = nullptr;
  /// When a device that does not answer is noticed, and given up.
  StallLimits stalls;
};

enum class StartError : std::uint8_t { kNone, kTooManyJobs, kKernelUnavailable, kDuplicateId };

/// Thread-safe. No call waits for work to be done, so that the JavaScript thread may make them all.
class Engine {
 public:
  Engine(const EngineOptions& options, Delivery& delivery);
  /// Drops whatever is unfinished and joins all threads, save those that wait for a device which does not answer:
  /// they are left behind and touch nothing of the engine any more. Cancel and wait for the ends to close in order.
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  struct Started {
    StartError error;
    JobId job;
    std::size_t slot;
  };
  Started start(JobSpec spec);
  /// Jobs that have ended or never were are passed over.
  void pause(JobId job);
  void resume(JobId job);
  void cancel(JobId job);

  /// 0 when the job has no feed left to open. `size`: bytes that will come, where that is known.
  FeedId open_feed(JobId job, std::string name, std::uint16_t root, std::optional<std::uint64_t> size = {});
  /// False when the feed has ended or its last operation is not answered yet. At most
  /// BufferPools::kLargest bytes, which are copied.
  [[nodiscard]] bool write_feed(FeedId feed, std::span<const std::byte> bytes);
  [[nodiscard]] bool end_feed(FeedId feed);
  [[nodiscard]] bool abort_feed(FeedId feed, ErrorCode reason);

  void release_slab(std::uint32_t slab) { slabs_.release(slab); }

 private:
  [[nodiscard]] std::shared_ptr<Job> find(JobId job);
  [[nodiscard]] std::optional<std::size_t> free_slot_locked();
  [[nodiscard]] bool give(FeedId feed, Feed::Operation operation);
  [[nodiscard]] Successor walk(const std::shared_ptr<Job>& job);
  void finish(const std::shared_ptr<Job>& job);
  void shut();

  const StatsBlock stats_;
  Delivery& delivery_;
  /// Shared with threads that hang: they give back what they have when the engine may be gone.
  const std::shared_ptr<BufferPools> pools_;
  const std::unique_ptr<PressureSource> system_pressure_;
  SlabPool slabs_;
  ThreadRegistry thread_registry_;
  EventRing events_;
  Scheduler scheduler_;
  Devices devices_;
  const std::shared_ptr<StallWatch> watch_;
  Listers listers_;
  Prefetcher prefetcher_;
  Housekeeper housekeeper_;
  WorkerServices services_;

  std::mutex mutex_;
  JobId next_job_ = 1;
  FeedId next_feed_ = 1;
  std::size_t next_slot_ = 0;
  std::array<std::weak_ptr<Job>, kMaxJobs> slots_;
  std::unordered_map<FeedId, std::weak_ptr<Job>> feeds_;
};

}  // namespace hashlane
