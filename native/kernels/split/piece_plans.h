// The plans, for the registry and its tests.
#pragma once

#include <span>

#include "kernels/split/pieces.h"

namespace hashlane {

struct PiecePlanEntry {
  AlgorithmId algorithm;
  const PiecePlan* plan;
};

/// Every plan of this build, untested.
std::span<const PiecePlanEntry> all_piece_plans() noexcept;

const PiecePlan& ed2k_plan() noexcept;
const PiecePlan& ed2k_blue_plan() noexcept;
const PiecePlan& aich_plan() noexcept;
const PiecePlan& dropbox_plan() noexcept;
/// By their parts' MiB.
const PiecePlan& s3_etag_plan_5() noexcept;
const PiecePlan& s3_etag_plan_8() noexcept;
const PiecePlan& s3_etag_plan_15() noexcept;
const PiecePlan& s3_etag_plan_16() noexcept;

/// What eMule's network calls a part: ED2K's pieces, and the upper leaves of AICH.
inline constexpr std::uint64_t kEd2kChunkBytes = 9'728'000;

}  // namespace hashlane
