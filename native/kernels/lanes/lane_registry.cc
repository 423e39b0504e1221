// Which lane kernel computes which algorithm, and whether it may.
#include <array>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "kernels/lanes/lane_kernel.h"
#include "kernels/lanes/lane_self_test.h"
#include "kernels/lanes/lane_targets.h"

namespace hashlane {
namespace {

using Kernels = std::vector<std::unique_ptr<const LaneKernel>>;

class LaneRegistry {
 public:
  LaneRegistry() {
    if (const char* const wanted = std::getenv("HASHLANE_KERNELS"); wanted != nullptr && *wanted != '\0') {
      forced_target_ = wanted;
    }
    for (std::size_t id = 0; id < entries_.size(); ++id) {
      entries_[id].runnable = runnable_lane_kernels(static_cast<AlgorithmId>(id));
    }
  }

  const Kernels& runnable(AlgorithmId algorithm) { return entry(algorithm).runnable; }

  const LaneKernel* chosen(AlgorithmId algorithm) {
    Entry& of = entry(algorithm);
    std::call_once(of.choose_once, [&] { of.chosen = choose(algorithm, of.runnable); });
    return of.chosen;
  }

 private:
  struct Entry {
    Kernels runnable;
    std::once_flag choose_once;
    const LaneKernel* chosen = nullptr;
  };

  Entry& entry(AlgorithmId algorithm) { return entries_[static_cast<std::size_t>(algorithm)]; }

  const LaneKernel* choose(AlgorithmId algorithm, const Kernels& runnable) const {
    for (const auto& kernel : runnable) {
      if (forced_target_ && *forced_target_ != kernel->target()) continue;
      if (passes_known_answers(*kernel, algorithm)) return kernel.get();
    }
    return nullptr;
  }

  std::optional<std::string> forced_target_;
  std::array<Entry, std::size(kAlgorithms)> entries_;
};

bool is_known(AlgorithmId algorithm) { return static_cast<std::size_t>(algorithm) < std::size(kAlgorithms); }

// Never destroyed: worker threads may still hash while the process ends.
LaneRegistry& registry() {
  static LaneRegistry& once = *new LaneRegistry();
  return once;
}

}  // namespace

const LaneKernel* lane_kernel(AlgorithmId algorithm) {
  return is_known(algorithm) ? registry().chosen(algorithm) : nullptr;
}

std::vector<LaneKernelInfo> lane_kernels(AlgorithmId algorithm) {
  std::vector<LaneKernelInfo> infos;
  if (!is_known(algorithm)) return infos;
  for (const auto& kernel : registry().runnable(algorithm)) {
    infos.push_back({kernel.get(), passes_known_answers(*kernel, algorithm)});
  }
  return infos;
}

}  // namespace hashlane
