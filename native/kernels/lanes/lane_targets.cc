#include "kernels/lanes/lane_targets.h"

#include <algorithm>
#include <span>

#include "kernels/cpu_features.h"
#include "kernels/lanes/lane_algorithm.h"
#include "kernels/lanes/stream_lanes.h"

namespace hashlane {
namespace {

std::span<const LaneCore> cores_of(const LaneTarget& target) { return {target.cores, target.core_count}; }

bool computes(const LaneTarget& target, Compression compression) {
  return std::ranges::find(cores_of(target), compression, &LaneCore::compression) != cores_of(target).end();
}

#if defined(__x86_64__) || defined(_M_X64)

bool has_sha_ni() { return cpu_has(CpuFeature::kSha) && cpu_has(CpuFeature::kSse41); }

// Best first. Four streams by the SHA instructions are faster than sixteen by AVX2.
std::vector<const LaneTarget*> runnable_targets() {
  std::vector<const LaneTarget*> targets;
  if (cpu_has(CpuFeature::kAvx512F) && cpu_has(CpuFeature::kAvx512Bw)) targets.push_back(&kAvx512Target);
  if (has_sha_ni()) targets.push_back(&kShaNiTarget);
  if (cpu_has(CpuFeature::kAvx2)) targets.push_back(&kAvx2Target);
  if (cpu_has(CpuFeature::kSse41)) targets.push_back(&kSse4Target);
  if (cpu_has(CpuFeature::kSse2)) targets.push_back(&kSse2Target);
  return targets;
}

// What ends the streams that are too few for a target, widest first.
std::vector<const LaneTarget*> narrow_targets() {
  if (has_sha_ni()) return {&kShaNiTarget, &kScalarTarget};
  return {&kScalarTarget};
}

#else

std::vector<const LaneTarget*> runnable_targets() { return {}; }

std::vector<const LaneTarget*> narrow_targets() { return {&kScalarTarget}; }

#endif

// The target's cores and ever narrower ones down to one lane.
std::vector<const LaneCore*> cores_from(const LaneTarget& target, Compression compression) {
  std::vector<const LaneCore*> cores;
  const auto add = [&](const LaneTarget& from) {
    for (const LaneCore& core : cores_of(from)) {
      if (core.compression != compression) continue;
      if (cores.empty() || core.lanes < cores.back()->lanes) cores.push_back(&core);
    }
  };
  add(target);
  for (const LaneTarget* const narrow : narrow_targets()) add(*narrow);
  return cores;
}

}  // namespace

std::vector<std::unique_ptr<const LaneKernel>> runnable_lane_kernels(AlgorithmId id) {
  std::vector<std::unique_ptr<const LaneKernel>> kernels;
  const LaneAlgorithm* const algorithm = lane_algorithm(id);
  if (algorithm == nullptr) return kernels;
  for (const LaneTarget* const target : runnable_targets()) {
    if (!computes(*target, algorithm->compression)) continue;
    kernels.push_back(
        std::make_unique<StreamLanes>(*algorithm, cores_from(*target, algorithm->compression), target->name));
  }
  return kernels;
}

}  // namespace hashlane
