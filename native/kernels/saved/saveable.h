// What can be stopped in the middle of a file, written out, and go on in another process.
#pragma once

#include "kernels/saved/state_bytes.h"

namespace hashlane {

/// A state goes on wherever the same algorithm is computed, whatever instruction set computes it.
class Saveable {
 public:
  /// Writes the state between two updates, which stays as it is. False where it cannot be written, and then
  /// always.
  [[nodiscard]] virtual bool save(StateWriter& /*to*/) const noexcept { return false; }
  /// Takes a state over. False where it is none: only reset() may follow.
  [[nodiscard]] virtual bool restore(StateReader& /*from*/) noexcept { return false; }

 protected:
  ~Saveable() = default;
};

}  // namespace hashlane
