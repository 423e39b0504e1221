// Files of all ways through the planner, whose digests are known.
#pragma once

#include <map>
#include <string>

#include "tests/engine/test_engine.h"

namespace hashlane::testing {

class KnownFiles {
 public:
  /// Small ones, and `large` of 12 MiB each.
  explicit KnownFiles(std::size_t large);

  [[nodiscard]] JobSpec spec() const;
  /// Hashes all of them and expects every digest to be right.
  void expect_right(TestEngine& engine) const;

 private:
  TemporaryFolder folder_;
  std::map<std::string, std::string> digests_;
};

}  // namespace hashlane::testing
