// A large file that several workers hash together: the one that came to it, and any that have nothing
// else to do.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/files/open_file.h"
#include "engine/stalls/watched_thread.h"
#include "memory/buffer_pools.h"

namespace hashlane {

class Job;
class Scheduler;

/// What a worker brings along.
struct Participant {
  Scheduler& scheduler;
  BufferPools& pools;
  StatsRegion engine_stats;
  WatchedThread& thread;
  ThreadStats stats;
  /// Whose turn the owner holds; may be null, and is for others.
  const Device* device;
  /// Owns the file: stays until it is done, paused, cancelled or overtaken. Others leave when other work waits.
  bool owner;
};

/// Thread-safe.
class SharedFile {
 public:
  /// `device`: what it lies on; null when that is not known.
  SharedFile(Job& job, OpenFile file, Device* device) : job_(job), file_(std::move(file)), device_(device) {}
  virtual ~SharedFile() = default;
  SharedFile(const SharedFile&) = delete;
  SharedFile& operator=(const SharedFile&) = delete;

  /// Whether there is something to do for one who has nothing to do.
  [[nodiscard]] bool wants_help() const noexcept {
    return wants_help_.load(std::memory_order_relaxed) && stalled_.load(std::memory_order_relaxed) == 0;
  }
  [[nodiscard]] const OpenFile& file() const noexcept { return file_; }
  [[nodiscard]] Device* device() const noexcept { return device_; }

  /// Takes part. The owner comes back when nobody else takes part any more, and then asks done():
  /// when it is false the job was paused, cancelled or overtaken, and the file can be taken up again.
  void take_part(const Participant& who);
  [[nodiscard]] bool done() const noexcept { return done_; }

  // Participants whose calls hang.
  /// One more, or one that goes on. Nobody comes to help while there are any.
  void stalled_by(int participants) noexcept { stalled_.fetch_add(participants, std::memory_order_relaxed); }
  /// Ends the file for all who take part; who hangs is not waited for. True for the caller who must record it.
  [[nodiscard]] bool abandon();
  [[nodiscard]] bool abandoned() const noexcept { return abandoned_; }

  /// The slot of the engine's region that counts files which went this way.
  [[nodiscard]] virtual std::size_t way() const noexcept = 0;
  /// Once done: how the file ended. Digests are valid as long as this object.
  [[nodiscard]] ResultRecord finish(WatchedThread& thread);
  /// After finish(): the file, still open. What helpers look at who come too late stays.
  [[nodiscard]] OpenFile take_file();

 protected:
  /// Works until nothing is left for this participant; whoever sees the last of it done calls end().
  virtual void work(const Participant& who, std::unique_lock<std::mutex>& lock) = 0;
  /// Nobody takes part any more and the file is not done: memory that can be had again is given back.
  virtual void rest() = 0;
  /// Writes all digests of a file that was read to its end. False when a library failed.
  [[nodiscard]] virtual bool write_digests(std::byte* digests) noexcept = 0;

  /// Whether this participant shall leave now. Asked with the lock held.
  [[nodiscard]] bool interrupted(const Participant& who);
  /// Waits for another participant, who may hang. What was seen before may have changed.
  void wait(const Participant& who, std::unique_lock<std::mutex>& lock);
  [[nodiscard]] std::uint32_t participants() const noexcept { return participants_; }
  void end() noexcept { done_ = true; }
  void fail(Error error);
  [[nodiscard]] bool failed() const noexcept { return static_cast<bool>(error_); }
  /// Says whether help is wanted, and fetches it when somebody is free.
  void want_help(bool wanted, Scheduler& scheduler) noexcept;

  Job& job_;
  OpenFile file_;
  Device* const device_;
  std::mutex mutex_;
  /// Something came to be done, or a participant has left.
  std::condition_variable changed_;

 private:
  std::atomic<bool> wants_help_ = false;
  std::atomic<bool> done_ = false;
  std::atomic<bool> abandoned_ = false;
  std::atomic<int> stalled_ = 0;
  std::uint32_t participants_ = 0;
  /// The owner leaves, and all others with him: other work goes first.
  bool makes_way_ = false;
  std::uint64_t spent_ns_ = 0;
  Error error_;
  std::vector<std::byte> digests_;
};

}  // namespace hashlane
