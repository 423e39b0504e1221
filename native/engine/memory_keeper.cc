#include "engine/memory_keeper.h"

#include "system/clock.h"

namespace hashlane {
namespace {

constexpr std::uint64_t kLookNs = 500'000'000;

}  // namespace

MemoryKeeper::MemoryKeeper(BufferPools& pools, PressureSource& pressure, const StatsBlock& stats, EventRing& events)
    : pools_(pools),
      pressure_(pressure),
      stats_(stats),
      events_(events),
      allowance_(pools.ceiling(), pools.least()),
      allowed_(pools.ceiling()) {
  look(now_ns());
}

void MemoryKeeper::look(std::uint64_t now_ns) {
  if (looked_ns_ != 0 && now_ns - looked_ns_ < kLookNs) return;
  looked_ns_ = now_ns;
  act(pressure_.read(now_ns), now_ns);
  const std::uint64_t for_room = pools_.memory_reading().trimmed_for_room;
  if (for_room > told_for_room_) events_.add(EventKind::kTrimmedForRoom, for_room - told_for_room_);
  told_for_room_ = for_room;
}

void MemoryKeeper::act(const PressureReading& reading, std::uint64_t now_ns) {
  const std::size_t allowed = allowance_.after(reading, now_ns);
  const bool rose = reading.level > level_;
  if (allowed != allowed_ || reading.level != level_) {
    events_.add(EventKind::kPressure, static_cast<std::uint64_t>(reading.level), allowed);
  }
  std::size_t given = allowed != allowed_ ? pools_.allow(allowed) : 0;
  if (rose) given += pools_.trim();
  if (given > 0) events_.add(EventKind::kTrimmedUnderPressure, given);
  allowed_ = allowed;
  level_ = reading.level;
  const StatsRegion engine = stats_.engine();
  engine.set(engine_slot::kPressure, static_cast<std::uint64_t>(level_));
  engine.add(engine_slot::kPressureRises, rose ? 1 : 0);
  engine.set(engine_slot::kGroupLimit, reading.group_limit);
}

void MemoryKeeper::trim_when_idle() {
  if (const std::size_t bytes = pools_.trim()) events_.add(EventKind::kTrimmedWhenIdle, bytes);
}

void MemoryKeeper::publish() const {
  const StatsRegion engine = stats_.engine();
  const MemoryReading memory = pools_.memory_reading();
  engine.set(engine_slot::kMemoryCeiling, memory.ceiling);
  engine.set(engine_slot::kMemoryAllowed, memory.allowed);
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
