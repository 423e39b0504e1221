// A binary tree over nodes that come one after the other, as BLAKE3 and THEX build it: the left
// subtree of every node is full and as large as it can be.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/saved/state_bytes.h"

namespace hashlane {

/// Keeps the roots of the full subtrees so far. A pair is joined only once a node follows it: until
/// then it may turn out to be the pair below the root, which BLAKE3 joins in another way.
template <typename Node>
class TreeStack {
 public:
  void clear() noexcept { count_ = depth_ = 0; }
  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }

  /// The next node: every one but the last stands over equally many leaves.
  template <typename Join>
  void push(const Node& node, Join join) noexcept {
    for (int pairs = count_ == 0 ? 0 : std::countr_zero(count_); pairs > 0; --pairs) join_last_two(join);
    nodes_[depth_++] = node;
    ++count_;
  }

  /// Joins what is left, the last pair by `join_root`; a node that came alone is the root itself. At
  /// least one node must have come.
  template <typename Join, typename JoinRoot>
  [[nodiscard]] Node root(Join join, JoinRoot join_root) noexcept {
    while (depth_ > 2) join_last_two(join);
    if (depth_ == 2) join_last_two(join_root);
    return nodes_[0];
  }

  /// How many roots there are follows from the count.
  void save(StateWriter& to) const noexcept {
    to.number(count_);
    for (std::size_t node = 0; node < depth_; ++node) to.bytes(std::as_bytes(std::span(nodes_[node])));
  }
  [[nodiscard]] bool restore(StateReader& from) noexcept {
    // More nodes than any file has would not fit.
    count_ = from.number_to(kMostNodes);
    depth_ = count_ == 0 ? 0 : static_cast<std::size_t>(std::popcount(count_ - 1)) + 1;
    for (std::size_t node = 0; node < depth_; ++node) from.bytes(std::as_writable_bytes(std::span(nodes_[node])));
    return from.whole();
  }

 private:
  /// Of 1 KiB each: 2^64 bytes.
  static constexpr std::uint64_t kMostNodes = std::uint64_t{1} << 54;

  template <typename Join>
  void join_last_two(Join join) noexcept {
    nodes_[depth_ - 2] = join(nodes_[depth_ - 2], nodes_[depth_ - 1]);
    --depth_;
  }

  // One for each bit of the count, and the node on top that is not joined yet.
  std::array<Node, 65> nodes_;
  std::size_t depth_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace hashlane
