// What the engine says to whoever runs it. The binding carries it to JavaScript; tests listen to it.
#pragma once

#include <cstdint>

namespace hashlane {

using JobId = std::uint64_t;
using FeedId = std::uint64_t;

/// How a job ended. Bytes, milliseconds.
struct JobEnd {
  JobId job;
  bool cancelled;
  /// The engine could not go on with it, for want of memory or threads: results are missing.
  bool incomplete;
  std::uint64_t files, bytes, ok, failed, skipped, filtered_out;
  double elapsed_ms;
};

/// Called from engine threads, for one job in this order: its batches by sequence, then its end.
/// Implementations must not call back into the engine, and must not wait.
class Delivery {
 public:
  virtual ~Delivery() = default;
  /// `length` bytes of slab `slab` are a sealed batch; the slab is the receiver's until
  /// Engine::release_slab().
  virtual void batch(JobId job, std::uint32_t slab, std::uint32_t length) noexcept = 0;
  /// A feed's bytes were taken in, or its end was recorded; false when the job is cancelled.
  virtual void feed_answered(FeedId feed, bool taken) noexcept = 0;
  virtual void job_ended(const JobEnd& end) noexcept = 0;
};

}  // namespace hashlane
