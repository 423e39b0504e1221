// One stream of an algorithm that has lane cores, by a core of one lane: nothing in it can fail, and its state
// can be saved.
#pragma once

#include <cstddef>
#include <span>

#include "kernels/lanes/lane_algorithm.h"
#include "kernels/lanes/lane_kernel.h"
#include "kernels/saved/state_bytes.h"

namespace hashlane {

/// By plain integers, on every processor; null where there are no lane cores. Lives as long as the process.
const LaneKernel* one_portable_lane(AlgorithmId algorithm) noexcept;

/// A stream's state between two updates, in a form that any kernel of the algorithm takes over.
void save_lane(const LaneAlgorithm& algorithm, const LaneState& state, StateWriter& to) noexcept;
/// False where it is none: the stream must be reset.
[[nodiscard]] bool restore_lane(const LaneAlgorithm& algorithm, LaneState& state, StateReader& from) noexcept;

/// Same states and rules as Hasher.
class OneLane {
 public:
  /// `algorithm` has lane cores.
  explicit OneLane(AlgorithmId algorithm) noexcept
      : algorithm_(*lane_algorithm(algorithm)), kernel_(*one_portable_lane(algorithm)) {
    reset();
  }
  /// By another kernel of the same algorithm.
  OneLane(AlgorithmId algorithm, const LaneKernel& kernel) noexcept
      : algorithm_(*lane_algorithm(algorithm)), kernel_(kernel) {
    reset();
  }

  void reset(std::uint64_t size = 0) noexcept { kernel_.reset(state_, size); }
  void update(std::span<const std::byte> bytes) noexcept {
    const LanePiece piece{&state_, bytes};
    kernel_.update({&piece, 1});
  }
  void finish(std::byte* digest) noexcept {
    LaneState* const state = &state_;
    kernel_.finish({&state, 1}, {&digest, 1});
  }
  void save(StateWriter& to) const noexcept { save_lane(algorithm_, state_, to); }
  [[nodiscard]] bool restore(StateReader& from) noexcept { return restore_lane(algorithm_, state_, from); }

 private:
  const LaneAlgorithm& algorithm_;
  const LaneKernel& kernel_;
  LaneState state_;
};

}  // namespace hashlane
