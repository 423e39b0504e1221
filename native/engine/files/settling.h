// Whether a file that was just opened may be written to without its times showing it. A file is read between two
// looks at its size and times; that finds every write but these: one that began before the first look and goes on,
// through a descriptor or a shared mapping, and one in the same tick of the clock as the last write before it.
#pragma once

#include "io/file.h"

namespace hashlane {

enum class Settling : std::uint8_t {
  /// Every write from now on gives the file other times.
  kSettled,
  /// Written to in this very tick of the clock.
  kThisTick,
  /// Written to a moment ago, and some program may still write.
  kHasWriters,
  /// The system does not say: the file is read twice.
  kUnknown,
};

/// Costs calls only for files whose times are younger than two seconds. `facts` must be fresh: what is asked here
/// holds for the time after them.
Settling settling_of(const Descriptor& file, const FileFacts& facts) noexcept;

/// Waits for the next ticks of the clock (up to 45 ms) for a file of this very tick, and looks at it again. `facts` are
/// those of the last look. The error is kBeingWritten for a file that does not settle.
Error settle(const Descriptor& file, FileFacts& facts, bool& read_twice);

}  // namespace hashlane
