// A job's walk: makes groups of files for the workers, reports what cannot be hashed, and counts
// ahead where somebody wants to know how much there is.
#pragma once

#include <memory>

#include "engine/files/devices.h"
#include "engine/jobs/scheduler.h"
#include "engine/stats/thread_registry.h"
#include "engine/walk/listers.h"

namespace hashlane {

/// Walks the job's roots and pushes its files to the scheduler; waits where the queue is full.
/// Runs on a thread of its own.
void walk_for_hashing(const std::shared_ptr<Job>& job, Scheduler& scheduler, Listers& listers, Devices& devices,
                      StatsRegion stats, ThreadRegistry& threads);

/// Walks the job's roots and adds up files and bytes, hashing nothing. Runs on a thread of its own.
void walk_for_counting(const std::shared_ptr<Job>& job, ThreadRegistry& threads);

}  // namespace hashlane
