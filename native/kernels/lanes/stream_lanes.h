// A lane kernel out of a core that compresses whole blocks and an algorithm's padding.
#pragma once

#include <utility>
#include <vector>

#include "kernels/lanes/lane_algorithm.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

class StreamLanes final : public LaneKernel {
 public:
  /// The first core gives the kernel its target and lanes; the others, ever narrower ones, take over
  /// when few streams remain; the last has one lane. All of them compute the algorithm's compression.
  StreamLanes(const LaneAlgorithm& algorithm, std::vector<const LaneCore*> cores, const char* target) noexcept
      : algorithm_(algorithm), cores_(std::move(cores)), target_(target) {}

  std::size_t lanes() const noexcept override { return cores_.front()->lanes; }
  const char* target() const noexcept override { return target_; }
  void reset(LaneState& state) const noexcept override;
  void update(std::span<const LanePiece> pieces) const noexcept override;
  void finish(std::span<LaneState* const> states, std::span<std::byte* const> digests) const noexcept override;

 private:
  const LaneAlgorithm& algorithm_;
  std::vector<const LaneCore*> cores_;
  const char* target_;
};

}  // namespace hashlane
