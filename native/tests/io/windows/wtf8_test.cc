#include "io/windows/wtf8.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace hashlane {
namespace {

std::string bytes_of(std::u16string_view text) {
  std::string bytes;
  append_wtf8(text, bytes);
  return bytes;
}

/// Plainly by the definition: code points, a lone surrogate being one, in UTF-8's bit pattern.
std::string reference(std::u16string_view text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    std::uint32_t point = text[at];
    if (point >= 0xD800 && point < 0xDC00 && at + 1 < text.size() && text[at + 1] >= 0xDC00 && text[at + 1] < 0xE000) {
      point = 0x10000 + (point - 0xD800) * 0x400 + (text[++at] - 0xDC00u);
    }
    const int more = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    const std::uint32_t heads[] = {0x00, 0xC0, 0xE0, 0xF0};
    bytes += static_cast<char>(heads[more] + (point >> 6 * more));
    for (int left = more - 1; left >= 0; --left) bytes += static_cast<char>(0x80 + (point >> 6 * left) % 0x40);
  }
  return bytes;
}

void expect_there_and_back(std::u16string_view text) {
  const std::string bytes = bytes_of(text);
  EXPECT_EQ(bytes, reference(text));
  std::u16string again;
  ASSERT_TRUE(append_utf16(bytes, again)) << testing::PrintToString(bytes);
  EXPECT_EQ(again, text);
}

TEST(Wtf8, WritesKnownTexts) {
  EXPECT_EQ(bytes_of(u""), "");
  EXPECT_EQ(bytes_of(u"a.txt"), "a.txt");
  EXPECT_EQ(bytes_of(u"\u00e9\u20ac"), "\xC3\xA9\xE2\x82\xAC");
  EXPECT_EQ(bytes_of(u"\U0001F600"), "\xF0\x9F\x98\x80");
  const char16_t lone[] = {u'a', 0xD83D, u'b', 0xDE00, 0xD83D};
  EXPECT_EQ(bytes_of({lone, 5}),
            "a\xED\xA0\xBD"
            "b\xED\xB8\x80\xED\xA0\xBD");
}

TEST(Wtf8, EverySingleUnitSurvives) {
  for (std::uint32_t unit = 0; unit < 0x10000; ++unit) {
    const auto one = static_cast<char16_t>(unit);
    expect_there_and_back({&one, 1});
  }
}

TEST(Wtf8, AnyUnitsSurvive) {
  std::mt19937 random(1);
  // Classes of units in any mixture: ASCII in runs long and short, surrogates paired and not.
  const auto unit = [&]() -> char16_t {
    switch (random() % 6) {
      case 0:
        return static_cast<char16_t>(0xD800 + random() % 0x400);
      case 1:
        return static_cast<char16_t>(0xDC00 + random() % 0x400);
      case 2:
        return static_cast<char16_t>(random());
      default:
        return static_cast<char16_t>(random() % 0x80);
    }
  };
  for (int turn = 0; turn < 20'000; ++turn) {
    std::u16string text(random() % 40, u'x');
    const bool mostly_ascii = turn % 2 == 0;
    for (char16_t& each : text) {
      if (!mostly_ascii || random() % 20 == 0) each = unit();
    }
    expect_there_and_back(text);
  }
}

TEST(Wtf8, AppendsToWhatIsThere) {
  std::u16string text = u"before ";
  ASSERT_TRUE(append_utf16("caf\xC3\xA9", text));
  EXPECT_EQ(text, u"before caf\u00e9");
  std::string bytes = "before ";
  append_wtf8(u"caf\u00e9", bytes);
  EXPECT_EQ(bytes, "before caf\xC3\xA9");
}

TEST(Wtf8, RefusesWhatIsNoName) {
  for (const std::string bad : {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x80\xAF", "\xF0\x80\x80\xAF", "\xE2\x82",
                                "\xF5\x80\x80\x80", "\xF4\x90\x80\x80", "\xFF", "\xE2(\xA1", "caf\xE9",
                                // A pair of surrogates, each by itself: its name is the four bytes.
                                "\xED\xA0\xBD\xED\xB8\x80"}) {
    for (const std::string before : {"", "sixteen letters.", "sixteen letters. and more"}) {
      std::u16string text = u"kept";
      EXPECT_FALSE(append_utf16(before + bad, text)) << testing::PrintToString(bad);
      EXPECT_EQ(text, u"kept");
    }
  }
}

TEST(Wtf8, TellsASurrogateAfterAPairFromAPair) {
  // U+1D800 ends in the bits of a leading surrogate.
  std::u16string text;
  ASSERT_TRUE(append_utf16("\xF0\x9D\xA0\x80\xED\xB0\x80", text));
  EXPECT_EQ(text, (std::u16string{0xD836, 0xDC00, 0xDC00}));
}

/// All byte strings are either refused or come back as they were: no two are one name.
TEST(Wtf8, AnyBytesSurviveOrAreRefused) {
  std::mt19937 random(2);
  int accepted = 0;
  const std::vector<std::uint8_t> likely = {0x41, 0x80, 0xBF, 0xA0, 0xB0, 0xC2, 0xC3,
                                            0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0x90, 0x8F};
  for (int turn = 0; turn < 300'000; ++turn) {
    std::string bytes(1 + random() % 8, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random() % 3 == 0 ? random() : likely[random() % likely.size()]);
    std::u16string text;
    if (!append_utf16(bytes, text)) continue;
    ++accepted;
    EXPECT_EQ(bytes_of(text), bytes);
  }
  EXPECT_GT(accepted, 1000);
}

}  // namespace
}  // namespace hashlane
