// How short of memory the system is, and what this process's group of processes may take. One interface; each
// system has its own file.
#pragma once

#include <cstdint>
#include <memory>

#include "contract/contract.h"

namespace hashlane {

struct PressureReading {
  PressureLevel level = PressureLevel::kNone;
  /// Bytes that the group may take altogether; 0 without a limit.
  std::uint64_t group_limit = 0;
};

/// Used by one thread. Does nothing between two readings.
class PressureSource {
 public:
  virtual ~PressureSource() = default;
  /// Asks the system; never waits for anything. `now_ns`: monotonic. What the system does not tell counts as calm.
  [[nodiscard]] virtual PressureReading read(std::uint64_t now_ns) = 0;
};

/// What the system that this runs on tells.
[[nodiscard]] std::unique_ptr<PressureSource> system_pressure();

/// The level where `free` of `whole` bytes are left: some below an eighth or 512 MiB, critical below a sixteenth or
/// 128 MiB, whichever is less.
[[nodiscard]] PressureLevel level_of_room(std::uint64_t free, std::uint64_t whole) noexcept;

}  // namespace hashlane
