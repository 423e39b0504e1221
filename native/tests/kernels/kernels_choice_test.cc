// What HASHLANE_KERNELS means. ctest runs these without it, with each target's name, and with a value
// that is none.
#include "kernels/kernels_choice.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "bytes.h"
#include "kernels/cpu_features.h"
#include "kernels/hasher.h"

namespace hashlane {
namespace {

std::string variable() {
  const char* const value = std::getenv("HASHLANE_KERNELS");
  return value == nullptr ? "" : value;
}

bool among_choices(const std::string& name) {
  const auto choices = kernels_choices();
  return std::ranges::find(choices, name) != choices.end();
}

const std::string& implementation_of(AlgorithmId algorithm) {
  return kernels().at(static_cast<std::size_t>(algorithm)).implementation;
}

TEST(KernelsChoice, IsValidWhenItIsAmongTheChoicesOfThisProcessor) {
  EXPECT_EQ(kernels_choice(), variable());
  EXPECT_EQ(kernels_choice_valid(), variable().empty() || among_choices(variable()));
}

TEST(KernelsChoice, NamesThePortableTargetFirstAndOnlyTargetsThatRun) {
  const auto choices = kernels_choices();
  EXPECT_EQ(choices.front(), "portable");
#if defined(__x86_64__)
  EXPECT_TRUE(among_choices("SSE2"));
  EXPECT_EQ(among_choices("AVX2"), cpu_has(CpuFeature::kAvx2));
  EXPECT_EQ(among_choices("AVX-512"), cpu_has(CpuFeature::kAvx512F) && cpu_has(CpuFeature::kAvx512Bw));
  EXPECT_FALSE(among_choices("NEON"));
#elif defined(__aarch64__)
  EXPECT_TRUE(among_choices("NEON"));
  EXPECT_EQ(among_choices("ARM-SHA3"), cpu_has(CpuFeature::kArmSha3) && cpu_has(CpuFeature::kArmSha512));
  EXPECT_FALSE(among_choices("SSE2"));
#endif
}

TEST(KernelsChoice, ForcesWhatItNamesAndThePortableTargetWhenItIsNotValid) {
  if (variable().empty()) {
    EXPECT_FALSE(forced_target().has_value());
  } else {
    ASSERT_TRUE(forced_target().has_value());
    EXPECT_EQ(name_of(*forced_target()), kernels_choice_valid() ? variable() : "portable");
  }
}

TEST(KernelsChoice, AllowsNothingThatTheProcessorLacksOrTheForcedTargetDoesNotInclude) {
  EXPECT_TRUE(may_use(KernelTarget::kPortable));
  for (const auto target : {KernelTarget::kSse2, KernelTarget::kSse4, KernelTarget::kAvx2, KernelTarget::kAvx512,
                            KernelTarget::kShaNi, KernelTarget::kNeon, KernelTarget::kArmSha, KernelTarget::kArmSha3}) {
    if (!forced_target()) {
      EXPECT_EQ(may_use(target), runs_here(target)) << name_of(target);
    } else {
      EXPECT_LE(may_use(target), runs_here(target)) << name_of(target);
      EXPECT_LE(may_use(target), *forced_target() != KernelTarget::kPortable) << name_of(target);
      EXPECT_GE(may_use(target), *forced_target() == target) << name_of(target);
    }
  }
}

#if defined(__x86_64__)
struct Expected {
  const char* choice;
  const char* xxh3;
  const char* crc32c;
  const char* blake3;
};
constexpr Expected kExpected[] = {
    {"portable", "portable", "portable", "portable"},
    {"SSE2", "SSE2", "portable", "SSE2"},
    {"SSE4", "SSE2", "SSE4.2", "SSE4.1"},
    {"SHA-NI", "SSE2", "SSE4.2", "SSE4.1"},
    {"AVX2", "AVX2", "SSE4.2", "AVX2"},
    {"AVX-512", "AVX-512", "SSE4.2", "AVX-512"},
};

TEST(KernelsChoice, GovernsXxh3Crc32cAndBlake3) {
  const auto* const expected = std::ranges::find(kExpected, variable(), &Expected::choice);
  if (expected == std::end(kExpected) || !kernels_choice_valid()) GTEST_SKIP() << "no target is forced";
  if (variable() == "AVX-512" && !cpu_has(CpuFeature::kAvx512Vl)) GTEST_SKIP() << "BLAKE3 wants AVX-512VL";
  EXPECT_TRUE(implementation_of(AlgorithmId::kXxh3_64).ends_with(std::string(" ") + expected->xxh3));
  EXPECT_TRUE(implementation_of(AlgorithmId::kCrc32c).ends_with(std::string(" ") + expected->crc32c));
  EXPECT_TRUE(implementation_of(AlgorithmId::kBlake3).ends_with(std::string(" ") + expected->blake3));
}
#endif

}  // namespace
}  // namespace hashlane
