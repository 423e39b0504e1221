#include "engine/jobs/scheduler.h"

#include <algorithm>
#include <utility>

#include "engine/large/shared_file.h"

namespace hashlane {
namespace {

/// Groups that may wait per job: enough that no worker runs dry while the walk reads a folder, few
/// enough that ten million files need no more memory than ten thousand.
constexpr std::size_t kTasksPerJob = 64;

/// While a device hangs its tasks pile up here, so that others' are still found behind them.
constexpr std::size_t kTasksBesideStalled = 4096;

/// A walk that waits is woken when it can go on for a while: not for every single task.
bool has_much_room(const Job& job) { return job.tasks.size() <= kTasksPerJob / 2; }

/// Files that are asked for ahead in one go.
constexpr std::uint32_t kFilesAhead = 4;

/// Whether the task's device has a turn for one more worker. What is left of a cancelled job reads nothing,
/// nor does anybody read from a device that was given up.
bool has_turn(const Task& task, const Job& job) {
  return task.device == nullptr || task.device->has_turn() || task.device->given_up() || job.cancelled();
}

}  // namespace

Scheduler::Scheduler(StatsRegion stats) : stats_(stats) { stats_.set(engine_slot::kQueueCapacity, kTasksPerJob); }

void Scheduler::add(std::shared_ptr<Job> job) {
  std::lock_guard lock(mutex_);
  jobs_.push_back(std::move(job));
  stats_.set(engine_slot::kJobsActive, jobs_.size());
}

void Scheduler::remove(const Job& job) {
  std::lock_guard lock(mutex_);
  std::erase_if(jobs_, [&](const auto& other) { return other.get() == &job; });
  stats_.set(engine_slot::kJobsActive, jobs_.size());
}

std::vector<std::shared_ptr<Job>> Scheduler::jobs() {
  std::lock_guard lock(mutex_);
  return jobs_;
}

bool Scheduler::has_room(const Job& job) {
  if (job.tasks.size() < kTasksPerJob) return true;
  const auto stalls = [](const Task& task) { return task.device != nullptr && task.device->stalled(); };
  return job.tasks.size() < kTasksBesideStalled &&
         job.tasks.size() - static_cast<std::size_t>(std::ranges::count_if(job.tasks, stalls)) < kTasksPerJob;
}

bool Scheduler::push(Job& job, Task task) {
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || job.cancelled() || has_room(job); });
    if (stopped_ || job.cancelled()) return false;
    job.tasks.push_back(std::move(task));
    ++depth_;
    publish_depth_locked();
  }
  work_.notify_one();
  return true;
}

void Scheduler::push_now(Job& job, Task task) {
  {
    std::lock_guard lock(mutex_);
    job.tasks.push_back(std::move(task));
    ++depth_;
    publish_depth_locked();
  }
  work_.notify_one();
}

void Scheduler::give_back(Job& job, Task task) {
  {
    std::lock_guard lock(mutex_);
    job.tasks.push_front(std::move(task));
    ++depth_;
    publish_depth_locked();
  }
  work_.notify_one();
}

std::optional<Scheduler::Work> Scheduler::take() {
  std::unique_lock lock(mutex_);
  std::optional<Work> work = take_locked();
  if (!work && !stopped_) {
    idle_.fetch_add(1, std::memory_order_relaxed);
    work_.wait(lock, [&] { return stopped_ || (work = take_locked()).has_value(); });
    idle_.fetch_sub(1, std::memory_order_relaxed);
  }
  if (stopped_) return std::nullopt;
  const bool has_room = has_much_room(*work->job);
  lock.unlock();
  if (has_room) room_.notify_all();
  return work;
}

std::optional<Scheduler::Work> Scheduler::take_locked() {
  for (std::size_t tried = 0; tried < jobs_.size(); ++tried) {
    turn_ = (turn_ + 1) % jobs_.size();
    const std::shared_ptr<Job>& job = jobs_[turn_];
    if (job->paused()) continue;
    if (auto task = take_task_locked(*job)) return Work{job, std::move(*task), nullptr};
  }
  // Nothing to begin: perhaps there is something to help with.
  for (const std::shared_ptr<Job>& job : jobs_) {
    if (job->paused()) continue;
    for (const std::shared_ptr<SharedFile>& file : job->shared_files) {
      if (file->wants_help()) return Work{job, {}, file};
    }
  }
  return std::nullopt;
}

std::optional<Task> Scheduler::take_task_locked(Job& job) {
  for (auto waiting = job.tasks.begin(); waiting != job.tasks.end(); ++waiting) {
    if (!has_turn(*waiting, job)) continue;
    if (waiting->device != nullptr) waiting->device->take_turn();
    Task task = std::move(*waiting);
    job.tasks.erase(waiting);
    --depth_;
    publish_depth_locked();
    return task;
  }
  return std::nullopt;
}

void Scheduler::done(Device* device) {
  if (device == nullptr) return;
  {
    std::lock_guard lock(mutex_);
    device->give_turn();
    // Nobody waits for a turn where there is one for everybody.
    if (!device->is_crowded()) return;
    publish_depth_locked();
  }
  work_.notify_all();
}

std::optional<Task> Scheduler::take_more(Job& job, const Device* device) {
  std::optional<Task> task;
  bool has_room = false;
  {
    std::lock_guard lock(mutex_);
    if (job.tasks.empty()) return std::nullopt;
    const Task& next = job.tasks.front();
    if (next.group == nullptr || next.device != device || next.lanes || next.shared || !next.large.empty()) {
      return std::nullopt;
    }
    task = std::move(job.tasks.front());
    job.tasks.pop_front();
    --depth_;
    publish_depth_locked();
    has_room = has_much_room(job);
  }
  if (has_room) room_.notify_all();
  return task;
}

std::optional<Scheduler::Ahead> Scheduler::take_ahead() {
  std::lock_guard lock(mutex_);
  for (const std::shared_ptr<Job>& job : jobs_) {
    if (job->paused() || job->cancelled() || !job->may_fetch()) continue;
    for (Task& task : job->tasks) {
      const std::uint32_t next = std::max(task.fetched, task.next);
      if (task.group == nullptr || next >= task.end) continue;
      if (task.device != nullptr && task.device->stalled()) continue;
      task.fetched = std::min(next + kFilesAhead, task.end);
      return Ahead{job, task.group, next, task.fetched, task.device};
    }
  }
  return std::nullopt;
}

void Scheduler::offer(Job& job, std::shared_ptr<SharedFile> file) {
  std::lock_guard lock(mutex_);
  job.shared_files.push_back(std::move(file));
}

void Scheduler::withdraw(Job& job, const SharedFile& file) {
  std::lock_guard lock(mutex_);
  std::erase_if(job.shared_files, [&](const auto& other) { return other.get() == &file; });
}

void Scheduler::call_for_help() {
  // Taken and let go, as in job_changed().
  { std::lock_guard lock(mutex_); }
  work_.notify_one();
}

void Scheduler::publish_depth_locked() {
  stats_.set(engine_slot::kQueueDepth, depth_);
  std::size_t waiting = 0;
  for (const auto& job : jobs_) {
    if (job->paused()) continue;
    waiting += static_cast<std::size_t>(
        std::ranges::count_if(job->tasks, [&](const Task& task) { return has_turn(task, *job); }));
  }
  waiting_.store(waiting, std::memory_order_relaxed);
}

void Scheduler::job_changed() {
  // Taken and let go, so that nobody is between looking at the job and beginning to wait.
  {
    std::lock_guard lock(mutex_);
    publish_depth_locked();
  }
  work_.notify_all();
  room_.notify_all();
}

void Scheduler::stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  work_.notify_all();
  room_.notify_all();
}

}  // namespace hashlane
