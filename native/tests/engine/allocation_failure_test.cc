// The n-th allocation fails, for every n of a small job: the engine gives right results or an error, never
// a crash, a hang or a lost file. In a program of its own, for it replaces the operators new.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "engine/engine.h"
#include "tests/engine/failing_allocations.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

/// Keeps the results, and never fails itself.
class Receiver final : public Delivery {
 public:
  std::function<void(std::uint32_t)> release;
  std::span<const std::byte> slabs;
  std::size_t slab_bytes = 0;

  void batch(JobId, std::uint32_t slab, std::uint32_t length) noexcept override {
    const Spared guard;
    BatchHeader header;
    const auto bytes = slabs.subspan(slab * slab_bytes, length);
    std::memcpy(&header, bytes.data(), sizeof header);
    {
      std::lock_guard lock(mutex_);
      for (std::size_t index = 0; index < header.record_count; ++index) {
        HotRecord hot;
        std::memcpy(&hot, bytes.data() + header.hot_offset + index * sizeof hot, sizeof hot);
        std::string text;
        for (std::size_t at = 0; at < header.digest_stride; ++at) {
          static constexpr char kDigits[] = "0123456789abcdef";
          const auto byte = std::to_integer<unsigned>(bytes[header.digest_offset + hot.digest_offset + at]);
          text += kDigits[byte >> 4];
          text += kDigits[byte & 15];
        }
        const auto name = bytes.subspan(header.cold_offset + hot.name_offset, hot.name_length);
        results.push_back({.entry_id = hot.entry_id,
                           .size = hot.size,
                           .name = std::string(reinterpret_cast<const char*>(name.data()), name.size()),
                           .status = static_cast<Status>(hot.status),
                           .error = static_cast<ErrorCode>(hot.error_number),
                           .digests_hex = text,
                           .flags = hot.flags,
                           .root = hot.root});
      }
    }
    release(slab);
  }
  void feed_answered(FeedId, bool) noexcept override {}
  void job_ended(const JobEnd& ended) noexcept override {
    std::lock_guard lock(mutex_);
    end = ended;
    changed_.notify_all();
  }

  JobEnd wait() {
    std::unique_lock lock(mutex_);
    const bool came = changed_.wait_for(lock, std::chrono::seconds(30), [&] { return end.has_value(); });
    if (!came) {
      // Nothing can be torn down with a job that hangs.
      std::fprintf(stderr, "the job did not end\n");
      std::abort();
    }
    return *end;
  }

  std::vector<Result> results;
  std::optional<JobEnd> end;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

class AllocationFailure : public ::testing::Test {
 protected:
  static constexpr std::size_t kSlabBytes = 256u << 10;
  static constexpr std::uint64_t kLarge = 3u << 20;

  AllocationFailure() {
    for (int index = 0; index < 20; ++index) {
      write("many/" + std::to_string(index), std::string(static_cast<std::size_t>(index) * 1000, 'a'));
    }
    write("deep/er/est/file", "abc");
    write("large", std::string(kLarge, 'b'));
  }

  void write(const std::string& name, const std::string& content) {
    folder_.write(name, content);
    expected_[folder_.path(name)] = digest_hex(AlgorithmId::kSha256, content);
  }

  /// One job with the n-th allocation failing; false when so many are not made.
  bool run(std::int64_t n) {
    const Spared guard;
    std::vector<std::byte> slabs(kSlabBytes * 4 + 64);
    std::vector<std::uint64_t> stats(kStatsSlots + 8);
    Receiver receiver;
    EngineOptions options;
    options.threads = 2;
    options.memory_limit = 32u << 20;
    options.slab_bytes = kSlabBytes;
    options.slabs = aligned(slabs, kSlabBytes * 4);
    options.stats = aligned(stats, kStatsSlots);
    receiver.slabs = options.slabs;
    receiver.slab_bytes = kSlabBytes;
    JobSpec spec;
    spec.roots = {folder_.path()};
    spec.algorithm_mask = mask_of({AlgorithmId::kSha256});
    spec.walk_order = true;
    spec.count_ahead = true;
    failed = false;
    countdown = n;
    bool began = false;
    try {
      spared = false;
      Engine engine(options, receiver);
      receiver.release = [&](std::uint32_t slab) { engine.release_slab(slab); };
      began = engine.start(std::move(spec)).error == StartError::kNone;
      spared = true;
      if (began) receiver.wait();
    } catch (const std::bad_alloc&) {
      spared = true;
      began = false;
    }
    countdown = 0;
    if (began) look(receiver, n);
    return failed;
  }

  void look(const Receiver& receiver, std::int64_t n) {
    std::size_t right = 0;
    for (const Result& result : receiver.results) {
      if (result.status != Status::kOk) {
        EXPECT_NE(result.error, ErrorCode::kNone) << "allocation " << n;
        continue;
      }
      EXPECT_EQ(result.digests_hex, expected_.at(result.name)) << "allocation " << n;
      ++right;
    }
    if (!failed) {
      EXPECT_EQ(right, expected_.size());
    }
    // What is missing is told: by the job, or by a record of its own.
    const bool told = receiver.end->incomplete || receiver.results.size() > right;
    EXPECT_TRUE(told || right == expected_.size()) << "allocation " << n << ": " << right << " files";
  }

  template <typename T>
  static std::span<T> aligned(std::vector<T>& memory, std::size_t count) {
    const auto address = (reinterpret_cast<std::uintptr_t>(memory.data()) + 63) & ~std::uintptr_t{63};
    return {reinterpret_cast<T*>(address), count};
  }

  TemporaryFolder folder_;
  std::map<std::string, std::string> expected_;
};

TEST_F(AllocationFailure, OfAnySingleOneEndsTheJobWithRightResultsOrAnError) {
  ASSERT_FALSE(run(0));
  std::int64_t n = 1;
  while (run(n) && !HasFailure()) ++n;
  EXPECT_GT(n, 100) << "so few allocations cannot be all there are";
}

}  // namespace
}  // namespace hashlane::testing
