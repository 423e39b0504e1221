// The ETag that Amazon S3 and its kin give an object uploaded in parts: the MD5 of the parts' MD5s, and how
// many parts there were. What is shorter than a part is uploaded as it is and has its plain MD5. S3 takes at
// most 10,000 parts: for longer files the part size is doubled until they suffice, as the AWS command does.
#include <algorithm>
#include <array>
#include <new>

#include "kernels/checksums.h"
#include "kernels/lanes/one_lane.h"
#include "kernels/split/digest_literal.h"
#include "kernels/split/piece_plans.h"

namespace hashlane {
namespace {

constexpr std::uint64_t kMostParts = 10'000;
constexpr auto kMd5OfNothing = digest_literal("d41d8cd98f00b204e9800998ecf8427e");

class S3EtagJoin final : public PieceJoin {
 public:
  explicit S3EtagJoin(std::uint64_t part_bytes) noexcept : part_bytes_(part_bytes) {}

  void reset() noexcept override {
    list_.reset();
    parts_ = 0;
    in_parts_ = true;
    first_ = kMd5OfNothing;
  }

  void add(std::span<const std::byte> digest, std::uint64_t length) noexcept override {
    list_.update(digest);
    if (parts_ == 0) {
      std::ranges::copy(digest, first_.begin());
      in_parts_ = length >= part_bytes_;
    }
    ++parts_;
  }

  bool finish(std::byte* digest) noexcept override {
    if (parts_ == 0 || !in_parts_) {
      write_big_endian(std::uint32_t{0}, std::ranges::copy(first_, digest).out);
      return true;
    }
    // Of a stream whose length was not known: no such object can be.
    if (parts_ > kMostParts) return false;
    write_big_endian(static_cast<std::uint32_t>(parts_), digest + first_.size());
    list_.finish(digest);
    return true;
  }

  bool save(StateWriter& to) const noexcept override {
    to.number(parts_);
    to.number(in_parts_ ? 1 : 0);
    to.bytes(first_);
    list_.save(to);
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    parts_ = from.number();
    in_parts_ = from.number_to(1) == 1;
    from.bytes(first_);
    return list_.restore(from);
  }

 private:
  OneLane list_{AlgorithmId::kMd5};
  const std::uint64_t part_bytes_;
  std::uint64_t parts_ = 0;
  bool in_parts_ = true;
  std::array<std::byte, kMd5OfNothing.size()> first_ = kMd5OfNothing;
};

class S3EtagPlan final : public PiecePlan {
 public:
  explicit S3EtagPlan(std::uint64_t part_bytes) noexcept : part_bytes_(part_bytes) {}

  AlgorithmId inner() const noexcept override { return AlgorithmId::kMd5; }

  std::uint64_t piece_end(std::uint64_t offset, std::uint64_t size) const noexcept override {
    std::uint64_t part = part_bytes_;
    while (size / part > kMostParts || (size / part == kMostParts && size % part != 0)) part *= 2;
    return offset - offset % part + part;
  }

  std::unique_ptr<PieceJoin> join() const noexcept override {
    return std::unique_ptr<PieceJoin>(new (std::nothrow) S3EtagJoin(part_bytes_));
  }

 private:
  const std::uint64_t part_bytes_;
};

constexpr std::uint64_t kMiB = 1u << 20;

}  // namespace

const PiecePlan& s3_etag_plan_5() noexcept {
  static const S3EtagPlan plan(5 * kMiB);
  return plan;
}

const PiecePlan& s3_etag_plan_8() noexcept {
  static const S3EtagPlan plan(8 * kMiB);
  return plan;
}

const PiecePlan& s3_etag_plan_15() noexcept {
  static const S3EtagPlan plan(15 * kMiB);
  return plan;
}

const PiecePlan& s3_etag_plan_16() noexcept {
  static const S3EtagPlan plan(16 * kMiB);
  return plan;
}

}  // namespace hashlane
