// Whether a name is ASCII, as nearly all are.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace hashlane {

/// Names are short: four words at a time, and a last one that overlaps those before it, are faster than a loop that the
/// compiler makes vectors of (bench/boundary/suites/paths.ts).
[[nodiscard]] inline bool is_ascii(std::string_view text) noexcept {
  const auto word_at = [&](std::size_t at) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
  };
  const std::size_t size = text.size();
  std::uint64_t seen = 0;
  if (size < 8) {
    for (const char byte : text) seen |= static_cast<unsigned char>(byte);
    return seen < 0x80;
  }
  std::size_t at = 0;
  for (; at + 32 <= size; at += 32) seen |= word_at(at) | word_at(at + 8) | word_at(at + 16) | word_at(at + 24);
  for (; at + 8 <= size; at += 8) seen |= word_at(at);
  return ((seen | word_at(size - 8)) & 0x8080808080808080u) == 0;
}

}  // namespace hashlane
