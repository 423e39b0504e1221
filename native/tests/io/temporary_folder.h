#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace hashlane {

/// A folder of its own, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
  /// Writes a file below it, with the folders above.
  std::filesystem::path write(const std::filesystem::path& name, std::string_view content) const;
  /// Makes a folder below it, with the folders above.
  std::filesystem::path folder(const std::filesystem::path& name) const;
  /// Makes a symbolic link below it, with the folders above.
  void link(const std::filesystem::path& name, const std::filesystem::path& target) const;
  /// Puts what is at `top` below `depth` folders called `name`: deeper than any path reaches, for no call
  /// needs the whole of it. At `top` is then the outermost of them.
  void bury(const std::filesystem::path& top, const std::string& name, int depth) const;
  /// Takes it out again, so that it can be removed.
  void dig_up(const std::filesystem::path& top, const std::string& name, int depth) const;

 private:
  std::filesystem::path path_;
};

/// The path as the engine takes it.
std::string text_of(const std::filesystem::path& path);

}  // namespace hashlane
