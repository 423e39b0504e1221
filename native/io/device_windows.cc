#include <cstddef>
#include <cstring>
#include <string>

#include "io/device_system.h"
#include "io/virtual_disks.h"
#include "io/windows/queries.h"
#include "io/windows/system.h"
#include "io/windows/wtf8.h"
//
#include <winioctl.h>

namespace hashlane {
namespace {

/// `\\?\Volume{…}` without a backslash at its end: the volume and not its root folder. Empty when the
/// file lies on none, as on a server.
std::u16string volume_of(const Descriptor& file) {
  std::u16string path(MAX_PATH, u'\0');
  DWORD length = 0;
  while (true) {
    length = ::GetFinalPathNameByHandleW(native(file.get()), wide(path.data()), static_cast<DWORD>(path.size()),
                                         VOLUME_NAME_GUID | FILE_NAME_OPENED);
    if (length < path.size()) break;
    path.resize(length);
  }
  path.resize(length);
  const std::size_t end = path.find(u"}\\");
  return end == path.npos ? std::u16string() : path.substr(0, end + 1);
}

bool ask(const Descriptor& volume, STORAGE_PROPERTY_ID property, void* answer, std::size_t bytes) {
  STORAGE_PROPERTY_QUERY query{};
  query.PropertyId = property;
  query.QueryType = PropertyStandardQuery;
  DWORD got = 0;
  return ::DeviceIoControl(native(volume.get()), IOCTL_STORAGE_QUERY_PROPERTY, &query, sizeof query, answer,
                           static_cast<DWORD>(bytes), &got, nullptr) != 0;
}

DeviceClass class_of_bus(STORAGE_BUS_TYPE bus) noexcept {
  switch (bus) {
    case BusTypeiScsi:
      return DeviceClass::kNetwork;
    case BusTypeVirtual:
    case BusTypeFileBackedVirtual:
      return DeviceClass::kVirtual;
    default:
      return DeviceClass::kUnknown;
  }
}

DeviceClass class_of_disk(const Descriptor& volume) {
  alignas(STORAGE_DEVICE_DESCRIPTOR) char answer[1024] = {};
  // The last byte stays 0 and ends every string in it.
  if (ask(volume, StorageDeviceProperty, answer, sizeof answer - 1)) {
    const auto* disk = reinterpret_cast<const STORAGE_DEVICE_DESCRIPTOR*>(answer);
    const DeviceClass bus = class_of_bus(disk->BusType);
    if (bus != DeviceClass::kUnknown) return bus;
    // Offsets from the beginning; 0 for a name that is not told.
    const auto text = [&](DWORD offset) {
      return offset == 0 || offset >= sizeof answer ? std::string() : std::string(answer + offset);
    };
    if (is_virtual_disk(text(disk->VendorIdOffset) + " " + text(disk->ProductIdOffset))) return DeviceClass::kVirtual;
  }
  DEVICE_SEEK_PENALTY_DESCRIPTOR seek{};
  if (!ask(volume, StorageDeviceSeekPenaltyProperty, &seek, sizeof seek)) return DeviceClass::kUnknown;
  return seek.IncursSeekPenalty ? DeviceClass::kRotational : DeviceClass::kSolidState;
}

}  // namespace

DeviceClass find_device_class(const Descriptor& on_it, std::uint64_t) {
  const std::u16string volume = volume_of(on_it);
  if (volume.empty()) {
    const bool network = object_name(on_it).starts_with(u"\\Device\\Mup\\");
    return network ? DeviceClass::kNetwork : DeviceClass::kUnknown;
  }
  const std::u16string root = volume + u"\\";
  switch (::GetDriveTypeW(wide(root.c_str()))) {
    case DRIVE_REMOTE:
      return DeviceClass::kNetwork;
    case DRIVE_RAMDISK:
      return DeviceClass::kMemory;
    default:
      break;
  }
  // No access is asked for: everybody may ask a disk what it is.
  const Descriptor disk(portable(
      ::CreateFileW(wide(volume.c_str()), 0, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr)));
  return disk ? class_of_disk(disk) : DeviceClass::kUnknown;
}

std::string mount_point(const Descriptor& on_it, std::uint64_t) {
  std::string point;
  append_wtf8(volume_of(on_it), point);
  return point;
}

}  // namespace hashlane
