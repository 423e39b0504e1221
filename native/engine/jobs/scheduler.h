// Which task a free worker takes next: those of interactive jobs first, jobs of one class in turn, a job's tasks
// in order, paused jobs not at all. Where no worker is free, background work makes way between two of its steps.
// Interactive work that never ends leaves background work at least a turn of 10 ms in every 110 ms or so, as
// soon as a worker is free for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "engine/jobs/job.h"

namespace hashlane {

/// Thread-safe.
class Scheduler {
 public:
  explicit Scheduler(StatsRegion stats);

  /// A task, or a file that wants help.
  struct Work {
    std::shared_ptr<Job> job;
    Task task;
    std::shared_ptr<SharedFile> help;
  };

  /// The caller begins as one who is at work on it: leave() ends that.
  void add(std::shared_ptr<Job> job);
  void remove(const Job& job);
  [[nodiscard]] std::vector<std::shared_ptr<Job>> jobs();

  /// Behind the job's other tasks; waits while it has enough of them. False when the job was
  /// cancelled instead: the task is then dropped.
  [[nodiscard]] bool push(Job& job, Task task);
  /// The same without waiting.
  void push_now(Job& job, Task task);
  /// Before the job's other tasks: the rest of a task that a worker had begun.
  void give_back(Job& job, Task task);
  /// The same for one that has its place already, so that nothing can be lost.
  void give_back(Job& job, std::list<Task> task) noexcept;
  /// A worker in the middle of background work asks before each step: whether interactive work waits and nobody
  /// else is free for it. The task is then back in the queue, as by give_back(), and the worker takes another.
  [[nodiscard]] bool make_way(Job& job, Task& task);
  /// Whether make_way() would; `device` is where the task's files lie, `free_soon` workers will come by themselves.
  [[nodiscard]] bool overtaken(const Job& job, const Device* device, std::size_t free_soon = 0) {
    return interactive_.load(std::memory_order_relaxed) > 0 && overtaken_now(job, device, free_soon);
  }
  /// Waits for work; nothing once stop() was called. A task takes one of its device's turns: done()
  /// gives it back.
  [[nodiscard]] std::optional<Work> take();
  /// Whoever took work of the job is done with it. True for the last one to leave a job that failed: it
  /// must be ended then, for nobody else will.
  [[nodiscard]] bool leave(Job& job) noexcept;
  /// Somebody at work on the job cannot go on, and what was in his hands is lost: all that waits is dropped,
  /// and the job ends as failed once all have left.
  void fail(Job& job) noexcept;
  void done(Device* device);
  /// The next task of a job when it has files of this device and nothing else, and no interactive work waits
  /// before it; does not wait, and takes no turn.
  [[nodiscard]] std::optional<Task> take_more(Job& job, const Device* device);

  /// Some files of a task that waits.
  struct Ahead {
    std::shared_ptr<Job> job;
    std::shared_ptr<FileGroup> group;
    std::uint32_t next;
    std::uint32_t end;
    Device* device;
  };
  /// Files that a worker will come to soon and that nobody asked for yet; does not wait.
  [[nodiscard]] std::optional<Ahead> take_ahead();

  /// Lets others help with a file, until withdraw().
  void offer(Job& job, std::shared_ptr<SharedFile> file);
  void withdraw(Job& job, const SharedFile& file);
  /// A file that was offered has work for somebody who has none.
  void call_for_help();
  /// A job was paused, resumed or cancelled, or a device is waited for otherwise than before.
  void job_changed();
  void stop();

  /// Whether some worker has nothing to do: who holds many files should share them.
  [[nodiscard]] bool starving() const noexcept { return idle_.load(std::memory_order_relaxed) > 0; }
  /// Whether tasks wait that go before helping the job: who only helps should take one of them.
  [[nodiscard]] bool has_tasks_before(const Job& job) const noexcept {
    const auto& tasks = job.spec.priority == JobPriority::kInteractive ? ready_interactive_ : ready_;
    return tasks.load(std::memory_order_relaxed) > 0;
  }

 private:
  std::optional<Work> take_locked();
  std::optional<Work> take_of_locked(JobPriority priority);
  /// Whether tasks of the class could be taken now.
  [[nodiscard]] bool has_ready_locked(JobPriority priority) const;
  [[nodiscard]] bool overtaken_now(const Job& job, const Device* device, std::size_t free_soon);
  std::optional<Task> take_task_locked(Job& job);
  [[nodiscard]] static bool has_room(const Job& job);
  /// When the first of the jobs that have read their share may go on; nothing when none waits for that.
  [[nodiscard]] std::optional<std::uint64_t> next_turn_locked() const;
  void publish_depth_locked();
  void drop_waiting_locked(Job& job) noexcept;

  const StatsRegion stats_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable room_;
  std::vector<std::shared_ptr<Job>> jobs_;
  std::size_t turn_ = 0;
  std::size_t depth_ = 0;
  /// Tasks that could be taken: depth_ without those of paused jobs and of devices that have no turn left.
  std::atomic<std::size_t> ready_ = 0;
  /// Those of interactive jobs among them.
  std::atomic<std::size_t> ready_interactive_ = 0;
  /// Tasks of interactive jobs that are not paused, whether or not their devices have a turn.
  std::atomic<std::size_t> interactive_ = 0;
  /// Since when background tasks were passed over for interactive ones; 0 when they were not.
  std::uint64_t passed_over_since_ns_ = 0;
  /// Until when background work keeps the turn that it got after it had been passed over.
  std::uint64_t undisturbed_until_ns_ = 0;
  std::atomic<std::uint32_t> idle_ = 0;
  bool stopped_ = false;
};

}  // namespace hashlane
