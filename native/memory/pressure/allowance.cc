#include "memory/pressure/allowance.h"

#include <algorithm>

namespace hashlane {

std::size_t Allowance::after(const PressureReading& reading, std::uint64_t now_ns) noexcept {
  std::size_t most = ceiling_;
  if (reading.group_limit != 0) {
    most = static_cast<std::size_t>(std::min<std::uint64_t>(most, reading.group_limit / kPartOfGroup));
  }
  most = std::max(most, least_);
  std::size_t bound = most;
  if (reading.level == PressureLevel::kSome) bound = std::max(most / 2, least_);
  if (reading.level == PressureLevel::kCritical) bound = least_;
  if (bound <= allowed_) {
    allowed_ = bound;
    since_ns_ = now_ns;
  } else if (now_ns - since_ns_ >= kStepNs) {
    allowed_ = std::min(bound, allowed_ * 2);
    since_ns_ = now_ns;
  }
  full_ = allowed_ == most;
  return allowed_;
}

}  // namespace hashlane
