#include "tests/engine/faults/fault_tree.h"

#include <algorithm>
#include <filesystem>

namespace hashlane::testing {

namespace fs = std::filesystem;

void FaultTree::file(const std::string& below, std::string content) {
  folder_.write(below, content);
  digests_[folder_.path(below)] = digests_of(content);
  contents_[folder_.path(below)] = std::move(content);
}

void FaultTree::hard_link(const std::string& to, const std::string& below) {
  fs::create_directories(fs::path(folder_.path(below)).parent_path());
  fs::create_hard_link(folder_.path(to), folder_.path(below));
  digests_[folder_.path(below)] = digests_[folder_.path(to)];
  contents_[folder_.path(below)] = contents_[folder_.path(to)];
}

void FaultTree::symlink(const std::string& to, const std::string& below) {
  fs::create_symlink(folder_.path(to), folder_.path(below));
  digests_[folder_.path(below)] = digests_[folder_.path(to)];
}

void FaultTree::restore(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (!contents_.contains(path)) continue;
    folder_.write(path.substr(folder_.path().size() + 1), contents_[path]);
  }
}

std::string FaultTree::digests_of(const std::string& content) const {
  std::string all;
  for (const AlgorithmId algorithm : algorithms_) all += digest_hex(algorithm, content);
  return all;
}

JobSpec FaultTree::spec() const {
  JobSpec made;
  made.roots = {folder_.path()};
  for (const AlgorithmId algorithm : algorithms_)
    made.algorithm_mask |= std::uint64_t{1} << static_cast<int>(algorithm);
  return made;
}

FaultTree::Verdict FaultTree::judge(const std::vector<Result>& results, const std::vector<std::string>& changed) const {
  Verdict verdict;
  std::map<std::string, int> seen;
  std::set<std::string> lost_folders;
  for (const Result& result : results) {
    ++seen[result.name];
    const auto known = digests_.find(result.name);
    if (result.status != Status::kOk) {
      if (result.error == ErrorCode::kNone) verdict.wrong.push_back(result.name + " failed without a reason");
      if (known == digests_.end()) lost_folders.insert(result.name);
      continue;
    }
    ++verdict.ok;
    if (known == digests_.end()) {
      verdict.wrong.push_back(result.name + " is nobody's");
    } else if (result.digests_hex != known->second) {
      // Whatever the file was changed to, as a whole.
      const std::string& content = contents_.contains(result.name) ? contents_.at(result.name) : std::string();
      const std::vector<std::string> others = {digests_of(content.substr(0, content.size() / 2)),
                                               digests_of(content + "more"), digests_of("another"),
                                               digests_of(content.substr(0, content.size() / 2) + "more")};
      const bool was_changed = std::ranges::find(changed, result.name) != changed.end();
      if (!was_changed || std::ranges::find(others, result.digests_hex) == others.end()) {
        verdict.wrong.push_back(result.name + " has a wrong digest");
      }
    }
  }
  for (const auto& [name, digest] : digests_) {
    const int times = seen[name];
    if (times > 1) verdict.wrong.push_back(name + " was reported " + std::to_string(times) + " times");
    if (times > 0) continue;
    const bool in_lost_folder = std::ranges::any_of(
        lost_folders, [&, &path = name](const std::string& folder) { return path.starts_with(folder + "/"); });
    // A file that was removed before its folder was read is nobody's.
    const bool gone = std::ranges::find(changed, name) != changed.end();
    if (!in_lost_folder && !gone) verdict.wrong.push_back(name + " was lost");
  }
  return verdict;
}

}  // namespace hashlane::testing
