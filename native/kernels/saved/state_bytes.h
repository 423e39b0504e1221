// The bytes of a saved state: numbers little endian, one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <utility>
#include <vector>

namespace hashlane {

/// Collects a state. Where memory is short it takes no more and says so at the end.
class StateWriter {
 public:
  void bytes(std::span<const std::byte> more) noexcept {
    try {
      bytes_.insert(bytes_.end(), more.begin(), more.end());
    } catch (const std::bad_alloc&) {
      whole_ = false;
    }
  }
  void number(std::uint64_t value) noexcept {
    std::byte little[8];
    for (int byte = 0; byte < 8; ++byte) little[byte] = static_cast<std::byte>(value >> (8 * byte) & 0xff);
    bytes(little);
  }

  [[nodiscard]] bool whole() const noexcept { return whole_; }
  [[nodiscard]] std::vector<std::byte> take() noexcept { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
  bool whole_ = true;
};

/// Reads what a StateWriter wrote. What lies beyond the end reads as zeros, and whole() is false from then on.
class StateReader {
 public:
  explicit StateReader(std::span<const std::byte> bytes) noexcept : left_(bytes) {}

  void bytes(std::span<std::byte> to) noexcept {
    if (to.size() > left_.size()) {
      whole_ = false;
      left_ = {};
      if (!to.empty()) std::memset(to.data(), 0, to.size());
      return;
    }
    if (!to.empty()) std::memcpy(to.data(), left_.data(), to.size());
    left_ = left_.subspan(to.size());
  }
  [[nodiscard]] std::uint64_t number() noexcept {
    std::byte little[8];
    bytes(little);
    std::uint64_t value = 0;
    for (int byte = 7; byte >= 0; --byte) value = value << 8 | std::to_integer<std::uint64_t>(little[byte]);
    return value;
  }
  /// A number of at most `most`: a greater one reads as 0, and whole() is false from then on.
  [[nodiscard]] std::uint64_t number_to(std::uint64_t most) noexcept {
    const std::uint64_t value = number();
    if (value <= most) return value;
    whole_ = false;
    return 0;
  }

  [[nodiscard]] std::size_t left() const noexcept { return left_.size(); }
  /// Whether everything was there so far.
  [[nodiscard]] bool whole() const noexcept { return whole_; }

 private:
  std::span<const std::byte> left_;
  bool whole_ = true;
};

}  // namespace hashlane
