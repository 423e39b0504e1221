// Bytes that went through kernels, counted for each algorithm by the way they went, and for the engine.
#pragma once

#include <cstdint>
#include <span>

#include "engine/stats/stats_block.h"

namespace hashlane {

/// Thread-safe. For a round or a block at a time, not for every file.
class HashStats {
 public:
  explicit HashStats(const StatsBlock& block) : block_(block) {}

  /// `algorithms` are those that the bytes were hashed for. One stream at a time.
  void stream(std::span<const AlgorithmId> algorithms, std::uint64_t bytes) const noexcept {
    add(algorithms, algorithm_slot::kStreamBytes, bytes);
  }
  /// Side by side; `capacity`: what the lanes could have taken meanwhile.
  void lanes(std::span<const AlgorithmId> algorithms, std::uint64_t bytes, std::uint64_t capacity) const noexcept {
    add(algorithms, algorithm_slot::kLaneBytes, bytes);
    for (const AlgorithmId id : algorithms) block_.algorithm(id).add(algorithm_slot::kLaneCapacityBytes, capacity);
  }
  /// Segments or pieces of one file, each by itself.
  void parts(std::span<const AlgorithmId> algorithms, std::uint64_t bytes) const noexcept {
    add(algorithms, algorithm_slot::kPartBytes, bytes);
  }

 private:
  void add(std::span<const AlgorithmId> algorithms, std::size_t slot, std::uint64_t bytes) const noexcept {
    for (const AlgorithmId id : algorithms) block_.algorithm(id).add(slot, bytes);
    block_.engine().add(engine_slot::kBytesHashed, bytes * algorithms.size());
  }

  const StatsBlock block_;
};

}  // namespace hashlane
