#include "io/windows/file_facts.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <set>

namespace hashlane {
namespace {

TEST(WindowsTimes, CountFrom1970) {
  EXPECT_EQ(unix_ns(116'444'736'000'000'000), 0);
  EXPECT_EQ(unix_ns(116'444'736'000'000'001), 100);
  EXPECT_EQ(unix_ns(116'444'735'999'999'999), -100);
  // 2009-02-13 23:31:30 UTC.
  EXPECT_EQ(unix_ns(128'790'414'900'000'000), 1'234'567'890'000'000'000);
}

TEST(WindowsTimes, StopAtTheEndsOfTheRange) {
  EXPECT_LT(unix_ns(0), -9'223'000'000'000'000'000);
  EXPECT_EQ(unix_ns(std::numeric_limits<std::int64_t>::min()), unix_ns(0));
  EXPECT_GT(unix_ns(std::numeric_limits<std::int64_t>::max()), 9'223'000'000'000'000'000);
}

TEST(WindowsKinds, FollowAttributesAndTags) {
  constexpr std::uint32_t kReparse = 0x400, kFolder = 0x10;
  EXPECT_EQ(kind_of(0x20, 0), EntryKind::kFile);
  EXPECT_EQ(kind_of(kFolder, 0), EntryKind::kFolder);
  EXPECT_EQ(kind_of(kFolder, 0xA000000C), EntryKind::kFolder) << "without the attribute the tag is something else";
  EXPECT_EQ(kind_of(kReparse, 0xA000000C), EntryKind::kSymlink);
  EXPECT_EQ(kind_of(kReparse | kFolder, 0xA000000C), EntryKind::kSymlink);
  EXPECT_EQ(kind_of(kReparse | kFolder, 0xA0000003), EntryKind::kSymlink) << "junction";
  EXPECT_EQ(kind_of(kReparse, 0xA000001D), EntryKind::kSymlink) << "of Linux";
  EXPECT_EQ(kind_of(kReparse, 0x80000023), EntryKind::kSocket);
  EXPECT_EQ(kind_of(kReparse, 0x80000024), EntryKind::kFifo);
  EXPECT_EQ(kind_of(kReparse, 0x9000601A), EntryKind::kFile) << "cloud";
  EXPECT_EQ(kind_of(kReparse | kFolder, 0x9000601A), EntryKind::kFolder) << "cloud";
  EXPECT_EQ(kind_of(kReparse, 0x80000013), EntryKind::kFile) << "deduplicated";
}

TEST(WindowsPlaceholders, AreToldApart) {
  EXPECT_TRUE(is_placeholder(0x400000 | 0x20));
  EXPECT_TRUE(is_placeholder(0x1000));
  EXPECT_FALSE(is_placeholder(0x420));
}

TEST(WindowsIdentity, IsNtfsNumberAsItIs) {
  FileFacts facts;
  set_identity({0x05, 0, 0, 0, 0, 0, 0x07, 0x00}, 3, facts);
  EXPECT_EQ(facts.inode, 0x0007000000000005u);
  EXPECT_EQ(facts.links, 3u);
}

TEST(WindowsIdentity, OfReFsIsNoGroundToTakeFilesForOne) {
  std::set<std::uint64_t> seen;
  for (std::uint8_t folder = 1; folder < 100; ++folder) {
    for (std::uint8_t file = 0; file < 100; ++file) {
      FileFacts facts;
      set_identity({file, 0, 0, 0, 0, 0, 0, 0, folder}, 3, facts);
      EXPECT_EQ(facts.links, 1u);
      EXPECT_TRUE(seen.insert(facts.inode).second);
    }
  }
}

TEST(WindowsVolumes, DifferWhereADiskIsACopy) {
  constexpr std::uint64_t kSerial = 0x1234'5678'9ABC'DEF0;
  const std::uint64_t original = volume_number(kSerial, u"\\Device\\HarddiskVolume3\\folder\\file");
  EXPECT_EQ(original, volume_number(kSerial, u"\\Device\\HarddiskVolume3"));
  EXPECT_EQ(original, volume_number(kSerial, u"\\Device\\HarddiskVolume3\\other"));
  EXPECT_NE(original, volume_number(kSerial, u"\\Device\\HarddiskVolume4\\folder\\file"));
  EXPECT_NE(original, volume_number(kSerial, u"\\Device\\HarddiskVolume33\\folder"));
  EXPECT_NE(original, volume_number(kSerial + 1, u"\\Device\\HarddiskVolume3\\folder\\file"));
}

TEST(WindowsVolumes, AreOneShareByWhicheverWay) {
  const std::uint64_t share = volume_number(7, u"\\Device\\Mup\\server\\share\\folder");
  EXPECT_EQ(share, volume_number(7, u"\\Device\\Mup\\;LanmanRedirector\\;Z:00000000000abcde\\server\\share\\a"));
  EXPECT_NE(share, volume_number(7, u"\\Device\\Mup\\server\\other\\folder"));
  EXPECT_EQ(volume_number(7, u""), volume_number(7, u""));
}

}  // namespace
}  // namespace hashlane
