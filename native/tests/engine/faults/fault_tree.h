// Files whose digests are known, and what a job may say of them whatever the system did.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/engine/test_engine.h"

namespace hashlane::testing {

class FaultTree {
 public:
  explicit FaultTree(std::vector<AlgorithmId> algorithms) : algorithms_(std::move(algorithms)) {}

  /// A file below the folder.
  void file(const std::string& below, std::string content);
  /// The same contents under another name; read through a link where links are followed.
  void hard_link(const std::string& to, const std::string& below);
  void symlink(const std::string& to, const std::string& below);
  /// Files get back what they had; some other content may have been read meanwhile.
  void restore(const std::vector<std::string>& paths);

  [[nodiscard]] std::string path() const { return folder_.path(); }
  [[nodiscard]] JobSpec spec() const;
  [[nodiscard]] std::size_t size() const noexcept { return digests_.size(); }

  struct Verdict {
    /// Entries that nothing was said of, wrong digests, entries said twice.
    std::vector<std::string> wrong;
    std::size_t ok = 0;
  };
  /// `changed`: paths that the fault changed, of which any contents may be reported that they had.
  [[nodiscard]] Verdict judge(const std::vector<Result>& results, const std::vector<std::string>& changed) const;

 private:
  [[nodiscard]] std::string digests_of(const std::string& content) const;

  const std::vector<AlgorithmId> algorithms_;
  TemporaryFolder folder_;
  /// By path.
  std::map<std::string, std::string> contents_;
  std::map<std::string, std::string> digests_;
};

}  // namespace hashlane::testing
