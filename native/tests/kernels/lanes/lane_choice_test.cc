// Which lane kernel lane_kernel() gives. ctest runs these also with each target forced.
#include <gtest/gtest.h>

#include <algorithm>

#include "kernels/cpu_features.h"
#include "kernels/kernels_choice.h"
#include "kernels/lanes/lane_self_test.h"
#include "lane_streams.h"

namespace hashlane {
namespace {

class LaneChoice : public testing::Test {
 protected:
  void SetUp() override {
    if (!kernels_choice_valid()) GTEST_SKIP() << "this processor has no " << kernels_choice();
  }
};

TEST_F(LaneChoice, EveryKernelOfThisProcessorGivesTheKnownAnswers) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    for (const LaneKernelInfo& info : lane_kernels(algorithm)) {
      EXPECT_TRUE(info.self_test_passed) << name_of(algorithm) << ", " << info.kernel->target();
    }
  }
}

TEST_F(LaneChoice, IsTheFirstThatGainsOrTheForcedOneOrNone) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    auto allowed = lane_kernels(algorithm);
    std::erase_if(allowed, [&](const LaneKernelInfo& info) {
      return forced_target() ? info.kernel->target() != kernels_choice() : !info.faster_than_one_lane;
    });
    EXPECT_EQ(lane_kernel(algorithm), allowed.empty() ? nullptr : allowed.front().kernel) << name_of(algorithm);
  }
}

TEST_F(LaneChoice, TellsSpeedsThatWereMeasuredUnlessATargetIsForced) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    for (const LaneKernelInfo& info : lane_kernels(algorithm)) {
      EXPECT_GT(info.speed, 0) << name_of(algorithm) << ", " << info.kernel->target();
      EXPECT_EQ(info.speed_measured, !forced_target()) << name_of(algorithm) << ", " << info.kernel->target();
    }
  }
}

TEST_F(LaneChoice, OffersNoLanesForAnAlgorithmThatIsNone) {
  EXPECT_EQ(lane_kernel(static_cast<AlgorithmId>(255)), nullptr);
  EXPECT_TRUE(lane_kernels(static_cast<AlgorithmId>(255)).empty());
}

TEST_F(LaneChoice, Md5HasAKernelForEveryInstructionSetOfTheProcessor) {
  std::vector<std::string> expected;
#if defined(__x86_64__)
  if (cpu_has(CpuFeature::kAvx512F) && cpu_has(CpuFeature::kAvx512Bw)) expected.emplace_back("AVX-512");
  if (cpu_has(CpuFeature::kAvx2)) expected.emplace_back("AVX2");
  expected.emplace_back("SSE2");
  if (cpu_has(CpuFeature::kSse41)) expected.emplace_back("SSE4");
#elif defined(__aarch64__)
  expected.emplace_back("NEON");
#endif
  std::vector<std::string> offered;
  for (const LaneKernelInfo& info : lane_kernels(AlgorithmId::kMd5)) offered.emplace_back(info.kernel->target());
  std::ranges::sort(offered);
  EXPECT_EQ(offered, expected);
}

TEST_F(LaneChoice, AKernelWithWrongDigestsFailsTheKnownAnswers) {
  for (const LaneKernel* const md5 : kernels_of(AlgorithmId::kMd5)) {
    EXPECT_FALSE(passes_known_answers(*md5, AlgorithmId::kMd4)) << md5->target();
  }
}

// With a forced target it has that target's cores alone.
TEST_F(LaneChoice, GivesTheSingleStreamsDigestsForAnyNumberOfStreams) {
  constexpr std::size_t kCounts[] = {1, 2, 3, 5, 8, 12, 17, 33, 64};
  std::mt19937_64 random{43};
  for (const AlgorithmId algorithm : all_algorithms()) {
    const LaneKernel* const kernel = lane_kernel(algorithm);
    if (kernel == nullptr) continue;
    for (const std::size_t count : kCounts) {
      std::vector<std::size_t> lengths;
      for (std::size_t stream = 0; stream < count; ++stream) lengths.push_back(random() % 3000);
      const auto messages = messages_of(lengths, random());
      EXPECT_EQ(lane_digests(*kernel, algorithm, messages), single_stream_digests(algorithm, messages))
          << name_of(algorithm) << ", " << kernel->target() << ", " << count << " streams";
    }
  }
}

}  // namespace
}  // namespace hashlane
