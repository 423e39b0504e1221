#include <sys/sysmacros.h>

#include "io/device_system.h"
#include "io/linux/device_finder.h"
#include "io/linux/file_system_types.h"
#include "system/calls.h"

namespace hashlane {

DeviceClass find_device_class(const Descriptor& on_it, std::uint64_t device) {
  const DeviceFinder finder;
  const auto descriptor = static_cast<int>(on_it.get());
  const unsigned number = major(device);
  const auto mount = number == 0 ? finder.mount_of(descriptor) : std::nullopt;
  const DeviceClass found = finder.find(number, minor(device), mount);
  // The table of mounts tells no less than the file system itself, which may never answer.
  if (found != DeviceClass::kUnknown || number != 0 || mount) return found;
  struct statfs status;
  if (system_calls.fstatfs(descriptor, &status) != 0) return found;
  return class_of_file_system(static_cast<std::uint32_t>(status.f_type)).value_or(found);
}

std::string mount_point(const Descriptor& on_it, std::uint64_t device) {
  const DeviceFinder finder;
  return finder.mount_point(major(device), minor(device), finder.mount_of(static_cast<int>(on_it.get())));
}

}  // namespace hashlane
