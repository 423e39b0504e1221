// What Git hashes before the content of a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace hashlane {

/// "blob ", the content's length in decimal, and a zero byte.
class GitBlobHeader {
 public:
  explicit GitBlobHeader(std::uint64_t size) noexcept;
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept {
    return std::as_bytes(std::span(text_).first(length_));
  }

 private:
  std::array<char, 5 + std::numeric_limits<std::uint64_t>::digits10 + 1 + 1> text_;
  std::size_t length_;
};

}  // namespace hashlane
