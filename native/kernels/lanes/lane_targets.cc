#include "kernels/lanes/lane_targets.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace hashlane {
namespace {

constexpr const LaneTarget* kTargets[] = {
#if defined(__x86_64__) || defined(_M_X64)
    &kAvx512Target, &kShaNiTarget, &kAvx2Target, &kSse4Target, &kSse2Target,
#elif defined(__aarch64__) || defined(_M_ARM64)
#if defined(HASHLANE_ARM_SHA3_KERNELS)
    &kArmSha3Target,
#endif
    &kArmShaTarget, &kNeonTarget,
#endif
    &kScalarTarget};

std::unique_ptr<const StreamLanes> kernel_of(const LaneAlgorithm& algorithm, std::vector<RatedCore> own,
                                             std::span<const RatedCore> others, KernelTarget target) {
  const std::size_t own_count = own.size();
  own.insert(own.end(), others.begin(), others.end());
  return std::make_unique<StreamLanes>(algorithm, LanePlan(own, own_count), target);
}

const LaneCore& one_portable_lane(Compression compression) {
  return *std::ranges::find_if(
      kScalarTarget.cores, kScalarTarget.cores + kScalarTarget.core_count,
      [&](const LaneCore& core) { return core.compression == compression && core.lanes == 1; });
}

/// Zen 5's stored speeds put AVX-512 before the SHA instructions by 2.1 for SHA-256, on Zen 4 they are
/// behind by 0.8: processors differ by a factor of 2.6 at least. What is stored as slower than by this is
/// not put first, whatever a disturbed measurement says.
constexpr double kFarBehind = 3;
/// A kernel must be that much faster than the one that is stored as the fastest, or the choice between
/// two that hardly differ would change from run to run.
constexpr double kClearly = 1.05;

void put_fastest_first(std::vector<std::unique_ptr<const StreamLanes>>& kernels) {
  double most = 0;
  for (const auto& kernel : kernels) most = std::max(most, kernel->stored_speed());
  const auto rank = [most](const std::unique_ptr<const StreamLanes>& kernel) {
    const double stored = kernel->stored_speed();
    const double speed = stored == most ? kernel->speed() * kClearly : kernel->speed();
    return std::pair(stored * kFarBehind >= most, speed);
  };
  std::ranges::stable_sort(kernels, std::greater{}, rank);
}

}  // namespace

std::vector<TargetCore> runnable_cores(Compression compression) {
  std::vector<TargetCore> cores;
  for (const LaneTarget* const target : kTargets) {
    if (!runs_here(target->target)) continue;
    for (const LaneCore& core : std::span(target->cores, target->core_count)) {
      if (core.compression == compression) cores.push_back({target->target, &core});
    }
  }
  return cores;
}

std::vector<std::unique_ptr<const StreamLanes>> lane_kernels_of(const LaneAlgorithm& algorithm,
                                                                std::span<const double> speeds, bool forced) {
  std::vector<std::unique_ptr<const StreamLanes>> kernels;
  const std::vector<TargetCore> cores = runnable_cores(algorithm.compression);
  for (const LaneTarget* const target : kTargets) {
    if (target->target == KernelTarget::kPortable) continue;
    std::vector<RatedCore> own;
    std::vector<RatedCore> others;
    for (std::size_t index = 0; index < cores.size(); ++index) {
      const auto [of, core] = cores[index];
      if (of == target->target) {
        own.push_back({core, speeds[index]});
      } else if (!forced || core == &one_portable_lane(algorithm.compression)) {
        others.push_back({core, speeds[index]});
      }
    }
    if (!own.empty()) kernels.push_back(kernel_of(algorithm, std::move(own), others, target->target));
  }
  put_fastest_first(kernels);
  return kernels;
}

std::vector<std::unique_ptr<const StreamLanes>> single_core_kernels(const LaneAlgorithm& algorithm) {
  std::vector<std::unique_ptr<const StreamLanes>> kernels;
  for (const auto& [target, core] : runnable_cores(algorithm.compression)) {
    kernels.push_back(kernel_of(algorithm, {{core, static_cast<double>(core->speed)}}, {}, target));
  }
  return kernels;
}

}  // namespace hashlane
