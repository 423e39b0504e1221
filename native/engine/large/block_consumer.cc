#include "engine/large/block_consumer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "kernels/split/segments.h"

namespace hashlane {
namespace {

/// Bytes of one piece that are hashed before the others have their turn: long enough for the lanes to
/// run at their speed, and a lane group's usual measure.
constexpr std::uint64_t kStride = 32u << 10;

std::size_t appetite_for(const PieceJoins& joins, std::uint64_t size, std::uint64_t most_bytes) {
  const std::uint64_t piece = joins.plan().piece_end(0, size);
  const std::uint64_t pieces = std::clamp<std::uint64_t>(most_bytes / piece, 1, joins.kernel().lanes());
  return static_cast<std::size_t>((pieces * piece + kSegmentBytes - 1) / kSegmentBytes);
}

}  // namespace

PieceConsumer::PieceConsumer(const PieceJoins& joins, std::unique_ptr<OpenJoins> open, std::uint64_t size,
                             std::uint64_t most_bytes)
    : joins_(joins),
      open_(std::move(open)),
      size_(size),
      appetite_(appetite_for(joins, size, most_bytes)),
      states_(new LaneState[kMaxLanes]) {
  open_->reset();
}

void PieceConsumer::take(std::span<const std::span<const std::byte>> blocks) noexcept {
  const std::uint64_t stop = offset_ + (blocks.size() - 1) * kSegmentBytes + blocks.back().size();
  const std::uint64_t start = offset_;
  while (offset_ < stop) {
    // First what is left of the piece that was begun before, then whole ones; the last may be cut off.
    std::array<Piece, kMaxLanes> pieces;
    std::size_t count = 0;
    for (; offset_ < stop && count < kMaxLanes; ++count) {
      if (offset_ > begin_ && count > 0) begin_ = offset_;
      if (offset_ == begin_) joins_.kernel().reset(states_[count], 0);
      const std::uint64_t end = joins_.plan().piece_end(begin_, size_);
      pieces[count] = {.begin = begin_, .at = offset_, .stop = std::min(end, stop), .whole = end <= stop};
      offset_ = pieces[count].stop;
    }
    hash_side_by_side(std::span(pieces).first(count), blocks, start);
    const Piece& last = pieces[count - 1];
    end_pieces(std::span(pieces).first(last.whole ? count : count - 1));
    if (last.whole) {
      begin_ = offset_;
    } else {
      begin_ = last.begin;
      if (count > 1) states_[0] = states_[count - 1];
    }
  }
}

void PieceConsumer::hash_side_by_side(std::span<Piece> pieces, std::span<const std::span<const std::byte>> blocks,
                                      std::uint64_t start) noexcept {
  for (bool more = true; more;) {
    std::array<LanePiece, kMaxLanes> lanes;
    std::size_t count = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      Piece& piece = pieces[i];
      if (piece.at == piece.stop) continue;
      const auto block = blocks[static_cast<std::size_t>((piece.at - start) / kSegmentBytes)];
      const auto within = static_cast<std::size_t>((piece.at - start) % kSegmentBytes);
      const auto length = std::min<std::uint64_t>({piece.stop - piece.at, kStride, block.size() - within});
      lanes[count++] = {&states_[i], block.subspan(within, static_cast<std::size_t>(length))};
      piece.at += length;
    }
    more = count > 0;
    if (more) joins_.kernel().update(std::span(lanes).first(count));
  }
}

void PieceConsumer::end_pieces(std::span<const Piece> pieces) noexcept {
  std::array<LaneState*, kMaxLanes> states;
  std::array<std::byte*, kMaxLanes> into;
  std::array<PieceDigest, kMaxLanes> digests;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    states[i] = &states_[i];
    into[i] = digests[i].data();
  }
  joins_.kernel().finish(std::span(states).first(pieces.size()), std::span(into).first(pieces.size()));
  for (std::size_t i = 0; i < pieces.size(); ++i) open_->add(digests[i], pieces[i].stop - pieces[i].begin);
}

bool PieceConsumer::finish(std::byte* digests) noexcept {
  if (offset_ > begin_) {
    const Piece last{.begin = begin_, .at = offset_, .stop = offset_, .whole = true};
    end_pieces({&last, 1});
  }
  return open_->finish(digests);
}

}  // namespace hashlane
