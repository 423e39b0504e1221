// What the engine does when it is told that memory is short.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>

#include "tests/engine/known_files.h"

namespace hashlane::testing {
namespace {

constexpr std::size_t kThreads = 2;
constexpr std::size_t kCeiling = 32u << 20;
constexpr std::uint64_t kLeast = kThreads * BufferPools::kLargest;

class SaidPressure final : public PressureSource {
 public:
  PressureReading read(std::uint64_t) override { return {.level = level, .group_limit = group_limit}; }
  std::atomic<PressureLevel> level = PressureLevel::kNone;
  std::atomic<std::uint64_t> group_limit = 0;
};

/// Hashes again and again until it holds; false after half a minute.
template <typename Condition>
bool hash_until(TestEngine& engine, const KnownFiles& files, Condition holds) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (!holds() && std::chrono::steady_clock::now() < deadline) files.expect_right(engine);
  return holds();
}

TEST(MemoryPressure, ShrinksThePoolsWhileDigestsStayRight) {
  const KnownFiles files(4);
  SaidPressure pressure;
  TestEngine engine(kThreads, kCeiling, 4, &pressure);
  const auto stat = [&](std::size_t slot) { return engine.engine_stat(slot); };
  files.expect_right(engine);
  EXPECT_EQ(stat(engine_slot::kMemoryAllowed), kCeiling);

  pressure.level = PressureLevel::kSome;
  EXPECT_TRUE(hash_until(engine, files, [&] {
    return stat(engine_slot::kMemoryAllowed) == kCeiling / 2 && stat(engine_slot::kMemoryHeld) <= kCeiling / 2;
  }));
  EXPECT_EQ(stat(engine_slot::kPressure), static_cast<std::uint64_t>(PressureLevel::kSome));

  pressure.level = PressureLevel::kCritical;
  EXPECT_TRUE(hash_until(engine, files, [&] {
    return stat(engine_slot::kMemoryAllowed) == kLeast && stat(engine_slot::kMemoryHeld) <= kLeast;
  }));
  for (int job = 0; job < 3; ++job) {
    files.expect_right(engine);
    EXPECT_LE(stat(engine_slot::kMemoryHeld), kLeast);
  }
  EXPECT_EQ(stat(engine_slot::kPressureRises), 2u);
  EXPECT_EQ(stat(engine_slot::kMemoryCeiling), kCeiling) << "what was asked for is still told";

  pressure.level = PressureLevel::kNone;
  EXPECT_TRUE(hash_until(engine, files, [&] { return stat(engine_slot::kMemoryAllowed) == kCeiling; }));
  EXPECT_EQ(stat(engine_slot::kPressure), static_cast<std::uint64_t>(PressureLevel::kNone));

  EXPECT_FALSE(engine.events(EventKind::kTrimmedUnderPressure).empty());
  const auto told = engine.events(EventKind::kPressure);
  ASSERT_GE(told.size(), 4u);
  EXPECT_EQ(told[0], (std::pair<std::uint64_t, std::uint64_t>{1, kCeiling / 2}));
  EXPECT_EQ(told[1], (std::pair<std::uint64_t, std::uint64_t>{2, kLeast}));
  EXPECT_EQ(told.back().second, kCeiling) << "step by step";
}

TEST(MemoryPressure, LowersTheCeilingToAQuarterOfTheGroupsFromTheStart) {
  SaidPressure pressure;
  pressure.group_limit = 64u << 20;
  TestEngine engine(kThreads, kCeiling, 4, &pressure);
  EXPECT_EQ(engine.engine_stat(engine_slot::kGroupLimit), 64u << 20);
  EXPECT_EQ(engine.engine_stat(engine_slot::kMemoryAllowed), 16u << 20);
  EXPECT_EQ(engine.engine_stat(engine_slot::kMemoryCeiling), kCeiling);
  const KnownFiles files(3);
  files.expect_right(engine);
  EXPECT_LE(engine.engine_stat(engine_slot::kMemoryPeak), 16u << 20);
}

// Feeds take over the ceiling what they must; workers that wait for a block beside them must not wait for ever.
TEST(MemoryPressure, HashesFilesBesideFeedsThatFillTheCeiling) {
  constexpr std::uint32_t kFeeds = 6;
  const KnownFiles files(2);
  SaidPressure pressure;
  pressure.level = PressureLevel::kCritical;
  TestEngine engine(kThreads, kCeiling, 4, &pressure);
  JobSpec spec;
  spec.algorithm_mask = mask_of({AlgorithmId::kSha256});
  spec.feeds = kFeeds;
  const auto fed = engine.engine.start(spec);
  engine.engine.pause(fed.job);
  const std::string piece(BufferPools::kLargest, 'x');
  std::vector<FeedId> feeds;
  for (std::uint32_t i = 0; i < kFeeds; ++i) {
    feeds.push_back(engine.engine.open_feed(fed.job, std::to_string(i), 0));
    ASSERT_TRUE(engine.engine.write_feed(feeds.back(), std::as_bytes(std::span(piece))));
  }
  files.expect_right(engine);
  engine.engine.resume(fed.job);
  for (const FeedId feed : feeds) {
    EXPECT_TRUE(engine.wait_for_feed(feed));
    EXPECT_TRUE(engine.engine.end_feed(feed));
  }
  engine.wait(fed.job);
  for (const Result& result : engine.results(fed.job)) {
    EXPECT_EQ(result.digests_hex, digest_hex(AlgorithmId::kSha256, piece));
  }
}

TEST(MemoryPressure, TrimsWhenIdleAndTellsSo) {
  const KnownFiles files(1);
  SaidPressure pressure;
  TestEngine engine(kThreads, kCeiling, 4, &pressure);
  files.expect_right(engine);
  EXPECT_GT(engine.engine_stat(engine_slot::kMemoryHeld), 0u);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (engine.engine_stat(engine_slot::kMemoryHeld) > 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  EXPECT_EQ(engine.engine_stat(engine_slot::kMemoryHeld), 0u);
  EXPECT_EQ(engine.events(EventKind::kTrimmedWhenIdle).size(), 1u);
}

}  // namespace
}  // namespace hashlane::testing
