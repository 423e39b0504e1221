// Kernels and plans that are wrong in one place each: all of them must be found out.
#include <memory>
#include <optional>

#include "kernels/split/piece_plans.h"
#include "kernels/split/piece_self_test.h"
#include "kernels/split/segment_self_test.h"
#include "split_file.h"

namespace hashlane {
namespace {

// Either writes a wrong digest, or keeps a segment of the file before.
class FlawedJoin final : public SegmentJoin {
 public:
  FlawedJoin(std::unique_ptr<SegmentJoin> sound, bool keeps) : sound_(std::move(sound)), keeps_(keeps) {}
  void reset() noexcept override {
    sound_->reset();
    if (keeps_ && kept_) sound_->add(*kept_, kSegmentBytes);
  }
  void add(const SegmentResult& result, std::size_t length) noexcept override {
    kept_ = result;
    sound_->add(result, length);
  }
  void finish(std::byte* digest) noexcept override {
    sound_->finish(digest);
    if (!keeps_) digest[0] ^= std::byte{1};
  }

 private:
  const std::unique_ptr<SegmentJoin> sound_;
  const bool keeps_;
  std::optional<SegmentResult> kept_;
};

enum class Flaw { kNone, kFirstSegment, kLastSegment, kDigest, kReset, kNoJoin };

class FlawedSegments final : public SegmentKernel {
 public:
  FlawedSegments(const SegmentKernel& sound, Flaw flaw) : sound_(sound), flaw_(flaw) {}
  const char* implementation() const noexcept override { return "flawed"; }
  void hash(std::uint64_t index, std::span<const std::byte> bytes, SegmentResult& result) const noexcept override {
    sound_.hash(index, bytes, result);
    const bool last = bytes.size() < kSegmentBytes;
    if ((flaw_ == Flaw::kFirstSegment && index == 0) || (flaw_ == Flaw::kLastSegment && last)) {
      result.bytes[0] ^= std::byte{0x80};
    }
  }
  std::unique_ptr<SegmentJoin> join() const noexcept override {
    if (flaw_ == Flaw::kNoJoin) return nullptr;
    if (flaw_ != Flaw::kDigest && flaw_ != Flaw::kReset) return sound_.join();
    return std::make_unique<FlawedJoin>(sound_.join(), flaw_ == Flaw::kReset);
  }

 private:
  const SegmentKernel& sound_;
  const Flaw flaw_;
};

TEST(SegmentSelfTest, FindsEveryFlaw) {
  for (const AlgorithmId algorithm : kSegmented) {
    const SegmentKernel* const sound = segment_kernel(algorithm);
    ASSERT_NE(sound, nullptr);
    EXPECT_TRUE(passes_known_answers(FlawedSegments(*sound, Flaw::kNone), algorithm)) << name_of(algorithm);
    for (const Flaw flaw : {Flaw::kFirstSegment, Flaw::kLastSegment, Flaw::kDigest, Flaw::kReset, Flaw::kNoJoin}) {
      EXPECT_FALSE(passes_known_answers(FlawedSegments(*sound, flaw), algorithm))
          << name_of(algorithm) << ", flaw " << static_cast<int>(flaw);
    }
  }
}

TEST(SegmentSelfTest, RefusesAKernelOfAnotherAlgorithm) {
  EXPECT_FALSE(passes_known_answers(*segment_kernel(AlgorithmId::kCrc32), AlgorithmId::kCrc32c));
  EXPECT_FALSE(passes_known_answers(*segment_kernel(AlgorithmId::kCrc32), AlgorithmId::kMd5));
}

class FlawedPlan final : public PiecePlan {
 public:
  FlawedPlan(const PiecePlan& sound, std::int64_t off_by) : sound_(sound), off_by_(off_by) {}
  AlgorithmId inner() const noexcept override { return sound_.inner(); }
  std::uint64_t piece_end(std::uint64_t offset, std::uint64_t size) const noexcept override {
    return sound_.piece_end(offset, size) + static_cast<std::uint64_t>(off_by_);
  }
  std::unique_ptr<PieceJoin> join() const noexcept override { return sound_.join(); }

 private:
  const PiecePlan& sound_;
  const std::int64_t off_by_;
};

TEST(PieceSelfTest, FindsPlansThatCutElsewhere) {
  for (const PiecePlanEntry& entry : all_piece_plans()) {
    EXPECT_TRUE(passes_known_answers(FlawedPlan(*entry.plan, 0), entry.algorithm)) << name_of(entry.algorithm);
    EXPECT_FALSE(passes_known_answers(FlawedPlan(*entry.plan, 1), entry.algorithm)) << name_of(entry.algorithm);
    EXPECT_FALSE(passes_known_answers(FlawedPlan(*entry.plan, -1), entry.algorithm)) << name_of(entry.algorithm);
  }
}

TEST(PieceSelfTest, TellsThePlansApart) {
  for (const PiecePlanEntry& entry : all_piece_plans()) {
    for (const AlgorithmId algorithm : all_algorithms()) {
      EXPECT_EQ(passes_known_answers(*entry.plan, algorithm), algorithm == entry.algorithm) << name_of(algorithm);
    }
  }
}

}  // namespace
}  // namespace hashlane
