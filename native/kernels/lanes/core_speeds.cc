#include "kernels/lanes/core_speeds.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

namespace hashlane {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kBlocks = 8;
constexpr std::size_t kLongestRow = kBlocks * 144;
/// The first round fills the caches and wakes the wide units; the best of the others is unlikely to
/// have been interrupted.
constexpr int kRounds = 5;
/// Long against the clock's step, which is 100 ns on some systems.
constexpr double kRoundMicroseconds = 12;
/// No further round is begun after it.
constexpr std::chrono::microseconds kPatience{1200};

struct alignas(64) Workbench {
  std::array<std::byte, LaneState::kChainBytes * kMaxLanes> chain;
  std::array<std::byte, kLongestRow * kMaxLanes> input;
};

double speed_of_round(const LaneCore& core, std::size_t block_bytes, Workbench& bench) {
  std::array<const std::byte*, kMaxLanes> rows;
  for (std::size_t lane = 0; lane < kMaxLanes; ++lane) rows[lane] = bench.input.data() + lane * kLongestRow;
  const auto call_bytes = static_cast<double>(core.lanes * kBlocks * block_bytes);
  const auto calls = static_cast<int>(static_cast<double>(core.speed) * kRoundMicroseconds / call_bytes) + 1;
  const auto began = Clock::now();
  for (int call = 0; call < calls; ++call) core.compress(bench.chain.data(), rows.data(), kBlocks);
  const std::chrono::duration<double, std::micro> took = Clock::now() - began;
  return call_bytes * calls / std::max(took.count(), 0.001);
}

}  // namespace

std::vector<double> measured_speeds(const LaneAlgorithm& algorithm, std::span<const TargetCore> cores) {
  const auto bench = std::make_unique<Workbench>();
  std::vector<double> speeds(cores.size());
  const auto began = Clock::now();
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t index = 0; index < cores.size(); ++index) {
      speeds[index] = std::max(speeds[index], speed_of_round(*cores[index].core, algorithm.block_bytes, *bench));
    }
    if (Clock::now() - began > kPatience) break;
  }
  return speeds;
}

std::vector<double> stored_speeds(std::span<const TargetCore> cores) {
  std::vector<double> speeds;
  for (const TargetCore& core : cores) speeds.push_back(static_cast<double>(core.core->speed));
  return speeds;
}

}  // namespace hashlane
