// One algorithm for many streams at once: in lanes where there are lanes, else one after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/batches/batch_writer.h"

namespace hashlane {

/// Streams that are hashed side by side at most: several times the lanes, so that they stay full
/// while short files run out, and few enough that pause and cancel answer soon.
inline constexpr std::size_t kMaxStreams = 64;

/// Bytes of the stream in a slot, 0 to kMaxStreams - 1.
struct StreamPiece {
  std::size_t slot;
  std::span<const std::byte> bytes;
};

/// Used by one thread at a time.
class DigestColumn {
 public:
  /// `algorithms`: those that its digests are for.
  explicit DigestColumn(std::vector<AlgorithmId> algorithms) : algorithms_(std::move(algorithms)) {}
  virtual ~DigestColumn() = default;
  [[nodiscard]] std::span<const AlgorithmId> algorithms() const noexcept { return algorithms_; }
  /// Begins a stream in a slot: a file's name without its folder, and its size. False when memory is short.
  [[nodiscard]] virtual bool begin(std::size_t slot, std::string_view name, std::uint64_t size) noexcept = 0;
  /// Takes in bytes of different streams. What its lanes could have taken meanwhile, see lane_capacity();
  /// 0 without lanes.
  virtual std::uint64_t update(std::span<const StreamPiece> pieces) noexcept = 0;
  /// Ends streams; the digest of slot n goes to `digests` + n × `stride`. False when a library failed:
  /// none of these digests must be used.
  [[nodiscard]] virtual bool finish(std::span<const std::size_t> slots, std::byte* digests,
                                    std::size_t stride) noexcept = 0;
  /// Moves a stream to a free slot of another column of the same kind.
  virtual void move(std::size_t slot, DigestColumn& to, std::size_t to_slot) noexcept = 0;
  [[nodiscard]] virtual bool in_lanes() const noexcept = 0;

 private:
  const std::vector<AlgorithmId> algorithms_;
};

/// Columns for all algorithms of a layout; none when memory is short. Algorithms over the same pieces
/// of a file, such as the two conventions of ED2K, share one.
std::vector<std::unique_ptr<DigestColumn>> digest_columns(const DigestLayout& layout);

}  // namespace hashlane
