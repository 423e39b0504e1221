#include "engine/files/devices.h"

namespace hashlane {

std::size_t readers_for(DeviceClass kind) noexcept {
  switch (kind) {
    case DeviceClass::kRotational:
      return 1;
    case DeviceClass::kNetwork:
      return 4;
    default:
      return std::numeric_limits<std::size_t>::max();
  }
}

Device& Devices::of(const Descriptor& on_it, std::uint64_t device) {
  std::lock_guard lock(mutex_);
  std::unique_ptr<Device>& known = devices_[device];
  if (!known) {
    known = std::make_unique<Device>();
    known->kind = device_class(on_it, device);
    known->readers = readers_for(known->kind);
  }
  return *known;
}

}  // namespace hashlane
