// ED2K: the MD4 of the MD4s of chunks of 9,728,000 bytes; one chunk's own MD4 when there is only
// one. Two conventions differ when the size is a positive multiple of the chunk: red (eMule, RHash)
// takes the empty rest as one more chunk, blue does not.
#include <algorithm>
#include <array>
#include <new>

#include "kernels/lanes/one_lane.h"
#include "kernels/split/digest_literal.h"
#include "kernels/split/piece_plans.h"

namespace hashlane {
namespace {

constexpr auto kMd4OfNothing = digest_literal("31d6cfe0d16ae931b73c59d7e0c089c0");

class Ed2kJoin final : public PieceJoin {
 public:
  explicit Ed2kJoin(bool red) noexcept : red_(red) {}

  void reset() noexcept override {
    list_.reset();
    chunks_ = 0;
    last_length_ = 0;
  }

  void add(std::span<const std::byte> digest, std::uint64_t length) noexcept override {
    list_.update(digest);
    if (chunks_ == 0) std::ranges::copy(digest, first_.begin());
    ++chunks_;
    last_length_ = length;
  }

  bool finish(std::byte* digest) noexcept override {
    const bool empty_rest_counts = red_ && last_length_ == kEd2kChunkBytes;
    if (chunks_ == 0) {
      std::ranges::copy(kMd4OfNothing, digest);
      return true;
    }
    if (chunks_ == 1 && !empty_rest_counts) {
      std::ranges::copy(first_, digest);
      return true;
    }
    if (empty_rest_counts) list_.update(kMd4OfNothing);
    list_.finish(digest);
    return true;
  }

  bool save(StateWriter& to) const noexcept override {
    to.number(chunks_);
    to.number(last_length_);
    to.bytes(first_);
    list_.save(to);
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    chunks_ = from.number();
    last_length_ = from.number_to(kEd2kChunkBytes);
    from.bytes(first_);
    return list_.restore(from);
  }

 private:
  OneLane list_{AlgorithmId::kMd4};
  std::array<std::byte, kMd4OfNothing.size()> first_{};
  std::uint64_t chunks_ = 0;
  std::uint64_t last_length_ = 0;
  const bool red_;
};

class Ed2kPlan final : public PiecePlan {
 public:
  explicit Ed2kPlan(bool red) noexcept : red_(red) {}

  AlgorithmId inner() const noexcept override { return AlgorithmId::kMd4; }

  std::uint64_t piece_end(std::uint64_t offset, std::uint64_t) const noexcept override {
    return offset - offset % kEd2kChunkBytes + kEd2kChunkBytes;
  }

  std::unique_ptr<PieceJoin> join() const noexcept override {
    return std::unique_ptr<PieceJoin>(new (std::nothrow) Ed2kJoin(red_));
  }

 private:
  const bool red_;
};

}  // namespace

const PiecePlan& ed2k_plan() noexcept {
  static const Ed2kPlan plan(true);
  return plan;
}

const PiecePlan& ed2k_blue_plan() noexcept {
  static const Ed2kPlan plan(false);
  return plan;
}

}  // namespace hashlane
