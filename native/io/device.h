// What kind of device a file lies on: it decides how many may read from it at once, and whether
// jumping between files costs anything.
#pragma once

#include <cstdint>

#include "io/file.h"

namespace hashlane {

enum class DeviceClass : std::uint8_t {
  /// Could not be found out; read like kSolidState.
  kUnknown,
  kSolidState,
  /// One reader, in order: every jump moves the heads.
  kRotational,
  /// Few readers: the other side has others to serve.
  kNetwork,
  /// tmpfs, /proc and the like.
  kMemory,
  /// A virtual machine's disk: what it says of itself means nothing.
  kVirtual,
};

/// The class of the device that an open file or folder lies on. `device` is FileFacts::device of it;
/// answers are remembered by it. Thread-safe; does not wait for the device itself.
DeviceClass device_class(const Descriptor& on_it, std::uint64_t device);

}  // namespace hashlane
