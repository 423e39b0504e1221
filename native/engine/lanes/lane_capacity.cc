#include "engine/lanes/lane_capacity.h"

#include <algorithm>
#include <array>
#include <functional>

namespace hashlane {
namespace {

constexpr std::size_t kMostLanes = 64;

/// Puts the first of a heap whose least is on top, but for the first, in its place.
void sink_first(std::span<std::uint64_t> heap) noexcept {
  const std::uint64_t sunk = heap.front();
  std::size_t at = 0;
  for (std::size_t below = 1; below < heap.size(); below = 2 * at + 1) {
    if (below + 1 < heap.size() && heap[below + 1] < heap[below]) ++below;
    if (sunk <= heap[below]) break;
    heap[at] = heap[below];
    at = below;
  }
  heap[at] = sunk;
}

}  // namespace

std::uint64_t lane_capacity(std::size_t lanes, std::span<const LanePiece> pieces) noexcept {
  // When each lane is free; the first to be so is on top.
  std::array<std::uint64_t, kMostLanes> ends;
  const auto heap = std::span(ends).first(std::min({lanes, kMostLanes, pieces.size()}));
  std::uint64_t longest = 0;
  for (std::size_t i = 0; i < heap.size(); ++i) {
    heap[i] = pieces[i].bytes.size();
    longest = std::max(longest, heap[i]);
  }
  if (pieces.size() > heap.size()) std::ranges::make_heap(heap, std::greater{});
  for (const LanePiece& piece : pieces.subspan(heap.size())) {
    heap.front() += piece.bytes.size();
    longest = std::max(longest, heap.front());
    sink_first(heap);
  }
  return longest * lanes;
}

}  // namespace hashlane
