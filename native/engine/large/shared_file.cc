#include "engine/large/shared_file.h"

#include <utility>

#include "engine/jobs/job.h"
#include "engine/jobs/scheduler.h"
#include "system/clock.h"

namespace hashlane {

void SharedFile::take_part(const Participant& who) {
  const std::string_view name = file_.name();
  who.stats.entry(job_.id, file_.entry_id(), file_.group->prefix, name);
  who.stats.set(thread_slot::kEntrySize, file_.facts.size);
  std::unique_lock lock(mutex_);
  if (who.owner) makes_way_ = false;
  // A helper may come when the owner is about to leave.
  if (!who.owner && (done_ || failed() || interrupted(who))) return;
  const std::uint64_t began = now_ns();
  ++participants_;
  try {
    if (!failed()) work(who, lock);
  } catch (const Abandoned&) {
    // Nobody waits for this participant any more, and nothing is left to be touched.
    throw;
  } catch (...) {
    // The others must not wait for what was in these hands.
    if (!lock.owns_lock()) lock.lock();
    fail({ErrorCode::kEnomem, {}});
  }
  --participants_;
  changed_.notify_all();
  if (!who.owner) {
    const bool left = !abandoned_ && !done_ && !failed() && who.scheduler.overtaken(job_, nullptr);
    who.engine_stats.add(engine_slot::kOvertakes, left ? 1 : 0);
    return;
  }
  while (participants_ > 0 && !abandoned_) wait(who, lock);
  if (abandoned_) return;
  spent_ns_ += now_ns() - began;
  want_help(false, who.scheduler);
  if (failed()) end();
  if (!done_) rest();
}

void SharedFile::wait(const Participant& who, std::unique_lock<std::mutex>& lock) {
  who.stats.state(ThreadState::kWaiting);
  who.thread.watched([&] {
    changed_.wait(lock);
    lock.unlock();
  });
  lock.lock();
}

bool SharedFile::abandon() {
  std::lock_guard lock(mutex_);
  fail({ErrorCode::kStalled, {}});
  changed_.notify_all();
  return !abandoned_.exchange(true);
}

ResultRecord SharedFile::finish(WatchedThread& thread) {
  if (failed() && error_.code != ErrorCode::kShrank) return ending(file_, std::move(error_));
  const std::uint64_t read = failed() ? 0 : file_.facts.size;
  ResultRecord record = thread.watched([&] { return ending(file_, read); });
  record.hash_time_ns = file_.spent_ns + spent_ns_;
  if (record.status != Status::kOk) return record;
  digests_.resize(job_.writer.layout().stride());
  record.digests = digests_.data();
  if (!write_digests(digests_.data())) lose_digests(record);
  return record;
}

OpenFile SharedFile::take_file() {
  OpenFile file;
  file.group = file_.group;
  file.index = file_.index;
  file.descriptor = std::move(file_.descriptor);
  file.facts = file_.facts;
  file.spent_ns = file_.spent_ns + spent_ns_;
  file.trust = file_.trust;
  file.first_digests = std::move(file_.first_digests);
  file.linked = std::move(file_.linked);
  return file;
}

bool SharedFile::interrupted(const Participant& who) {
  if (makes_way_ || job_.paused() || job_.cancelled()) return true;
  // Helpers go first: the file loses nothing by that.
  const bool leaves = who.scheduler.overtaken(job_, who.device, who.owner ? participants_ - 1 : 0);
  if (who.owner) makes_way_ = leaves;
  return leaves;
}

void SharedFile::fail(Error error) {
  if (!failed()) error_ = std::move(error);
}

void SharedFile::want_help(bool wanted, Scheduler& scheduler) noexcept {
  wants_help_.store(wanted, std::memory_order_relaxed);
  if (wanted && scheduler.starving()) scheduler.call_for_help();
}

}  // namespace hashlane
