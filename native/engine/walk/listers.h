// Threads that read folders ahead of the walk, so that the walk seldom waits for one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>

#include "engine/stalls/stall_watch.h"
#include "io/directory.h"

namespace hashlane {

/// A folder to be read, by a lister or by the walk itself, whoever comes first.
class PendingListing {
 public:
  explicit PendingListing(std::shared_ptr<Directory> directory) : directory_(std::move(directory)) {}

  /// The listing: waits for the lister that reads it, or reads it here and now. Called once.
  /// `answered` is called for each answer, whoever gets it.
  Listing take(const Answered& answered);
  /// Reads it unless somebody has begun to.
  void read_ahead(const Answered& answered);
  /// What the listing takes that waits here, bytes; 0 until it is read.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_.load(std::memory_order_relaxed); }
  [[nodiscard]] const std::shared_ptr<Directory>& directory() const noexcept { return directory_; }

 private:
  [[nodiscard]] bool claim();

  const std::shared_ptr<Directory> directory_;
  std::mutex mutex_;
  std::condition_variable read_;
  bool claimed_ = false;
  bool ready_ = false;
  /// So many answers the lister has had.
  std::uint64_t answers_ = 0;
  Listing listing_;
  std::atomic<std::size_t> bytes_ = 0;
};

/// Thread-safe. In place of a thread that hangs comes another, up to a few.
class Listers {
 public:
  Listers(std::size_t threads, StatsRegion stats, StallWatch& watch);
  ~Listers();
  Listers(const Listers&) = delete;
  Listers& operator=(const Listers&) = delete;

  /// Reads the folder when a thread is free; the newest first, since the walk goes depth first.
  void read_ahead(std::shared_ptr<PendingListing> pending);
  /// Tells the threads to end; StallWatch::close() waits for them.
  void stop();

 private:
  class Lister;

  /// Waits for the threads.
  void end();

  const StatsRegion stats_;
  StallWatch& watch_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::deque<std::shared_ptr<PendingListing>> queue_;
  bool stopped_ = false;
  /// Threads that hang. The watch's.
  std::size_t stalled_ = 0;
};

}  // namespace hashlane
