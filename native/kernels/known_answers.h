// The digests that every kernel must give at start.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "contract/contract.h"

namespace hashlane {

/// Digests in lower-case hex.
struct KnownAnswers {
  AlgorithmId algorithm;
  std::string_view of_nothing;
  std::string_view of_abc;
  /// Of kPatternBytes bytes, byte i being i % 251.
  std::string_view of_pattern;
};

/// Longer than the widest unit any kernel takes at once: BLAKE3's sixteen chunks of 1 KiB. (TTH's
/// 64 leaves are held to a single one before they are used, see tiger_core.h.)
inline constexpr std::size_t kPatternBytes = 20'000;

/// One entry for every algorithm, in ascending id.
std::span<const KnownAnswers> known_answers();

}  // namespace hashlane
