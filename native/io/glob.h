// Shell patterns over bytes: `*` and `?` stay within a segment, `**` spans segments, `[a-z]` and
// `[!a-z]` are sets of ASCII characters, `\` takes the next byte as it is. `?` takes a whole UTF-8 character.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hashlane {

/// Whether the whole of `text` fits `pattern`. Never exponential: only the latest `*` and the latest
/// `**` are ever gone back to, so a hostile pattern cannot hang a walk.
bool glob_matches(std::string_view pattern, std::string_view text) noexcept;

/// What a walk leaves out. A pattern with a `/` (other than at its end) is held against the path
/// below the root, one without against the last segment alone.
class PathFilter {
 public:
  PathFilter(std::vector<std::string> include, std::vector<std::string> exclude, bool hidden);

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
  };
  static std::vector<Pattern> compile(std::vector<std::string> patterns, bool& needs_path);
  [[nodiscard]] bool hides(std::string_view name) const noexcept;
  [[nodiscard]] bool excluded(std::string_view name, std::string_view path, bool folder) const noexcept;

  bool needs_path_ = false;
  std::vector<Pattern> include_;
  std::vector<Pattern> exclude_;
  bool hidden_;
};

}  // namespace hashlane
