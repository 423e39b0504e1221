#include "kernels/lanes/one_lane.h"

#include <algorithm>
#include <array>
#include <optional>

#include "kernels/lanes/stream_lanes.h"

namespace hashlane {
namespace {

using Streams = std::array<std::optional<StreamLanes>, std::size(kAlgorithms)>;

// Never destroyed: worker threads may still hash while the process ends.
const Streams& portable_streams() noexcept {
  static const Streams& once = *[] {
    auto* const streams = new Streams;
    for (const AlgorithmInfo& info : kAlgorithms) {
      const LaneAlgorithm* const algorithm = lane_algorithm(static_cast<AlgorithmId>(info.id));
      if (algorithm == nullptr) continue;
      for (const LaneCore& core : std::span(kScalarTarget.cores, kScalarTarget.core_count)) {
        if (core.compression != algorithm->compression || core.lanes != 1) continue;
        const RatedCore rated{&core, static_cast<double>(core.speed)};
        (*streams)[info.id].emplace(*algorithm, LanePlan({&rated, 1}, 1), KernelTarget::kPortable);
      }
    }
    return streams;
  }();
  return once;
}

}  // namespace

const LaneKernel* one_portable_lane(AlgorithmId algorithm) noexcept {
  const auto& stream = portable_streams()[static_cast<std::size_t>(algorithm)];
  return stream ? &*stream : nullptr;
}

void save_lane(const LaneAlgorithm& algorithm, const LaneState& state, StateWriter& to) noexcept {
  to.number(state.count);
  to.bytes(std::as_bytes(std::span(state.chain)).first(algorithm.word_bytes * algorithm.chain_words));
  to.bytes(std::span(state.partial).first(waiting_bytes(algorithm, state)));
}

bool restore_lane(const LaneAlgorithm& algorithm, LaneState& state, StateReader& from) noexcept {
  state.count = from.number();
  from.bytes(std::span(state.chain).first(algorithm.word_bytes * algorithm.chain_words));
  from.bytes(std::span(state.partial).first(waiting_bytes(algorithm, state)));
  return from.whole();
}

}  // namespace hashlane
