#include "engine/lanes/piece_joins.h"

#include <algorithm>

#include "contract/contract.h"

namespace hashlane {

void OpenJoins::reset() noexcept {
  for (const Member& member : members_) member.join->reset();
}

void OpenJoins::add(const PieceDigest& digest, std::uint64_t length) noexcept {
  for (const Member& member : members_) member.join->add(std::span(digest).first(piece_digest_bytes_), length);
}

bool OpenJoins::finish(std::byte* digests) noexcept {
  return std::ranges::all_of(members_,
                             [&](const Member& member) { return member.join->finish(digests + member.digest_offset); });
}

bool PieceJoins::takes(const PiecePlan& other) const noexcept {
  return other.inner() == plan().inner() && other.piece_end(0, 0) == plan().piece_end(0, 0);
}

std::unique_ptr<OpenJoins> PieceJoins::open() const {
  auto open = std::make_unique<OpenJoins>();
  open->piece_digest_bytes_ = kAlgorithms[static_cast<std::size_t>(plan().inner())].digest_length;
  for (const auto& [member, digest_offset] : members_) {
    open->members_.push_back({member->join(), digest_offset});
    if (!open->members_.back().join) return nullptr;
  }
  return open;
}

Division divide(const DigestLayout& layout) {
  Division division;
  std::size_t offset = 0;
  for (const AlgorithmId id : layout.algorithms()) {
    const std::size_t at = std::exchange(offset, offset + kAlgorithms[static_cast<std::size_t>(id)].digest_length);
    const PiecePlan* const plan = piece_plan(id);
    const LaneKernel* const kernel = plan == nullptr ? nullptr : lane_kernel(plan->inner());
    if (kernel == nullptr) {
      division.others.push_back({id, at});
      continue;
    }
    const auto alike =
        std::ranges::find_if(division.pieces, [&](const PieceJoins& joins) { return joins.takes(*plan); });
    if (alike != division.pieces.end()) {
      alike->add(*plan, {id, at});
    } else {
      division.pieces.emplace_back(*kernel, *plan, PlacedAlgorithm{id, at});
    }
  }
  return division;
}

}  // namespace hashlane
