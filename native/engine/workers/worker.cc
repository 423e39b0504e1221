#include "engine/workers/worker.h"

#include <utility>

#include "engine/clock.h"
#include "engine/jobs/feed.h"

namespace hashlane {

void Worker::run() {
  while (auto work = services_.scheduler.take()) {
    const std::uint64_t began = now_ns();
    Device* const device = work->task.device;
    try {
      perform(*work);
    } catch (...) {
      // No memory, most likely. What this worker had in hand is lost, the process is not.
      round_ = {};
      services_.scheduler.fail(*work->job);
    }
    services_.scheduler.done(device);
    if (services_.scheduler.leave(*work->job)) services_.finish_job(work->job);
    stats_.add_own(thread_slot::kBusyNs, now_ns() - began);
    stats_.entry(0, 0, {}, {});
    stats_.state(ThreadState::kIdle);
  }
}

void Worker::perform(Scheduler::Work& work) {
  if (work.help) {
    help(*work.help);
  } else if (work.task.abandoned > 0) {
    if (work.job->take_work(work.task.abandoned)) services_.finish_job(work.job);
  } else if (work.task.feed) {
    run_feed(work.job, *work.task.feed);
  } else {
    run_files(work.job, std::move(work.task));
  }
}

void Worker::help(SharedFile& file) {
  file.take_part({.scheduler = services_.scheduler,
                  .pools = services_.pools,
                  .engine_stats = services_.stats,
                  .stats = stats_,
                  .device = nullptr,
                  .owner = false});
}

}  // namespace hashlane
