// Whether a file that was changed a moment ago could change once more without its times telling so.
#pragma once

#include <cstdint>

#include "io/file.h"

namespace hashlane {

/// How far the look at the end of a file can be relied on.
enum class Trust : std::uint8_t {
  /// Whoever writes to it from now on gives it another time or size.
  kSettled,
  /// The same, but for what is written through a mapping that somebody may have: its record gets a flag.
  kOpenElsewhere,
  /// Somebody may write to it unseen, and the system does not say: it is read twice and compared.
  kUnknown,
  /// Somebody has it open for writing, or gives it new times as fast as they are looked at.
  kBeingWritten,
};

/// Looks whether somebody writes to the file, if `facts` say that it was changed within the last two seconds; costs
/// nothing otherwise, unless `trust` says that somebody did before or the file is long. Waits, at most a fifth of a second, until the clock
/// has left the time that the file has; `facts` are then those of the last look. May wait for the device.
Error settle(const Descriptor& file, FileFacts& facts, Trust& trust);

}  // namespace hashlane
