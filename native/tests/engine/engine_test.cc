#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "system/clock.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

constexpr std::uint64_t kHuge = std::uint64_t{1} << 40;

JobSpec spec_of(std::vector<std::string> roots, std::uint64_t mask = mask_of({AlgorithmId::kMd5})) {
  JobSpec spec;
  spec.roots = std::move(roots);
  spec.algorithm_mask = mask;
  spec.walk_order = true;
  return spec;
}

TEST(Engine, GivesEveryFileTheDigestOfItsOwnBytes) {
  TemporaryFolder folder;
  for (int number = 0; number < 5000; ++number) {
    folder.write("d" + std::to_string(number % 50) + "/f" + std::to_string(number),
                 std::string(static_cast<std::size_t>(number) * 7 % 3000, static_cast<char>('a' + number % 26)));
  }
  TestEngine engine;
  const auto results = engine.run(spec_of({folder.path()}, mask_of({AlgorithmId::kMd5, AlgorithmId::kSha256})));
  ASSERT_EQ(results.size(), 5000u);
  for (const Result& result : results) {
    const int number = std::stoi(result.name.substr(result.name.rfind('f') + 1));
    const std::string content(static_cast<std::size_t>(number) * 7 % 3000, static_cast<char>('a' + number % 26));
    EXPECT_EQ(result.status, Status::kOk);
    EXPECT_EQ(result.size, content.size());
    EXPECT_EQ(result.digests_hex, digest_hex(AlgorithmId::kMd5, content) + digest_hex(AlgorithmId::kSha256, content));
  }
}

TEST(Engine, HashesEverySizeAroundItsLimitsWithEveryAlgorithm) {
  TemporaryFolder folder;
  std::uint64_t mask = 0;
  for (const AlgorithmInfo& algorithm : kAlgorithms) mask |= std::uint64_t{1} << algorithm.id;
  std::string content((1u << 20) + 2, '\0');
  for (std::size_t at = 0; at < content.size(); ++at) content[at] = static_cast<char>(at * 7 + at / 251);
  std::vector<std::size_t> sizes = {0, 1, 2};
  for (const std::size_t limit : {64u, 128u, 1024u, 16384u, 32768u, 65536u, 262144u, 1048576u}) {
    for (const std::size_t size : {limit - 1, limit + 0, limit + 1}) sizes.push_back(size);
  }
  // Names that put sizes side by side in every mixture.
  for (std::size_t round = 0; round < 5; ++round) {
    for (const std::size_t size : sizes) {
      folder.write(std::to_string(size * 2654435761u % 1000 + round) + "-" + std::to_string(size),
                   content.substr(0, size));
    }
  }
  TestEngine engine;
  const auto results = engine.run(spec_of({folder.path()}, mask));
  EXPECT_EQ(results.size(), 5 * sizes.size());
  std::map<std::pair<std::size_t, AlgorithmId>, std::string> known;
  for (const Result& result : results) {
    EXPECT_EQ(result.status, Status::kOk);
    const std::string_view bytes = std::string_view(content).substr(0, result.size);
    std::string expected;
    for (const AlgorithmInfo& info : kAlgorithms) {
      const auto algorithm = static_cast<AlgorithmId>(info.id);
      if (algorithm == AlgorithmId::kBtih) {
        expected += digest_hex(algorithm, bytes, result.name.substr(result.name.rfind('/') + 1));
        continue;
      }
      std::string& digest = known[{result.size, algorithm}];
      if (digest.empty()) digest = digest_hex(algorithm, bytes);
      expected += digest;
    }
    EXPECT_EQ(result.digests_hex, expected) << result.name;
  }
}

TEST(Engine, KeepsSeveralJobsApart) {
  TemporaryFolder folder;
  for (int job = 0; job < 6; ++job) {
    for (int file = 0; file < 300; ++file) {
      folder.write(std::to_string(job) + "/" + std::to_string(file), std::to_string(job * 1000 + file * (file % 2)));
    }
    folder.write(std::to_string(job) + "/empty", "");
  }
  TestEngine engine(4);
  std::vector<Engine::Started> started;
  const AlgorithmId algorithms[] = {AlgorithmId::kMd5,     AlgorithmId::kSha1,  AlgorithmId::kBlake3,
                                    AlgorithmId::kXxh3_64, AlgorithmId::kCrc32, AlgorithmId::kEd2k};
  for (std::size_t job = 0; job < 6; ++job) {
    started.push_back(engine.engine.start(spec_of({folder.path(std::to_string(job))}, mask_of({algorithms[job]}))));
  }
  for (std::size_t job = 0; job < 6; ++job) {
    EXPECT_EQ(engine.wait(started[job].job).ok, 301u);
    for (const Result& result : engine.results(started[job].job)) {
      const std::string leaf = result.name.substr(result.name.rfind('/') + 1);
      std::string content;
      if (leaf != "empty") {
        const int file = std::stoi(leaf);
        content = std::to_string(static_cast<int>(job) * 1000 + file * (file % 2));
      }
      EXPECT_EQ(result.digests_hex, digest_hex(algorithms[job], content)) << result.name;
    }
  }
}

TEST(Engine, AnswersPauseResumeAndCancelInsideAHugeFile) {
  TemporaryFolder folder;
  folder.make_sparse("huge", kHuge);
  TestEngine engine;
  const auto started = engine.engine.start(spec_of({folder.path("huge")}));
  const auto done = [&] { return engine.job_stat(started.slot, job_slot::kBytesDone); };
  ASSERT_TRUE(eventually([&] { return done() > 0; }));
  EXPECT_GT(engine.stats_block.engine().get(engine_slot::kBytesRead), 0u) << "a huge file counts while it is read";

  engine.engine.pause(started.job);
  EXPECT_EQ(engine.job_stat(started.slot, job_slot::kState), static_cast<std::uint64_t>(JobState::kPaused));
  std::uint64_t stood = 0;
  ASSERT_TRUE(eventually([&] {
    const std::uint64_t before = done();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stood = done();
    return before == stood;
  }));

  engine.engine.resume(started.job);
  ASSERT_TRUE(eventually([&] { return done() > stood; }));
  EXPECT_TRUE(eventually([&] { return engine.names(ThreadKind::kWorker).contains(folder.path("huge")); }))
      << "a resumed file is in hand again";

  engine.engine.cancel(started.job);
  EXPECT_TRUE(engine.wait(started.job).cancelled);
  const auto results = engine.results(started.job);
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].status, Status::kCancelled);
  EXPECT_EQ(results[0].digests_hex, std::string(32, '0'));
}

TEST(Engine, CancelsAJobThatIsPaused) {
  TemporaryFolder folder;
  folder.make_sparse("huge", kHuge);
  TestEngine engine;
  const auto started = engine.engine.start(spec_of({folder.path("huge")}));
  engine.engine.pause(started.job);
  engine.engine.cancel(started.job);
  EXPECT_TRUE(engine.wait(started.job).cancelled);
}

TEST(Engine, HashesOtherJobsWhileOneIsPausedInAFile) {
  TemporaryFolder folder;
  folder.make_sparse("huge", kHuge);
  folder.write("small", "abc");
  TestEngine engine(1);
  const auto paused = engine.engine.start(spec_of({folder.path("huge")}));
  ASSERT_TRUE(eventually([&] { return engine.job_stat(paused.slot, job_slot::kBytesDone) > 0; }));
  engine.engine.pause(paused.job);
  const auto results = engine.run(spec_of({folder.path("small")}));
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].digests_hex, "900150983cd24fb0d6963f7d28e17f72");
  engine.engine.cancel(paused.job);
  engine.wait(paused.job);
}

TEST(Engine, LeavesLargeFilesThatItHasNotBegunToOtherWorkers) {
  TemporaryFolder folder;
  folder.make_sparse("longer", kHuge);
  folder.make_sparse("shorter", kHuge / 4);
  // Its only worker opens both, for nobody waits for work.
  TestEngine engine(1);
  const auto started = engine.engine.start(spec_of({folder.path()}));
  ASSERT_TRUE(eventually([&] { return engine.job_stat(started.slot, job_slot::kBytesDone) > 0; }));
  EXPECT_EQ(engine.stats_block.engine().get(engine_slot::kQueueDepth), 1u);
  engine.engine.cancel(started.job);
  EXPECT_TRUE(engine.wait(started.job).cancelled);
  EXPECT_EQ(engine.results(started.job).size(), 2u);
}

TEST(Engine, ContinuesAFileExactlyWhereItWasPaused) {
  TemporaryFolder folder;
  std::string content(40u << 20, 'x');
  for (std::size_t at = 0; at < content.size(); at += 4099) content[at] = static_cast<char>(at);
  folder.write("large", content);
  TestEngine engine;
  const auto started = engine.engine.start(spec_of({folder.path("large")}, mask_of({AlgorithmId::kSha3_512})));
  for (int round = 0; round < 20; ++round) {
    engine.engine.pause(started.job);
    std::this_thread::yield();
    engine.engine.resume(started.job);
  }
  engine.wait(started.job);
  EXPECT_EQ(engine.results(started.job).at(0).digests_hex, digest_hex(AlgorithmId::kSha3_512, content));
}

TEST(Engine, ReportsAFileThatShrinksWhileItIsRead) {
  TemporaryFolder folder;
  folder.make_sparse("log", kHuge);
  TestEngine engine;
  const auto started = engine.engine.start(spec_of({folder.path("log")}));
  ASSERT_TRUE(eventually([&] { return engine.job_stat(started.slot, job_slot::kBytesDone) > 0; }));
  engine.engine.pause(started.job);
  ASSERT_EQ(::truncate(folder.path("log").c_str(), 5), 0);
  engine.engine.resume(started.job);
  engine.wait(started.job);
  const auto results = engine.results(started.job);
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].status, Status::kChanged);
  EXPECT_EQ(results[0].error, ErrorCode::kShrank);
  EXPECT_EQ(results[0].size, 5u);
  EXPECT_NE(results[0].flags & kFlagChanged, 0);
  EXPECT_EQ(results[0].digests_hex, std::string(32, '0'));
}

/// Hashes `path` and changes it in the middle by `change`; the one result.
template <typename Change>
Result changed_while_read(const std::string& path, Change change) {
  TestEngine engine;
  const auto started = engine.engine.start(spec_of({path}, mask_of({AlgorithmId::kSha3_512})));
  EXPECT_TRUE(eventually([&] { return engine.job_stat(started.slot, job_slot::kBytesDone) > 0; }));
  engine.engine.pause(started.job);
  change();
  engine.engine.resume(started.job);
  engine.wait(started.job);
  return engine.results(started.job).at(0);
}

TEST(Engine, ReportsAFileThatGrowsWhileItIsRead) {
  TemporaryFolder folder;
  const std::string path = folder.path("log");
  folder.make_sparse("log", 256u << 20);
  const Result result = changed_while_read(path, [&] { ASSERT_EQ(::truncate(path.c_str(), (256u << 20) + 1), 0); });
  EXPECT_EQ(result.status, Status::kChanged);
  EXPECT_EQ(result.error, ErrorCode::kGrew);
  EXPECT_EQ(result.digests_hex, std::string(128, '0'));
}

TEST(Engine, ReportsAFileThatIsOverwrittenInPlaceWhileItIsRead) {
  TemporaryFolder folder;
  const std::string path = folder.path("database");
  folder.make_sparse("database", 256u << 20);
  const Result result = changed_while_read(path, [&] {
    const int file = ::open(path.c_str(), O_WRONLY);
    ASSERT_EQ(::pwrite(file, "x", 1, 0), 1);
    ::close(file);
  });
  EXPECT_EQ(result.status, Status::kChanged);
  EXPECT_EQ(result.error, ErrorCode::kModified);
}

TEST(Engine, DoesNotTrustAFileThatIsDeletedWhileItIsRead) {
  TemporaryFolder folder;
  const std::string path = folder.path("gone");
  folder.make_sparse("gone", 64u << 20);
  const Result result = changed_while_read(path, [&] { ASSERT_EQ(::unlink(path.c_str()), 0); });
  // Its contents are still all there, and what was read is what was there; but its link count, and so
  // its change time, are not what they were: that cannot be told from a change of contents.
  EXPECT_EQ(result.status, Status::kChanged);
}

TEST(Engine, WaitsForItsReceiverAndLosesNothing) {
  TemporaryFolder folder;
  for (int number = 0; number < 9000; ++number) folder.write("f" + std::to_string(number), "x");
  TestEngine engine(2, 64u << 20, 2);
  engine.hold_slabs(true);
  const auto started = engine.engine.start(spec_of({folder.path()}));
  ASSERT_TRUE(eventually([&] { return engine.stats_block.engine().get(engine_slot::kSlabWaits) > 0; }));
  EXPECT_LT(engine.results(started.job).size(), 9000u);
  engine.hold_slabs(false);
  EXPECT_EQ(engine.wait(started.job).ok, 9000u);
  EXPECT_EQ(engine.results(started.job).size(), 9000u);
}

TEST(Engine, GivesEntryIdsWithoutGapsInWalkOrder) {
  TemporaryFolder folder;
  for (int number = 0; number < 3000; ++number)
    folder.write(std::to_string(number % 37) + "/" + std::to_string(number), "");
  TestEngine engine(4);
  auto results = engine.run(spec_of({folder.path()}));
  std::sort(results.begin(), results.end(), [](const auto& a, const auto& b) { return a.entry_id < b.entry_id; });
  for (std::size_t index = 0; index < results.size(); ++index) EXPECT_EQ(results[index].entry_id, index);
  for (std::size_t index = 1; index < results.size(); ++index) EXPECT_LT(results[index - 1].name, results[index].name);
}

TEST(Engine, StaysWithinItsMemoryLimit) {
  TemporaryFolder folder;
  for (int number = 0; number < 200; ++number) folder.write(std::to_string(number), std::string(300000, 'x'));
  TestEngine engine(8, 8u << 20);
  EXPECT_EQ(engine.run(spec_of({folder.path()})).size(), 200u);
  EXPECT_LE(engine.stats_block.engine().get(engine_slot::kMemoryPeak), 8u << 20);
}

TEST(Engine, CanBeDestroyedInTheMiddleOfJobs) {
  TemporaryFolder folder;
  folder.make_sparse("huge", kHuge);
  for (int number = 0; number < 1000; ++number) folder.write("f" + std::to_string(number), "x");
  for (int round = 0; round < 5; ++round) {
    TestEngine engine;
    engine.hold_slabs(round % 2 == 0);
    engine.engine.start(spec_of({folder.path()}));
    engine.engine.start(spec_of({folder.path("huge")}));
  }
}

TEST(Engine, RefusesMoreJobsThanTheStatsBlockHolds) {
  TemporaryFolder folder;
  folder.make_sparse("huge", kHuge);
  TestEngine engine;
  std::vector<JobId> jobs;
  for (std::size_t number = 0; number < kMaxJobs; ++number) {
    const auto started = engine.engine.start(spec_of({folder.path("huge")}));
    ASSERT_EQ(started.error, StartError::kNone);
    jobs.push_back(started.job);
  }
  EXPECT_EQ(engine.engine.start(spec_of({folder.path("huge")})).error, StartError::kTooManyJobs);
  for (const JobId job : jobs) engine.engine.cancel(job);
  for (const JobId job : jobs) EXPECT_TRUE(engine.wait(job).cancelled);
}

}  // namespace
}  // namespace hashlane::testing
