#include "io/glob.h"

#include <gtest/gtest.h>

#include <string>

namespace hashlane {
namespace {

struct Vector {
  const char* pattern;
  const char* text;
  bool fits;
};

constexpr Vector kVectors[] = {
#include "glob_vectors.inc"
};

TEST(Glob, FitsAsTheSharedVectorsSay) {
  for (const auto& [pattern, text, fits] : kVectors) {
    EXPECT_EQ(glob_matches(pattern, text), fits) << pattern << " against " << text;
  }
}

TEST(Glob, BytesThatAreNotUtf8AreCharactersOfTheirOwn) {
  EXPECT_TRUE(glob_matches("a?c",
                           "a\xff"
                           "c"));
  EXPECT_TRUE(glob_matches("[!a-z]", "\xe9"));
  EXPECT_FALSE(glob_matches("[\xc3\xa9]", "\xe9"));
  EXPECT_TRUE(glob_matches("*\xff", "a\xff"));
  EXPECT_TRUE(glob_matches("??", "\xe6\x97")) << "a sequence cut short";
}

TEST(Glob, AHostilePatternEndsSoon) {
  std::string pattern, text(5000, 'a');
  for (int number = 0; number < 200; ++number) pattern += "*a**a";
  EXPECT_FALSE(glob_matches(pattern + "b", text));
}

}  // namespace
}  // namespace hashlane
