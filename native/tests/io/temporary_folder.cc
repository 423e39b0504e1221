#include "tests/io/temporary_folder.h"

#include <fstream>
#include <random>
#include <string>
#include <system_error>

namespace hashlane {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::random_device random;
  do {
    path_ = fs::canonical(fs::temp_directory_path()) / ("hashlane-" + std::to_string(random()));
  } while (!fs::create_directory(path_));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

fs::path TemporaryFolder::write(const fs::path& name, std::string_view content) const {
  const fs::path file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << content;
  return file;
}

fs::path TemporaryFolder::folder(const fs::path& name) const {
  fs::create_directories(path_ / name);
  return path_ / name;
}

void TemporaryFolder::link(const fs::path& name, const fs::path& target) const {
  fs::create_directories((path_ / name).parent_path());
  fs::create_symlink(target, path_ / name);
}

void TemporaryFolder::bury(const fs::path& top, const std::string& name, int depth) const {
  for (; depth > 0; --depth) {
    fs::create_directory(path_ / "around");
    fs::rename(path_ / top, path_ / "around" / name);
    fs::rename(path_ / "around", path_ / top);
  }
}

void TemporaryFolder::dig_up(const fs::path& top, const std::string& name, int depth) const {
  for (; depth > 0; --depth) {
    fs::rename(path_ / top / name, path_ / "inner");
    fs::remove(path_ / top);
    fs::rename(path_ / "inner", path_ / top);
  }
}

std::string text_of(const fs::path& path) {
  const auto bytes = path.u8string();
  return std::string(bytes.begin(), bytes.end());
}

}  // namespace hashlane
