// A lane kernel out of a core that compresses whole blocks and an algorithm's padding.
#pragma once

#include "kernels/kernels_choice.h"
#include "kernels/lanes/lane_algorithm.h"
#include "kernels/lanes/lane_kernel.h"
#include "kernels/lanes/lane_plan.h"

namespace hashlane {

/// How many of a stream's bytes wait for their block to be compressed.
std::size_t waiting_bytes(const LaneAlgorithm& algorithm, const LaneState& state) noexcept;

class StreamLanes final : public LaneKernel {
 public:
  /// The plan's cores compute the algorithm's compression.
  StreamLanes(const LaneAlgorithm& algorithm, const LanePlan& plan, KernelTarget target) noexcept
      : algorithm_(algorithm), plan_(plan), target_(target) {}

  std::size_t lanes() const noexcept override { return plan_.full().lanes; }
  const char* target() const noexcept override { return name_of(target_); }
  KernelTarget kernel_target() const noexcept { return target_; }
  /// MB/s with every lane busy: here, as far as it was measured, and as stored.
  double speed() const noexcept { return plan_.speed(); }
  double stored_speed() const noexcept { return static_cast<double>(plan_.full().speed); }
  /// See LanePlan::gains().
  bool gains() const noexcept { return plan_.gains(); }
  void reset(LaneState& state, std::uint64_t size) const noexcept override;
  void update(std::span<const LanePiece> pieces) const noexcept override;
  void finish(std::span<LaneState* const> states, std::span<std::byte* const> digests) const noexcept override;

 private:
  const LaneAlgorithm& algorithm_;
  LanePlan plan_;
  KernelTarget target_;
};

}  // namespace hashlane
