#include "system/linux/text.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <system_error>

namespace hashlane {

std::string_view cut(std::string_view& text, char separator) noexcept {
  const std::size_t end = text.find(separator);
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return head;
}

std::string read_text(const std::string& path) {
  // Not a stream of the C++ library: those bring locales along, and the addon would be 7 % larger.
  std::string text;
  if (std::FILE* const file = std::fopen(path.c_str(), "rbe"); file != nullptr) {
    char piece[4096];
    while (const std::size_t length = std::fread(piece, 1, sizeof piece, file)) text.append(piece, length);
    std::fclose(file);
  }
  return text;
}

std::optional<std::uint64_t> number_in(std::string_view text) noexcept {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end != text.data() ? std::optional(number) : std::nullopt;
}

std::optional<std::uint64_t> value_of(std::string_view text, std::string_view name) noexcept {
  if (name.empty()) return std::nullopt;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    if (cut(line, ' ') != name) continue;
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    return number_in(line);
  }
  return std::nullopt;
}

}  // namespace hashlane
