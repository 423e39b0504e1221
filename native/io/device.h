// What kind of device a file lies on: it decides how many may read from it at once, and whether
// jumping between files costs anything.
#pragma once

#include <cstdint>
#include <string>

#include "contract/contract.h"
#include "io/file.h"

namespace hashlane {

/// The class of the device that an open file or folder lies on. `device` is FileFacts::device of it;
/// answers are remembered by it. Thread-safe; does not wait for the device itself.
DeviceClass device_class(const Descriptor& on_it, std::uint64_t device);

/// Where the device is mounted, UTF-8 as far as the system has it so; empty when that is not known. Does not
/// wait for the device itself.
std::string mount_point(const Descriptor& on_it, std::uint64_t device);

/// What is told of a device; see above.
struct DeviceFacts {
  DeviceClass kind = DeviceClass::kUnknown;
  std::string mount_point{};
};

}  // namespace hashlane
