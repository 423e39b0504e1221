// Which core works for how many streams, and which kernel comes first, by speeds that are made up.
#include "kernels/lanes/lane_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "kernels/lanes/core_speeds.h"
#include "lane_streams.h"

namespace hashlane {
namespace {

LaneCore core_of(std::size_t lanes) { return {Compression::kMd5, lanes, 1, nullptr}; }

// Time for a block of so many streams that begin and end together.
double time_of(const LanePlan& plan, std::span<const RatedCore> cores, std::size_t streams) {
  double time = 0;
  while (streams > 0) {
    const LaneCore& core = plan.core_for(streams);
    time += static_cast<double>(core.lanes) / std::ranges::find(cores, &core, &RatedCore::core)->speed;
    streams -= std::min(streams, core.lanes);
  }
  return time;
}

TEST(LanePlan, GivesFewStreamsToTheCoreThatEndsThemSoonest) {
  const LaneCore sixteen = core_of(16);
  const LaneCore three = core_of(3);
  const LaneCore one = core_of(1);
  // A block of all lanes takes 16, 9 and 8.
  const RatedCore cores[] = {{&sixteen, 1.0}, {&three, 3.0 / 9}, {&one, 1.0 / 8}};
  const LanePlan plan(cores, 1);
  EXPECT_EQ(&plan.full(), &sixteen);
  EXPECT_EQ(&plan.core_for(1), &one);
  EXPECT_EQ(&plan.core_for(2), &three);
  EXPECT_EQ(&plan.core_for(3), &three);
  for (std::size_t streams = 4; streams <= 16; ++streams) EXPECT_EQ(&plan.core_for(streams), &sixteen) << streams;
}

TEST(LanePlan, LeavesSomeStreamsWaitingWhereThatIsFaster) {
  const LaneCore sixteen = core_of(16);
  const LaneCore four = core_of(4);
  const RatedCore cores[] = {{&sixteen, 1.0}, {&four, 0.9}};
  const LanePlan plan(cores, 1);
  EXPECT_EQ(&plan.core_for(12), &four) << "three times 4.4 is less than 16";
  EXPECT_EQ(&plan.core_for(16), &sixteen) << "all lanes are busy";
}

TEST(LanePlan, PassesOverAnOwnCoreThatIsWiderButSlower) {
  const LaneCore thirty_two = core_of(32);
  const LaneCore sixteen = core_of(16);
  const LaneCore one = core_of(1);
  const RatedCore cores[] = {{&thirty_two, 1.0}, {&sixteen, 1.2}, {&one, 5.0}};
  const LanePlan plan(cores, 2);
  EXPECT_EQ(&plan.full(), &sixteen);
  EXPECT_EQ(plan.speed(), 1.2);
  EXPECT_FALSE(plan.gains()) << "one lane alone is faster";
  EXPECT_TRUE(LanePlan(std::span(cores).first(2), 2).gains());
}

TEST(LanePlan, IsNeverSlowerThanAnyOneCoreAlone) {
  std::mt19937_64 random{47};
  for (int round = 0; round < 500; ++round) {
    std::vector<LaneCore> shapes = {core_of(1)};
    for (std::size_t more = random() % 6; more > 0; --more) shapes.push_back(core_of(1 + random() % kMaxLanes));
    std::vector<RatedCore> cores;
    for (const LaneCore& shape : shapes) cores.push_back({&shape, 0.1 + static_cast<double>(random() % 1000)});
    const LanePlan plan(cores, cores.size());
    for (std::size_t streams = 1; streams < plan.full().lanes; ++streams) {
      const double time = time_of(plan, cores, streams);
      for (const RatedCore& rated : cores) {
        if (rated.core->lanes > plan.full().lanes) continue;
        const std::size_t turns = (streams + rated.core->lanes - 1) / rated.core->lanes;
        EXPECT_LE(time, static_cast<double>(turns * rated.core->lanes) / rated.speed * (1 + 1e-9));
      }
    }
  }
}

#if defined(__x86_64__)
class LaneRanking : public testing::Test {
 protected:
  void SetUp() override {
    for (const TargetCore& core : cores) {
      has_both |= core.target == KernelTarget::kAvx512 && runs_here(KernelTarget::kShaNi);
    }
    if (!has_both) GTEST_SKIP() << "this processor has not both AVX-512 and the SHA instructions";
  }
  // The order when cores of the target run at so much of their stored speed.
  std::vector<std::string> order(KernelTarget target, double factor) const {
    std::vector<double> speeds = stored_speeds(cores);
    for (std::size_t index = 0; index < cores.size(); ++index) {
      if (cores[index].target == target) speeds[index] *= factor;
    }
    std::vector<std::string> names;
    for (const auto& kernel : lane_kernels_of(algorithm, speeds, false)) names.emplace_back(kernel->target());
    return names;
  }

  const LaneAlgorithm& algorithm = *lane_algorithm(AlgorithmId::kSha256);
  const std::vector<TargetCore> cores = runnable_cores(Compression::kSha256);
  bool has_both = false;
};

TEST_F(LaneRanking, FollowsTheMeasuredSpeeds) {
  EXPECT_EQ(order(KernelTarget::kAvx512, 1).front(), "AVX-512");
  EXPECT_EQ(order(KernelTarget::kAvx512, 0.4).front(), "SHA-NI");
}

TEST_F(LaneRanking, KeepsTheStoredOrderBetweenTwoThatHardlyDiffer) {
  const double even = lane_kernels_of(algorithm, stored_speeds(cores), false)[1]->speed() /
                      lane_kernels_of(algorithm, stored_speeds(cores), false)[0]->speed();
  EXPECT_EQ(order(KernelTarget::kAvx512, even * 0.97).front(), "AVX-512");
  EXPECT_EQ(order(KernelTarget::kAvx512, even * 0.90).front(), "SHA-NI");
}

TEST_F(LaneRanking, DoesNotBelieveThatTheSlowestIsSuddenlyTheFastest) {
  EXPECT_EQ(order(KernelTarget::kSse2, 100).front(), "AVX-512");
}
#endif

TEST(CoreSpeeds, AreMeasuredForEveryCore) {
  for (const AlgorithmId id : lane_algorithms()) {
    const LaneAlgorithm& algorithm = *lane_algorithm(id);
    const auto cores = runnable_cores(algorithm.compression);
    const auto speeds = measured_speeds(algorithm, cores);
    ASSERT_EQ(speeds.size(), cores.size());
    for (const double speed : speeds) EXPECT_GT(speed, 0) << name_of(id);
  }
}

}  // namespace
}  // namespace hashlane
