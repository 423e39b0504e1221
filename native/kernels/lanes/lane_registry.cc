// Which lane kernel computes which algorithm, and whether it may.
#include <array>
#include <memory>

#include "kernels/kernels_choice.h"
#include "kernels/lanes/core_speeds.h"
#include "kernels/lanes/lane_kernel.h"
#include "kernels/lanes/lane_self_test.h"
#include "kernels/lanes/lane_targets.h"
#include "kernels/once.h"

namespace hashlane {
namespace {

using Kernels = std::vector<std::unique_ptr<const StreamLanes>>;

class LaneRegistry {
 public:
  const LaneKernel* chosen(AlgorithmId algorithm) { return entry(algorithm).chosen; }
  const Kernels& kernels(AlgorithmId algorithm) { return entry(algorithm).kernels; }
  /// A forced target is for runs that shall be alike: nothing is measured then.
  static bool measures() { return !forced_target(); }

 private:
  struct Entry {
    Once once;
    Kernels kernels;
    const LaneKernel* chosen = nullptr;
  };
  /// SHA-224 and SHA-256 share their cores, and so their measurement.
  struct Speeds {
    Once once;
    std::vector<double> speeds;
  };

  Entry& entry(AlgorithmId algorithm) {
    Entry& of = entries_[static_cast<std::size_t>(algorithm)];
    of.once.call([&] {
      if (const LaneAlgorithm* const lanes = lane_algorithm(algorithm)) {
        of.kernels = lane_kernels_of(*lanes, speeds(*lanes), !measures());
        of.chosen = choose(algorithm, of.kernels);
      }
    });
    return of;
  }

  const std::vector<double>& speeds(const LaneAlgorithm& algorithm) {
    Speeds& of = speeds_[static_cast<std::size_t>(algorithm.compression)];
    of.once.call([&] {
      const auto cores = runnable_cores(algorithm.compression);
      of.speeds = measures() ? measured_speeds(algorithm, cores) : stored_speeds(cores);
    });
    return of.speeds;
  }

  static const LaneKernel* choose(AlgorithmId algorithm, const Kernels& kernels) {
    for (const auto& kernel : kernels) {
      if (forced_target() ? *forced_target() != kernel->kernel_target() : !kernel->gains()) continue;
      if (passes_known_answers(*kernel, algorithm)) return kernel.get();
    }
    return nullptr;
  }

  std::array<Entry, std::size(kAlgorithms)> entries_;
  std::array<Speeds, kCompressions> speeds_;
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
  for (const auto& kernel : registry().kernels(algorithm)) {
    infos.push_back({kernel.get(), passes_known_answers(*kernel, algorithm), kernel->speed(), LaneRegistry::measures(),
                     kernel->gains()});
  }
  return infos;
}

}  // namespace hashlane
