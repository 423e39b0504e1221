#include "memory/pressure/allowance.h"

#include <gtest/gtest.h>

namespace hashlane {
namespace {

constexpr std::size_t kMiB = 1u << 20;
constexpr std::uint64_t kStep = Allowance::kStepNs;

PressureReading reading(PressureLevel level, std::uint64_t group_limit = 0) { return {level, group_limit}; }

TEST(LevelOfRoom, IsAPartOfTheWholeOrAnAmount) {
  EXPECT_EQ(level_of_room(33 * kMiB, 256 * kMiB), PressureLevel::kNone);
  EXPECT_EQ(level_of_room(31 * kMiB, 256 * kMiB), PressureLevel::kSome);
  EXPECT_EQ(level_of_room(15 * kMiB, 256 * kMiB), PressureLevel::kCritical);
  EXPECT_EQ(level_of_room(0, 256 * kMiB), PressureLevel::kCritical);
  const std::uint64_t large = std::uint64_t{64} << 30;
  EXPECT_EQ(level_of_room(600 * kMiB, large), PressureLevel::kNone);
  EXPECT_EQ(level_of_room(500 * kMiB, large), PressureLevel::kSome);
  EXPECT_EQ(level_of_room(100 * kMiB, large), PressureLevel::kCritical);
}

TEST(Allowance, IsTheCeilingWhileCalm) {
  Allowance allowance(256 * kMiB, 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), 1), 256 * kMiB);
  EXPECT_TRUE(allowance.full());
}

TEST(Allowance, FallsAtOnce) {
  Allowance allowance(256 * kMiB, 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kSome), 1), 128 * kMiB);
  EXPECT_FALSE(allowance.full());
  EXPECT_EQ(allowance.after(reading(PressureLevel::kCritical), 2), 2 * kMiB);
}

TEST(Allowance, RisesStepByStepAfterACalm) {
  Allowance allowance(10 * kMiB, 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kCritical), 1), 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), kStep), 2 * kMiB) << "not long enough";
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), kStep + 1), 4 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), kStep + 2), 4 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kSome), 2 * kStep + 1), 5 * kMiB) << "half and no more";
  EXPECT_EQ(allowance.after(reading(PressureLevel::kSome), 9 * kStep), 5 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), 10 * kStep), 10 * kMiB);
  EXPECT_TRUE(allowance.full());
}

TEST(Allowance, BeginsTheCalmAnewWithEveryPressure) {
  Allowance allowance(8 * kMiB, 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kCritical), 1), 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kCritical), kStep), 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), kStep + 1), 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), 2 * kStep), 4 * kMiB);
}

TEST(Allowance, IsAQuarterOfAGroupsLimit) {
  Allowance allowance(256 * kMiB, 2 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone, 512 * kMiB), 1), 128 * kMiB);
  EXPECT_TRUE(allowance.full());
  EXPECT_EQ(allowance.after(reading(PressureLevel::kSome, 512 * kMiB), 2), 64 * kMiB);
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone, 4 * kMiB), 3), 2 * kMiB) << "the least, whatever the limit";
  EXPECT_EQ(allowance.after(reading(PressureLevel::kNone), 3 + kStep), 4 * kMiB) << "a limit can be raised";
}

}  // namespace
}  // namespace hashlane
