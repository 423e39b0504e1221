#include "engine/lanes/digest_column.h"

#include <algorithm>
#include <array>
#include <new>
#include <utility>

#include "engine/lanes/lane_capacity.h"
#include "engine/lanes/piece_joins.h"
#include "kernels/hasher.h"
#include "kernels/lanes/lane_kernel.h"
#include "kernels/split/pieces.h"

namespace hashlane {
namespace {

class LaneColumn final : public DigestColumn {
 public:
  LaneColumn(const LaneKernel& kernel, const PlacedAlgorithm& algorithm)
      : DigestColumn({algorithm.id}), kernel_(kernel), digest_offset_(algorithm.digest_offset), states_(kMaxStreams) {}

  bool begin(std::size_t slot, std::string_view, std::uint64_t size) noexcept override {
    kernel_.reset(states_[slot], size);
    return true;
  }

  std::uint64_t update(std::span<const StreamPiece> pieces) noexcept override {
    std::array<LanePiece, kMaxStreams> lanes;
    for (std::size_t i = 0; i < pieces.size(); ++i) lanes[i] = {&states_[pieces[i].slot], pieces[i].bytes};
    const auto all = std::span(lanes).first(pieces.size());
    kernel_.update(all);
    return lane_capacity(kernel_.lanes(), all);
  }

  bool finish(std::span<const std::size_t> slots, std::byte* digests, std::size_t stride) noexcept override {
    std::array<LaneState*, kMaxStreams> states;
    std::array<std::byte*, kMaxStreams> into;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      states[i] = &states_[slots[i]];
      into[i] = digests + slots[i] * stride + digest_offset_;
    }
    kernel_.finish(std::span(states).first(slots.size()), std::span(into).first(slots.size()));
    return true;
  }

  void move(std::size_t slot, DigestColumn& to, std::size_t to_slot) noexcept override {
    static_cast<LaneColumn&>(to).states_[to_slot] = states_[slot];
  }

  bool in_lanes() const noexcept override { return true; }

 private:
  const LaneKernel& kernel_;
  const std::size_t digest_offset_;
  std::vector<LaneState> states_;
};

/// What has neither lanes nor pieces: a hasher for each stream.
class HasherColumn final : public DigestColumn {
 public:
  explicit HasherColumn(const PlacedAlgorithm& algorithm)
      : DigestColumn({algorithm.id}), digest_offset_(algorithm.digest_offset), hashers_(kMaxStreams) {}

  bool begin(std::size_t slot, std::string_view name, std::uint64_t size) noexcept override {
    std::unique_ptr<Hasher>& hasher = hashers_[slot];
    if (!hasher) hasher = make_hasher(algorithms().front());
    if (!hasher) return false;
    hasher->reset();
    hasher->identify(name, size);
    return true;
  }

  std::uint64_t update(std::span<const StreamPiece> pieces) noexcept override {
    for (const StreamPiece& piece : pieces) hashers_[piece.slot]->update(piece.bytes);
    return 0;
  }

  bool finish(std::span<const std::size_t> slots, std::byte* digests, std::size_t stride) noexcept override {
    return std::ranges::all_of(
        slots, [&](std::size_t slot) { return hashers_[slot]->finish(digests + slot * stride + digest_offset_); });
  }

  void move(std::size_t slot, DigestColumn& to, std::size_t to_slot) noexcept override {
    std::swap(static_cast<HasherColumn&>(to).hashers_[to_slot], hashers_[slot]);
  }

  bool in_lanes() const noexcept override { return false; }

 private:
  const std::size_t digest_offset_;
  std::vector<std::unique_ptr<Hasher>> hashers_;
};

/// Digests made of pieces' digests (ED2K, AICH): the piece that each stream is in has a lane.
class PieceColumn final : public DigestColumn {
 public:
  explicit PieceColumn(PieceJoins joins)
      : DigestColumn(joins.algorithms()),
        kernel_(joins.kernel()),
        joins_(std::move(joins)),
        streams_(kMaxStreams),
        states_(kMaxStreams) {}

  bool begin(std::size_t slot, std::string_view, std::uint64_t size) noexcept override {
    Stream& stream = streams_[slot];
    if (!stream.joins && !(stream.joins = open_joins())) return false;
    stream.joins->reset();
    stream.offset = 0;
    stream.begin = 0;
    stream.size = size;
    kernel_.reset(states_[slot], 0);
    return true;
  }

  std::uint64_t update(std::span<const StreamPiece> pieces) noexcept override {
    std::uint64_t capacity = 0;
    std::array<StreamPiece, kMaxStreams> rest;
    std::ranges::copy(pieces, rest.begin());
    std::size_t count = pieces.size();
    // Round by round: every stream up to the end of its piece or of its bytes.
    while (count > 0) {
      std::array<LanePiece, kMaxStreams> lanes;
      std::array<std::size_t, kMaxStreams> ended;
      std::size_t ended_count = 0;
      for (std::size_t i = 0; i < count; ++i) {
        Stream& stream = streams_[rest[i].slot];
        const std::uint64_t room = joins_.plan().piece_end(stream.begin, stream.size) - stream.offset;
        const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(rest[i].bytes.size(), room));
        lanes[i] = {&states_[rest[i].slot], rest[i].bytes.first(taken)};
        rest[i].bytes = rest[i].bytes.subspan(taken);
        stream.offset += taken;
        if (taken == room) ended[ended_count++] = rest[i].slot;
      }
      kernel_.update(std::span(lanes).first(count));
      capacity += lane_capacity(kernel_.lanes(), std::span(lanes).first(count));
      end_pieces(std::span(ended).first(ended_count));
      const auto left = std::ranges::remove_if(std::span(rest).first(count),
                                               [](const StreamPiece& piece) { return piece.bytes.empty(); });
      count -= left.size();
    }
    return capacity;
  }

  bool finish(std::span<const std::size_t> slots, std::byte* digests, std::size_t stride) noexcept override {
    std::array<std::size_t, kMaxStreams> begun;
    std::size_t count = 0;
    for (const std::size_t slot : slots) {
      if (streams_[slot].offset > streams_[slot].begin) begun[count++] = slot;
    }
    end_pieces(std::span(begun).first(count));
    return std::ranges::all_of(slots,
                               [&](std::size_t slot) { return streams_[slot].joins->finish(digests + slot * stride); });
  }

  void move(std::size_t slot, DigestColumn& to, std::size_t to_slot) noexcept override {
    auto& other = static_cast<PieceColumn&>(to);
    std::swap(other.streams_[to_slot], streams_[slot]);
    other.states_[to_slot] = states_[slot];
  }

  bool in_lanes() const noexcept override { return true; }

 private:
  /// Null when there is no memory.
  std::unique_ptr<OpenJoins> open_joins() noexcept {
    try {
      return joins_.open();
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
  }

  struct Stream {
    std::unique_ptr<OpenJoins> joins;
    std::uint64_t offset = 0;
    /// Where the piece in hand began.
    std::uint64_t begin = 0;
    /// The file's.
    std::uint64_t size = 0;
  };

  void end_pieces(std::span<const std::size_t> slots) noexcept {
    if (slots.empty()) return;
    std::array<LaneState*, kMaxStreams> states;
    std::array<std::byte*, kMaxStreams> into;
    std::array<PieceDigest, kMaxStreams> digests;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      states[i] = &states_[slots[i]];
      into[i] = digests[i].data();
    }
    kernel_.finish(std::span(states).first(slots.size()), std::span(into).first(slots.size()));
    for (std::size_t i = 0; i < slots.size(); ++i) {
      Stream& stream = streams_[slots[i]];
      stream.joins->add(digests[i], stream.offset - stream.begin);
      stream.begin = stream.offset;
      kernel_.reset(states_[slots[i]], 0);
    }
  }

  const LaneKernel& kernel_;
  const PieceJoins joins_;
  std::vector<Stream> streams_;
  std::vector<LaneState> states_;
};

}  // namespace

std::vector<std::unique_ptr<DigestColumn>> digest_columns(const DigestLayout& layout) {
  std::vector<std::unique_ptr<DigestColumn>> columns;
  Division division = divide(layout);
  for (PieceJoins& joins : division.pieces) columns.push_back(std::make_unique<PieceColumn>(std::move(joins)));
  for (const PlacedAlgorithm& algorithm : division.others) {
    if (const LaneKernel* const lanes = lane_kernel(algorithm.id)) {
      columns.push_back(std::make_unique<LaneColumn>(*lanes, algorithm));
    } else {
      columns.push_back(std::make_unique<HasherColumn>(algorithm));
    }
  }
  return columns;
}

}  // namespace hashlane
