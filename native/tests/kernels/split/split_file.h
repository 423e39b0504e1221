// Files hashed in parts, as the engine does it.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "bytes.h"
#include "kernels/split/pieces.h"
#include "kernels/split/segments.h"

namespace hashlane {

/// Algorithms with segments, and algorithms with pieces; a missing kernel is a failed test elsewhere.
inline constexpr AlgorithmId kSegmented[] = {AlgorithmId::kCrc32,     AlgorithmId::kCrc32c,  AlgorithmId::kCrc64Xz,
                                             AlgorithmId::kAdler32,   AlgorithmId::kBlake3,  AlgorithmId::kTth,
                                             AlgorithmId::kCrc64Nvme, AlgorithmId::kQuickxor};
inline constexpr AlgorithmId kPieced[] = {AlgorithmId::kEd2k, AlgorithmId::kEd2kBlue, AlgorithmId::kAich};
/// The same with nothing but parts of one length.
struct PartsOf {
  AlgorithmId algorithm;
  std::size_t part_bytes;
};
inline constexpr PartsOf kInParts[] = {{AlgorithmId::kDropbox, 4u << 20},
                                       {AlgorithmId::kS3Etag5MiB, 5u << 20},
                                       {AlgorithmId::kS3Etag8MiB, 8u << 20},
                                       {AlgorithmId::kS3Etag15MiB, 15u << 20},
                                       {AlgorithmId::kS3Etag16MiB, 16u << 20}};

using Order = std::vector<std::size_t>;

/// The numbers of `count` parts, shuffled.
Order shuffled(std::size_t count, std::mt19937_64& random);
std::size_t segments_of(std::size_t length);

/// Segments computed in this order by `threads` threads at once, then joined by `join`, which is reset
/// first. Fails the test where more than the digest is written. Hex.
std::string by_segments(const SegmentKernel& kernel, SegmentJoin& join, AlgorithmId algorithm,
                        std::span<const std::byte> file, const Order& order, std::size_t threads = 1);
/// With a new join, in the file's order.
std::string by_segments(AlgorithmId algorithm, std::span<const std::byte> file);

/// Pieces computed in a random order by `threads` threads at once, then joined. Hex.
std::string by_pieces(const PiecePlan& plan, AlgorithmId algorithm, std::span<const std::byte> file,
                      std::mt19937_64& random, std::size_t threads = 1);

/// By RHash's library, which shares no code with what splits and joins. Hex.
std::string by_rhash(unsigned hash_id, std::span<const std::byte> bytes);

}  // namespace hashlane
