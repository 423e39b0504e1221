#include "io/windows/wtf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace hashlane {
namespace {

/// Nearly all names are ASCII: as many bytes at a time as compilers put into one vector.
constexpr std::size_t kStride = 16;

bool is_lead(std::uint32_t unit) noexcept { return (unit & ~0x3FFu) == 0xD800; }
bool is_trail(std::uint32_t unit) noexcept { return (unit & ~0x3FFu) == 0xDC00; }

/// Widens the ASCII at the beginning; returns its length, rounded down to strides.
std::size_t widen(const char* from, std::size_t length, char16_t* to) noexcept {
  std::size_t at = 0;
  for (; at + kStride <= length; at += kStride) {
    std::uint64_t half[2];
    std::memcpy(half, from + at, kStride);
    if (((half[0] | half[1]) & 0x8080808080808080u) != 0) break;
    for (std::size_t byte = 0; byte < kStride; ++byte) to[at + byte] = static_cast<unsigned char>(from[at + byte]);
  }
  return at;
}

/// The same from units to bytes.
std::size_t narrow(const char16_t* from, std::size_t length, char* to) noexcept {
  std::size_t at = 0;
  for (; at + kStride <= length; at += kStride) {
    std::uint64_t quarter[4];
    std::memcpy(quarter, from + at, sizeof quarter);
    if (((quarter[0] | quarter[1] | quarter[2] | quarter[3]) & 0xFF80FF80FF80FF80u) != 0) break;
    for (std::size_t unit = 0; unit < kStride; ++unit) to[at + unit] = static_cast<char>(from[at + unit]);
  }
  return at;
}

/// The code point at the beginning, and how many bytes it has; 0 bytes when there is none. Surrogates
/// count as code points.
std::uint32_t decode(const unsigned char* from, std::size_t length, std::size_t& bytes) noexcept {
  const std::uint32_t first = from[0];
  bytes = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (bytes > length) bytes = 0;
  if (bytes < 2) return first;
  std::uint32_t point = first & (0x7Fu >> bytes);
  for (std::size_t at = 1; at < bytes; ++at) {
    if ((from[at] & 0xC0) != 0x80) bytes = 0;
    point = point << 6 | (from[at] & 0x3F);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (point < kLeast[bytes] || point > 0x10FFFF) bytes = 0;
  return point;
}

}  // namespace

bool append_utf16(std::string_view wtf8, std::u16string& text) {
  const std::size_t before = text.size();
  // Never more units than bytes.
  text.resize(before + wtf8.size());
  char16_t* to = text.data() + before;
  std::size_t at = widen(wtf8.data(), wtf8.size(), to);
  to += at;
  std::uint32_t last = 0;
  while (at < wtf8.size()) {
    std::size_t bytes = 0;
    const std::uint32_t point =
        decode(reinterpret_cast<const unsigned char*>(wtf8.data()) + at, wtf8.size() - at, bytes);
    // Two surrogates that belong together are one code point, and written as such.
    if (bytes == 0 || (is_lead(last) && is_trail(point))) {
      text.resize(before);
      return false;
    }
    if (point < 0x10000) {
      *to++ = static_cast<char16_t>(point);
    } else {
      *to++ = static_cast<char16_t>(0xD7C0 + (point >> 10));
      *to++ = static_cast<char16_t>(0xDC00 | (point & 0x3FF));
    }
    last = point;
    at += bytes;
  }
  text.resize(static_cast<std::size_t>(to - text.data()));
  return true;
}

void append_wtf8(std::u16string_view text, std::string& wtf8) {
  const std::size_t before = wtf8.size();
  // Never more than three bytes for a unit.
  wtf8.resize(before + 3 * text.size());
  char* to = wtf8.data() + before;
  std::size_t at = narrow(text.data(), text.size(), to);
  to += at;
  const auto put = [&](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
  while (at < text.size()) {
    std::uint32_t point = text[at++];
    if (is_lead(point) && at < text.size() && is_trail(text[at])) {
      point = 0x10000 + ((point & 0x3FF) << 10) + (text[at++] & 0x3FFu);
    }
    if (point < 0x80) {
      put(point);
    } else if (point < 0x800) {
      put(0xC0 | point >> 6);
      put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      put(0xE0 | point >> 12);
      put(0x80 | (point >> 6 & 0x3F));
      put(0x80 | (point & 0x3F));
    } else {
      put(0xF0 | point >> 18);
      put(0x80 | (point >> 12 & 0x3F));
      put(0x80 | (point >> 6 & 0x3F));
      put(0x80 | (point & 0x3F));
    }
  }
  wtf8.resize(static_cast<std::size_t>(to - wtf8.data()));
}

}  // namespace hashlane
