// What the binding takes from JavaScript at most, whoever calls it. main/engine/limits.ts says the same
// in words that a person can act on; these keep the process whole when somebody goes around it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hashlane {

/// Paths or patterns in one list.
inline constexpr std::uint32_t kMaxListLength = 10'000'000;
/// Bytes of one path or pattern; a name longer than kMaxNameBytes gets its record.
inline constexpr std::size_t kMaxTextBytes = 1u << 20;
/// Bytes of one list together.
inline constexpr std::uint64_t kMaxListBytes = std::uint64_t{1} << 32;
inline constexpr std::uint64_t kMaxFeeds = 100'000'000;
/// Bytes: more than any machine has, and far from what sums of it overflow.
inline constexpr std::uint64_t kMaxMemoryLimit = std::uint64_t{1} << 46;
inline constexpr std::uint64_t kMaxMeasuringMs = 60'000;

}  // namespace hashlane
