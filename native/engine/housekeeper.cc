#include "engine/housekeeper.h"

#include <algorithm>
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

Housekeeper::Housekeeper(Scheduler& scheduler, BufferPools& pools, SlabPool& slabs, const StatsBlock& stats,
                         ThreadRegistry& threads, EventRing& events)
    : scheduler_(scheduler), pools_(pools), slabs_(slabs), stats_(stats), events_(events) {
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
    const std::uint64_t now = now_ns();
    const auto jobs = scheduler_.jobs();
    for (const auto& job : jobs) {
      job->writer.seal_older_than(now - kBatchAgeNs);
      job->stamp(now);
    }
    active = !jobs.empty();
    trimmed = trimmed && !active;
    publish(now);
    publish_batches(jobs, now);
  }
}

void Housekeeper::publish_batches(const std::vector<std::shared_ptr<Job>>& jobs, std::uint64_t now) {
  std::uint64_t records = 0;
  std::uint64_t oldest = now;
  for (const auto& job : jobs) {
    records += job->writer.open_records();
    if (const std::uint64_t opened = job->writer.opened_ns()) oldest = std::min(oldest, opened);
  }
  stats_.engine().set(engine_slot::kOpenRecords, records);
  stats_.engine().set(engine_slot::kOpenAgeNs, now - oldest);
  slabs_.stamp(now);
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
