// How a worker whose call hangs is relieved of everything else it has in hand, and in the end of the file too.
#include <list>
#include <utility>

#include "engine/workers/worker.h"

namespace hashlane {

bool Worker::unwanted() const { return job_ != nullptr && job_->cancelled(); }

void Worker::show() {
  const OpenFile file = file_in_hand();
  if (file.group) stats_.entry(job_->id, file.entry_id(), file.group->prefix, file.name());
}

Device* Worker::device() { return helping_ ? helping_->device() : turn_; }

SharedFile* Worker::shared() const noexcept { return helping_ ? helping_.get() : task_.shared.get(); }

OpenFile Worker::file_in_hand() const {
  const OpenFile* file = nullptr;
  switch (calling_) {
    case Calling::kForNothing:
      return {};
    case Calling::kToOpen:
      file = &opening_;
      break;
    case Calling::kForLanes:
      file = &task_.lanes->called().file;
      break;
    case Calling::kForShared:
      file = &shared()->file();
      break;
  }
  OpenFile copy;
  copy.group = file->group;
  copy.index = file->index;
  copy.linked = file->linked;
  // While a file is being opened the call itself writes what is known of it.
  if (calling_ != Calling::kToOpen) copy.facts = file->facts;
  return copy;
}

// Nothing is taken from this thread before there is a place for it: without memory all stays as it is.
Successor Worker::relieve() {
  Successor next = [&services = services_](WatchedThread& thread) { Worker(services, thread).run(); };
  std::list<Task> place(1);
  Task& rest = place.front();
  if (task_.lanes) rest.lanes = task_.lanes->others();
  if (calling_ == Calling::kForShared) shared()->stalled_by(1);
  rest.device = task_.device;
  rest.group = std::exchange(task_.group, nullptr);
  rest.next = std::exchange(task_.next, 0);
  rest.end = std::exchange(task_.end, 0);
  rest.fetched = task_.fetched;
  rest.large = std::exchange(task_.large, {});
  rest.unsettled = std::exchange(task_.unsettled, {});
  if (rest.files_left() > 0 || rest.lanes || !rest.large.empty() || !rest.unsettled.empty()) {
    services_.scheduler.give_back(*job_, std::move(place));
  }
  return next;
}

Successor Worker::give_up(ErrorCode error) {
  // Ending a job may wait for a slab, which the watch must not.
  Successor end = [&services = services_, job = job_](WatchedThread&) { services.finish_job(job); };
  std::list<Task> place(1);
  Task& lost = place.front();
  lost.lost.reserve(1);
  lost.lost_to = error;
  if (calling_ == Calling::kForShared) services_.scheduler.withdraw(*job_, *shared());
  if (calling_ != Calling::kForNothing && (calling_ != Calling::kForShared || shared()->abandon())) {
    lost.lost.push_back(file_in_hand());
    services_.scheduler.give_back(*job_, std::move(place));
  }
  services_.scheduler.done(std::exchange(turn_, nullptr));
  // Only the last one at a job that failed ends it.
  if (!services_.scheduler.leave(*job_)) end = nullptr;
  job_.reset();
  return end;
}

void Worker::answered() {
  if (calling_ == Calling::kForShared) shared()->stalled_by(-1);
}

}  // namespace hashlane
