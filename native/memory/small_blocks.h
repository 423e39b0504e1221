// Blocks of one small size, carved out of slabs. A slab whose blocks are all free can go back to the system.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hashlane {

/// Not thread-safe.
class SmallBlocks {
 public:
  /// What is taken from the system at once, and what a slab's address is a multiple of.
  static constexpr std::size_t kSlabBytes = 64u << 10;

  /// `block_bytes`: a power of two from 64 on, far below a slab's. Blocks are aligned to it.
  explicit SmallBlocks(std::size_t block_bytes) : block_bytes_(block_bytes) {}
  /// All blocks are free by then.
  ~SmallBlocks() { release_empty(); }
  SmallBlocks(const SmallBlocks&) = delete;
  SmallBlocks& operator=(const SmallBlocks&) = delete;

  /// Null when no block is free: grow() first.
  [[nodiscard]] std::byte* take() noexcept;
  void put(std::byte* block) noexcept;
  /// One slab more. False when the system has no memory.
  [[nodiscard]] bool grow() noexcept;
  /// Gives slabs without a block in use back to the system; returns how many.
  std::size_t release_empty() noexcept;

  [[nodiscard]] std::size_t blocks_per_slab() const noexcept { return kSlabBytes / block_bytes_ - 1; }
  [[nodiscard]] std::size_t slabs() const noexcept { return slabs_; }
  /// Slabs that release_empty() would give back.
  [[nodiscard]] std::size_t empty_slabs() const noexcept { return empty_; }
  /// Blocks that were taken and not put back.
  [[nodiscard]] std::size_t taken() const noexcept { return taken_; }

 private:
  /// At the beginning of a slab, in the place of its first block.
  struct Slab {
    Slab* before;
    Slab* after;
    /// The first of the free blocks; each begins with the address of the next.
    std::byte* free;
    std::uint32_t in_use;
    /// Blocks never taken yet begin here; they are not touched before.
    std::uint32_t carved;
  };

  [[nodiscard]] bool full(const Slab& slab) const noexcept { return slab.in_use == blocks_per_slab(); }
  void link(Slab& slab) noexcept;
  void unlink(Slab& slab) noexcept;

  const std::size_t block_bytes_;
  /// Slabs that have a free block.
  Slab* with_room_ = nullptr;
  std::size_t slabs_ = 0;
  std::size_t empty_ = 0;
  std::size_t taken_ = 0;
};

}  // namespace hashlane
