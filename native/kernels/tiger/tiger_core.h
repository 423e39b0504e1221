// Tiger's compression in the forms that this processor runs.
#pragma once

#include <cstddef>
#include <span>

#include "kernels/tiger/tiger_rounds.h"

namespace hashlane {

/// One form. Stateless and thread-safe.
struct TigerCore {
  /// "portable", or the instruction set that it needs.
  const char* instruction_set;
  /// Messages that advance together.
  std::size_t lanes;
  /// Advances every lane by `count` whole blocks, blocks[lane] being the first of them and the others
  /// following it.
  void (*compress)(TigerChain* chains, const std::byte* const* blocks, std::size_t count) noexcept;
};

inline constexpr std::size_t kMaxTigerLanes = 64;

/// The widest first; the last has one lane. `portable`: only those that run everywhere. A form that
/// does not compute what one lane alone does is left out. Thread-safe.
std::span<const TigerCore> tiger_cores(bool portable) noexcept;

}  // namespace hashlane
