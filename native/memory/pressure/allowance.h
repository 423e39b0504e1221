// What the pools may take under pressure: less at once, more again step by step.
#pragma once

#include <cstddef>
#include <cstdint>

#include "memory/pressure/pressure.h"

namespace hashlane {

/// Used by one thread.
class Allowance {
 public:
  /// Calm must last this long before each doubling.
  static constexpr std::uint64_t kStepNs = 2'000'000'000;
  /// The pools alone take at most this part of what the group may take.
  static constexpr std::uint64_t kPartOfGroup = 4;

  /// Bytes: `ceiling` is the most, `least` what is always allowed.
  Allowance(std::size_t ceiling, std::size_t least) : ceiling_(ceiling), least_(least), allowed_(ceiling) {}

  /// Takes a reading in; returns the bytes that are allowed from now on. Calm allows all, some pressure half of
  /// it, critical pressure the least.
  std::size_t after(const PressureReading& reading, std::uint64_t now_ns) noexcept;

  /// Whether nothing is held back any more that a further reading could allow.
  [[nodiscard]] bool full() const noexcept { return full_; }

 private:
  const std::size_t ceiling_;
  const std::size_t least_;
  std::size_t allowed_;
  bool full_ = true;
  /// When a reading last allowed no more than is allowed, or the last step was taken.
  std::uint64_t since_ns_ = 0;
};

}  // namespace hashlane
