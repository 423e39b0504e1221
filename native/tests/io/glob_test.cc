#include "io/glob.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace hashlane {
namespace {

TEST(Glob, StarAndQuestionMarkStayWithinASegment) {
  EXPECT_TRUE(glob_matches("*.jpg", "photo.jpg"));
  EXPECT_TRUE(glob_matches("*", ""));
  EXPECT_FALSE(glob_matches("*.jpg", "a/photo.jpg"));
  EXPECT_TRUE(glob_matches("*/*.jpg", "a/photo.jpg"));
  EXPECT_TRUE(glob_matches("a?c", "abc"));
  EXPECT_TRUE(glob_matches("a?c",
                           "a\xc3\xa9"
                           "c"))
      << "one character, two bytes";
  EXPECT_FALSE(glob_matches("a?c", "a/c"));
  EXPECT_FALSE(glob_matches("a?c", "ac"));
  EXPECT_TRUE(glob_matches("*a*b*c", "xxaxxbxxc"));
  EXPECT_FALSE(glob_matches("*a*b*c", "xxaxxcxxb"));
}

TEST(Glob, TwoStarsSpanSegments) {
  EXPECT_TRUE(glob_matches("**/c", "c"));
  EXPECT_TRUE(glob_matches("**/c", "a/b/c"));
  EXPECT_FALSE(glob_matches("**/c", "a/bc"));
  EXPECT_TRUE(glob_matches("a/**", "a/b/c"));
  EXPECT_TRUE(glob_matches("a/**/d", "a/d"));
  EXPECT_TRUE(glob_matches("a/**/d", "a/b/c/d"));
  EXPECT_TRUE(glob_matches("**/x*/y", "a/xb/xc/y"));
  EXPECT_FALSE(glob_matches("a/**/d", "b/c/d"));
}

TEST(Glob, SetsAndEscapes) {
  EXPECT_TRUE(glob_matches("[a-c]x", "bx"));
  EXPECT_FALSE(glob_matches("[!a-c]x", "bx"));
  EXPECT_TRUE(glob_matches("[]]", "]"));
  EXPECT_TRUE(glob_matches("[ab", "[ab")) << "a bracket that is not closed stands for itself";
  EXPECT_TRUE(glob_matches("\\*", "*"));
  EXPECT_FALSE(glob_matches("\\*", "a"));
}

TEST(Glob, AHostilePatternEndsSoon) {
  std::string pattern, text(5000, 'a');
  for (int number = 0; number < 200; ++number) pattern += "*a**a";
  EXPECT_FALSE(glob_matches(pattern + "b", text));
}

TEST(PathFilter, HoldsPatternsWithASlashAgainstTheWholePath) {
  const PathFilter filter({}, {"build", "/top.txt", "docs/*.pdf"}, true);
  EXPECT_TRUE(filter.needs_path());
  EXPECT_FALSE(filter.keeps_folder("build", "deep/build"));
  EXPECT_FALSE(filter.keeps_file("top.txt", "top.txt"));
  EXPECT_TRUE(filter.keeps_file("top.txt", "deep/top.txt"));
  EXPECT_FALSE(filter.keeps_file("a.pdf", "docs/a.pdf"));
}

TEST(PathFilter, IncludesFilesButGoesIntoEveryFolder) {
  const PathFilter filter({"*.jpg"}, {}, false);
  EXPECT_TRUE(filter.keeps_file("a.jpg", {}));
  EXPECT_FALSE(filter.keeps_file("a.txt", {}));
  EXPECT_TRUE(filter.keeps_folder("photos", {}));
  EXPECT_FALSE(filter.keeps_folder(".git", {}));
}

}  // namespace
}  // namespace hashlane
