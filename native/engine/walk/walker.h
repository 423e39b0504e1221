// A job's walk: makes groups of files for the workers, reports what cannot be hashed, and counts
// ahead where somebody wants to know how much there is.
#pragma once

#include <functional>
#include <memory>

#include "engine/files/devices.h"
#include "engine/jobs/scheduler.h"
#include "engine/stats/thread_registry.h"
#include "engine/walk/listers.h"

namespace hashlane {

/// A walk through the job's roots that pushes its files to the scheduler, and waits where the queue is full. `end`
/// is called at its end.
[[nodiscard]] Successor hashing_walk(std::shared_ptr<Job> job, Scheduler& scheduler, Listers& listers, Devices& devices,
                                     StatsRegion stats, std::function<void()> end);

/// A walk through the job's roots that adds up files and bytes, hashing nothing.
[[nodiscard]] Successor counting_walk(const std::shared_ptr<Job>& job);

}  // namespace hashlane
