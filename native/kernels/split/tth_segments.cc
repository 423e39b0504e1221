// The Tiger tree: a segment's result is the root over its leaves.
#include <cstring>
#include <new>

#include "kernels/kernels_choice.h"
#include "kernels/split/segment_kernels.h"
#include "kernels/tiger/tiger_tree.h"
#include "kernels/tree_stack.h"

namespace hashlane {
namespace {

static_assert(TigerTree::kMaxLeaves * kTigerLeafBytes == kSegmentBytes);
static_assert(sizeof(TigerDigest) <= sizeof(SegmentResult));

class TthJoin final : public SegmentJoin {
 public:
  void reset() noexcept override { stack_.clear(); }

  void add(const SegmentResult& result, std::size_t) noexcept override {
    TigerDigest root;
    std::memcpy(root.data(), result.bytes, root.size());
    stack_.push(root, tiger_node);
  }

  void finish(std::byte* digest) noexcept override {
    const TigerDigest root = stack_.root(tiger_node, tiger_node);
    std::memcpy(digest, root.data(), root.size());
  }

  bool save(StateWriter& to) const noexcept override {
    stack_.save(to);
    return true;
  }

  bool restore(StateReader& from) noexcept override { return stack_.restore(from); }

 private:
  TreeStack<TigerDigest> stack_;
};

class TthSegments final : public SegmentKernel {
 public:
  const char* implementation() const noexcept override { return stream_implementation(AlgorithmId::kTth); }

  void hash(std::uint64_t, std::span<const std::byte> bytes, SegmentResult& result) const noexcept override {
    const TigerDigest root = tree_.root(bytes);
    std::memcpy(result.bytes, root.data(), root.size());
  }

  std::unique_ptr<SegmentJoin> join() const noexcept override {
    return std::unique_ptr<SegmentJoin>(new (std::nothrow) TthJoin);
  }

 private:
  const TigerTree tree_{tiger_cores(!may_use(KernelTarget::kAvx512))};
};

}  // namespace

const SegmentKernel* tth_segments(AlgorithmId algorithm) noexcept {
  static const TthSegments kernel;
  return algorithm == AlgorithmId::kTth ? &kernel : nullptr;
}

}  // namespace hashlane
