#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <thread>

#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

JobSpec feeding(std::uint32_t feeds) {
  JobSpec spec;
  spec.algorithm_mask = mask_of({AlgorithmId::kMd5});
  spec.feeds = feeds;
  return spec;
}

std::span<const std::byte> bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

TEST(Feed, IsHashedLikeAFile) {
  TestEngine engine;
  const auto job = engine.engine.start(feeding(1)).job;
  const FeedId feed = engine.engine.open_feed(job, "folder/upload.bin", 3);
  for (const char* part : {"a", "b", "c"}) {
    ASSERT_TRUE(engine.engine.write_feed(feed, bytes(part)));
    ASSERT_TRUE(engine.wait_for_feed(feed));
  }
  ASSERT_TRUE(engine.engine.end_feed(feed));
  EXPECT_TRUE(engine.wait_for_feed(feed));
  EXPECT_EQ(engine.wait(job).ok, 1u);
  const auto results = engine.results(job);
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].digests_hex, "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(results[0].name, "folder/upload.bin");
  EXPECT_EQ(results[0].root, 3);
}

TEST(Feed, OfNothingIsAnEmptyFile) {
  TestEngine engine;
  const auto job = engine.engine.start(feeding(1)).job;
  const FeedId feed = engine.engine.open_feed(job, "empty", 0);
  ASSERT_TRUE(engine.engine.end_feed(feed));
  engine.wait(job);
  EXPECT_EQ(engine.results(job).at(0).digests_hex, "d41d8cd98f00b204e9800998ecf8427e");
}

TEST(Feed, ThatIsAbortedGetsItsReasonAndNoDigest) {
  TestEngine engine;
  const auto job = engine.engine.start(feeding(1)).job;
  const FeedId feed = engine.engine.open_feed(job, "cut", 0);
  ASSERT_TRUE(engine.engine.write_feed(feed, bytes("abc")));
  ASSERT_TRUE(engine.wait_for_feed(feed));
  ASSERT_TRUE(engine.engine.abort_feed(feed, ErrorCode::kUploadAborted));
  EXPECT_EQ(engine.wait(job).failed, 1u);
  const auto results = engine.results(job);
  EXPECT_EQ(results.at(0).status, Status::kCancelled);
  EXPECT_EQ(results.at(0).error, ErrorCode::kUploadAborted);
  EXPECT_EQ(results.at(0).digests_hex, std::string(32, '0'));
}

TEST(Feed, WhoseSenderCouldNotReadItIsUnreadable) {
  TestEngine engine;
  const auto job = engine.engine.start(feeding(2)).job;
  ASSERT_TRUE(engine.engine.abort_feed(engine.engine.open_feed(job, "forbidden", 0), ErrorCode::kEacces));
  ASSERT_TRUE(engine.engine.abort_feed(engine.engine.open_feed(job, "gone", 0), ErrorCode::kEnoent));
  EXPECT_EQ(engine.wait(job).failed, 2u);
  for (const Result& result : engine.results(job)) {
    const bool gone = result.name == "gone";
    EXPECT_EQ(result.status, gone ? Status::kMissing : Status::kUnreadable);
    EXPECT_EQ(result.error, gone ? ErrorCode::kEnoent : ErrorCode::kEacces);
  }
}

TEST(Feed, WithoutASizeHasNoInfoHash) {
  TestEngine engine;
  JobSpec spec = feeding(1);
  spec.algorithm_mask = mask_of({AlgorithmId::kMd5, AlgorithmId::kBtih});
  const auto job = engine.engine.start(spec).job;
  const FeedId feed = engine.engine.open_feed(job, "stream", 0);
  ASSERT_TRUE(engine.engine.write_feed(feed, bytes("abc")));
  ASSERT_TRUE(engine.wait_for_feed(feed));
  ASSERT_TRUE(engine.engine.end_feed(feed));
  engine.wait(job);
  EXPECT_EQ(engine.results(job).at(0).status, Status::kUnreadable);
  EXPECT_EQ(engine.results(job).at(0).error, ErrorCode::kUnknownSize);
}

TEST(Feed, OfASizeThatIsKnownHasTheInfoHashOfItsFile) {
  TestEngine engine;
  JobSpec spec = feeding(1);
  spec.algorithm_mask = mask_of({AlgorithmId::kBtih});
  const auto job = engine.engine.start(spec).job;
  const FeedId feed = engine.engine.open_feed(job, "folder/file", 0, 3);
  ASSERT_TRUE(engine.engine.write_feed(feed, bytes("abc")));
  ASSERT_TRUE(engine.wait_for_feed(feed));
  ASSERT_TRUE(engine.engine.end_feed(feed));
  engine.wait(job);
  EXPECT_EQ(engine.results(job).at(0).digests_hex, digest_hex(AlgorithmId::kBtih, "abc", "file"));
}

TEST(Feed, OfAnotherSizeThanWasSaidHasNoNameOfGits) {
  for (const std::uint64_t said : {2u, 3u, 4u}) {
    TestEngine engine;
    JobSpec spec = feeding(1);
    spec.algorithm_mask = mask_of({AlgorithmId::kGitBlob});
    const auto job = engine.engine.start(spec).job;
    const FeedId feed = engine.engine.open_feed(job, "file", 0, said);
    ASSERT_TRUE(engine.engine.write_feed(feed, bytes("abc")));
    ASSERT_TRUE(engine.wait_for_feed(feed));
    ASSERT_TRUE(engine.engine.end_feed(feed));
    engine.wait(job);
    const Result result = engine.results(job).at(0);
    EXPECT_EQ(result.status, said == 3 ? Status::kOk : Status::kChanged);
    EXPECT_EQ(result.error, said == 3 ? ErrorCode::kNone : said < 3 ? ErrorCode::kGrew : ErrorCode::kShrank);
    EXPECT_EQ(result.digests_hex, said == 3 ? "f2ba8f84ab5c1bce84a7b441cb1959cfc7093b7f" : std::string(40, '0'));
  }
}

TEST(Feed, CannotBeOpenedMoreOftenThanWasSaid) {
  TestEngine engine;
  const auto job = engine.engine.start(feeding(1)).job;
  const FeedId feed = engine.engine.open_feed(job, "one", 0);
  EXPECT_EQ(engine.engine.open_feed(job, "two", 0), 0u);
  ASSERT_TRUE(engine.engine.end_feed(feed));
  engine.wait(job);
  EXPECT_FALSE(engine.engine.write_feed(feed, bytes("late")));
}

TEST(Feed, OpenOrNotDoesNotKeepACancelledJobAlive) {
  TestEngine engine;
  const auto job = engine.engine.start(feeding(3)).job;
  const FeedId feed = engine.engine.open_feed(job, "begun", 0);
  ASSERT_TRUE(engine.engine.write_feed(feed, bytes("abc")));
  engine.engine.cancel(job);
  EXPECT_TRUE(engine.wait(job).cancelled);
  EXPECT_EQ(engine.results(job).at(0).status, Status::kCancelled);
  EXPECT_EQ(engine.engine.open_feed(job, "late", 0), 0u);
}

TEST(Feed, ComesFirstInWalkOrderWheneverItIsOpened) {
  TemporaryFolder folder;
  folder.write("a", "x");
  folder.write("b", "x");
  TestEngine engine;
  JobSpec spec = feeding(1);
  spec.walk_order = true;
  spec.roots = {folder.path()};
  const auto started = engine.engine.start(spec);
  while (engine.job_stat(started.slot, job_slot::kFilesDone) < 2) std::this_thread::yield();
  const FeedId feed = engine.engine.open_feed(started.job, "late", 0);
  ASSERT_TRUE(engine.engine.end_feed(feed));
  engine.wait(started.job);
  std::map<std::uint64_t, std::string> names;
  for (const Result& result : engine.results(started.job)) names[result.entry_id] = result.name;
  EXPECT_EQ(names.at(0), "late");
  EXPECT_EQ(names.at(1), folder.path("a"));
  EXPECT_EQ(names.at(2), folder.path("b"));
}

TEST(Feed, WaitsWhileItsJobIsPaused) {
  TestEngine engine;
  const auto job = engine.engine.start(feeding(1)).job;
  const FeedId feed = engine.engine.open_feed(job, "paused", 0);
  engine.engine.pause(job);
  ASSERT_TRUE(engine.engine.write_feed(feed, bytes("abc")));
  EXPECT_FALSE(engine.engine.write_feed(feed, bytes("too soon"))) << "the first write is not answered yet";
  engine.engine.resume(job);
  EXPECT_TRUE(engine.wait_for_feed(feed));
  ASSERT_TRUE(engine.engine.end_feed(feed));
  engine.wait(job);
  EXPECT_EQ(engine.results(job).at(0).digests_hex, "900150983cd24fb0d6963f7d28e17f72");
}

TEST(Feed, WhoseWriteIsUnderWayWhenTheJobIsCancelledEndsWithIt) {
  TestEngine engine;
  const std::string text(1 << 20, 'a');
  for (int round = 0; round < 50; ++round) {
    JobSpec spec = feeding(1);
    spec.algorithm_mask = mask_of({AlgorithmId::kWhirlpool, AlgorithmId::kTiger, AlgorithmId::kSha512});
    const auto [error, job, slot] = engine.engine.start(std::move(spec));
    const FeedId feed = engine.engine.open_feed(job, "cut", 0);
    ASSERT_TRUE(engine.engine.write_feed(feed, bytes(text)));
    // A look may come too late on a busy machine, but not each time.
    const auto over = [&] { return engine.job_stat(slot, job_slot::kBytesDone) > 0; };
    while (!over() && !engine.states(ThreadKind::kWorker).contains(ThreadState::kHashing)) std::this_thread::yield();
    engine.engine.cancel(job);
    EXPECT_TRUE(engine.wait(job).cancelled);
    EXPECT_EQ(engine.results(job).at(0).status, Status::kCancelled);
  }
}

TEST(Feed, OpenedWhileAFolderIsWalkedHasAnIdOfItsOwn) {
  constexpr std::uint32_t kFeeds = 2000;
  TemporaryFolder folder;
  for (int index = 0; index < 2000; ++index) {
    folder.write(std::to_string(index % 100) + "/" + std::to_string(index), {});
  }
  TestEngine engine;
  std::size_t entries = 0;
  for (int round = 0; round < 10; ++round) {
    JobSpec spec = feeding(kFeeds);
    spec.roots = {folder.path()};
    const auto [error, job, slot] = engine.engine.start(std::move(spec));
    std::vector<FeedId> feeds;
    std::uint64_t found = 0;
    while (feeds.size() < kFeeds) {
      // One for each file that the walk is seen to find.
      const bool walks = engine.job_stat(slot, job_slot::kCountComplete) == 0;
      const std::uint64_t now = engine.job_stat(slot, job_slot::kFilesFound);
      if (walks && now == std::exchange(found, now)) continue;
      feeds.push_back(engine.engine.open_feed(job, "upload", 0));
    }
    for (const FeedId feed : feeds) ASSERT_TRUE(engine.engine.end_feed(feed));
    engine.wait(job);
    const auto results = engine.results(job);
    entries += results.size();
    std::set<std::uint64_t> of_job;
    for (const Result& result : results) of_job.insert(result.entry_id);
    ASSERT_EQ(of_job.size(), results.size()) << "round " << round;
  }
  EXPECT_EQ(entries, 10u * (2000 + kFeeds));
}

}  // namespace
}  // namespace hashlane::testing
