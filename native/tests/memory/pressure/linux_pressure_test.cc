#include "memory/pressure/linux/linux_pressure.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/io/temporary_folder.h"

namespace hashlane {
namespace {

constexpr std::uint64_t kMiB = 1u << 20;
constexpr std::uint64_t kSecond = 1'000'000'000;

const std::string kSecondVersion = "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";
const std::string kFirstVersion =
    "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n"
    "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n"
    "35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
    "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";

std::vector<std::string> folders(const std::vector<MemoryGroup>& groups) {
  std::vector<std::string> names;
  for (const MemoryGroup& group : groups) names.push_back(std::to_string(group.version) + " " + group.folder);
  return names;
}

using Names = std::vector<std::string>;

TEST(MemoryGroups, AreTheProcesssAndAllAboveIt) {
  EXPECT_EQ(folders(memory_groups("0::/user.slice/app.scope\n", kSecondVersion)),
            (Names{"2 /sys/fs/cgroup/user.slice/app.scope", "2 /sys/fs/cgroup/user.slice", "2 /sys/fs/cgroup"}));
}

TEST(MemoryGroups, OfVersionOneAreFoundByTheirController) {
  EXPECT_EQ(folders(memory_groups("9:name=systemd:/x\n4:memory:/jobs/a\n2:cpu,cpuacct:/other\n0::/\n", kFirstVersion)),
            (Names{"1 /sys/fs/cgroup/memory/jobs/a", "1 /sys/fs/cgroup/memory/jobs", "1 /sys/fs/cgroup/memory",
                   "2 /sys/fs/cgroup/unified"}));
}

TEST(MemoryGroups, OfAContainerAreWhatItSees) {
  const std::string part = "30 23 0:26 /docker/abc /sys/fs/cgroup ro - cgroup2 cgroup rw\n";
  EXPECT_EQ(folders(memory_groups("0::/docker/abc\n", part)), (Names{"2 /sys/fs/cgroup"}));
  EXPECT_EQ(folders(memory_groups("0::/docker/abc/inner\n", part)),
            (Names{"2 /sys/fs/cgroup/inner", "2 /sys/fs/cgroup"}));
  EXPECT_EQ(folders(memory_groups("0::/elsewhere\n", part)), (Names{"2 /sys/fs/cgroup"}));
  EXPECT_EQ(folders(memory_groups("0::/docker/abcdef\n", part)), (Names{"2 /sys/fs/cgroup"}));
  EXPECT_EQ(folders(memory_groups("0::/../sibling\n", kSecondVersion)), (Names{"2 /sys/fs/cgroup"}));
}

TEST(MemoryGroups, AreNoneWithoutProcOrHierarchy) {
  EXPECT_TRUE(memory_groups("", "").empty());
  EXPECT_TRUE(memory_groups("0::/a\n", "").empty());
  EXPECT_TRUE(memory_groups("", kFirstVersion).empty());
  EXPECT_TRUE(memory_groups("nonsense\n\n::\n", "nonsense\n").empty());
}

std::string stalls(std::uint64_t some_us, std::uint64_t full_us) {
  return "some avg10=0.00 avg60=0.00 avg300=0.00 total=" + std::to_string(some_us) +
         "\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=" + std::to_string(full_us) + "\n";
}

TEST(StallWatch, TellsTheShareOfTheLastWindow) {
  StallWatch watch;
  EXPECT_EQ(watch.after(stalls(9'000'000, 9'000'000), kSecond), PressureLevel::kNone) << "what was before is past";
  EXPECT_EQ(watch.after(stalls(9'150'000, 9'000'000), 2 * kSecond), PressureLevel::kNone) << "half a window";
  EXPECT_EQ(watch.after(stalls(9'201'000, 9'000'000), 3 * kSecond), PressureLevel::kSome);
  EXPECT_EQ(watch.after(stalls(9'201'000, 9'000'000), 4 * kSecond), PressureLevel::kSome) << "until the next is whole";
  EXPECT_EQ(watch.after(stalls(9'701'000, 9'300'000), 5 * kSecond), PressureLevel::kCritical);
  EXPECT_EQ(watch.after(stalls(9'800'000, 9'301'000), 7 * kSecond), PressureLevel::kNone);
}

TEST(StallWatch, IsCalmWithoutAFile) {
  StallWatch watch;
  EXPECT_EQ(watch.after("", kSecond), PressureLevel::kNone);
  EXPECT_EQ(watch.after(stalls(0, 0), 2 * kSecond), PressureLevel::kNone);
  EXPECT_EQ(watch.after("", 5 * kSecond), PressureLevel::kNone);
  EXPECT_EQ(watch.after(stalls(9'000'000, 0), 9 * kSecond), PressureLevel::kNone);
  EXPECT_EQ(watch.after(stalls(10, 0), 12 * kSecond), PressureLevel::kNone) << "totals of another group";
  EXPECT_EQ(watch.after("some total=\nfull total=x", 15 * kSecond), PressureLevel::kNone);
}

/// A system as the kernel shows it, with what the test puts there.
class System {
 public:
  System() { available(8192, 16384); }
  void put(const std::string& path, const std::string& text) const { folder_.write(path, text); }
  void available(std::uint64_t mib, std::uint64_t of_mib) const {
    put("proc/meminfo", "MemTotal:       " + std::to_string(of_mib << 10) + " kB\nMemFree:          1000 kB\n" +
                            "MemAvailable:   " + std::to_string(mib << 10) + " kB\n");
  }
  void second_version(const std::string& path) const {
    put("proc/self/cgroup", "0::" + path + "\n");
    put("proc/self/mountinfo", kSecondVersion);
  }
  /// Version 2. `high` and `most`: in MiB, or "max".
  void group(const std::string& name, const std::string& high, const std::string& most, std::uint64_t taken_mib,
             std::uint64_t cache_mib) const {
    const auto bytes = [](const std::string& mib) {
      return mib == "max" ? "max\n" : std::to_string(std::stoull(mib) * kMiB) + "\n";
    };
    const std::string at = "sys/fs/cgroup/" + name;
    put(at + "/memory.high", bytes(high));
    put(at + "/memory.max", bytes(most));
    put(at + "/memory.current", std::to_string(taken_mib * kMiB) + "\n");
    put(at + "/memory.stat", "anon 4096\ninactive_anon 1\nactive_file 0\ninactive_file " +
                                 std::to_string(cache_mib * kMiB) + "\nslab_reclaimable 0\n");
  }
  [[nodiscard]] std::string root() const { return folder_.path().string(); }

 private:
  TemporaryFolder folder_;
};

TEST(LinuxPressure, IsCalmWhereNothingIsTold) {
  const TemporaryFolder empty;
  const PressureReading reading = LinuxPressure(empty.path().string()).read(kSecond);
  EXPECT_EQ(reading.level, PressureLevel::kNone);
  EXPECT_EQ(reading.group_limit, 0u);
}

TEST(LinuxPressure, TakesTheNarrowestOfAllGroups) {
  const System system;
  system.second_version("/outer/inner");
  system.group("outer/inner", "max", "1024", 100, 0);
  system.group("outer", "600", "800", 100, 0);
  LinuxPressure pressure(system.root());
  EXPECT_EQ(pressure.read(kSecond).group_limit, 600 * kMiB);
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kNone);
  system.group("outer", "600", "800", 550, 0);
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kSome) << "the outer group has no room";
  system.group("outer", "600", "800", 620, 0);
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kCritical);
}

TEST(LinuxPressure, DoesNotCountWhatTheKernelCanDrop) {
  const System system;
  system.second_version("/app");
  system.group("app", "max", "512", 511, 400);
  EXPECT_EQ(LinuxPressure(system.root()).read(kSecond).level, PressureLevel::kNone);
  system.group("app", "max", "512", 511, 10);
  EXPECT_EQ(LinuxPressure(system.root()).read(kSecond).level, PressureLevel::kCritical);
}

TEST(LinuxPressure, ReadsVersionOne) {
  const System system;
  system.put("proc/self/cgroup", "4:memory:/app\n0::/\n");
  system.put("proc/self/mountinfo", kFirstVersion);
  const std::string at = "sys/fs/cgroup/memory/app/memory.";
  system.put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  system.put(at + "limit_in_bytes", std::to_string(256 * kMiB) + "\n");
  system.put(at + "usage_in_bytes", std::to_string(230 * kMiB) + "\n");
  system.put(at + "stat", "inactive_file 99999999999\ntotal_inactive_file 0\ntotal_active_file 0\n");
  LinuxPressure pressure(system.root());
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kSome);
  EXPECT_EQ(pressure.read(kSecond).group_limit, 256 * kMiB);
  system.put(at + "stat", "total_inactive_file 104857600\ntotal_active_file 0\n");
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kNone);
}

TEST(LinuxPressure, FollowsAProcessThatIsMoved) {
  const System system;
  system.second_version("/one");
  system.group("one", "max", "512", 1, 0);
  system.group("two", "max", "max", 1, 0);
  LinuxPressure pressure(system.root());
  EXPECT_EQ(pressure.read(kSecond).group_limit, 512 * kMiB);
  system.second_version("/two");
  EXPECT_EQ(pressure.read(kSecond).group_limit, 0u);
}

TEST(LinuxPressure, HearsOfStallsInTheGroupAndInTheSystem) {
  for (const std::string file : {"proc/pressure/memory", "sys/fs/cgroup/app/memory.pressure"}) {
    const System system;
    system.second_version("/app");
    LinuxPressure pressure(system.root());
    system.put(file, stalls(0, 0));
    EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kNone);
    system.put(file, stalls(1'000'000, 0));
    EXPECT_EQ(pressure.read(3 * kSecond).level, PressureLevel::kSome) << file;
  }
}

TEST(LinuxPressure, FallsBackOnWhatIsAvailable) {
  const System system;
  LinuxPressure pressure(system.root());
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kNone);
  system.available(500, 16384);
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kSome);
  system.available(100, 16384);
  EXPECT_EQ(pressure.read(kSecond).level, PressureLevel::kCritical);
}

}  // namespace
}  // namespace hashlane
