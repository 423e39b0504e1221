// The kernel's small text files: read whole, and taken apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hashlane {

/// Cuts off what comes before `separator`, and the separator.
std::string_view cut(std::string_view& text, char separator) noexcept;

/// The file's text; empty when it cannot be read.
std::string read_text(const std::string& path);

/// The number that a text begins with; nothing for `max` and other words.
std::optional<std::uint64_t> number_in(std::string_view text) noexcept;

/// The number behind a line's first word: `name 123`, or `name: 123 kB`, in what it is written in.
std::optional<std::uint64_t> value_of(std::string_view text, std::string_view name) noexcept;

}  // namespace hashlane
