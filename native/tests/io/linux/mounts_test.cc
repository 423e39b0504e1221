#include "system/linux/mounts.h"

#include <gtest/gtest.h>

namespace hashlane {
namespace {

TEST(Mounts, AreReadWithAnyNumberOfOptionalFields) {
  const auto mounts = parse_mounts(
      "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n"
      "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
      "40 35 0:50 / /net rw shared:2 master:1 propagate_from:3 - nfs4 server:/export rw,vers=4.2\n");
  ASSERT_EQ(mounts.size(), 3u);
  EXPECT_EQ(mounts[0].id, 36u);
  EXPECT_EQ(mounts[0].major, 98u);
  EXPECT_EQ(mounts[0].minor, 0u);
  EXPECT_EQ(mounts[0].point, "/mnt2");
  EXPECT_EQ(mounts[0].type, "ext3");
  EXPECT_EQ(mounts[0].source, "/dev/root");
  EXPECT_EQ(option_of(mounts[0], "errors"), "continue");
  EXPECT_EQ(option_of(mounts[0], "error"), std::nullopt);
  EXPECT_EQ(mounts[1].type, "proc");
  EXPECT_EQ(mounts[2].source, "server:/export");
}

TEST(Mounts, AreUnescaped) {
  const auto mounts = parse_mounts("1 0 0:9 / /a\\040b\\134c rw - fuse.sshfs me@host:/x\\011y rw,lowerdir=/l\\040x:/m");
  ASSERT_EQ(mounts.size(), 1u);
  EXPECT_EQ(mounts[0].point, "/a b\\c");
  EXPECT_EQ(mounts[0].source, "me@host:/x\ty");
  EXPECT_EQ(option_of(mounts[0], "lowerdir"), "/l x:/m");
}

TEST(Mounts, LeaveOutLinesOfAnotherForm) {
  EXPECT_TRUE(parse_mounts("").empty());
  EXPECT_TRUE(parse_mounts("\n\nnonsense\n1 2 3 / / rw - ext4 /dev/sda rw\n").empty());
  EXPECT_TRUE(parse_mounts("1 0 8:1 / /a rw without a hyphen").empty());
  EXPECT_EQ(parse_mounts("x\n1 0 8:1 / / rw - ext4 /dev/sda1 rw\n1 0 8:").size(), 1u);
}

TEST(Mounts, AboveAPathAreThoseThatEndAtASlash) {
  const auto mounts = parse_mounts(
      "1 0 8:1 / / rw - ext4 a rw\n"
      "2 1 8:2 / /data rw - ext4 b rw\n"
      "3 1 8:3 / /data rw - ext4 on-top rw\n"
      "4 1 8:4 / /database rw - ext4 c rw\n");
  EXPECT_EQ(mount_above(mounts, "/data")->source, "on-top");
  EXPECT_EQ(mount_above(mounts, "/data/x")->source, "on-top");
  EXPECT_EQ(mount_above(mounts, "/database/x")->source, "c");
  EXPECT_EQ(mount_above(mounts, "/dat")->source, "a");
  EXPECT_EQ(mount_above(mounts, "relative"), nullptr);
}

TEST(Mounts, IdsOfDescriptorsAreFound) {
  EXPECT_EQ(mount_id_in("pos:\t0\nflags:\t0100000\nmnt_id:\t27\nino:\t739\n"), 27u);
  EXPECT_EQ(mount_id_in("pos:\t0\nmnt_id:\t\n"), std::nullopt);
  EXPECT_EQ(mount_id_in(""), std::nullopt);
}

}  // namespace
}  // namespace hashlane
