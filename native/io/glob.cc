#include "io/glob.h"

#include <optional>

namespace hashlane {
namespace {

using Byte = unsigned char;

/// A character of UTF-8; a byte that belongs to none is one of its own, which no pattern names.
struct Character {
  char32_t value;
  std::size_t length;
};

Character character_at(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t index) { return static_cast<Byte>(text[index]); };
  const Byte lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  constexpr char32_t kBeyond = 0x110000;
  if (lead < 0xc0 || at + length > text.size()) return {kBeyond + lead, 1};
  char32_t value = lead & (0x7f >> length);
  for (std::size_t index = at + 1; index < at + length; ++index) {
    if ((byte(index) & 0xc0) != 0x80) return {kBeyond + lead, 1};
    value = value << 6 | (byte(index) & 0x3f);
  }
  return {value, length};
}

/// The character at pattern[at], which a backslash takes as it is; moves `at` behind it.
char32_t take_character(std::string_view pattern, std::size_t& at) noexcept {
  if (pattern[at] == '\\' && at + 1 < pattern.size()) ++at;
  const Character character = character_at(pattern, at);
  at += character.length;
  return character.value;
}

bool within(char32_t value, char32_t low, char32_t high) noexcept { return low <= value && value <= high; }

/// The classes of POSIX, of ASCII characters: names mean the same whatever the locale.
bool in_class(std::string_view name, char32_t value) noexcept {
  const bool upper = within(value, 'A', 'Z'), lower = within(value, 'a', 'z'), digit = within(value, '0', '9');
  const bool graph = within(value, 0x21, 0x7e);
  if (name == "alpha") return upper || lower;
  if (name == "digit") return digit;
  if (name == "alnum") return upper || lower || digit;
  if (name == "upper") return upper;
  if (name == "lower") return lower;
  if (name == "xdigit") return digit || within(value, 'A', 'F') || within(value, 'a', 'f');
  if (name == "space") return value == ' ' || within(value, 0x09, 0x0d);
  if (name == "blank") return value == ' ' || value == 0x09;
  if (name == "punct") return graph && !upper && !lower && !digit;
  if (name == "graph") return graph;
  if (name == "print") return graph || value == ' ';
  return name == "cntrl" && (value < 0x20 || value == 0x7f);
}

/// Matches one `[…]` set at pattern[at]; moves `at` behind it. Nothing when the set is not closed:
/// the bracket then stands for itself.
std::optional<bool> match_set(std::string_view pattern, std::size_t& at, char32_t value) noexcept {
  std::size_t next = at + 1;
  const bool negated = next < pattern.size() && (pattern[next] == '!' || pattern[next] == '^');
  if (negated) ++next;
  bool found = false;
  for (bool first = true; next < pattern.size(); first = false) {
    if (pattern[next] == ']' && !first) {
      at = next + 1;
      return value != '/' && found != negated;
    }
    if (pattern.substr(next).starts_with("[:")) {
      if (const std::size_t end = pattern.find(":]", next + 2); end != std::string_view::npos) {
        found = found || in_class(pattern.substr(next + 2, end - next - 2), value);
        next = end + 2;
        continue;
      }
    }
    const char32_t low = take_character(pattern, next);
    char32_t high = low;
    if (next + 1 < pattern.size() && pattern[next] == '-' && pattern[next + 1] != ']') {
      high = take_character(pattern, ++next);
    }
    found = found || within(value, low, high);
  }
  return std::nullopt;
}

/// Matches one element other than `*` against text[here]; moves `at` behind the element. The bytes
/// of text that it took, 0 when it does not match.
std::size_t match_one(std::string_view pattern, std::size_t& at, std::string_view text, std::size_t here) noexcept {
  const Byte byte = static_cast<Byte>(text[here]);
  switch (pattern[at]) {
    case '?':
      ++at;
      return byte == '/' ? 0 : character_at(text, here).length;
    case '[': {
      const Character character = character_at(text, here);
      if (const auto matched = match_set(pattern, at, character.value)) return *matched ? character.length : 0;
      break;
    }
    case '\\':
      if (at + 1 < pattern.size()) ++at;
      break;
    default:
      break;
  }
  return static_cast<Byte>(pattern[at++]) == byte ? 1 : 0;
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text) noexcept {
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t at = 0, here = 0;
  // Where to go back to: the last `*` within its segment, and the last `**` across segments. Only
  // the latest of each can matter, which is what keeps this from growing exponentially.
  std::size_t star_pattern = kNone, star_text = 0, deep_pattern = kNone, deep_text = 0;
  while (true) {
    if (at < pattern.size() && pattern[at] == '*') {
      if (at + 1 < pattern.size() && pattern[at + 1] == '*') {
        while (at < pattern.size() && pattern[at] == '*') ++at;
        // `**/` also stands for no folder at all.
        if (at < pattern.size() && pattern[at] == '/') ++at;
        deep_pattern = at;
        deep_text = here;
        star_pattern = kNone;
      } else {
        star_pattern = ++at;
        star_text = here;
      }
      continue;
    }
    if (here == text.size() && at == pattern.size()) return true;
    if (here < text.size() && at < pattern.size()) {
      if (const std::size_t taken = match_one(pattern, at, text, here)) {
        here += taken;
        continue;
      }
    }
    if (star_pattern != kNone && star_text < text.size() && text[star_text] != '/') {
      at = star_pattern;
      here = star_text += character_at(text, star_text).length;
    } else if (deep_pattern != kNone && deep_text < text.size()) {
      star_pattern = kNone;
      at = deep_pattern;
      here = deep_text += character_at(text, deep_text).length;
      // A pattern that goes on behind `**/` begins at a segment.
      if (deep_pattern > 0 && pattern[deep_pattern - 1] == '/') {
        const std::size_t slash = text.find('/', deep_text - 1);
        if (slash == std::string_view::npos) return false;
        here = deep_text = slash + 1;
      }
    } else {
      return false;
    }
  }
}

}  // namespace hashlane
