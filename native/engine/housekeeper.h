// The thread that keeps time: seals batches that have waited long enough, brings the stats block
// up to date, and gives memory back when nothing has happened for a while.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/jobs/scheduler.h"
#include "engine/stats/event_ring.h"
#include "engine/stats/thread_registry.h"
#include "memory/buffer_pools.h"

namespace hashlane {

class Housekeeper {
 public:
  Housekeeper(Scheduler& scheduler, BufferPools& pools, SlabPool& slabs, const StatsBlock& stats,
              ThreadRegistry& threads, EventRing& events);
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

  /// A job was started or has ended.
  void wake();

 private:
  void run();
  void publish(std::uint64_t now);
  void publish_batches(const std::vector<std::shared_ptr<Job>>& jobs, std::uint64_t now);

  Scheduler& scheduler_;
  BufferPools& pools_;
  SlabPool& slabs_;
  const StatsBlock stats_;
  EventRing& events_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace hashlane
