// The Tiger tree: leaves of 1 KiB, and nodes over pairs of them (J. Chapweske, G. Mohr, "Tree Hash
// EXchange format (THEX)", 2003). A leaf's digest is Tiger of a byte 0 and its bytes, a node's that of
// a byte 1 and its two children; a child without a sibling rises unchanged.
#pragma once

#include <cstddef>
#include <span>

#include "kernels/tiger/tiger_stream.h"

namespace hashlane {

inline constexpr std::size_t kTigerLeafBytes = 1024;

/// The node over two children.
TigerDigest tiger_node(const TigerDigest& left, const TigerDigest& right) noexcept;

/// Computes small trees, many leaves at a time. Stateless and thread-safe.
class TigerTree {
 public:
  /// Leaves of the largest tree: as many as a segment of a split file has.
  static constexpr std::size_t kMaxLeaves = 256;

  /// `cores` as from tiger_cores(): they must outlive the tree.
  explicit TigerTree(std::span<const TigerCore> cores) noexcept : cores_(cores) {}

  /// The root over at most kMaxLeaves leaves; the last may be short, and is empty only where it is alone.
  [[nodiscard]] TigerDigest root(std::span<const std::byte> bytes) const noexcept;

 private:
  void hash_leaves(const std::byte* leaves, std::size_t count, TigerDigest* digests) const noexcept;
  void hash_nodes(const TigerDigest* children, std::size_t count, TigerDigest* digests) const noexcept;

  const std::span<const TigerCore> cores_;
};

}  // namespace hashlane
