// Digests that are made from the digests of a file's pieces: ED2K, AICH, S3's ETag. The pieces are streams that
// know nothing of each other, so they go into lanes, and to other threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "contract/contract.h"
#include "kernels/saved/saveable.h"

namespace hashlane {

/// Makes the digest of a file out of those of its pieces. Used by one thread at a time.
class PieceJoin : public Saveable {
 public:
  virtual ~PieceJoin() = default;
  /// Begins a new file; every join starts in this state.
  virtual void reset() noexcept = 0;
  /// The next piece, in the file's order: its digest by PiecePlan::inner(), and its bytes (at least 1).
  virtual void add(std::span<const std::byte> digest, std::uint64_t length) noexcept = 0;
  /// Writes the algorithm's digest_length bytes; without any piece, that of an empty file. Only
  /// reset() may follow. False when the library underneath failed: the digest must not be used.
  [[nodiscard]] virtual bool finish(std::byte* digest) noexcept = 0;
};

/// How an algorithm cuts a file. Stateless, lives as long as the process.
class PiecePlan {
 public:
  virtual ~PiecePlan() = default;
  /// The algorithm of the pieces' digests: one that may have a lane kernel.
  [[nodiscard]] virtual AlgorithmId inner() const noexcept = 0;
  /// Where the piece ends that holds the byte at `offset` of a file of `size` bytes, 0 where that is not known;
  /// more than `offset`. The file's end may come first.
  [[nodiscard]] virtual std::uint64_t piece_end(std::uint64_t offset, std::uint64_t size) const noexcept = 0;
  /// Null when memory is short.
  [[nodiscard]] virtual std::unique_ptr<PieceJoin> join() const noexcept = 0;
};

/// Null for algorithms that have no pieces, and where the plan did not give the known answers. Thread-safe.
const PiecePlan* piece_plan(AlgorithmId algorithm) noexcept;

}  // namespace hashlane
