// Small files of one group, read whole one after the other and then hashed together, each in a lane
// of its own where a kernel has lanes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/batch_writer.h"
#include "kernels/hasher.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

/// Used by one thread, again and again; keeps its memory.
class SideBySide {
 public:
  /// Files taken together at most: several times the lanes, so that they stay full while short files
  /// run out, and few enough that pause and cancel answer soon.
  static constexpr std::size_t kFiles = 64;

  /// Ready for files of a job with these algorithms. False when no algorithm has lanes here, or
  /// memory is short: the files are then better hashed one by one.
  [[nodiscard]] bool begin(const DigestLayout& layout);

  /// Takes in a whole file; its bytes must stay where they are until hash().
  void add(std::span<const std::byte> content) { contents_.push_back(content); }
  [[nodiscard]] std::size_t count() const noexcept { return contents_.size(); }

  /// Computes all digests. False when a kernel failed: none of them may then be used.
  [[nodiscard]] bool hash() noexcept;
  /// The digests of the file added as number `index`, DigestLayout::stride() bytes.
  [[nodiscard]] const std::byte* digests(std::size_t index) const noexcept { return digests_.data() + index * stride_; }
  void clear() noexcept { contents_.clear(); }

 private:
  struct Algorithm {
    const LaneKernel* lanes;
    /// For a single file, or where there are no lanes.
    std::unique_ptr<Hasher> alone;
    std::size_t digest_offset;
  };
  void hash_in_lanes(const Algorithm& algorithm) noexcept;
  [[nodiscard]] bool hash_alone(const Algorithm& algorithm) noexcept;

  std::uint64_t mask_ = 0;
  std::size_t stride_ = 0;
  bool any_lanes_ = false;
  std::vector<Algorithm> algorithms_;
  std::vector<std::span<const std::byte>> contents_;
  std::vector<LaneState> states_;
  std::vector<std::byte> digests_;
};

}  // namespace hashlane
