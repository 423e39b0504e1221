#include "io/path_filter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hashlane {
namespace {

struct Vector {
  std::vector<std::string> include;
  std::vector<std::string> exclude;
  std::vector<std::string> ignore;
  std::string path;
  bool folder;
  bool kept;
};

const Vector kVectors[] = {
#include "path_filter_vectors.inc"
};

TEST(PathFilter, KeepsWhatTheSharedVectorsSay) {
  for (const Vector& vector : kVectors) {
    const PathFilter filter({vector.include, vector.exclude, vector.ignore}, true);
    const std::string name = vector.path.substr(vector.path.rfind('/') + 1);
    const std::string_view path = filter.needs_path() ? std::string_view(vector.path) : std::string_view{};
    EXPECT_EQ(vector.folder ? filter.keeps_folder(name, path) : filter.keeps_file(name, path), vector.kept)
        << vector.path << " with " << testing::PrintToString(vector.include) << ", without "
        << testing::PrintToString(vector.exclude) << " and " << testing::PrintToString(vector.ignore);
  }
}

TEST(PathFilter, LeavesOutHiddenNamesWhereTheyAreNotWanted) {
  const PathFilter filter({}, false);
  EXPECT_FALSE(filter.keeps_folder(".git", {}));
  EXPECT_FALSE(filter.keeps_file(".a.jpg", {}));
  EXPECT_TRUE(filter.keeps_file("a.jpg", {}));
  EXPECT_TRUE(PathFilter({}, true).keeps_file(".a.jpg", {}));
}

TEST(PathFilter, TakesBracesThatStandForTooManyPatternsAsTheyAre) {
  std::string pattern;
  for (int number = 0; number < 40; ++number) pattern += "{a,b}";
  EXPECT_EQ(expand_braces(pattern), std::vector<std::string>{pattern});
}

}  // namespace
}  // namespace hashlane
