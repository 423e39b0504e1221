#include "memory/small_blocks.h"

#include <cstring>
#include <new>

namespace hashlane {
namespace {

constexpr std::align_val_t kSlabAlignment{SmallBlocks::kSlabBytes};

}  // namespace

std::byte* SmallBlocks::take() noexcept {
  if (with_room_ == nullptr) return nullptr;
  Slab& slab = *with_room_;
  std::byte* block = slab.free;
  if (block != nullptr) {
    std::memcpy(&slab.free, block, sizeof slab.free);
  } else {
    block = reinterpret_cast<std::byte*>(&slab) + ++slab.carved * block_bytes_;
  }
  if (slab.in_use++ == 0) --empty_;
  ++taken_;
  if (full(slab)) unlink(slab);
  return block;
}

void SmallBlocks::put(std::byte* block) noexcept {
  auto* const slab =
      reinterpret_cast<Slab*>(block - (reinterpret_cast<std::uintptr_t>(block) & (std::uintptr_t{kSlabBytes} - 1)));
  if (full(*slab)) link(*slab);
  std::memcpy(block, &slab->free, sizeof slab->free);
  slab->free = block;
  if (--slab->in_use == 0) ++empty_;
  --taken_;
}

bool SmallBlocks::grow() noexcept {
  void* const memory = ::operator new(kSlabBytes, kSlabAlignment, std::nothrow);
  if (memory == nullptr) return false;
  link(*new (memory) Slab{});
  ++slabs_;
  ++empty_;
  return true;
}

std::size_t SmallBlocks::release_empty() noexcept {
  const std::size_t released = empty_;
  for (Slab* slab = with_room_; slab != nullptr && empty_ > 0;) {
    Slab* const next = slab->after;
    if (slab->in_use == 0) {
      unlink(*slab);
      ::operator delete(slab, kSlabAlignment);
      --slabs_;
      --empty_;
    }
    slab = next;
  }
  return released;
}

void SmallBlocks::link(Slab& slab) noexcept {
  slab.before = nullptr;
  slab.after = with_room_;
  if (with_room_ != nullptr) with_room_->before = &slab;
  with_room_ = &slab;
}

void SmallBlocks::unlink(Slab& slab) noexcept {
  (slab.before != nullptr ? slab.before->after : with_room_) = slab.after;
  if (slab.after != nullptr) slab.after->before = slab.before;
}

}  // namespace hashlane
