// QuickXorHash: the circle of each segment, turned to where the segment begins and added up.
#include <algorithm>
#include <cstring>
#include <new>

#include "kernels/quickxor.h"
#include "kernels/split/segment_kernels.h"

namespace hashlane {
namespace {

static_assert(sizeof(QuickXorCircle) <= sizeof(SegmentResult));

class QuickXorJoin final : public SegmentJoin {
 public:
  void reset() noexcept override {
    circle_ = {};
    bytes_ = 0;
  }

  void add(const SegmentResult& result, std::size_t length) noexcept override {
    QuickXorCircle of_segment;
    std::memcpy(of_segment.data(), result.bytes, of_segment.size());
    add_at(circle_, of_segment, bytes_);
    bytes_ += length;
  }

  void finish(std::byte* digest) noexcept override { std::ranges::copy(with_length(circle_, bytes_), digest); }

  bool save(StateWriter& to) const noexcept override {
    to.number(bytes_);
    to.bytes(circle_);
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    bytes_ = from.number();
    from.bytes(circle_);
    return from.whole();
  }

 private:
  QuickXorCircle circle_{};
  std::uint64_t bytes_ = 0;
};

class QuickXorSegments final : public SegmentKernel {
 public:
  const char* implementation() const noexcept override { return stream_implementation(AlgorithmId::kQuickxor); }

  void hash(std::uint64_t, std::span<const std::byte> bytes, SegmentResult& result) const noexcept override {
    QuickXorSum sum;
    sum.add(bytes);
    std::ranges::copy(sum.circle(), result.bytes);
  }

  std::unique_ptr<SegmentJoin> join() const noexcept override {
    return std::unique_ptr<SegmentJoin>(new (std::nothrow) QuickXorJoin);
  }
};

}  // namespace

const SegmentKernel* quickxor_segments(AlgorithmId algorithm) noexcept {
  static const QuickXorSegments kernel;
  return algorithm == AlgorithmId::kQuickxor ? &kernel : nullptr;
}

}  // namespace hashlane
