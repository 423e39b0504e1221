// Files that are large, or several: every way through the planner must give the digests of one stream.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <random>
#include <thread>

#include "engine/workers/planner.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

constexpr std::size_t kMiB = 1u << 20;
constexpr std::size_t kEd2kChunk = 9'728'000;
constexpr std::size_t kLargest = 6 * kEd2kChunk + 3;

std::string noise(std::size_t size, std::uint32_t seed) {
  std::string bytes(size + 8, '\0');
  std::mt19937_64 random(seed);
  for (std::size_t at = 0; at < size; at += 8) {
    const std::uint64_t word = random();
    bytes.replace(at, 8, reinterpret_cast<const char*>(&word), 8);
  }
  bytes.resize(size);
  return bytes;
}

/// Everything that the engine computes from a file's bytes alone.
std::vector<AlgorithmId> algorithms_of_bytes() {
  std::vector<AlgorithmId> all;
  for (const AlgorithmInfo& info : kAlgorithms) all.push_back(static_cast<AlgorithmId>(info.id));
  std::erase(all, AlgorithmId::kBtih);
  return all;
}

std::uint64_t mask_of_all(const std::vector<AlgorithmId>& algorithms) {
  std::uint64_t mask = 0;
  for (const AlgorithmId algorithm : algorithms) mask |= std::uint64_t{1} << static_cast<unsigned>(algorithm);
  return mask;
}

JobSpec spec_of(std::string root, std::uint64_t mask) {
  JobSpec spec;
  spec.roots = {std::move(root)};
  spec.algorithm_mask = mask;
  spec.walk_order = true;
  return spec;
}

/// In the order of a record: ascending ids.
std::string expected(std::vector<AlgorithmId> algorithms, std::string_view content) {
  std::ranges::sort(algorithms);
  std::string all;
  for (const AlgorithmId algorithm : algorithms) all += digest_hex(algorithm, content);
  return all;
}

struct Case {
  std::vector<AlgorithmId> algorithms;
  std::size_t threads;
  std::size_t memory_limit;
  std::vector<std::size_t> sizes = {8 * kMiB,
                                    8 * kMiB + 1,
                                    kEd2kChunk,
                                    4 * kEd2kChunk - 1,
                                    4 * kEd2kChunk,
                                    4 * kEd2kChunk + 1,
                                    5 * kEd2kChunk + 184'321,
                                    kLargest};
};

class OneLargeFile : public ::testing::TestWithParam<Case> {};

TEST_P(OneLargeFile, HasTheDigestsOfOneStream) {
  const Case& given = GetParam();
  TemporaryFolder folder;
  TestEngine engine(given.threads, given.memory_limit);
  const std::string content = noise(kLargest, 1);
  for (const std::size_t size : given.sizes) {
    const std::string_view bytes = std::string_view(content).substr(0, size);
    folder.write("large", bytes);
    const auto results = engine.run(spec_of(folder.path("large"), mask_of_all(given.algorithms)));
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].status, Status::kOk);
    EXPECT_EQ(results[0].size, size);
    EXPECT_EQ(results[0].digests_hex, expected(given.algorithms, bytes)) << size << " bytes";
  }
}

using enum AlgorithmId;
INSTANTIATE_TEST_SUITE_P(EveryWay, OneLargeFile,
                         ::testing::Values(Case{{kMd5}, 2, 256 * kMiB}, Case{{kEd2k}, 1, 256 * kMiB},
                                           Case{{kEd2k, kEd2kBlue}, 3, 256 * kMiB}, Case{{kAich}, 2, 256 * kMiB},
                                           Case{{kEd2k, kAich}, 2, 256 * kMiB}, Case{{kBlake3}, 4, 256 * kMiB},
                                           Case{{kCrc32, kCrc32c, kCrc64Xz, kAdler32, kTth}, 3, 256 * kMiB},
                                           Case{{kCrc32, kMd5, kSha1, kEd2k, kSha256}, 2, 256 * kMiB},
                                           // No room for several pieces at once, nor for reading far ahead.
                                           Case{{kCrc32, kMd5, kSha1, kEd2k, kSha256}, 2, 3 * kMiB},
                                           Case{{kEd2k, kAich, kXxh64}, 1, 2 * kMiB},
                                           Case{algorithms_of_bytes(), 2, 256 * kMiB, {kEd2kChunk + 1}}));

TEST(LargeFiles, SeveralOfThemGoSideBySide) {
  TemporaryFolder folder;
  const std::string content = noise(14 * kMiB, 2);
  const std::vector<AlgorithmId> algorithms = {kMd5, kSha1, kEd2k, kSha256, kXxh3_64};
  std::mt19937 random(3);
  std::map<std::string, std::string_view> files;
  for (int number = 0; number < 20; ++number) {
    const std::size_t begin = random() % 1000;
    const std::size_t size = 7 * kMiB + random() % (6 * kMiB);
    const std::string name = std::to_string(number);
    files[folder.path(name)] = std::string_view(content).substr(begin, size);
    folder.write(name, files[folder.path(name)]);
  }
  for (const std::size_t threads : {1u, 2u, 5u}) {
    TestEngine engine(threads);
    const auto results = engine.run(spec_of(folder.path(), mask_of_all(algorithms)));
    ASSERT_EQ(results.size(), files.size());
    for (const Result& result : results) {
      EXPECT_EQ(result.digests_hex, expected(algorithms, files.at(result.name))) << result.name;
    }
  }
}

TEST(LargeFiles, OfEverySizeInOneTreeAreHashedRight) {
  TemporaryFolder folder;
  const std::string content = noise(40 * kMiB, 4);
  const std::vector<AlgorithmId> algorithms = {kMd5, kEd2k, kSha3_256, kBlake3, kTth};
  std::mt19937 random(5);
  std::map<std::string, std::string_view> files;
  for (int number = 0; number < 600; ++number) {
    // From nothing to tens of megabytes, small ones far more often.
    const std::size_t most = std::size_t{1} << (random() % 24);
    const std::size_t size = number % 200 == 7 ? 9 * kMiB + random() % (30 * kMiB) : random() % most;
    const std::string name = std::to_string(number % 9) + "/" + std::to_string(number);
    files[folder.path(name)] = std::string_view(content).substr(0, size);
    folder.write(name, files[folder.path(name)]);
  }
  TestEngine engine(3);
  const auto results = engine.run(spec_of(folder.path(), mask_of_all(algorithms)));
  ASSERT_EQ(results.size(), files.size());
  for (const Result& result : results) {
    EXPECT_EQ(result.status, Status::kOk);
    EXPECT_EQ(result.digests_hex, expected(algorithms, files.at(result.name))) << result.name;
  }
}

TEST(ManyFiles, AreHashedWithFewDescriptors) {
  TemporaryFolder folder;
  for (int number = 0; number < 600; ++number)
    folder.write(std::to_string(number % 3) + "/" + std::to_string(number), "abc");
  TestEngine engine(4);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  // What is open now, and fewer than one worker would like to have.
  const rlimit few{static_cast<rlim_t>(::dup(0)) + 40, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  const auto results = engine.run(spec_of(folder.path(), mask_of_all({kMd5})));
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  ::close(static_cast<int>(few.rlim_cur) - 40);
  ASSERT_EQ(results.size(), 600u);
  for (const Result& result : results) EXPECT_EQ(result.digests_hex, "900150983cd24fb0d6963f7d28e17f72") << result.name;
}

TEST(LargeFiles, GoOnExactlyWhereTheyWerePaused) {
  TemporaryFolder folder;
  const std::string content = noise(50 * kMiB, 6);
  folder.write("large", content);
  for (const std::vector<AlgorithmId>& algorithms :
       {std::vector{kEd2k}, std::vector{kCrc32, kMd5, kEd2k, kSha3_512}, std::vector{kAich}, std::vector{kBlake3}}) {
    TestEngine engine(3);
    const auto started = engine.engine.start(spec_of(folder.path("large"), mask_of_all(algorithms)));
    for (int round = 0; round < 30; ++round) {
      engine.engine.pause(started.job);
      std::this_thread::sleep_for(std::chrono::microseconds(100 * (round % 7)));
      engine.engine.resume(started.job);
      std::this_thread::sleep_for(std::chrono::microseconds(200 * (round % 5)));
    }
    engine.wait(started.job);
    EXPECT_EQ(engine.results(started.job).at(0).digests_hex, expected(algorithms, content));
    EXPECT_EQ(engine.job_stat(started.slot, job_slot::kBytesDone), content.size()) << "every byte counts once";
  }
}

TEST(LargeFiles, ThatBecomeShorterAreReported) {
  TemporaryFolder folder;
  const std::string content = noise(60 * kMiB, 7);
  for (const std::vector<AlgorithmId>& algorithms :
       {std::vector{kEd2k}, std::vector{kMd5, kSha512}, std::vector{kBlake3}}) {
    folder.write("large", content);
    TestEngine engine(2);
    const auto started = engine.engine.start(spec_of(folder.path("large"), mask_of_all(algorithms)));
    while (engine.job_stat(started.slot, job_slot::kBytesDone) == 0) std::this_thread::yield();
    engine.engine.pause(started.job);
    std::filesystem::resize_file(folder.path("large"), 100);
    engine.engine.resume(started.job);
    engine.wait(started.job);
    const auto results = engine.results(started.job);
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].status, Status::kChanged);
    EXPECT_EQ(results[0].error, ErrorCode::kShrank);
    EXPECT_EQ(results[0].size, 100u);
    EXPECT_EQ(results[0].digests_hex.find_first_not_of('0'), std::string::npos);
  }
}

struct Manner {
  const char* name;
  std::vector<AlgorithmId> algorithms;
  std::size_t files;
};

/// What a reader would be killed for, had it mapped the files.
TEST(LargeFiles, ThatAreCutOrRemovedWhileTheyAreReadGetNoDigestInAnyWay) {
  for (const Manner& way :
       {Manner{"lanes", {kMd5}, 8}, Manner{"blocks", {kMd5, kSha512}, 1}, Manner{"pieces", {kEd2k}, 1}}) {
    for (const bool cut : {true, false}) {
      TemporaryFolder folder;
      const std::string content = noise(40 * kMiB, 8);
      for (std::size_t index = 0; index < way.files; ++index) folder.write(std::to_string(index), content);
      TestEngine engine(2);
      const auto started = engine.engine.start(spec_of(folder.path(), mask_of_all(way.algorithms)));
      while (engine.job_stat(started.slot, job_slot::kBytesDone) == 0) std::this_thread::yield();
      engine.engine.pause(started.job);
      for (std::size_t index = 0; index < way.files; ++index) {
        const std::string path = folder.path(std::to_string(index));
        if (cut) {
          std::filesystem::resize_file(path, 4097);
        } else {
          std::filesystem::remove(path);
        }
      }
      engine.engine.resume(started.job);
      engine.wait(started.job);
      const auto results = engine.results(started.job);
      ASSERT_EQ(results.size(), way.files) << way.name;
      std::size_t changed = 0;
      for (const Result& result : results) {
        changed += result.status == Status::kChanged ? 1 : 0;
        if (result.status == Status::kOk) {
          // Done before, or begun after.
          const std::string now = result.size == content.size() ? content : content.substr(0, 4097);
          EXPECT_EQ(result.digests_hex, expected(way.algorithms, now)) << way.name;
        } else {
          EXPECT_EQ(result.digests_hex.find_first_not_of('0'), std::string::npos) << way.name;
        }
      }
      EXPECT_GT(changed, 0u) << way.name << (cut ? " cut" : " removed");
    }
  }
}

TEST(Planner, LetsSmallFilesGoSideBySideAndLargeOnesByThemselves) {
  EXPECT_EQ(way_of(0, nullptr), Way::kSideBySide);
  EXPECT_EQ(way_of(8 * kMiB - 1, nullptr), Way::kSideBySide);
  EXPECT_EQ(way_of(8 * kMiB, nullptr), Way::kShared);
  std::array<std::uint64_t, kDeviceRegionSlots> stats{};
  const Device disk(1, DeviceClass::kRotational, StatsRegion(stats.data()));
  EXPECT_EQ(way_of(16 * 1024 - 1, &disk), Way::kSideBySide);
  EXPECT_EQ(way_of(16 * 1024, &disk), Way::kShared) << "heads must not jump between files";
}

std::vector<std::uint64_t> sizes_taken(std::vector<std::uint64_t> sizes, std::uint64_t under_way,
                                       const Device* device = nullptr) {
  std::vector<OpenFile> large;
  for (const std::uint64_t size : sizes) large.emplace_back().facts.size = size;
  std::vector<std::uint64_t> taken;
  for (const OpenFile& file : take_alike(large, under_way, device)) taken.push_back(file.facts.size);
  EXPECT_EQ(taken.size() + large.size(), sizes.size());
  return taken;
}

TEST(Planner, TakesLargeFilesTogetherWhenNoneIsLeftAloneForLong) {
  EXPECT_TRUE(sizes_taken({100}, 0).empty());
  EXPECT_EQ(sizes_taken({100}, 150).size(), 1u);
  EXPECT_EQ(sizes_taken({100, 100}, 0).size(), 2u);
  EXPECT_TRUE(sizes_taken({100, 90}, 0).empty()) << "each has all workers for itself";
  EXPECT_EQ(sizes_taken({10, 1000, 10, 10}, 0), (std::vector<std::uint64_t>{10, 10, 10}));
  std::array<std::uint64_t, kDeviceRegionSlots> stats{};
  const Device disk(1, DeviceClass::kRotational, StatsRegion(stats.data()));
  EXPECT_TRUE(sizes_taken({100, 100, 100}, 0, &disk).empty());
}

}  // namespace
}  // namespace hashlane::testing
