// Pressure stall information: the time in which tasks waited for memory.
// https://docs.kernel.org/accounting/psi.html
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "contract/contract.h"

namespace hashlane {

/// Follows one pressure file through its totals, which need neither a trigger nor the right to set one.
class StallWatch {
 public:
  /// The kernel brings its totals up to date every two seconds; a shorter look would see jumps.
  static constexpr std::uint64_t kWindowNs = 2'000'000'000;
  /// Of the time: some task waited, or all of them did at once.
  static constexpr double kSome = 0.1;
  static constexpr double kAll = 0.1;

  /// `text`: of /proc/pressure/memory or a group's memory.pressure; what is not of that form counts as calm.
  /// The level of the last whole window.
  PressureLevel after(std::string_view text, std::uint64_t now_ns) noexcept;

 private:
  struct Totals {
    std::uint64_t at_ns;
    std::uint64_t some_us;
    std::uint64_t full_us;
  };
  static std::optional<Totals> totals_in(std::string_view text, std::uint64_t now_ns) noexcept;

  std::optional<Totals> last_;
  PressureLevel level_ = PressureLevel::kNone;
};

}  // namespace hashlane
