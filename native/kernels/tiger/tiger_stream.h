// Tiger of one stream of bytes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernels/saved/state_bytes.h"
#include "kernels/tiger/tiger_core.h"

namespace hashlane {

using TigerDigest = std::array<std::byte, 24>;

/// The digest that a chaining value stands for.
TigerDigest tiger_digest(const TigerChain& chain) noexcept;

/// Same states and rules as Hasher; needs nothing that could fail.
class TigerStream {
 public:
  void reset() noexcept;
  void update(std::span<const std::byte> bytes) noexcept;
  [[nodiscard]] TigerDigest finish() noexcept;
  void save(StateWriter& to) const noexcept;
  [[nodiscard]] bool restore(StateReader& from) noexcept;

 private:
  void compress(const std::byte* blocks, std::size_t count) noexcept;

  TigerChain chain_ = kTigerInitial;
  std::uint64_t length_ = 0;
  std::array<std::byte, kTigerBlockBytes> partial_;
};

}  // namespace hashlane
