// What the stats block says of known jobs.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "engine/lanes/lane_capacity.h"
#include "kernels/lanes/lane_kernel.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

JobSpec spec_of(const TemporaryFolder& folder, std::initializer_list<AlgorithmId> algorithms = {AlgorithmId::kMd5}) {
  JobSpec spec;
  spec.roots = {folder.path()};
  spec.algorithm_mask = mask_of(algorithms);
  spec.walk_order = true;
  return spec;
}

using States = std::multiset<ThreadState>;

TEST(Stats, ShowWhatItsThreadsWaitFor) {
  TemporaryFolder folder;
  for (int number = 0; number < 8000; ++number) folder.write("f" + std::to_string(number), "x");
  TestEngine engine(2, 64u << 20, 2);
  engine.hold_slabs(true);
  // Long records fill two slabs with few files.
  const auto started = engine.engine.start(
      spec_of(folder, {AlgorithmId::kSha512, AlgorithmId::kSha3_512, AlgorithmId::kBlake2b, AlgorithmId::kWhirlpool}));
  EXPECT_TRUE(eventually([&] {
    return engine.states(ThreadKind::kWorker) == States{ThreadState::kWaiting, ThreadState::kWaiting};
  })) << "the workers wait for a slab";
  EXPECT_TRUE(eventually([&] { return engine.states(ThreadKind::kWalk) == States{ThreadState::kWaiting}; }))
      << "the walk waits for room in the queue";
  EXPECT_EQ(engine.names(ThreadKind::kWalk), std::multiset{folder.path() + "/"});
  engine.hold_slabs(false);
  EXPECT_EQ(engine.wait(started.job).ok, 8000u);
  EXPECT_TRUE(eventually([&] {
    return engine.states(ThreadKind::kWorker) == States{ThreadState::kIdle, ThreadState::kIdle};
  }));
  EXPECT_TRUE(eventually([&] { return engine.states(ThreadKind::kWalk).empty(); })) << "the walk's thread has ended";
  EXPECT_EQ(engine.states(ThreadKind::kLister), (States{ThreadState::kIdle, ThreadState::kIdle}));
}

TEST(Stats, ShowTheWalkOfAPausedJobAsWaiting) {
  TemporaryFolder folder;
  for (int number = 0; number < 500; ++number) folder.write(std::to_string(number) + "/f", "x");
  TestEngine engine;
  JobSpec spec = spec_of(folder);
  spec.count_ahead = true;
  const auto started = engine.engine.start(spec);
  engine.engine.pause(started.job);
  EXPECT_TRUE(eventually([&] { return engine.states(ThreadKind::kWalk) == States{ThreadState::kWaiting}; }));
  EXPECT_TRUE(eventually([&] { return engine.states(ThreadKind::kCount) == States{ThreadState::kWaiting}; }));
  engine.engine.resume(started.job);
  EXPECT_EQ(engine.wait(started.job).ok, 500u);
}

std::uint64_t algorithm_stat(const TestEngine& engine, AlgorithmId id, std::size_t slot) {
  return engine.stats_block.algorithm(id).get(slot);
}

/// All bytes that went through an algorithm's kernels.
std::uint64_t hashed(const TestEngine& engine, AlgorithmId id) {
  using namespace algorithm_slot;
  return algorithm_stat(engine, id, kStreamBytes) + algorithm_stat(engine, id, kLaneBytes) +
         algorithm_stat(engine, id, kPartBytes);
}

std::uint64_t reason(const TestEngine& engine, ErrorCode code) { return engine.stats_block.reason(code); }

/// What the threads of a kind say together.
std::uint64_t of_threads(const TestEngine& engine, ThreadKind kind, std::size_t slot) {
  std::uint64_t sum = 0;
  for (std::size_t index = 0; index < kMaxThreads; ++index) {
    const ThreadStats thread = engine.stats_block.thread(index);
    if (thread.get(thread_slot::kKind) == static_cast<std::uint64_t>(kind)) sum += thread.get(slot);
  }
  return sum;
}

TEST(Stats, AreRightForAKnownTree) {
  using namespace engine_slot;
  // Ten files in three folders, two links, a fifo, a file that is left out.
  TemporaryFolder folder;
  std::uint64_t bytes = 0;
  for (std::size_t number = 0; number < 10; ++number) {
    const std::size_t size = number * number * 1000;
    folder.write((number < 5 ? "a/" : "b/") + std::to_string(number), std::string(size, 'x'));
    bytes += size;
  }
  folder.write("b/left.out", "xyz");
  std::filesystem::create_symlink("0", folder.path("a/link"));
  std::filesystem::create_symlink("nowhere", folder.path("b/broken"));
  ASSERT_EQ(::mkfifo(folder.path("b/fifo").c_str(), 0600), 0);
  TestEngine engine;
  JobSpec spec = spec_of(folder, {AlgorithmId::kMd5, AlgorithmId::kSm3});
  spec.exclude = {"*.out"};
  const auto started = engine.engine.start(spec);
  const JobEnd end = engine.wait(started.job);
  EXPECT_EQ(end.files, 13u);
  EXPECT_EQ(end.ok, 10u);
  EXPECT_EQ(end.skipped, 3u);
  EXPECT_EQ(end.filtered_out, 1u);

  EXPECT_EQ(engine.engine_stat(kBytesRead), bytes);
  EXPECT_EQ(engine.engine_stat(kBytesHashed), 2 * bytes);
  EXPECT_EQ(engine.engine_stat(kFilesHashed), 10u);
  EXPECT_EQ(engine.engine_stat(kFoldersListed), 3u);
  EXPECT_EQ(engine.engine_stat(kFilteredOut), 1u);
  EXPECT_EQ(engine.engine_stat(kRecordsDelivered), 13u);
  EXPECT_EQ(engine.engine_stat(kFilesInLanes), 10u);
  EXPECT_EQ(engine.engine_stat(kFilesInBlocks), 0u);
  EXPECT_EQ(engine.engine_stat(kFilesInPieces), 0u);
  EXPECT_EQ(engine.engine_stat(kQueueDepth), 0u);
  EXPECT_EQ(engine.engine_stat(kSlabsUnreleased), 0u);
  EXPECT_EQ(engine.engine_stat(kUnreleasedAgeNs), 0u);
  EXPECT_EQ(engine.job_stat(started.slot, job_slot::kFoldersListed), 3u);
  EXPECT_EQ(engine.job_stat(started.slot, job_slot::kBytesDone), bytes);
  EXPECT_EQ(engine.job_stat(started.slot, job_slot::kBytesHashed), bytes);
  EXPECT_EQ(engine.job_stat(started.slot, job_slot::kPriority), 0u);
  EXPECT_EQ(of_threads(engine, ThreadKind::kWorker, thread_slot::kFiles), 10u);
  EXPECT_EQ(of_threads(engine, ThreadKind::kWorker, thread_slot::kBytes), bytes);

  EXPECT_EQ(reason(engine, ErrorCode::kSymlink), 2u);
  EXPECT_EQ(reason(engine, ErrorCode::kFifo), 1u);
  EXPECT_EQ(engine.reasons(), 3u);
  EXPECT_EQ(hashed(engine, AlgorithmId::kMd5), bytes);
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kSm3, algorithm_slot::kStreamBytes), bytes) << "SM3 has no lanes";
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kSm3, algorithm_slot::kLaneCapacityBytes), 0u);
}

TEST(Stats, TellWhichWayALargeFileWent) {
  using namespace algorithm_slot;
  constexpr std::uint64_t kBytes = (40u << 20) + 5;
  TemporaryFolder folder;
  folder.make_sparse("large", kBytes);
  {
    TestEngine engine;
    engine.run(spec_of(folder, {AlgorithmId::kSha256, AlgorithmId::kBlake3, AlgorithmId::kEd2k}));
    EXPECT_EQ(engine.engine_stat(engine_slot::kFilesInBlocks), 1u);
    EXPECT_EQ(engine.engine_stat(engine_slot::kBytesRead), kBytes);
    EXPECT_EQ(engine.engine_stat(engine_slot::kBytesHashed), 3 * kBytes);
    EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kSha256, kStreamBytes), kBytes);
    EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kBlake3, kPartBytes), kBytes);
    EXPECT_EQ(hashed(engine, AlgorithmId::kEd2k), kBytes);
    EXPECT_EQ(hashed(engine, AlgorithmId::kMd4), 0u) << "what ED2K is made of counts as ED2K";
  }
  if (lane_kernel(AlgorithmId::kMd4) == nullptr) GTEST_SKIP() << "without lanes no file goes in pieces";
  TestEngine engine;
  engine.run(spec_of(folder, {AlgorithmId::kEd2k, AlgorithmId::kEd2kBlue}));
  EXPECT_EQ(engine.engine_stat(engine_slot::kFilesInPieces), 1u);
  EXPECT_EQ(engine.engine_stat(engine_slot::kFilesInBlocks) + engine.engine_stat(engine_slot::kFilesInLanes), 0u);
  EXPECT_EQ(engine.engine_stat(engine_slot::kBytesHashed), 2 * kBytes);
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kEd2k, kPartBytes), kBytes);
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kEd2kBlue, kPartBytes), kBytes);
}

// Ten files of 1,000 bytes and one of 5,000 in one round: the long one takes a lane and decides, down to three lanes,
// of which two have five files each.
TEST(Stats, TellHowFullTheLanesWere) {
  const LaneKernel* const kernel = lane_kernel(AlgorithmId::kMd5);
  if (kernel == nullptr) GTEST_SKIP() << "no lanes here";
  TemporaryFolder folder;
  for (int number = 0; number < 10; ++number) folder.write(std::to_string(number), std::string(1000, 'x'));
  folder.write("long", std::string(5000, 'x'));
  TestEngine engine(1);
  engine.run(spec_of(folder));
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kMd5, algorithm_slot::kLaneBytes), 15'000u);
  const std::map<std::size_t, std::uint64_t> longest = {{1, 15'000}, {2, 8000}, {3, 5000}, {4, 5000}};
  const std::uint64_t lane = longest.contains(kernel->lanes()) ? longest.at(kernel->lanes()) : 5000;
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kMd5, algorithm_slot::kLaneCapacityBytes), kernel->lanes() * lane);
}

TEST(Stats, MeasureLanesByTheOneThatRunsLongest) {
  const auto capacity = [](std::size_t lanes, std::initializer_list<std::size_t> lengths) {
    static const std::vector<std::byte> bytes(100);
    std::vector<LanePiece> pieces;
    for (const std::size_t length : lengths) pieces.push_back({nullptr, std::span(bytes).first(length)});
    return lane_capacity(lanes, pieces);
  };
  EXPECT_EQ(capacity(4, {}), 0u);
  EXPECT_EQ(capacity(4, {10}), 40u);
  EXPECT_EQ(capacity(4, {10, 7, 5, 5}), 40u);
  EXPECT_EQ(capacity(4, {10, 7, 5, 5, 3, 1}), 40u) << "3 and 1 go behind the fives";
  EXPECT_EQ(capacity(2, {6, 5, 5, 4, 4, 3}), 28u) << "6 + 4 + 4 beside 5 + 5 + 3, or the other way round";
  EXPECT_EQ(capacity(3, {1, 1, 1, 1}), 6u);
  EXPECT_EQ(capacity(1, {9, 8, 7}), 24u);
}

TEST(Stats, CountAReasonForEveryRecordWithoutADigest) {
  TemporaryFolder folder;
  folder.write("file", "abc");
  ASSERT_EQ(::mkfifo(folder.path("fifo").c_str(), 0600), 0);
  std::filesystem::create_symlink("loop", folder.path("loop"));
  folder.make_sparse("huge", std::uint64_t{1} << 40);
  TestEngine engine;
  JobSpec spec = spec_of(folder, {AlgorithmId::kMd5, AlgorithmId::kBtih});
  spec.roots = {folder.path("file"), folder.path("missing"),   folder.path("fifo"),
                folder.path("loop"), std::string(70'000, 'x'), folder.path("huge")};
  spec.feeds = 3;
  const auto started = engine.engine.start(spec);
  const FeedId unknown = engine.engine.open_feed(started.job, "of unknown size", 0);
  ASSERT_TRUE(engine.engine.end_feed(unknown));
  engine.wait_for_feed(unknown);
  const FeedId cut = engine.engine.open_feed(started.job, "cut", 0, 5);
  ASSERT_TRUE(engine.engine.abort_feed(cut, ErrorCode::kUploadAborted));
  engine.wait_for_feed(cut);
  engine.engine.open_feed(started.job, "left", 0, 5);
  ASSERT_TRUE(eventually([&] { return engine.job_stat(started.slot, job_slot::kBytesDone) > 3; }));
  ASSERT_TRUE(eventually([&] { return engine.job_stat(started.slot, job_slot::kFilesDone) == 7; }));
  engine.engine.cancel(started.job);
  const JobEnd end = engine.wait(started.job);
  EXPECT_EQ(end.files, 9u);
  EXPECT_EQ(end.ok, 1u);
  EXPECT_EQ(end.skipped, 1u);
  EXPECT_EQ(end.failed, 7u);
  const std::map<ErrorCode, std::uint64_t> reasons = {
      {ErrorCode::kEnoent, 1},       {ErrorCode::kFifo, 1},        {ErrorCode::kEloop, 1},
      {ErrorCode::kEnametoolong, 1}, {ErrorCode::kUnknownSize, 1}, {ErrorCode::kUploadAborted, 1},
      {ErrorCode::kCancelled, 2},
  };
  for (const auto& [code, count] : reasons) EXPECT_EQ(reason(engine, code), count) << static_cast<int>(code);
  EXPECT_EQ(engine.reasons(), 8u);
  for (const Result& result : engine.results(started.job)) {
    EXPECT_EQ(result.error == ErrorCode::kNone, result.status == Status::kOk) << result.name;
  }
}

TEST(Stats, CountWhatFeedsBring) {
  TestEngine engine;
  JobSpec spec;
  spec.algorithm_mask = mask_of({AlgorithmId::kMd5, AlgorithmId::kEd2k});
  spec.feeds = 1;
  const auto started = engine.engine.start(spec);
  const FeedId feed = engine.engine.open_feed(started.job, "upload", 0);
  const std::string bytes(1000, 'x');
  for (int times = 0; times < 3; ++times) {
    ASSERT_TRUE(engine.engine.write_feed(feed, std::as_bytes(std::span(bytes))));
    ASSERT_TRUE(engine.wait_for_feed(feed));
  }
  ASSERT_TRUE(engine.engine.end_feed(feed));
  EXPECT_EQ(engine.wait(started.job).ok, 1u);
  EXPECT_EQ(engine.engine_stat(engine_slot::kBytesHashed), 6000u);
  EXPECT_EQ(engine.engine_stat(engine_slot::kBytesRead), 0u) << "nothing was read";
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kMd5, algorithm_slot::kStreamBytes), 3000u);
  EXPECT_EQ(algorithm_stat(engine, AlgorithmId::kEd2k, algorithm_slot::kStreamBytes), 3000u);
}

TEST(Stats, TellSizeAndAgeOfBatchesOnTheirWay) {
  TemporaryFolder folder;
  for (int number = 0; number < 3; ++number) folder.write(std::to_string(number), "x");
  folder.make_sparse("z-huge", std::uint64_t{1} << 40);
  TestEngine engine(1, 64u << 20, 2);
  engine.hold_slabs(true);
  // Two batches of their own take both slabs.
  TemporaryFolder other;
  other.write("a", "x");
  const auto first = engine.engine.start(spec_of(other));
  engine.wait(first.job);
  const auto second = engine.engine.start(spec_of(other));
  engine.wait(second.job);
  EXPECT_EQ(engine.engine_stat(engine_slot::kSlabsUnreleased), 2u);
  const auto started = engine.engine.start(spec_of(folder));
  EXPECT_TRUE(eventually([&] { return engine.engine_stat(engine_slot::kOpenRecords) == 3; }));
  constexpr std::uint64_t kLong = 30'000'000;
  EXPECT_TRUE(eventually([&] {
    return engine.engine_stat(engine_slot::kOpenAgeNs) > kLong &&
           engine.engine_stat(engine_slot::kUnreleasedAgeNs) > engine.engine_stat(engine_slot::kOpenAgeNs);
  })) << "no slab is left to seal the batch into";
  engine.hold_slabs(false);
  EXPECT_TRUE(eventually([&] { return engine.results(started.job).size() == 3; }));
  EXPECT_TRUE(eventually([&] {
    return engine.engine_stat(engine_slot::kOpenRecords) == 0 && engine.engine_stat(engine_slot::kOpenAgeNs) == 0 &&
           engine.engine_stat(engine_slot::kUnreleasedAgeNs) == 0;
  }));
  engine.engine.cancel(started.job);
  engine.wait(started.job);
}

TEST(Stats, CountEveryReadOfLanesThatTheSystemCanTellOf) {
  TemporaryFolder folder;
  for (int number = 0; number < 100; ++number) folder.write(std::to_string(number), std::string(100, 'x'));
  TestEngine engine;
  engine.run(spec_of(folder));
  const std::uint64_t told =
      engine.engine_stat(engine_slot::kReadsFromMemory) + engine.engine_stat(engine_slot::kReadsFromDevice);
  // All were written just now. Some file systems cannot tell, and are seldom asked.
  EXPECT_TRUE(told == 100 || told == 0) << told;
}

}  // namespace
}  // namespace hashlane::testing
