#include "system/linux/text.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "system/calls.h"

namespace hashlane {

std::string_view cut(std::string_view& text, char separator) noexcept {
  const std::size_t end = text.find(separator);
  const std::string_view head = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return head;
}

std::string read_text(const std::string& path) {
  std::string text;
  const int file = system_calls.openat(AT_FDCWD, path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return text;
  try {
    char piece[4096];
    while (true) {
      const ssize_t length = system_calls.pread(file, piece, sizeof piece, static_cast<off_t>(text.size()));
      if (length < 0 && errno == EINTR) continue;
      if (length <= 0) break;
      text.append(piece, static_cast<std::size_t>(length));
    }
  } catch (...) {
    system_calls.close(file);
    throw;
  }
  system_calls.close(file);
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
