#include "engine/workers/worker.h"

#include <utility>

#include "engine/clock.h"
#include "engine/jobs/feed.h"

namespace hashlane {

void Worker::run() {
  while (!thread_.relieved()) {
    auto taken = services_.scheduler.take();
    if (!taken) return;
    const std::uint64_t began = now_ns();
    work(std::move(*taken));
    stats_.add_own(thread_slot::kBusyNs, now_ns() - began);
    stats_.entry(0, 0, {}, {});
    stats_.state(ThreadState::kIdle);
  }
}

void Worker::work(Scheduler::Work work) {
  job_ = std::move(work.job);
  task_ = std::move(work.task);
  Folder folder;
  if (work.help) {
    helping_ = std::move(work.help);
    help(*helping_);
  } else if (task_.abandoned > 0) {
    if (job_->take_work(task_.abandoned)) services_.finish_job(job_);
  } else if (!task_.lost.empty()) {
    for (const OpenFile& file : task_.lost) record(job_, file, ending(file, Error{task_.lost_to, {}}));
  } else if (task_.feed) {
    run_feed(job_, *task_.feed);
  } else {
    turn_ = task_.device;
    run_files(job_, task_, folder);
    services_.scheduler.done(std::exchange(turn_, nullptr));
  }
  // Letting go may close files and folders, which may wait as well.
  thread_.watched([task = std::exchange(task_, {}), helped = std::move(helping_), held = std::move(folder)]() mutable {
    task = Task();
    helped.reset();
    held = Folder();
  });
  job_.reset();
}

void Worker::help(SharedFile& file) {
  calling_ = Calling::kForShared;
  file.take_part({.scheduler = services_.scheduler,
                  .pools = services_.pools,
                  .engine_stats = services_.stats,
                  .thread = thread_,
                  .stats = stats_,
                  .owner = false});
  calling_ = Calling::kForNothing;
}

}  // namespace hashlane
