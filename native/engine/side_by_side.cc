#include "engine/side_by_side.h"

#include <algorithm>

namespace hashlane {
namespace {

/// ED2K of less than one chunk of 9,728,000 bytes is plain MD4, in both conventions.
const LaneKernel* lanes_for_small_files(AlgorithmId id) {
  const bool ed2k = id == AlgorithmId::kEd2k || id == AlgorithmId::kEd2kBlue;
  return lane_kernel(ed2k ? AlgorithmId::kMd4 : id);
}

}  // namespace

bool SideBySide::begin(const DigestLayout& layout) {
  clear();
  if (mask_ == layout.mask()) return any_lanes_;
  mask_ = 0;
  any_lanes_ = false;
  algorithms_.clear();
  stride_ = layout.stride();
  std::size_t offset = 0;
  for (const AlgorithmId id : layout.algorithms()) {
    algorithms_.push_back({lanes_for_small_files(id), make_hasher(id), offset});
    if (!algorithms_.back().alone) return false;
    any_lanes_ = any_lanes_ || algorithms_.back().lanes != nullptr;
    offset += kAlgorithms[static_cast<std::size_t>(id)].digest_length;
  }
  contents_.reserve(kFiles);
  states_.resize(kFiles);
  // The padding of the stride is never written by a kernel and stays zero.
  digests_.assign(kFiles * stride_, std::byte{0});
  mask_ = layout.mask();
  return any_lanes_;
}

bool SideBySide::hash() noexcept {
  return std::all_of(algorithms_.begin(), algorithms_.end(), [&](const Algorithm& algorithm) {
    if (algorithm.lanes == nullptr || contents_.size() < 2) return hash_alone(algorithm);
    hash_in_lanes(algorithm);
    return true;
  });
}

void SideBySide::hash_in_lanes(const Algorithm& algorithm) noexcept {
  std::array<LanePiece, kFiles> pieces;
  std::array<LaneState*, kFiles> states;
  std::array<std::byte*, kFiles> digests;
  for (std::size_t index = 0; index < contents_.size(); ++index) {
    states[index] = &states_[index];
    algorithm.lanes->reset(states_[index]);
    pieces[index] = {states[index], contents_[index]};
    digests[index] = digests_.data() + index * stride_ + algorithm.digest_offset;
  }
  algorithm.lanes->update(std::span(pieces).first(contents_.size()));
  algorithm.lanes->finish(std::span(states).first(contents_.size()), std::span(digests).first(contents_.size()));
}

bool SideBySide::hash_alone(const Algorithm& algorithm) noexcept {
  for (std::size_t index = 0; index < contents_.size(); ++index) {
    algorithm.alone->reset();
    algorithm.alone->update(contents_[index]);
    if (!algorithm.alone->finish(digests_.data() + index * stride_ + algorithm.digest_offset)) return false;
  }
  return true;
}

}  // namespace hashlane
