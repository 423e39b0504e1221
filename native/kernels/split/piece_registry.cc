// Which plan cuts which algorithm's files, and whether it may.
#include <array>

#include "kernels/split/piece_plans.h"
#include "kernels/split/piece_self_test.h"

namespace hashlane {
namespace {

using Plans = std::array<const PiecePlan*, std::size(kAlgorithms)>;

Plans tested_plans() noexcept {
  Plans plans{};
  for (const PiecePlanEntry& entry : all_piece_plans()) {
    if (passes_known_answers(*entry.plan, entry.algorithm))
      plans[static_cast<std::size_t>(entry.algorithm)] = entry.plan;
  }
  return plans;
}

}  // namespace

std::span<const PiecePlanEntry> all_piece_plans() noexcept {
  static const std::array<PiecePlanEntry, 8> entries = {{{AlgorithmId::kEd2k, &ed2k_plan()},
                                                         {AlgorithmId::kEd2kBlue, &ed2k_blue_plan()},
                                                         {AlgorithmId::kAich, &aich_plan()},
                                                         {AlgorithmId::kDropbox, &dropbox_plan()},
                                                         {AlgorithmId::kS3Etag5MiB, &s3_etag_plan_5()},
                                                         {AlgorithmId::kS3Etag8MiB, &s3_etag_plan_8()},
                                                         {AlgorithmId::kS3Etag15MiB, &s3_etag_plan_15()},
                                                         {AlgorithmId::kS3Etag16MiB, &s3_etag_plan_16()}}};
  return entries;
}

const PiecePlan* piece_plan(AlgorithmId algorithm) noexcept {
  static const Plans plans = tested_plans();
  const auto id = static_cast<std::size_t>(algorithm);
  return id < plans.size() ? plans[id] : nullptr;
}

}  // namespace hashlane
