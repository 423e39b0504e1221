// A fuzzer's bytes as a series of decisions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hashlane {

/// Once the bytes are used up, every decision is 0.
class FuzzInput {
 public:
  FuzzInput(const std::uint8_t* data, std::size_t size) noexcept : left_(data, size) {}

  [[nodiscard]] bool empty() const noexcept { return left_.empty(); }

  /// A number below `limit`, which is at least 1. Takes as many bytes as such numbers have.
  std::size_t below(std::size_t limit) noexcept {
    std::size_t number = 0;
    for (std::size_t most = limit - 1; most != 0; most >>= 8) number = number << 8 | next();
    return number % limit;
  }

  /// All that is left.
  [[nodiscard]] std::span<const std::byte> rest() const noexcept { return std::as_bytes(left_); }

 private:
  std::uint8_t next() noexcept {
    if (left_.empty()) return 0;
    const std::uint8_t byte = left_.front();
    left_ = left_.subspan(1);
    return byte;
  }

  std::span<const std::uint8_t> left_;
};

}  // namespace hashlane
