// The control groups whose memory limits bind this process: its own and all above it, version 1 or 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hashlane {

/// A group's folder, from the system's root on.
struct MemoryGroup {
  std::string folder;
  /// 1 or 2; they name their files differently.
  int version;
};

/// The process's own group first, the outermost that it sees last. `groups` and `mountinfo`: the texts of
/// /proc/self/cgroup and /proc/self/mountinfo. Where the process's path is not below what is mounted, as in
/// some containers, the mount point stands for its group.
[[nodiscard]] std::vector<MemoryGroup> memory_groups(std::string_view groups, std::string_view mountinfo);

/// What a group says. Bytes.
struct GroupMemory {
  /// The lower of what it is throttled at and what it may never pass.
  std::uint64_t limit;
  /// Of the limit: neither taken nor taken by what the kernel can drop at once, such as the page cache.
  std::uint64_t free;
};

/// Nothing for a group without a limit, or that does not tell. `root`: as for LinuxPressure.
[[nodiscard]] std::optional<GroupMemory> memory_of(const std::string& root, const MemoryGroup& group);

}  // namespace hashlane
