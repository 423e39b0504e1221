#include "system/linux/mounts.h"

#include <algorithm>
#include <charconv>

#include "system/linux/text.h"

namespace hashlane {
namespace {

bool read_number(std::string_view text, unsigned& number) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

bool is_octal(char digit) noexcept { return digit >= '0' && digit <= '7'; }

// Space, tab, newline and backslash are written as a backslash and three octal digits.
std::string unescape(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 3 < text.size() && is_octal(text[at + 1]) && is_octal(text[at + 2]) &&
        is_octal(text[at + 3])) {
      plain += static_cast<char>((text[at + 1] - '0') * 64 + (text[at + 2] - '0') * 8 + (text[at + 3] - '0'));
      at += 3;
    } else {
      plain += text[at];
    }
  }
  return plain;
}

std::optional<Mount> parse_mount(std::string_view line) {
  Mount mount;
  if (!read_number(cut(line, ' '), mount.id)) return std::nullopt;
  cut(line, ' ');  // parent
  std::string_view device = cut(line, ' ');
  if (!read_number(cut(device, ':'), mount.major) || !read_number(device, mount.minor)) return std::nullopt;
  mount.root = unescape(cut(line, ' '));
  mount.point = unescape(cut(line, ' '));
  cut(line, ' ');  // options of the mount
  // Any number of optional fields, then a hyphen.
  while (!line.empty() && cut(line, ' ') != "-") continue;
  mount.type = unescape(cut(line, ' '));
  mount.source = unescape(cut(line, ' '));
  mount.options = std::string(line);
  if (mount.point.empty() || mount.type.empty()) return std::nullopt;
  return mount;
}

bool is_below(std::string_view path, std::string_view folder) noexcept {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

}  // namespace

std::vector<Mount> parse_mounts(std::string_view mountinfo) {
  std::vector<Mount> mounts;
  while (!mountinfo.empty()) {
    if (auto mount = parse_mount(cut(mountinfo, '\n'))) mounts.push_back(std::move(*mount));
  }
  return mounts;
}

const Mount* mount_above(const std::vector<Mount>& mounts, std::string_view path) noexcept {
  const Mount* nearest = nullptr;
  for (const Mount& mount : mounts) {
    if (!is_below(path, mount.point)) continue;
    if (nearest == nullptr || mount.point.size() >= nearest->point.size()) nearest = &mount;
  }
  return nearest;
}

std::optional<std::string> option_of(const Mount& mount, std::string_view name) {
  std::string_view rest = mount.options;
  while (!rest.empty()) {
    std::string_view option = cut(rest, ',');
    if (cut(option, '=') == name) return unescape(option);
  }
  return std::nullopt;
}

std::optional<unsigned> mount_id_in(std::string_view fdinfo) noexcept {
  while (!fdinfo.empty()) {
    std::string_view line = cut(fdinfo, '\n');
    if (cut(line, ':') != "mnt_id") continue;
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    unsigned id = 0;
    if (read_number(line, id)) return id;
  }
  return std::nullopt;
}

}  // namespace hashlane
