// TurboSHAKE128 (RFC 9861, section 2) over a stream: one lane, any split.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/k12/k12_leaves.h"
#include "kernels/saved/state_bytes.h"

namespace hashlane {

/// Used by one thread at a time.
class TurboShake {
 public:
  void reset() noexcept { *this = {}; }
  void update(std::span<const std::byte> bytes) noexcept;
  /// Ends with a domain separation byte and writes kK12ValueBytes bytes. Only reset() may follow.
  void finish(std::byte domain, std::byte* out) noexcept;
  void save(StateWriter& to) const noexcept;
  [[nodiscard]] bool restore(StateReader& from) noexcept;

 private:
  void add(std::size_t at, std::byte byte) noexcept {
    words_[at / 8] ^= std::to_integer<std::uint64_t>(byte) << (8 * (at % 8));
  }
  void permute() noexcept;

  std::array<std::uint64_t, 25> words_{};
  /// Bytes of the block in hand, less than the rate.
  std::size_t used_ = 0;
};

}  // namespace hashlane
