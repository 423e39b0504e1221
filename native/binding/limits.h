// What the binding takes from JavaScript at most, whoever calls it: the numbers are those of shared/jobs/limits.ts,
// whose checks in main/engine say the same in words that a person can act on.
#pragma once

#include <cstddef>
#include <cstdint>

#include "contract/contract.h"

namespace hashlane {

/// Paths or patterns in one list.
inline constexpr std::uint32_t kMaxListLength = engine_limit::kRoots;
/// Bytes of one path or pattern; a name longer than kMaxNameBytes gets its record.
inline constexpr std::size_t kMaxTextBytes = engine_limit::kRootBytes;
/// Bytes of one list together.
inline constexpr std::uint64_t kMaxListBytes = engine_limit::kAllRootBytes;
inline constexpr std::uint64_t kMaxFeeds = engine_limit::kFeeds;
inline constexpr std::uint64_t kMaxMemoryLimit = engine_limit::kMemoryLimit;
inline constexpr std::uint64_t kMaxMeasuringMs = engine_limit::kMeasuringMs;
inline constexpr std::uint64_t kMaxGiveUpMs = engine_limit::kGiveUpMs;

}  // namespace hashlane
