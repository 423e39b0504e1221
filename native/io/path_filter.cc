#include "io/path_filter.h"

#include <algorithm>
#include <utility>

#include "io/glob.h"

namespace hashlane {
namespace {

constexpr std::size_t kMostExpansions = 1000;
constexpr std::size_t kNone = std::string::npos;

/// The index behind the element at `at`: a set, an escaped character, or one byte.
std::size_t behind_element(std::string_view pattern, std::size_t at) noexcept {
  if (pattern[at] == '\\') return std::min(at + 2, pattern.size());
  if (pattern[at] != '[') return at + 1;
  std::size_t next = at + 1;
  if (next < pattern.size() && (pattern[next] == '!' || pattern[next] == '^')) ++next;
  for (bool first = true; next < pattern.size(); first = false) {
    if (pattern[next] == ']' && !first) return next + 1;
    if (pattern.substr(next).starts_with("[:")) {
      if (const std::size_t end = pattern.find(":]", next + 2); end != kNone) {
        next = end + 2;
        continue;
      }
    }
    next += pattern[next] == '\\' ? 2 : 1;
  }
  return at + 1;
}

/// The first group in braces that has a comma, as the indices of `{`, of each `,` and of `}`; empty for none.
std::vector<std::size_t> first_group(std::string_view pattern) {
  for (std::size_t open = 0; open < pattern.size(); open = behind_element(pattern, open)) {
    if (pattern[open] != '{') continue;
    std::vector<std::size_t> marks{open};
    std::size_t depth = 1;
    for (std::size_t at = open + 1; at < pattern.size(); at = behind_element(pattern, at)) {
      if (pattern[at] == '{') ++depth;
      if (pattern[at] == ',' && depth == 1) marks.push_back(at);
      if (pattern[at] == '}' && --depth == 0) {
        marks.push_back(at);
        break;
      }
    }
    if (depth == 0 && marks.size() > 2) return marks;
  }
  return {};
}

}  // namespace

std::vector<std::string> expand_braces(const std::string& pattern) {
  std::vector<std::string> done;
  std::vector<std::string> open{pattern};
  while (!open.empty()) {
    const std::string text = std::move(open.back());
    open.pop_back();
    const std::vector<std::size_t> marks = first_group(text);
    if (marks.empty()) {
      done.push_back(text);
    } else {
      // The last alternative first, so that the first one comes first from the stack.
      for (std::size_t index = marks.size() - 1; index > 0; --index) {
        const std::size_t begin = marks[index - 1] + 1;
        open.push_back(text.substr(0, marks[0]) + text.substr(begin, marks[index] - begin) +
                       text.substr(marks.back() + 1));
      }
    }
    if (done.size() + open.size() > kMostExpansions) return {pattern};
  }
  return done;
}

PathFilter::PathFilter(FilterPatterns patterns, bool hidden)
    : include_(compile_all(patterns.include)), exclude_(compile_all(patterns.exclude)), hidden_(hidden) {
  for (std::string& text : patterns.ignore) {
    const bool negated = text.starts_with('!');
    if (negated) text.erase(0, 1);
    ignore_.push_back(compile(std::move(text)));
    ignore_.back().negated = negated;
  }
  // What lies below a folder that is included is known by its path.
  needs_path_ = needs_path_ || std::any_of(include_.begin(), include_.end(),
                                           [](const Pattern& pattern) { return pattern.folders_only; });
}

PathFilter::Pattern PathFilter::compile(std::string text) {
  const bool folders_only = text.size() > 1 && text.back() == '/';
  if (folders_only) text.pop_back();
  const bool whole_path = text.find('/') != kNone;
  while (text.starts_with("./")) text.erase(0, 2);
  if (text.starts_with('/')) text.erase(0, 1);
  needs_path_ = needs_path_ || whole_path;
  return {std::move(text), whole_path, folders_only};
}

std::vector<PathFilter::Pattern> PathFilter::compile_all(const std::vector<std::string>& patterns) {
  std::vector<Pattern> compiled;
  for (const std::string& pattern : patterns) {
    for (std::string& text : expand_braces(pattern)) compiled.push_back(compile(std::move(text)));
  }
  return compiled;
}

bool PathFilter::Pattern::fits(std::string_view name, std::string_view path) const noexcept {
  return glob_matches(text, whole_path ? path : name);
}

bool PathFilter::Pattern::fits_above(std::string_view path) const noexcept {
  std::size_t begin = 0;
  for (std::size_t slash = path.find('/'); slash != kNone; slash = path.find('/', begin)) {
    if (fits(path.substr(begin, slash - begin), path.substr(0, slash))) return true;
    begin = slash + 1;
  }
  return false;
}

bool PathFilter::hides(std::string_view name) const noexcept {
  return !hidden_ && !name.empty() && name.front() == '.';
}

bool PathFilter::excluded(std::string_view name, std::string_view path, bool folder) const noexcept {
  const auto fits = [&](const Pattern& pattern) {
    return (folder || !pattern.folders_only) && pattern.fits(name, path);
  };
  if (std::any_of(exclude_.begin(), exclude_.end(), fits)) return true;
  const auto last = std::find_if(ignore_.rbegin(), ignore_.rend(), fits);
  return last != ignore_.rend() && !last->negated;
}

bool PathFilter::keeps_file(std::string_view name, std::string_view path) const noexcept {
  return !hides(name) && keeps_named_file(name, path);
}

bool PathFilter::keeps_named_file(std::string_view name, std::string_view path) const noexcept {
  if (excluded(name, path, false)) return false;
  return include_.empty() || std::any_of(include_.begin(), include_.end(), [&](const Pattern& pattern) {
           return pattern.folders_only ? pattern.fits_above(path) : pattern.fits(name, path);
         });
}

bool PathFilter::keeps_folder(std::string_view name, std::string_view path) const noexcept {
  return !hides(name) && !excluded(name, path, true);
}

}  // namespace hashlane
