// What the stats block says of known jobs.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace hashlane::testing
