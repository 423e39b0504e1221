#pragma once

#include <filesystem>
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

 private:
  std::filesystem::path path_;
};

}  // namespace hashlane
