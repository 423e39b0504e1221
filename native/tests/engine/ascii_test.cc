#include "engine/batches/ascii.h"

#include <gtest/gtest.h>

#include <string>

namespace hashlane {
namespace {

TEST(Ascii, EveryByteOfEveryLengthCounts) {
  for (std::size_t length = 0; length <= 100; ++length) {
    std::string text(length, '\x7f');
    EXPECT_TRUE(is_ascii(text)) << length;
    for (std::size_t at = 0; at < length; ++at) {
      for (const char byte : {'\x80', '\xff'}) {
        text[at] = byte;
        EXPECT_FALSE(is_ascii(text)) << length << " " << at;
      }
      text[at] = '\0';
      EXPECT_TRUE(is_ascii(text)) << length << " " << at;
      text[at] = '\x7f';
    }
  }
}

TEST(Ascii, BytesAroundTheTextDoNotCount) {
  for (std::size_t length = 0; length <= 40; ++length) {
    const std::string text = '\xff' + std::string(length, 'a') + '\xff';
    EXPECT_TRUE(is_ascii(std::string_view(text).substr(1, length))) << length;
  }
}

}  // namespace
}  // namespace hashlane
