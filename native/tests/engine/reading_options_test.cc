// How fast, from where and how urgently files are read.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "engine/jobs/rate_limit.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

std::string text(std::size_t bytes) {
  std::string made(bytes, '\0');
  for (std::size_t at = 0; at < bytes; ++at) made[at] = static_cast<char>(at * 2654435761u >> 13);
  return made;
}

class ReadingOptions : public ::testing::Test {
 protected:
  [[nodiscard]] JobSpec spec(std::initializer_list<AlgorithmId> algorithms = {AlgorithmId::kCrc32c}) const {
    JobSpec made;
    made.roots = {folder_.path()};
    made.algorithm_mask = mask_of(algorithms);
    return made;
  }
  TemporaryFolder folder_;
};

TEST_F(ReadingOptions, ALimitOfTheRateHoldsForAllReadersOfTheJobTogether) {
  for (int file = 0; file < 30; ++file) folder_.write("small" + std::to_string(file), text(100'000));
  folder_.make_sparse("large", 9'000'000);
  folder_.make_sparse("large2", 9'000'000);
  TestEngine test(4);
  JobSpec limited = spec();
  limited.limit_rate = 30'000'000;
  const auto started = test.engine.start(limited);
  const JobEnd end = test.wait(started.job);
  EXPECT_EQ(end.ok, 32u);
  EXPECT_EQ(end.bytes, 21'000'000u);
  // All but what may be read at once at the end, and a moment's worth at the beginning.
  EXPECT_GE(end.elapsed_ms, 450);
  EXPECT_LT(end.elapsed_ms, 3000);
}

TEST_F(ReadingOptions, OneLargeFileIsReadOnceWhateverTheLimit) {
  folder_.make_sparse("large", 30'000'000);
  for (const AlgorithmId algorithm : {AlgorithmId::kMd5, AlgorithmId::kEd2k, AlgorithmId::kBlake3}) {
    TestEngine test;
    JobSpec limited = spec({algorithm});
    limited.limit_rate = 100'000'000;
    const auto results = test.run(limited);
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].digests_hex, digest_hex(algorithm, std::string(30'000'000, '\0')));
    EXPECT_EQ(test.engine_stat(engine_slot::kBytesRead), 30'000'000u);
  }
}

TEST_F(ReadingOptions, OtherJobsAreAsFastAsEver) {
  folder_.make_sparse("slow/file", 50'000'000);
  folder_.write("quick/file", "abc");
  TestEngine test(1);
  JobSpec limited = spec();
  limited.roots = {folder_.path("slow")};
  limited.limit_rate = 1'000'000;
  const auto slow = test.engine.start(limited);
  ASSERT_TRUE(eventually([&] { return test.job_stat(slow.slot, job_slot::kBytesDone) > 0; }));
  JobSpec other = spec();
  other.roots = {folder_.path("quick")};
  EXPECT_EQ(test.run(other).size(), 1u);
  test.engine.cancel(slow.job);
  EXPECT_TRUE(test.wait(slow.job).cancelled);
}

TEST(Placeholders, AreSkippedUnlessTheyAreToBeFetched) {
  FileFacts facts{.kind = EntryKind::kFile, .size = 5};
  EXPECT_EQ(skip_reason(facts, false), ErrorCode::kNone);
  facts.placeholder = true;
  EXPECT_EQ(skip_reason(facts, false), ErrorCode::kPlaceholder);
  EXPECT_EQ(skip_reason(facts, true), ErrorCode::kNone);
  facts.kind = EntryKind::kFolder;
  EXPECT_EQ(skip_reason(facts, true), ErrorCode::kEisdir);
}

TEST(RateLimit, OwesWhatWasReadInOneGo) {
  RateLimit limit(1000);
  EXPECT_FALSE(limit.exhausted());
  limit.used(500);
  EXPECT_TRUE(limit.exhausted());
  EXPECT_GT(limit.until_ns(), now_ns() + 300'000'000);
  EXPECT_FALSE(RateLimit(0).exhausted());
}

TEST_F(ReadingOptions, FromTheMediumDigestsAreTheSameForAllSizesAndWays) {
  const std::size_t sizes[] = {
      0, 1, 4095, 4096, 4097, 100'000, (1u << 20) - 1, 1u << 20, (1u << 20) + 1, 9'728'000, 20'000'001, 41'000'003};
  for (const std::size_t size : sizes) folder_.write(std::to_string(size), text(size));
  for (const auto& algorithms : {std::initializer_list<AlgorithmId>{AlgorithmId::kMd5},
                                 {AlgorithmId::kEd2k},
                                 {AlgorithmId::kBlake3, AlgorithmId::kCrc32, AlgorithmId::kSha1}}) {
    TestEngine test;
    JobSpec medium = spec(algorithms);
    medium.medium = true;
    const auto results = test.run(medium);
    ASSERT_EQ(results.size(), std::size(sizes));
    medium.medium = false;
    std::map<std::string, std::string> expected;
    for (const Result& result : test.run(medium)) expected[result.name] = result.digests_hex;
    for (const Result& result : results) {
      EXPECT_EQ(result.status, Status::kOk) << result.name;
      EXPECT_EQ(result.digests_hex, expected[result.name]) << result.name;
    }
  }
}

#ifdef __linux__

/// What this process had devices read, bytes.
std::uint64_t read_from_devices() {
  std::ifstream counters("/proc/self/io");
  std::string name;
  std::uint64_t value = 0;
  while (counters >> name >> value) {
    if (name == "read_bytes:") return value;
  }
  return 0;
}

TEST_F(ReadingOptions, FromTheMediumBytesComeFromTheDeviceEvenIfTheyAreInMemory) {
  folder_.write("small", text(100'000));
  folder_.write("large", text(20'000'000));
  TestEngine test;
  // Written a moment ago and not stored, so in memory.
  const std::uint64_t before = read_from_devices();
  EXPECT_EQ(test.run(spec()).size(), 2u);
  const std::uint64_t usual = read_from_devices() - before;
  JobSpec medium = spec();
  medium.medium = true;
  EXPECT_EQ(test.run(medium).size(), 2u);
  const std::uint64_t direct = read_from_devices() - before - usual;
  if (direct == 0) GTEST_SKIP() << "no device below the temporary folder, or the system does not count";
  EXPECT_LT(usual, 1'000'000u);
  EXPECT_GE(direct, 20'100'000u);
}

TEST_F(ReadingOptions, IdleJobsReadAfterOtherProgramsAndOthersDoNot) {
  const auto idle_threads = [] {
    std::size_t count = 0;
    for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
      const long priority = ::syscall(SYS_ioprio_get, 1, std::stoi(thread.path().filename().string()));
      if (priority >= 0 && priority >> 13 == 3) ++count;
    }
    return count;
  };
  folder_.make_sparse("large", 20'000'000'000);
  TestEngine test(1);
  JobSpec idle = spec({AlgorithmId::kSha256});
  idle.idle = true;
  const auto started = test.engine.start(idle);
  ASSERT_TRUE(eventually([&] { return test.job_stat(started.slot, job_slot::kBytesDone) > 0; }));
  EXPECT_EQ(idle_threads(), 1u);
  test.engine.cancel(started.job);
  test.wait(started.job);
  idle.idle = false;
  const auto other = test.engine.start(idle);
  ASSERT_TRUE(eventually([&] { return test.job_stat(other.slot, job_slot::kBytesDone) > 0; }));
  EXPECT_EQ(idle_threads(), 0u);
  test.engine.cancel(other.job);
  test.wait(other.job);
}

#endif

}  // namespace
}  // namespace hashlane::testing
