// Interactive jobs beside background ones, with real files.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <random>

#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

constexpr std::uint64_t kBlock = 256u << 10;
constexpr std::uint64_t kMiB = 1u << 20;

JobSpec spec_of(std::string root, JobPriority priority, std::uint64_t mask = mask_of({AlgorithmId::kMd5})) {
  JobSpec spec;
  spec.roots = {std::move(root)};
  spec.algorithm_mask = mask;
  spec.walk_order = true;
  spec.priority = priority;
  return spec;
}

class InsideAHugeFile : public ::testing::TestWithParam<AlgorithmId> {};

// MD5 goes in blocks, ED2K in pieces.
TEST_P(InsideAHugeFile, IsOvertakenWithinAFewBlocks) {
  TemporaryFolder folder;
  folder.make_sparse("huge", std::uint64_t{1} << 40);
  folder.write("small", "abc");
  TestEngine engine(1);
  const auto huge = engine.engine.start(spec_of(folder.path("huge"), JobPriority::kBackground, mask_of({GetParam()})));
  const auto done = [&] { return engine.job_stat(huge.slot, job_slot::kBytesDone); };
  ASSERT_TRUE(eventually([&] { return done() > 0; }));
  std::uint64_t fewest = UINT64_MAX;
  constexpr int kRounds = 20;
  for (int round = 1; round <= kRounds; ++round) {
    const std::uint64_t before = done();
    const auto results = engine.run(spec_of(folder.path("small"), JobPriority::kInteractive));
    const std::uint64_t after = done();
    fewest = std::min(fewest, after - before);
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].digests_hex, "900150983cd24fb0d6963f7d28e17f72");
    EXPECT_EQ(engine.engine_stat(engine_slot::kOvertakes), static_cast<std::uint64_t>(round));
    ASSERT_TRUE(eventually([&] { return done() > after; })) << "the huge file is taken up again";
  }
  // What was read while the job's walk began included.
  EXPECT_LE(fewest, 64 * kBlock);
  engine.engine.cancel(huge.job);
  EXPECT_TRUE(engine.wait(huge.job).cancelled);
}

INSTANTIATE_TEST_SUITE_P(EveryWay, InsideAHugeFile, ::testing::Values(AlgorithmId::kMd5, AlgorithmId::kEd2k));

TEST(Precedence, TakesAHelperFromAHugeFileBeforeItsOwner) {
  TemporaryFolder folder;
  folder.make_sparse("huge", std::uint64_t{1} << 40);
  folder.write("small", "abc");
  TestEngine engine(2);
  const auto huge = engine.engine.start(
      spec_of(folder.path("huge"), JobPriority::kBackground, mask_of({AlgorithmId::kMd5, AlgorithmId::kSha1})));
  const auto in_hand = [&] { return engine.names(ThreadKind::kWorker).count(folder.path("huge")); };
  ASSERT_TRUE(eventually([&] { return in_hand() == 2; })) << "both workers are in it";
  const auto results = engine.run(spec_of(folder.path("small"), JobPriority::kInteractive));
  EXPECT_EQ(results.at(0).digests_hex, "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_LE(engine.engine_stat(engine_slot::kOvertakes), 1u) << "the owner stayed";
  EXPECT_TRUE(eventually([&] { return in_hand() == 2; }));
  engine.engine.cancel(huge.job);
  engine.wait(huge.job);
}

TEST(Precedence, StarvesNoBackgroundJob) {
  TemporaryFolder folder;
  for (int number = 0; number < 300; ++number) folder.write("many/" + std::to_string(number), std::to_string(number));
  folder.write("many/large", std::string(10 * kMiB, 'x'));
  folder.write("short", std::string(kMiB, 'y'));
  TestEngine engine(1);
  const auto many = engine.engine.start(spec_of(folder.path("many"), JobPriority::kBackground));
  std::deque<JobId> stream;
  std::size_t ended = 0;
  while (engine.job_stat(many.slot, job_slot::kState) != static_cast<std::uint64_t>(JobState::kFinished)) {
    while (stream.size() < 16) {
      stream.push_back(engine.engine.start(spec_of(folder.path("short"), JobPriority::kInteractive)).job);
    }
    engine.wait(stream.front());
    stream.pop_front();
    ASSERT_LT(++ended, 100'000u) << "the stream goes on and the background job does not";
  }
  EXPECT_EQ(engine.wait(many.job).ok, 301u);
  for (const JobId job : stream) engine.wait(job);
}

TEST(Precedence, LetsAFileGoOnWhosePiecesTakeLongerToReadThanATurn) {
  TemporaryFolder folder;
  folder.make_sparse("pieces", 400 * kMiB);
  folder.write("short", std::string(kMiB, 'y'));
  // With so much memory ED2K waits for as many pieces as there are lanes.
  TestEngine engine(1, 1024 * kMiB);
  const auto pieces = engine.engine.start(
      spec_of(folder.path("pieces"), JobPriority::kBackground, mask_of({AlgorithmId::kEd2k, AlgorithmId::kXxh3_64})));
  ASSERT_TRUE(eventually([&] { return engine.engine_stat(engine_slot::kBytesRead) > 0; }));
  std::deque<JobId> stream;
  std::size_t ended = 0;
  while (engine.job_stat(pieces.slot, job_slot::kState) != static_cast<std::uint64_t>(JobState::kFinished)) {
    while (stream.size() < 16) {
      stream.push_back(engine.engine.start(spec_of(folder.path("short"), JobPriority::kInteractive)).job);
    }
    engine.wait(stream.front());
    stream.pop_front();
    ASSERT_LT(++ended, 20'000u) << "the file is begun again and again";
  }
  EXPECT_EQ(engine.wait(pieces.job).ok, 1u);
  for (const JobId job : stream) engine.wait(job);
}

struct Content {
  std::string name;
  std::string bytes;
};

class Overtaken : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Overtaken, AgainAndAgainAJobsDigestsAreRight) {
  const std::vector<AlgorithmId> all = {AlgorithmId::kCrc32,  AlgorithmId::kMd5,    AlgorithmId::kEd2k,
                                        AlgorithmId::kSha256, AlgorithmId::kBlake3, AlgorithmId::kAich,
                                        AlgorithmId::kSm3};
  const std::uint64_t mask = mask_of({AlgorithmId::kCrc32, AlgorithmId::kMd5, AlgorithmId::kEd2k, AlgorithmId::kSha256,
                                      AlgorithmId::kBlake3, AlgorithmId::kAich, AlgorithmId::kSm3});
  std::mt19937_64 random(20 + GetParam());
  TemporaryFolder folder;
  std::vector<Content> contents;
  std::string noise(41 * kMiB, '\0');
  for (char& byte : noise) byte = static_cast<char>(random());
  const auto make = [&](const std::string& name, std::size_t bytes) {
    contents.push_back({name, noise.substr(random() % (noise.size() - bytes), bytes)});
    folder.write("files/" + name, contents.back().bytes);
  };
  for (int number = 0; number < 200; ++number) make("s" + std::to_string(number), random() % 100'000);
  for (int number = 0; number < 8; ++number) make("m" + std::to_string(number), kMiB + random() % (6 * kMiB));
  make("large", 20 * kMiB + random() % kMiB);
  make("largest", 40 * kMiB + 1);
  folder.write("short", "abc");
  std::map<std::string, std::string> expected;
  std::map<std::string, std::string> expected_ed2k;
  for (const Content& content : contents) {
    const std::string name = folder.path("files/" + content.name);
    for (const AlgorithmId algorithm : all) expected[name] += digest_hex(algorithm, content.bytes);
    expected_ed2k[name] = digest_hex(AlgorithmId::kEd2k, content.bytes);
  }

  TestEngine engine(GetParam(), 32 * kMiB);
  const auto every_way = engine.engine.start(spec_of(folder.path("files"), JobPriority::kBackground, mask));
  const auto in_pieces =
      engine.engine.start(spec_of(folder.path("files"), JobPriority::kBackground, mask_of({AlgorithmId::kEd2k})));
  const auto runs = [&](const Engine::Started& job) {
    return engine.job_stat(job.slot, job_slot::kState) != static_cast<std::uint64_t>(JobState::kFinished);
  };
  while (runs(every_way) || runs(in_pieces)) {
    const auto results = engine.run(spec_of(folder.path("short"), JobPriority::kInteractive));
    ASSERT_EQ(results.size(), 1u);
    EXPECT_EQ(results[0].digests_hex, "900150983cd24fb0d6963f7d28e17f72");
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
  }
  const auto check = [&](const Engine::Started& job, const std::map<std::string, std::string>& digests) {
    EXPECT_EQ(engine.wait(job.job).ok, contents.size());
    for (const Result& result : engine.results(job.job)) {
      EXPECT_EQ(result.digests_hex, digests.at(result.name)) << result.name;
    }
  };
  check(every_way, expected);
  check(in_pieces, expected_ed2k);
  EXPECT_GT(engine.engine_stat(engine_slot::kOvertakes), 0u);
}

INSTANTIATE_TEST_SUITE_P(Threads, Overtaken, ::testing::Values(1, 2, 3));

}  // namespace
}  // namespace hashlane::testing
