#include "engine/scheduler.h"

#include <algorithm>

namespace hashlane {
namespace {

/// Groups that may wait per job: enough that no worker runs dry while the walk reads a folder, few
/// enough that ten million files need no more memory than ten thousand.
constexpr std::size_t kTasksPerJob = 64;

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

bool Scheduler::push(Job& job, Task task) {
  {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stopped_ || job.cancelled() || job.tasks.size() < kTasksPerJob; });
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
  lock.unlock();
  room_.notify_all();
  return work;
}

std::optional<Scheduler::Work> Scheduler::take_locked() {
  for (std::size_t tried = 0; tried < jobs_.size(); ++tried) {
    turn_ = (turn_ + 1) % jobs_.size();
    const std::shared_ptr<Job>& job = jobs_[turn_];
    if (job->paused() || job->tasks.empty()) continue;
    Work work{job, std::move(job->tasks.front())};
    job->tasks.pop_front();
    --depth_;
    publish_depth_locked();
    return work;
  }
  return std::nullopt;
}

void Scheduler::publish_depth_locked() const { stats_.set(engine_slot::kQueueDepth, depth_); }

void Scheduler::job_changed() {
  // Taken and let go, so that nobody is between looking at the job and beginning to wait.
  { std::lock_guard lock(mutex_); }
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
