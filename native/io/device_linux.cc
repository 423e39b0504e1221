#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include "io/device_lookup.h"
#include "io/linux/device_finder.h"
#include "io/linux/file_system_types.h"

namespace hashlane {

DeviceClass find_device_class(const Descriptor& on_it, std::uint64_t device) {
  const DeviceFinder finder;
  const unsigned number = major(device);
  const auto mount = number == 0 ? finder.mount_of(on_it.get()) : std::nullopt;
  const DeviceClass found = finder.find(number, minor(device), mount);
  if (found != DeviceClass::kUnknown || number != 0) return found;
  // Last, for a server may take its time to answer this.
  struct statfs status;
  if (::fstatfs(on_it.get(), &status) != 0) return found;
  return class_of_file_system(static_cast<std::uint32_t>(status.f_type)).value_or(found);
}

}  // namespace hashlane
