// The measuring of kernels: that it measures what there is and ends when it should, never how fast.
#include "kernels/speed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "kernels/hasher.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {
namespace {

using std::chrono::milliseconds;

class Speed : public testing::TestWithParam<AlgorithmInfo> {};

TEST_P(Speed, IsMeasuredForEveryKernelThatThereIs) {
  const auto algorithm = static_cast<AlgorithmId>(GetParam().id);
  const KernelSpeed speed = measure_speed(algorithm, milliseconds(1), [] { return false; });
  EXPECT_EQ(speed.single_stream > 0, make_hasher(algorithm) != nullptr);
  EXPECT_EQ(speed.lanes > 0, lane_kernel(algorithm) != nullptr);
}

INSTANTIATE_TEST_SUITE_P(Kernels, Speed, testing::ValuesIn(kAlgorithms), [](const auto& instance) {
  std::string name = instance.param.name;
  std::ranges::replace_if(
      name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
  return name;
});

TEST(Measuring, EndsBeforeItBeginsWhenItIsStopped) {
  const KernelSpeed speed = measure_speed(AlgorithmId::kSha256, std::chrono::hours(1), [] { return true; });
  EXPECT_EQ(speed.single_stream, 0);
  EXPECT_EQ(speed.lanes, 0);
}

TEST(Measuring, EndsInTheMiddleWithWhatItHas) {
  int asked = 0;
  const KernelSpeed speed = measure_speed(AlgorithmId::kSha256, std::chrono::hours(1), [&] { return ++asked > 3; });
  EXPECT_EQ(asked, 4);
  EXPECT_GT(speed.single_stream, 0);
}

TEST(Measuring, GivesNothingForAnAlgorithmThatIsNone) {
  const auto none = static_cast<AlgorithmId>(std::size(kAlgorithms));
  const KernelSpeed speed = measure_speed(none, milliseconds(1), [] { return false; });
  EXPECT_EQ(speed.single_stream, 0);
  EXPECT_EQ(speed.lanes, 0);
}

}  // namespace
}  // namespace hashlane
