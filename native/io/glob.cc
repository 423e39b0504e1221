#include "io/glob.h"

#include <algorithm>
#include <optional>

namespace hashlane {
namespace {

using Byte = unsigned char;

/// Matches one `[…]` set at pattern[at]; moves `at` behind it. Nothing when the set is not closed:
/// the bracket then stands for itself.
std::optional<bool> match_set(std::string_view pattern, std::size_t& at, Byte byte) noexcept {
  std::size_t next = at + 1;
  const bool negated = next < pattern.size() && (pattern[next] == '!' || pattern[next] == '^');
  if (negated) ++next;
  bool found = false;
  for (bool first = true; next < pattern.size(); first = false) {
    if (pattern[next] == ']' && !first) {
      at = next + 1;
      return byte != '/' && found != negated;
    }
    if (pattern[next] == '\\' && next + 1 < pattern.size()) ++next;
    const Byte low = static_cast<Byte>(pattern[next++]);
    Byte high = low;
    if (next + 1 < pattern.size() && pattern[next] == '-' && pattern[next + 1] != ']') {
      high = static_cast<Byte>(pattern[next + 1]);
      next += 2;
    }
    found = found || (low <= byte && byte <= high);
  }
  return std::nullopt;
}

/// Bytes of the UTF-8 character at text[here]; 1 for a byte that begins none.
std::size_t character_length(std::string_view text, std::size_t here) noexcept {
  std::size_t length = 1;
  if (static_cast<Byte>(text[here]) < 0xc0) return length;
  while (length < 4 && here + length < text.size() && (static_cast<Byte>(text[here + length]) & 0xc0) == 0x80) ++length;
  return length;
}

/// Matches one element other than `*` against text[here]; moves `at` behind the element. The bytes
/// of text that it took, 0 when it does not match.
std::size_t match_one(std::string_view pattern, std::size_t& at, std::string_view text, std::size_t here) noexcept {
  const Byte byte = static_cast<Byte>(text[here]);
  switch (pattern[at]) {
    case '?':
      ++at;
      return byte == '/' ? 0 : character_length(text, here);
    case '[':
      if (const auto matched = match_set(pattern, at, byte)) return *matched ? 1 : 0;
      break;
    case '\\':
      if (at + 1 < pattern.size()) ++at;
      break;
    default:
      break;
  }
  return static_cast<Byte>(pattern[at++]) == byte ? 1 : 0;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) noexcept {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t at = 0, here = 0;
  // Where to go back to: the last `*` within its segment, and the last `**` across segments. Only
  // the latest of each can matter, which is what keeps this from growing exponentially.
  std::size_t star_pattern = kNone, star_text = 0, deep_pattern = kNone, deep_text = 0;
  while (true) {
    if (at < pattern.size() && pattern[at] == '*') {
      if (at + 1 < pattern.size() && pattern[at + 1] == '*') {
        while (at < pattern.size() && pattern[at] == '*') ++at;
        // `**/` also stands for no folder at all.
        if (at < pattern.size() && pattern[at] == '/') ++at;
        deep_pattern = at;
        deep_text = here;
        star_pattern = kNone;
      } else {
        star_pattern = ++at;
        star_text = here;
      }
      continue;
    }
    if (here == text.size() && at == pattern.size()) return true;
    if (here < text.size() && at < pattern.size()) {
      if (const std::size_t taken = match_one(pattern, at, text, here)) {
        here += taken;
        continue;
      }
    }
    if (star_pattern != kNone && star_text < text.size() && text[star_text] != '/') {
      at = star_pattern;
      here = ++star_text;
    } else if (deep_pattern != kNone && deep_text < text.size()) {
      star_pattern = kNone;
      at = deep_pattern;
      here = ++deep_text;
      // A pattern that goes on behind `**/` begins at a segment.
      if (deep_pattern > 0 && pattern[deep_pattern - 1] == '/') {
        const std::size_t slash = text.find('/', deep_text - 1);
        if (slash == std::string_view::npos) return false;
        here = deep_text = slash + 1;
      }
    } else {
      return false;
    }
  }
}

PathFilter::PathFilter(std::vector<std::string> include, std::vector<std::string> exclude, bool hidden)
    : include_(compile(std::move(include), needs_path_)),
      exclude_(compile(std::move(exclude), needs_path_)),
      hidden_(hidden) {}

std::vector<PathFilter::Pattern> PathFilter::compile(std::vector<std::string> patterns, bool& needs_path) {
  std::vector<Pattern> compiled;
  for (std::string& text : patterns) {
    const bool folders_only = text.size() > 1 && text.back() == '/';
    if (folders_only) text.pop_back();
    const bool whole_path = text.find('/') != std::string::npos;
    if (text.front() == '/') text.erase(0, 1);
    needs_path = needs_path || whole_path;
    compiled.push_back({std::move(text), whole_path, folders_only});
  }
  return compiled;
}

bool PathFilter::hides(std::string_view name) const noexcept {
  return !hidden_ && !name.empty() && name.front() == '.';
}

bool PathFilter::excluded(std::string_view name, std::string_view path, bool folder) const noexcept {
  return std::any_of(exclude_.begin(), exclude_.end(), [&](const Pattern& pattern) {
    return (folder || !pattern.folders_only) && glob_matches(pattern.text, pattern.whole_path ? path : name);
  });
}

bool PathFilter::keeps_file(std::string_view name, std::string_view path) const noexcept {
  return !hides(name) && keeps_named_file(name, path);
}

bool PathFilter::keeps_named_file(std::string_view name, std::string_view path) const noexcept {
  if (excluded(name, path, false)) return false;
  return include_.empty() || std::any_of(include_.begin(), include_.end(), [&](const Pattern& pattern) {
           return !pattern.folders_only && glob_matches(pattern.text, pattern.whole_path ? path : name);
         });
}

bool PathFilter::keeps_folder(std::string_view name, std::string_view path) const noexcept {
  return !hides(name) && !excluded(name, path, true);
}

}  // namespace hashlane
