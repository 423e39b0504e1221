#include "engine/jobs/scheduler.h"

#include <algorithm>
#include <utility>

#include "engine/large/shared_file.h"
#include "engine/stats/this_thread.h"
#include "system/clock.h"

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

/// Background work that was passed over for so long gets a turn, and keeps it for so long.
constexpr std::uint64_t kPatienceNs = 100'000'000;
constexpr std::uint64_t kTurnNs = 10'000'000;

/// Whether the task's device has a turn for one more worker. What is left of a cancelled job reads nothing,
/// nor does anybody read from a device that was given up.
bool has_turn(const Task& task, const Job& job) {
  return task.device == nullptr || task.device->has_turn() || task.device->given_up() || job.cancelled();
}

}  // namespace

Scheduler::Scheduler(StatsRegion stats) : stats_(stats) { stats_.set(engine_slot::kQueueCapacity, kTasksPerJob); }

void Scheduler::add(std::shared_ptr<Job> job) {
  std::lock_guard lock(mutex_);
  job->present = 1;
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
    const auto may_push = [&] { return stopped_ || job.cancelled() || has_room(job); };
    if (!may_push()) {
      const ShownState shown(ThreadState::kWaiting);
      room_.wait(lock, may_push);
    }
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
  std::list<Task> place;
  place.push_back(std::move(task));
  give_back(job, std::move(place));
}

void Scheduler::give_back(Job& job, std::list<Task> task) noexcept {
  {
    std::lock_guard lock(mutex_);
    depth_ += task.size();
    job.tasks.splice(job.tasks.begin(), task);
    publish_depth_locked();
  }
  work_.notify_one();
}

std::optional<Scheduler::Work> Scheduler::take() {
  std::unique_lock lock(mutex_);
  std::optional<Work> work = take_locked();
  if (!work && !stopped_) {
    idle_.fetch_add(1, std::memory_order_relaxed);
    while (!stopped_ && !(work = take_locked())) {
      if (const auto turn = next_turn_locked()) {
        const std::uint64_t now = now_ns();
        if (*turn > now) current_clock->wait(work_, lock, *turn - now);
      } else {
        work_.wait(lock);
      }
    }
    idle_.fetch_sub(1, std::memory_order_relaxed);
  }
  if (stopped_) return std::nullopt;
  const bool has_room = has_much_room(*work->job);
  lock.unlock();
  if (has_room) room_.notify_all();
  return work;
}

bool Scheduler::make_way(Job& job, Task& task) {
  if (!overtaken(job, task.device)) return false;
  stats_.add(engine_slot::kOvertakes, 1);
  give_back(job, std::exchange(task, {}));
  return true;
}

bool Scheduler::overtaken_now(const Job& job, const Device* device, std::size_t free_soon) {
  if (job.spec.priority == JobPriority::kInteractive) return false;
  std::lock_guard lock(mutex_);
  if (now_ns() < undisturbed_until_ns_) return false;
  const bool others_are_free = idle_.load(std::memory_order_relaxed) + free_soon > 0;
  return std::ranges::any_of(jobs_, [&](const auto& other) {
    if (other->spec.priority != JobPriority::kInteractive || other->paused() || other->throttled()) return false;
    return std::ranges::any_of(other->tasks, [&](const Task& task) {
      // Who is free cannot take what waits for this worker's turn.
      return has_turn(task, *other) ? !others_are_free : task.device == device;
    });
  });
}

std::optional<Scheduler::Work> Scheduler::take_locked() {
  const std::uint64_t now = passed_over_since_ns_ == 0 ? 0 : now_ns();
  if (passed_over_since_ns_ != 0 && now - passed_over_since_ns_ >= kPatienceNs) {
    if (auto work = take_of_locked(JobPriority::kBackground)) {
      passed_over_since_ns_ = 0;
      undisturbed_until_ns_ = now + kTurnNs;
      return work;
    }
  }
  if (auto work = take_of_locked(JobPriority::kInteractive)) {
    if (!has_ready_locked(JobPriority::kBackground)) {
      passed_over_since_ns_ = 0;
    } else if (passed_over_since_ns_ == 0) {
      passed_over_since_ns_ = now_ns();
    }
    return work;
  }
  passed_over_since_ns_ = 0;
  return take_of_locked(JobPriority::kBackground);
}

std::optional<Scheduler::Work> Scheduler::take_of_locked(JobPriority priority) {
  for (std::size_t tried = 0; tried < jobs_.size(); ++tried) {
    turn_ = (turn_ + 1) % jobs_.size();
    const std::shared_ptr<Job>& job = jobs_[turn_];
    if (job->paused() || job->throttled() || job->spec.priority != priority) continue;
    if (auto task = take_task_locked(*job)) {
      ++job->present;
      return Work{job, std::move(*task), nullptr};
    }
  }
  // Nothing to begin: perhaps there is something to help with.
  for (const std::shared_ptr<Job>& job : jobs_) {
    if (job->paused() || job->throttled() || job->spec.priority != priority) continue;
    for (const std::shared_ptr<SharedFile>& file : job->shared_files) {
      if (!file->wants_help()) continue;
      ++job->present;
      return Work{job, {}, file};
    }
  }
  return std::nullopt;
}

std::optional<std::uint64_t> Scheduler::next_turn_locked() const {
  std::optional<std::uint64_t> first;
  for (const auto& job : jobs_) {
    if (job->paused() || !job->throttled() || job->tasks.empty()) continue;
    first = std::min(first.value_or(UINT64_MAX), job->rate.until_ns());
  }
  return first;
}

bool Scheduler::has_ready_locked(JobPriority priority) const {
  const std::size_t interactive = ready_interactive_.load(std::memory_order_relaxed);
  if (priority == JobPriority::kInteractive) return interactive > 0;
  return ready_.load(std::memory_order_relaxed) > interactive;
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

bool Scheduler::leave(Job& job) noexcept {
  std::lock_guard lock(mutex_);
  if (--job.present > 0 || !job.failed()) return false;
  drop_waiting_locked(job);
  return true;
}

void Scheduler::fail(Job& job) noexcept {
  job.fail();
  {
    std::lock_guard lock(mutex_);
    drop_waiting_locked(job);
  }
  room_.notify_all();
}

void Scheduler::drop_waiting_locked(Job& job) noexcept {
  depth_ -= job.tasks.size();
  job.tasks.clear();
  job.shared_files.clear();
  publish_depth_locked();
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
    if (job.spec.priority == JobPriority::kBackground && has_ready_locked(JobPriority::kInteractive)) {
      return std::nullopt;
    }
    const Task& next = job.tasks.front();
    if (next.group == nullptr || next.device != device || next.lanes || next.shared || !next.large.empty() ||
        !next.unsettled.empty()) {
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
  for (const JobPriority priority : {JobPriority::kInteractive, JobPriority::kBackground}) {
    for (const std::shared_ptr<Job>& job : jobs_) {
      if (job->spec.priority != priority || job->paused() || job->cancelled()) continue;
      if (!job->may_read_ahead() || !job->may_fetch()) continue;
      for (Task& task : job->tasks) {
        const std::uint32_t next = std::max(task.fetched, task.next);
        if (task.group == nullptr || next >= task.end) continue;
        if (task.device != nullptr && task.device->stalled()) continue;
        task.fetched = std::min(next + kFilesAhead, task.end);
        return Ahead{job, task.group, next, task.fetched, task.device};
      }
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
  std::size_t ready = 0;
  std::size_t ready_interactive = 0;
  std::size_t interactive = 0;
  for (const auto& job : jobs_) {
    if (job->paused() || job->throttled()) continue;
    const auto of_job = static_cast<std::size_t>(
        std::ranges::count_if(job->tasks, [&](const Task& task) { return has_turn(task, *job); }));
    ready += of_job;
    if (job->spec.priority == JobPriority::kBackground) continue;
    ready_interactive += of_job;
    interactive += job->tasks.size();
  }
  ready_.store(ready, std::memory_order_relaxed);
  ready_interactive_.store(ready_interactive, std::memory_order_relaxed);
  interactive_.store(interactive, std::memory_order_relaxed);
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
