// /proc/self/mountinfo, read as proc(5) describes it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hashlane {

struct Mount {
  unsigned id = 0;
  unsigned major = 0;
  unsigned minor = 0;
  /// Which folder of the file system is seen at the mount point.
  std::string root;
  std::string point;
  std::string type;
  std::string source;
  /// Options of the file system, not of this mount: comma separated, still escaped.
  std::string options;
};

/// Lines that are not of the documented form are left out.
std::vector<Mount> parse_mounts(std::string_view mountinfo);

/// The mount that `path` (absolute, without links and `..`) lies on: the last of those with the
/// longest mount point above it. Null when there is none.
const Mount* mount_above(const std::vector<Mount>& mounts, std::string_view path) noexcept;

/// The value of `name=value` among a mount's options, unescaped.
std::optional<std::string> option_of(const Mount& mount, std::string_view name);

/// The mount's id in the text of /proc/self/fdinfo/N.
std::optional<unsigned> mount_id_in(std::string_view fdinfo) noexcept;

}  // namespace hashlane
