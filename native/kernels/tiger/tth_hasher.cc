// The Tiger tree (TTH) as a stream.
#include <algorithm>
#include <new>
#include <string>

#include "kernels/kernel.h"
#include "kernels/tiger/tiger_tree.h"
#include "kernels/tree_stack.h"

namespace hashlane {
namespace {

// Collects leaves until there are enough of them to be hashed side by side.
class TthHasher final : public Hasher {
 public:
  explicit TthHasher(bool portable) noexcept : tree_(tiger_cores(portable)) {}

  void reset() noexcept override {
    stack_.clear();
    held_ = 0;
  }

  void update(std::span<const std::byte> bytes) noexcept override {
    while (!bytes.empty()) {
      if (held_ == 0 && bytes.size() >= kBatchBytes) {
        push(bytes.first(kBatchBytes));
        bytes = bytes.subspan(kBatchBytes);
        continue;
      }
      const std::size_t taken = std::min(bytes.size(), kBatchBytes - held_);
      std::ranges::copy(bytes.first(taken), batch_.begin() + static_cast<std::ptrdiff_t>(held_));
      held_ += taken;
      bytes = bytes.subspan(taken);
      if (held_ == kBatchBytes) push_batch();
    }
  }

  bool finish(std::byte* digest) noexcept override {
    if (held_ != 0 || stack_.count() == 0) push_batch();
    std::ranges::copy(stack_.root(tiger_node, tiger_node), digest);
    return true;
  }

  bool save(StateWriter& to) const noexcept override {
    stack_.save(to);
    to.number(held_);
    to.bytes(std::span(batch_).first(held_));
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    if (!stack_.restore(from)) return false;
    held_ = static_cast<std::size_t>(from.number_to(kBatchBytes - 1));
    from.bytes(std::span(batch_).first(held_));
    return from.whole();
  }

 private:
  // A power of two of leaves, so that it is a subtree.
  static constexpr std::size_t kBatchBytes = 64 * kTigerLeafBytes;

  void push(std::span<const std::byte> batch) noexcept { stack_.push(tree_.root(batch), tiger_node); }
  void push_batch() noexcept {
    push(std::span(batch_).first(held_));
    held_ = 0;
  }

  const TigerTree tree_;
  TreeStack<TigerDigest> stack_;
  std::size_t held_ = 0;
  std::array<std::byte, kBatchBytes> batch_;
};

template <bool portable>
std::unique_ptr<Hasher> make_tth(AlgorithmId) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow) TthHasher(portable));
}

}  // namespace

std::vector<Kernel> tth_kernels(bool portable) {
  return {{AlgorithmId::kTth, std::string("Hashlane ") + tiger_cores(portable).front().instruction_set,
           portable ? make_tth<true> : make_tth<false>}};
}

}  // namespace hashlane
