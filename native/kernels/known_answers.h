// The digests that every kernel must give at start.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "contract/contract.h"

namespace hashlane {

/// Longer than the widest unit any kernel takes at once: BLAKE3's sixteen chunks of 1 KiB.
inline constexpr std::size_t kPatternBytes = 20'000;
/// Many blocks of the algorithms that take one after the other, so slowly that a start would be late.
inline constexpr std::size_t kShortPatternBytes = 3'000;

/// Digests in lower-case hex.
struct KnownAnswers {
  AlgorithmId algorithm;
  std::string_view of_nothing;
  std::string_view of_abc;
  /// Of pattern_bytes bytes, byte i being i % 251.
  std::string_view of_pattern;
  std::size_t pattern_bytes = kPatternBytes;
};

/// One entry for every algorithm, in ascending id.
std::span<const KnownAnswers> known_answers();

}  // namespace hashlane
