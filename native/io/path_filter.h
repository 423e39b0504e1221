// What a walk leaves out, by the patterns of its caller; shared/text/glob says the same in TypeScript.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hashlane {

/// Patterns as a caller gives them, UTF-8.
struct FilterPatterns {
  std::vector<std::string> include = {};
  std::vector<std::string> exclude = {};
  /// Lines of a .gitignore file without comments, in order: the last one that fits decides, `!` takes back.
  std::vector<std::string> ignore = {};
};

/// A pattern with a `/` (other than at its end) is held against the path below the root, one without against the last
/// segment alone; `./` at its begin is the root. `{a,b}` stands for a pattern with `a` and one with `b`, save in
/// `ignore`. A pattern that ends with `/` is for folders: `exclude` leaves them out, `include` takes what is below
/// them.
class PathFilter {
 public:
  PathFilter(FilterPatterns patterns, bool hidden);

  /// Whether some pattern needs the path below the root.
  [[nodiscard]] bool needs_path() const noexcept { return needs_path_; }
  /// `path`: the whole path below the root, or empty when needs_path() is false.
  [[nodiscard]] bool keeps_file(std::string_view name, std::string_view path) const noexcept;
  /// For a file that was named: that it is hidden counts for nothing.
  [[nodiscard]] bool keeps_named_file(std::string_view name, std::string_view path) const noexcept;
  /// False when nothing below the folder can be wanted.
  [[nodiscard]] bool keeps_folder(std::string_view name, std::string_view path) const noexcept;

 private:
  struct Pattern {
    std::string text;
    bool whole_path;
    bool folders_only;
    /// Of `ignore`: takes back what an earlier line left out.
    bool negated = false;

    [[nodiscard]] bool fits(std::string_view name, std::string_view path) const noexcept;
    /// Whether it fits a folder that the path leads through.
    [[nodiscard]] bool fits_above(std::string_view path) const noexcept;
  };
  [[nodiscard]] Pattern compile(std::string text);
  [[nodiscard]] std::vector<Pattern> compile_all(const std::vector<std::string>& patterns);
  [[nodiscard]] bool hides(std::string_view name) const noexcept;
  [[nodiscard]] bool excluded(std::string_view name, std::string_view path, bool folder) const noexcept;

  bool needs_path_ = false;
  std::vector<Pattern> include_;
  std::vector<Pattern> exclude_;
  std::vector<Pattern> ignore_;
  bool hidden_;
};

/// The patterns that the braces of one stand for; the pattern as it is where they are not closed, have no comma, or
/// stand for more than 1,000.
std::vector<std::string> expand_braces(const std::string& pattern);

}  // namespace hashlane
