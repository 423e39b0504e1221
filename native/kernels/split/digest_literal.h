// Known digests, written as people read them.
#pragma once

#include <array>
#include <cstddef>

namespace hashlane {

/// The bytes of a literal in lower-case hex. Anything else in it does not compile.
template <std::size_t characters>
consteval std::array<std::byte, characters / 2> digest_literal(const char (&hex)[characters]) {
  static_assert(characters % 2 == 1, "two digits for each byte, and the closing zero");
  const auto value = [](char digit) -> unsigned {
    if (digit >= '0' && digit <= '9') return static_cast<unsigned>(digit - '0');
    if (digit >= 'a' && digit <= 'f') return static_cast<unsigned>(digit - 'a' + 10);
    throw "not a digit";
  };
  std::array<std::byte, characters / 2> bytes{};
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    bytes[index] = static_cast<std::byte>(value(hex[2 * index]) << 4 | value(hex[2 * index + 1]));
  }
  return bytes;
}

}  // namespace hashlane
