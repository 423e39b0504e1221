// Digests that any number of threads can work on at once, each on a segment of the file of its own:
// tree hashes (BLAKE3, TTH) and checksums that can be combined (CRC, Adler-32).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "contract/contract.h"
#include "kernels/saved/saveable.h"

namespace hashlane {

/// Bytes of every segment but the last: they stay in the second-level cache while every algorithm
/// has its turn, and hold whole subtrees.
inline constexpr std::size_t kSegmentBytes = 256u << 10;

/// What a segment leaves behind: a chaining value, or a checksum.
struct SegmentResult {
  std::byte bytes[32];
};

/// Makes the digest of a file out of its segments' results. Used by one thread at a time.
class SegmentJoin : public Saveable {
 public:
  virtual ~SegmentJoin() = default;
  /// Begins a new file; every join starts in this state.
  virtual void reset() noexcept = 0;
  /// The next segment, in the file's order, and its bytes: kSegmentBytes, fewer (at least 1) for the last.
  virtual void add(const SegmentResult& result, std::size_t length) noexcept = 0;
  /// Writes the algorithm's digest_length bytes. There must have been two segments or more: the root
  /// of a smaller tree is computed in another way. Only reset() may follow.
  virtual void finish(std::byte* digest) noexcept = 0;
};

/// Computes segments. Stateless, thread-safe, lives as long as the process.
class SegmentKernel {
 public:
  virtual ~SegmentKernel() = default;
  /// Library and instruction set, as in KernelInfo.
  [[nodiscard]] virtual const char* implementation() const noexcept = 0;
  /// The segment number `index` of a file of more than one: kSegmentBytes, fewer (at least 1) for the last.
  virtual void hash(std::uint64_t index, std::span<const std::byte> bytes, SegmentResult& result) const noexcept = 0;
  /// Null when memory is short.
  [[nodiscard]] virtual std::unique_ptr<SegmentJoin> join() const noexcept = 0;
};

/// Null for algorithms that have no segments, and where the kernel, or that of streams, did not give the
/// known answers. Tested at the first call for an algorithm, which takes a millisecond or so. Thread-safe.
const SegmentKernel* segment_kernel(AlgorithmId algorithm) noexcept;

}  // namespace hashlane
