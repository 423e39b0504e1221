// QuickXorHash, OneDrive's and SharePoint's checksum: byte i of a file is added (without carry) to a circle
// of 160 bits at bit 11 i, and the file's length to the circle's last 64 bits.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/saved/state_bytes.h"

namespace hashlane {

/// A circle of 160 bits, the lowest bit of each byte first.
using QuickXorCircle = std::array<std::byte, 20>;

/// Bytes on their way. After 160 of them the circle is where it began, so those that are 160 apart are added
/// up first, as they lie in memory.
class QuickXorSum {
 public:
  void reset() noexcept { *this = {}; }
  void add(std::span<const std::byte> bytes) noexcept;
  /// The circle, without the length.
  [[nodiscard]] QuickXorCircle circle() const noexcept;
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  void save(StateWriter& to) const noexcept;
  [[nodiscard]] bool restore(StateReader& from) noexcept;

  static constexpr std::size_t kPeriod = 160;

 private:
  std::array<std::byte, kPeriod> columns_{};
  std::uint64_t count_ = 0;
};

/// Adds to `circle` another one whose first byte is the file's byte number `offset`.
void add_at(QuickXorCircle& circle, const QuickXorCircle& other, std::uint64_t offset) noexcept;
/// The digest of a file of so many bytes.
QuickXorCircle with_length(QuickXorCircle circle, std::uint64_t bytes) noexcept;

}  // namespace hashlane
