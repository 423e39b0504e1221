// What each system implements of device.h.
#pragma once

#include "io/device.h"

namespace hashlane {

/// As device_class(), asking the system each time.
DeviceClass find_device_class(const Descriptor& on_it, std::uint64_t device);

}  // namespace hashlane
