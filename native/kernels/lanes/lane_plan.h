// Which core works for how many streams.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "kernels/lanes/lane_core.h"

namespace hashlane {

/// A core, and MB/s of all its lanes together on this processor.
struct RatedCore {
  const LaneCore* core;
  double speed;
};

/// The fastest way to end any number of streams with the cores at hand.
class LanePlan {
 public:
  /// The first `own` cores are the kernel's own, the others may stand in for few streams. One of them
  /// has one lane. All compute one compression and outlive the plan.
  LanePlan(std::span<const RatedCore> cores, std::size_t own) noexcept;

  /// The fastest of the kernel's own cores when all lanes are busy.
  const LaneCore& full() const noexcept { return *full_.core; }
  /// MB/s of full().
  double speed() const noexcept { return full_.speed; }
  /// Whether that is more than one stream alone reaches. Narrow vectors may be slower than integers.
  bool gains() const noexcept { return full_.speed > alone_; }
  /// The core to go on with when so many streams are left, 1 to full().lanes. It may have fewer lanes
  /// than that: the others then wait.
  const LaneCore& core_for(std::size_t streams) const noexcept { return *cores_[streams]; }

 private:
  RatedCore full_;
  double alone_ = 0;
  std::array<const LaneCore*, kMaxLanes + 1> cores_{};
};

}  // namespace hashlane
