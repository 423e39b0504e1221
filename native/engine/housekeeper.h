// The thread that keeps time: seals batches that have waited long enough, brings the stats block
// up to date, gives memory back when nothing has happened for a while, and looks after it while something does.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/jobs/scheduler.h"
#include "engine/memory_keeper.h"
#include "engine/stats/thread_registry.h"

namespace hashlane {

class Housekeeper {
 public:
  Housekeeper(Scheduler& scheduler, BufferPools& pools, SlabPool& slabs, PressureSource& pressure,
              const StatsBlock& stats, ThreadRegistry& threads, EventRing& events);
  ~Housekeeper();
  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

  /// A job was started or has ended.
  void wake();

 private:
  void run();
  /// Does what a tick is for; false when no job runs.
  bool attend(std::uint64_t now);
  void publish(std::uint64_t now);
  void publish_batches(const std::vector<std::shared_ptr<Job>>& jobs, std::uint64_t now);

  Scheduler& scheduler_;
  SlabPool& slabs_;
  const StatsBlock stats_;
  MemoryKeeper memory_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace hashlane
