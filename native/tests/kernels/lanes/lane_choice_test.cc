// Which lane kernel lane_kernel() gives. ctest runs these also with each target forced.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "kernels/cpu_features.h"
#include "kernels/lanes/lane_self_test.h"
#include "lane_streams.h"

namespace hashlane {
namespace {

TEST(LaneChoice, EveryKernelOfThisProcessorGivesTheKnownAnswers) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    for (const LaneKernelInfo& info : lane_kernels(algorithm)) {
      EXPECT_TRUE(info.self_test_passed) << name_of(algorithm) << ", " << info.kernel->target();
    }
  }
}

TEST(LaneChoice, IsTheBestKernelOrTheForcedOneOrNone) {
  const char* const forced = std::getenv("HASHLANE_KERNELS");
  for (const AlgorithmId algorithm : all_algorithms()) {
    auto allowed = kernels_of(algorithm);
    if (forced != nullptr) {
      std::erase_if(allowed, [&](const LaneKernel* kernel) { return std::string_view(kernel->target()) != forced; });
    }
    EXPECT_EQ(lane_kernel(algorithm), allowed.empty() ? nullptr : allowed.front()) << name_of(algorithm);
  }
}

TEST(LaneChoice, OffersNoLanesForAnAlgorithmThatIsNone) {
  EXPECT_EQ(lane_kernel(static_cast<AlgorithmId>(255)), nullptr);
  EXPECT_TRUE(lane_kernels(static_cast<AlgorithmId>(255)).empty());
}

#if defined(__x86_64__)
TEST(LaneChoice, Md5HasAKernelForEveryInstructionSetOfTheProcessor) {
  std::vector<std::string> expected;
  if (cpu_has(CpuFeature::kAvx512F) && cpu_has(CpuFeature::kAvx512Bw)) expected.emplace_back("AVX-512");
  if (cpu_has(CpuFeature::kAvx2)) expected.emplace_back("AVX2");
  if (cpu_has(CpuFeature::kSse41)) expected.emplace_back("SSE4");
  expected.emplace_back("SSE2");
  std::vector<std::string> offered;
  for (const LaneKernel* const kernel : kernels_of(AlgorithmId::kMd5)) offered.emplace_back(kernel->target());
  EXPECT_EQ(offered, expected);
}

TEST(LaneChoice, AKernelWithWrongDigestsFailsTheKnownAnswers) {
  for (const LaneKernel* const md5 : kernels_of(AlgorithmId::kMd5)) {
    EXPECT_FALSE(passes_known_answers(*md5, AlgorithmId::kMd4)) << md5->target();
  }
}
#endif

}  // namespace
}  // namespace hashlane
