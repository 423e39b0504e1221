// How fast cores are on this very processor. Which of two is faster differs between processors that
// offer the same instructions: four streams by the SHA instructions beat sixteen by AVX-512 on Zen 4
// and lose by half on Zen 5.
#pragma once

#include <span>
#include <vector>

#include "kernels/lanes/lane_algorithm.h"
#include "kernels/lanes/lane_targets.h"

namespace hashlane {

/// MB/s of all lanes of each core together, the best of several short rounds on data in the cache.
/// Takes about a millisecond, no more than two. All compute the algorithm's compression.
std::vector<double> measured_speeds(const LaneAlgorithm& algorithm, std::span<const TargetCore> cores);

/// The same as stored in the cores.
std::vector<double> stored_speeds(std::span<const TargetCore> cores);

}  // namespace hashlane
