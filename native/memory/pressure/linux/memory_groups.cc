#include "memory/pressure/linux/memory_groups.h"

#include <algorithm>
#include <array>

#include "system/linux/mounts.h"
#include "system/linux/text.h"

namespace hashlane {
namespace {

/// Version 1 says "no limit" by the largest number of whole pages.
constexpr std::uint64_t kNoLimit = std::uint64_t{1} << 62;

/// The path of the process in the hierarchy that counts its memory: `4:cpu,memory:/path`, or `0::/path`.
std::optional<std::string_view> path_in(std::string_view groups, int version) {
  while (!groups.empty()) {
    std::string_view line = cut(groups, '\n');
    cut(line, ':');
    std::string_view controllers = cut(line, ':');
    if (version == 2 && controllers.empty()) return line;
    while (version == 1 && !controllers.empty()) {
      if (cut(controllers, ',') == "memory") return line;
    }
  }
  return std::nullopt;
}

/// The group's folder: its path below what the mount shows.
std::string folder_of(const Mount& mount, std::string_view path) {
  std::string_view below = path;
  if (mount.root != "/") {
    if (!below.starts_with(mount.root)) return mount.point;
    below.remove_prefix(mount.root.size());
    if (!below.empty() && below.front() != '/') return mount.point;
  }
  // Above the namespace's root: `/../other`.
  if (below.starts_with("/..") || below == "/") return mount.point;
  return mount.point + std::string(below);
}

std::uint64_t limit_in(const std::string& root, const std::string& file) {
  return number_in(read_text(root + file)).value_or(kNoLimit);
}

}  // namespace

std::vector<MemoryGroup> memory_groups(std::string_view groups, std::string_view mountinfo) {
  std::vector<MemoryGroup> found;
  for (const Mount& mount : parse_mounts(mountinfo)) {
    const bool second = mount.type == "cgroup2";
    if (!second && !(mount.type == "cgroup" && option_of(mount, "memory"))) continue;
    const int version = second ? 2 : 1;
    const auto path = path_in(groups, version);
    if (!path) continue;
    const auto same = [&](const MemoryGroup& group) { return group.folder == mount.point; };
    // Mounted twice at one place: the first says all.
    if (std::ranges::any_of(found, same)) continue;
    std::string folder = folder_of(mount, *path);
    while (folder.size() > mount.point.size()) {
      found.push_back({folder, version});
      folder.resize(folder.rfind('/'));
    }
    found.push_back({mount.point, version});
  }
  return found;
}

std::optional<GroupMemory> memory_of(const std::string& root, const MemoryGroup& group) {
  const bool second = group.version == 2;
  const std::uint64_t limit =
      second ? std::min(limit_in(root, group.folder + "/memory.max"), limit_in(root, group.folder + "/memory.high"))
             : limit_in(root, group.folder + "/memory.limit_in_bytes");
  if (limit >= kNoLimit) return std::nullopt;
  const auto taken =
      number_in(read_text(root + group.folder + (second ? "/memory.current" : "/memory.usage_in_bytes")));
  if (!taken) return GroupMemory{limit, limit};
  // Version 1 counts those below under names of their own.
  static constexpr std::array<std::string_view, 3> kSecond = {"inactive_file", "active_file", "slab_reclaimable"};
  static constexpr std::array<std::string_view, 3> kFirst = {"total_inactive_file", "total_active_file", ""};
  const std::string stat = read_text(root + group.folder + "/memory.stat");
  std::uint64_t droppable = 0;
  for (const std::string_view name : second ? kSecond : kFirst) droppable += value_of(stat, name).value_or(0);
  const std::uint64_t bound = *taken - std::min(droppable, *taken);
  return GroupMemory{limit, limit - std::min(bound, limit)};
}

}  // namespace hashlane
