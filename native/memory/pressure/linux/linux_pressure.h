// What Linux tells of memory: the groups' limits, pressure stalls of the group and of the system, and what is
// available.
#pragma once

#include <string>
#include <vector>

#include "memory/pressure/linux/memory_groups.h"
#include "memory/pressure/linux/stall_watch.h"
#include "memory/pressure/pressure.h"

namespace hashlane {

class LinuxPressure final : public PressureSource {
 public:
  /// `root`: the folder that holds `sys` and `proc`; empty for the system's own.
  explicit LinuxPressure(std::string root = {}) : root_(std::move(root)) {}

  /// The worst of what they all say.
  PressureReading read(std::uint64_t now_ns) override;

 private:
  void find_groups();

  const std::string root_;
  /// The text of /proc/self/cgroup that `groups_` were found by: a process can be moved.
  std::string membership_;
  std::vector<MemoryGroup> groups_;
  StallWatch system_stalls_;
  StallWatch group_stalls_;
};

}  // namespace hashlane
