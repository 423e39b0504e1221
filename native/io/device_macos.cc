#include <CoreFoundation/CoreFoundation.h>
#include <IOKit/IOBSD.h>
#include <IOKit/IOKitLib.h>
#include <IOKit/storage/IOStorageDeviceCharacteristics.h>
#include <IOKit/storage/IOStorageProtocolCharacteristics.h>
#include <sys/mount.h>

#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>

#include "io/device_system.h"
#include "system/calls.h"

namespace hashlane {
namespace {

struct Releaser {
  void operator()(CFTypeRef value) const noexcept { ::CFRelease(value); }
};
using Property = std::unique_ptr<std::remove_pointer_t<CFTypeRef>, Releaser>;

/// A word in a dictionary that `disk`, or what it lies on, has; null when nobody has it.
Property word_of(io_registry_entry_t disk, CFStringRef dictionary, CFStringRef key) {
  const Property found(::IORegistryEntrySearchCFProperty(disk, kIOServicePlane, dictionary, kCFAllocatorDefault,
                                                         kIORegistryIterateRecursively | kIORegistryIterateParents));
  if (!found || ::CFGetTypeID(found.get()) != ::CFDictionaryGetTypeID()) return nullptr;
  const CFTypeRef word = ::CFDictionaryGetValue(static_cast<CFDictionaryRef>(found.get()), key);
  return Property(word == nullptr ? nullptr : ::CFRetain(word));
}

bool is(const Property& word, CFStringRef text) { return word && ::CFEqual(word.get(), text); }

DeviceClass class_of_disk(io_registry_entry_t disk) {
  // A disk image and a guest's disk say `Virtual Interface`.
  const Property bus =
      word_of(disk, CFSTR(kIOPropertyProtocolCharacteristicsKey), CFSTR(kIOPropertyPhysicalInterconnectTypeKey));
  if (is(bus, CFSTR(kIOPropertyPhysicalInterconnectTypeVirtual))) return DeviceClass::kVirtual;
  const Property medium = word_of(disk, CFSTR(kIOPropertyDeviceCharacteristicsKey), CFSTR(kIOPropertyMediumTypeKey));
  if (is(medium, CFSTR(kIOPropertyMediumTypeSolidStateKey))) return DeviceClass::kSolidState;
  if (is(medium, CFSTR(kIOPropertyMediumTypeRotationalKey))) return DeviceClass::kRotational;
  return DeviceClass::kUnknown;
}

}  // namespace

DeviceClass find_device_class(const Descriptor& on_it, std::uint64_t) {
  struct statfs status;
  if (system_calls.fstatfs(static_cast<int>(on_it.get()), &status) != 0) return DeviceClass::kUnknown;
  if ((status.f_flags & MNT_LOCAL) == 0) return DeviceClass::kNetwork;
  const std::string_view type = status.f_fstypename;
  if (type == "devfs" || type == "tmpfs") return DeviceClass::kMemory;
  constexpr std::string_view kNodes = "/dev/";
  if (!std::string_view(status.f_mntfromname).starts_with(kNodes)) return DeviceClass::kUnknown;
  // An APFS volume's chain of parents leads through its container to the disk below. 0: the default port,
  // whose name changed with macOS 12. Takes over the dictionary.
  const io_service_t disk =
      ::IOServiceGetMatchingService(0, ::IOBSDNameMatching(0, 0, status.f_mntfromname + kNodes.size()));
  if (disk == IO_OBJECT_NULL) return DeviceClass::kUnknown;
  const DeviceClass found = class_of_disk(disk);
  ::IOObjectRelease(disk);
  return found;
}

std::string mount_point(const Descriptor& on_it, std::uint64_t) {
  struct statfs status;
  return system_calls.fstatfs(static_cast<int>(on_it.get()), &status) == 0 ? status.f_mntonname : std::string();
}

}  // namespace hashlane
