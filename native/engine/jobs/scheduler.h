// Which task a free worker takes next: jobs in turn, a job's tasks in order, paused jobs not at all.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
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
  /// Waits for work; nothing once stop() was called. A task takes one of its device's turns: done()
  /// gives it back.
  [[nodiscard]] std::optional<Work> take();
  void done(Device* device);
  /// The next task of a job when it has files of this device and nothing else; does not wait, and takes
  /// no turn.
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
  /// Whether tasks wait: who only helps should take one of them.
  [[nodiscard]] bool has_tasks() const noexcept { return waiting_.load(std::memory_order_relaxed) > 0; }

 private:
  std::optional<Work> take_locked();
  std::optional<Task> take_task_locked(Job& job);
  [[nodiscard]] static bool has_room(const Job& job);
  void publish_depth_locked();

  const StatsRegion stats_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable room_;
  std::vector<std::shared_ptr<Job>> jobs_;
  std::size_t turn_ = 0;
  std::size_t depth_ = 0;
  /// Tasks that could be taken: depth_ without those of paused jobs.
  std::atomic<std::size_t> waiting_ = 0;
  std::atomic<std::uint32_t> idle_ = 0;
  bool stopped_ = false;
};

}  // namespace hashlane
