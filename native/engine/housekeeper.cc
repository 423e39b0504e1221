#include "engine/housekeeper.h"

#include <algorithm>
#include <utility>

#include "system/clock.h"

namespace hashlane {
namespace {

/// A record is on its way to the receiver at most this long after it was written.
constexpr std::uint64_t kBatchAgeNs = 16'000'000;
constexpr std::uint64_t kTickNs = 8'000'000;
/// Buffers are given back after this long without a job.
constexpr std::uint64_t kIdleNs = 5'000'000'000;
/// How often is looked after memory without a job, until all is given back and none is held back.
constexpr std::uint64_t kSlowTickNs = 1'000'000'000;

}  // namespace

Housekeeper::Housekeeper(Scheduler& scheduler, BufferPools& pools, SlabPool& slabs, PressureSource& pressure,
                         const StatsBlock& stats, ThreadRegistry& threads, EventRing& events)
    : scheduler_(scheduler), slabs_(slabs), stats_(stats), memory_(pools, pressure, stats, events) {
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
  std::uint64_t active_ns = 0;
  while (true) {
    {
      std::unique_lock lock(mutex_);
      const auto called = [&] { return stopped_ || std::exchange(woken_, false); };
      if (active) {
        wait_ns(wake_, lock, kTickNs, called);
      } else if (trimmed && memory_.calm()) {
        wake_.wait(lock, called);
      } else {
        wait_ns(wake_, lock, kSlowTickNs, called);
      }
      if (stopped_) return;
    }
    const std::uint64_t now = now_ns();
    try {
      active = attend(now);
    } catch (...) {
      // No memory: the next round comes soon.
      active = true;
    }
    if (active) {
      active_ns = now;
      trimmed = false;
    } else if (!trimmed && now - active_ns >= kIdleNs) {
      memory_.trim_when_idle();
      publish(now);
      trimmed = true;
    }
  }
}

bool Housekeeper::attend(std::uint64_t now) {
  const auto jobs = scheduler_.jobs();
  for (const auto& job : jobs) {
    job->writer.seal_older_than(now - kBatchAgeNs);
    job->stamp(now);
  }
  memory_.look(now);
  publish(now);
  publish_batches(jobs, now);
  return !jobs.empty();
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
  memory_.publish();
  stats_.engine().set(engine_slot::kClockNs, now);
}

}  // namespace hashlane
