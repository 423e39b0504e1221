// An engine whose deliveries a test can wait for and look at, and a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "engine/engine.h"

namespace hashlane::testing {

/// Waits for what other threads bring about.
template <typename Condition>
::testing::AssertionResult eventually(Condition condition) {
  for (int tries = 0; tries < 2000; ++tries) {
    if (condition()) return ::testing::AssertionSuccess();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return ::testing::AssertionFailure() << "it did not happen within ten seconds";
}

struct Result {
  std::uint64_t entry_id;
  std::uint64_t size;
  std::string name;
  Status status;
  ErrorCode error;
  std::string digests_hex;
  std::uint8_t flags;
  std::uint16_t root;
};

/// Copies every record out of its batch and gives the slab back at once, or holds on to the slabs.
class TestEngine final : public Delivery {
 public:
  explicit TestEngine(std::size_t threads = 2, std::size_t memory_limit = 64u << 20, std::size_t slab_count = 4,
                      PressureSource* pressure = nullptr, StallLimits stalls = {});
  ~TestEngine() override;

  void batch(JobId job, std::uint32_t slab, std::uint32_t length) noexcept override;
  void feed_answered(FeedId feed, bool taken) noexcept override;
  void job_ended(const JobEnd& end) noexcept override;

  /// Waits for the end of the job.
  JobEnd wait(JobId job);
  /// The same for so long at most; false when it did not end.
  bool wait_for(JobId job, std::chrono::seconds most);
  /// Lets go of what is known of a job that has ended.
  void forget(JobId job);
  bool wait_for_feed(FeedId feed);
  /// Starts, waits, and gives the results in the order of their delivery.
  std::vector<Result> run(JobSpec spec);
  std::vector<Result> results(JobId job);
  [[nodiscard]] std::uint64_t engine_stat(std::size_t slot) { return stats_block.engine().get(slot); }
  /// Events of a kind, oldest first: value and detail.
  [[nodiscard]] std::vector<std::pair<std::uint64_t, std::uint64_t>> events(EventKind kind);
  [[nodiscard]] std::uint64_t job_stat(std::size_t slot, std::size_t field) { return stats_block.job(slot).get(field); }

  /// Waits until so many entries of the job were delivered.
  void wait_for_results(JobId job, std::size_t count);
  /// Records without a digest, all reasons together.
  [[nodiscard]] std::uint64_t reasons() const;
  /// What threads of a kind have in hand now, and what they do.
  [[nodiscard]] std::multiset<std::string> names(ThreadKind kind) const;
  [[nodiscard]] std::multiset<ThreadState> states(ThreadKind kind) const;

  /// While true, slabs are not given back.
  void hold_slabs(bool hold);

 private:
  void read(std::span<const std::byte> batch);

  std::vector<std::byte> slab_memory_;
  std::vector<std::uint64_t> stats_memory_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<JobId, std::vector<Result>> results_;
  std::map<JobId, std::uint32_t> sequences_;
  std::map<JobId, JobEnd> ends_;
  std::map<FeedId, bool> answers_;
  std::vector<std::uint32_t> held_;
  bool hold_ = false;

 public:
  StatsBlock stats_block;
  Engine engine;
};

/// A folder that is removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  [[nodiscard]] std::string path(const std::string& below = {}) const;
  void write(const std::string& below, std::string_view content) const;
  void make_folder(const std::string& below) const;
  /// A file of zeros that takes no room: reading a long one to the end takes minutes.
  void make_sparse(const std::string& below, std::uint64_t bytes) const;

 private:
  std::filesystem::path path_;
};

std::uint64_t mask_of(std::initializer_list<AlgorithmId> algorithms);

/// The digest of `content` by the same kernel, computed in one piece; `name`: the file's, for BTIH.
std::string digest_hex(AlgorithmId algorithm, std::string_view content, std::string_view name = {});

}  // namespace hashlane::testing
