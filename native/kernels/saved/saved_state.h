// Saved states as they lie in a journal: what they are of goes before, a checksum behind.
//
// Little endian: "HLST", the version (1), what was saved (see SavedKind), the algorithm's id, the length of the
// state in bytes (4 bytes each), the state, and the CRC-32C of all before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "contract/contract.h"
#include "kernels/saved/saveable.h"

namespace hashlane {

/// What goes on differs, even for one algorithm.
enum class SavedKind : std::uint32_t {
  /// A Hasher, in the middle of a stream.
  kStream = 1,
  /// A SegmentJoin, between two segments.
  kSegments = 2,
  /// A PieceJoin, between two pieces.
  kPieces = 3,
  /// A LaneState, in the middle of a stream.
  kLane = 4,
};

inline constexpr std::uint32_t kSavedStateVersion = 1;

/// Null where the state cannot be saved, or memory is short.
[[nodiscard]] std::optional<std::vector<std::byte>> saved_state(const Saveable& from, SavedKind kind,
                                                                AlgorithmId algorithm) noexcept;

/// Takes a state over. False, and then only reset() may follow, where it is damaged, of another kind, algorithm or
/// version, or of another version of the library that computes it.
[[nodiscard]] bool restore_state(Saveable& to, SavedKind kind, AlgorithmId algorithm,
                                 std::span<const std::byte> saved) noexcept;

}  // namespace hashlane
