#include "engine/housekeeper.h"

#include <chrono>
#include <utility>

#include "engine/clock.h"

namespace hashlane {
namespace {

/// A record is on its way to the receiver at most this long after it was written.
constexpr std::uint64_t kBatchAgeNs = 16'000'000;
constexpr auto kTick = std::chrono::milliseconds(8);
/// Buffers are given back after this long without a job.
constexpr auto kIdle = std::chrono::seconds(5);

}  // namespace

Housekeeper::Housekeeper(Scheduler& scheduler, BufferPools& pools, const StatsBlock& stats, ThreadRegistry& threads,
                         EventRing& events)
    : scheduler_(scheduler), pools_(pools), stats_(stats), events_(events) {
  publish(now_ns());
  thread_ = std::thread([this, &threads] {
    const auto registration = threads.add(ThreadKind::kHousekeeper);
    run();
  });
}

Housekeeper::~Housekeeper() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Housekeeper::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void Housekeeper::run() {
  bool active = false;
  bool trimmed = true;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      const auto called = [&] { return stopped_ || std::exchange(woken_, false); };
      bool quiet = false;
      if (active) {
        wake_.wait_for(lock, kTick, called);
      } else if (trimmed) {
        wake_.wait(lock, called);
      } else {
        quiet = !wake_.wait_for(lock, kIdle, called);
      }
      if (stopped_) return;
      if (quiet) {
        if (const std::size_t bytes = pools_.trim()) events_.add(EventKind::kTrimmedWhenIdle, bytes);
        trimmed = true;
      }
    }
    try {
      active = attend(now_ns());
    } catch (...) {
      // No memory: the next round comes soon.
      active = true;
    }
    trimmed = trimmed && !active;
  }
}

bool Housekeeper::attend(std::uint64_t now) {
  const auto jobs = scheduler_.jobs();
  for (const auto& job : jobs) {
    job->writer.seal_older_than(now - kBatchAgeNs);
    job->stamp(now);
  }
  publish(now);
  return !jobs.empty();
}

void Housekeeper::publish(std::uint64_t now) {
  const StatsRegion engine = stats_.engine();
  const MemoryReading memory = pools_.memory_reading();
  engine.set(engine_slot::kClockNs, now);
  engine.set(engine_slot::kMemoryCeiling, memory.ceiling);
  engine.set(engine_slot::kMemoryAllowed, memory.ceiling);
  engine.set(engine_slot::kMemoryHeld, memory.held);
  engine.set(engine_slot::kMemoryPeak, memory.peak);
  engine.set(engine_slot::kMemoryWaits, memory.waits);
  engine.set(engine_slot::kMemoryWaitNs, memory.wait_ns);
  engine.set(engine_slot::kTrims, memory.trims);
  engine.set(engine_slot::kTrimmedBytes, memory.trimmed_bytes);
  engine.set(engine_slot::kPoolCount, BufferPools::kBlockBytes.size());
  for (std::size_t index = 0; index < BufferPools::kBlockBytes.size(); ++index) {
    const PoolReading pool = pools_.pool_reading(index);
    const StatsRegion region = stats_.pool(index);
    region.set(pool_slot::kBlockBytes, pool.block_bytes);
    region.set(pool_slot::kHeld, pool.held);
    region.set(pool_slot::kInUse, pool.in_use);
    region.set(pool_slot::kPeak, pool.peak);
    region.set(pool_slot::kHits, pool.hits);
    region.set(pool_slot::kMisses, pool.misses);
    region.set(pool_slot::kTrimmed, pool.trimmed);
  }
}

}  // namespace hashlane
