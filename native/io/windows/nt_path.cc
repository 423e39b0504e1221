#include "io/windows/nt_path.h"

#include <algorithm>
#include <vector>

namespace hashlane {
namespace {

constexpr std::u16string_view kSeparators = u"\\/";
constexpr std::u16string_view kNtPrefix = u"\\??\\";

bool is_separator(char16_t unit) noexcept { return unit == u'\\' || unit == u'/'; }

char16_t upper(char16_t unit) noexcept {
  return unit >= u'a' && unit <= u'z' ? static_cast<char16_t>(unit - u'a' + u'A') : unit;
}

/// Regardless of the case of ASCII letters; `begin` in upper case.
bool begins(std::u16string_view text, std::u16string_view begin) noexcept {
  return text.size() >= begin.size() &&
         std::equal(begin.begin(), begin.end(), text.begin(), [](char16_t a, char16_t b) { return a == upper(b); });
}

bool same(std::u16string_view text, std::u16string_view expected) noexcept {
  return text.size() == expected.size() && begins(text, expected);
}

bool begins_with_drive(std::u16string_view path) noexcept {
  return path.size() >= 2 && path[1] == u':' && upper(path[0]) >= u'A' && upper(path[0]) <= u'Z';
}

/// An absolute path: `root`, an NT path that ends in a backslash, and the names below it.
struct Absolute {
  std::u16string root;
  std::u16string_view names;
  /// Whether `.` and `..` among them have their meaning.
  bool resolve = true;
};

struct Name {
  std::u16string_view text;
  bool separator_follows = false;
};

/// Takes the first name, and the separators after it, off `path`.
Name take_name(std::u16string_view& path) noexcept {
  const std::size_t end = std::min(path.find_first_of(kSeparators), path.size());
  const Name name{path.substr(0, end), end < path.size()};
  path.remove_prefix(std::min(path.find_first_not_of(kSeparators, end), path.size()));
  return name;
}

bool has_colon_or_nul(std::u16string_view name) noexcept {
  return name.find_first_of(std::u16string_view(u":\0", 2)) != name.npos;
}

Error never_opened(std::u16string_view device) noexcept {
  return {begins(device, u"PIPE") ? ErrorCode::kFifo : ErrorCode::kCharacterDevice, {}};
}

/// `path` after `\\` or `\\?\UNC\`.
Error split_share(std::u16string_view path, Absolute& split) {
  const std::u16string_view server = take_name(path).text;
  const std::u16string_view share = take_name(path).text;
  if (server.empty() || share.empty() || has_colon_or_nul(server) || has_colon_or_nul(share)) {
    return {ErrorCode::kEnoent, {}};
  }
  split.root.assign(kNtPrefix).append(u"UNC\\").append(server).append(u"\\").append(share).append(u"\\");
  split.names = path;
  return {};
}

/// `path` after `\\?\`.
Error split_verbatim(std::u16string_view path, Absolute& split) {
  split.resolve = false;
  const auto [first, below] = take_name(path);
  split.root.assign(kNtPrefix).append(first).append(u"\\");
  split.names = path;
  // Without a separator after it, this is the volume itself and not its root folder.
  const bool volume = (begins_with_drive(first) && first.size() == 2) ||
                      (begins(first, u"VOLUME{") && first.ends_with(u'}') && !has_colon_or_nul(first));
  if (volume && below) return {};
  if (same(first, u"UNC") && below) return split_share(path, split);
  if (same(first, u"GLOBALROOT") && same(take_name(path).text, u"DEVICE")) {
    const auto [disk, below_disk] = take_name(path);
    if (begins(disk, u"HARDDISKVOLUME") && below_disk && !has_colon_or_nul(disk)) {
      split.root.append(u"Device\\").append(disk).append(u"\\");
      split.names = path;
      return {};
    }
  }
  return never_opened(first);
}

bool is_absolute(std::u16string_view path) noexcept {
  const bool share = path.size() >= 2 && is_separator(path[0]) && is_separator(path[1]);
  return share || (begins_with_drive(path) && path.size() >= 3 && is_separator(path[2]));
}

Error split_absolute(std::u16string_view path, Absolute& split) {
  if (path.starts_with(u"\\\\?\\")) return split_verbatim(path.substr(4), split);
  if (begins_with_drive(path)) {
    split.root.assign(kNtPrefix).append(path.substr(0, 2)).append(u"\\");
    split.names = path.substr(3);
    return {};
  }
  path.remove_prefix(2);
  const bool device = path.size() > 1 && (path[0] == u'.' || path[0] == u'?') && is_separator(path[1]);
  return device ? never_opened(path.substr(2)) : split_share(path, split);
}

Error join(const Absolute& split, NtPath& made) {
  std::vector<std::u16string_view> names;
  std::u16string_view rest = split.names;
  made.folder = rest.empty() || is_separator(rest.back());
  while (!rest.empty()) {
    const std::u16string_view name = take_name(rest).text;
    if (split.resolve && (name == u"." || name == u"..")) {
      if (name.size() == 2 && !names.empty()) names.pop_back();
      if (rest.empty()) made.folder = true;
      continue;
    }
    if (has_colon_or_nul(name)) return {ErrorCode::kEnoent, {}};
    if (!name.empty()) names.push_back(name);
  }
  made.text = split.root;
  for (const std::u16string_view name : names) made.text.append(name).push_back(u'\\');
  if (!names.empty()) made.text.pop_back();
  return {};
}

}  // namespace

bool is_nt_name(std::u16string_view name) noexcept {
  return !name.empty() && name != u"." && name != u".." && name.find_first_of(kSeparators) == name.npos &&
         !has_colon_or_nul(name);
}

Error make_nt_path(std::u16string_view path, CurrentFolder current, NtPath& made) {
  Absolute split;
  if (is_absolute(path)) {
    if (Error error = split_absolute(path, split)) return error;
    return join(split, made);
  }
  if (path.empty()) return {ErrorCode::kEnoent, {}};
  const bool of_drive = begins_with_drive(path);
  const std::u16string folder = current(of_drive ? upper(path[0]) : u'\0');
  if (!is_absolute(folder)) return {ErrorCode::kEnoent, {}};
  if (Error error = split_absolute(folder, split)) return error;
  path.remove_prefix(of_drive ? 2 : 0);
  // Resolved together, for `..` leads out of the current folder.
  std::u16string names;
  if (path.empty() || !is_separator(path[0])) names.assign(split.names).push_back(u'\\');
  names.append(path);
  split.names = names;
  split.resolve = true;
  return join(split, made);
}

}  // namespace hashlane
