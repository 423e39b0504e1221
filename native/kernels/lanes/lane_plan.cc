#include "kernels/lanes/lane_plan.h"

#include <algorithm>

namespace hashlane {

// A core takes the same time for a block of every lane, however few of the lanes are busy. `cost` is the
// time for a block of that many streams; streams of one length are the model.
LanePlan::LanePlan(std::span<const RatedCore> cores, std::size_t own) noexcept
    : full_(*std::ranges::max_element(cores.first(own), {}, &RatedCore::speed)) {
  for (const RatedCore& rated : cores) {
    if (rated.core->lanes == 1) alone_ = std::max(alone_, rated.speed);
  }
  std::array<double, kMaxLanes + 1> cost{};
  for (std::size_t streams = 1; streams <= full_.core->lanes; ++streams) {
    for (const RatedCore& rated : cores) {
      const std::size_t lanes = rated.core->lanes;
      if (lanes > full_.core->lanes) continue;
      const double time = static_cast<double>(lanes) / rated.speed + cost[streams - std::min(streams, lanes)];
      if (cores_[streams] != nullptr && time >= cost[streams]) continue;
      cost[streams] = time;
      cores_[streams] = rated.core;
    }
  }
  cores_[full_.core->lanes] = full_.core;
}

}  // namespace hashlane
