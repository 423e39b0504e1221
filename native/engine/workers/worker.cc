#include "engine/workers/worker.h"

#include <utility>

#include "engine/jobs/feed.h"
#include "system/clock.h"

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
  turn_ = task_.device;
  if (idle_ != job_->spec.idle) read_when_idle(idle_ = job_->spec.idle);
  try {
    perform(std::move(work.help));
  } catch (const Abandoned&) {
    throw;
  } catch (...) {
    // No memory, most likely. What this worker had in hand is lost, the process is not.
    calling_ = Calling::kForNothing;
    round_ = {};
    services_.scheduler.fail(*job_);
  }
  services_.scheduler.done(std::exchange(turn_, nullptr));
  // Letting go may close files and folders, which may wait as well. What was done last names its folder, too: a worker
  // that rests must not keep one open, or nobody could take the medium away.
  thread_.watched([task = std::exchange(task_, {}), helped = std::move(helping_), held = std::exchange(folder_, {}),
                   opened = std::exchange(opening_, {}), finished = std::exchange(round_.finished, {})]() mutable {
    task = Task();
    helped.reset();
    held = Folder();
    opened = OpenFile();
    finished.clear();
  });
  if (services_.scheduler.leave(*job_)) services_.finish_job(job_);
  job_.reset();
}

void Worker::perform(std::shared_ptr<SharedFile> help_wanted) {
  if (help_wanted) {
    helping_ = std::move(help_wanted);
    help(*helping_);
  } else if (task_.abandoned > 0) {
    if (job_->take_work(task_.abandoned)) services_.finish_job(job_);
  } else if (!task_.lost.empty()) {
    for (const OpenFile& file : task_.lost) record(job_, file, ending(file, Error{task_.lost_to, {}}));
  } else if (task_.feed) {
    run_feed(job_, *task_.feed);
  } else {
    run_files(job_, task_, folder_);
  }
}

void Worker::help(SharedFile& file) {
  calling_ = Calling::kForShared;
  file.take_part({.scheduler = services_.scheduler,
                  .pools = services_.pools,
                  .engine_stats = services_.stats,
                  .thread = thread_,
                  .stats = stats_,
                  .device = nullptr,
                  .owner = false});
  calling_ = Calling::kForNothing;
}

}  // namespace hashlane
