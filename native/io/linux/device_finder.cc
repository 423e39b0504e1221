#include "io/linux/device_finder.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "io/linux/file_system_types.h"
#include "io/virtual_disks.h"
#include "system/linux/text.h"

namespace hashlane {
namespace {

namespace fs = std::filesystem;

// A disk in a file on a stack of mappings on a disk in a file …
constexpr int kDeepest = 8;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Of several devices under one file system: the one that suffers most from being read badly.
DeviceClass worse(DeviceClass a, DeviceClass b) noexcept {
  const auto rank = [](DeviceClass device) {
    switch (device) {
      case DeviceClass::kRotational:
        return 5;
      case DeviceClass::kNetwork:
        return 4;
      case DeviceClass::kVirtual:
        return 3;
      case DeviceClass::kUnknown:
        return 2;
      case DeviceClass::kSolidState:
        return 1;
      case DeviceClass::kMemory:
        return 0;
    }
    return 2;
  };
  return rank(a) >= rank(b) ? a : b;
}

/// By its id, or else the first with these numbers; null when there is none.
const Mount* mount_with(const std::vector<Mount>& mounts, unsigned major, unsigned minor, std::optional<unsigned> id) {
  auto found = mounts.end();
  if (id) found = std::ranges::find(mounts, *id, &Mount::id);
  if (found == mounts.end()) {
    found = std::ranges::find_if(mounts, [&](const Mount& m) { return m.major == major && m.minor == minor; });
  }
  return found == mounts.end() ? nullptr : &*found;
}

std::string name_of_link_target(const fs::path& link) {
  std::error_code error;
  return fs::read_symlink(link, error).filename().string();
}

}  // namespace

DeviceClass DeviceFinder::find(unsigned major, unsigned minor, std::optional<unsigned> mount) const {
  if (major != 0) return of_numbers(major, minor, 0);
  const std::vector<Mount> all = mounts();
  const Mount* const found = mount_with(all, major, minor, mount);
  return found == nullptr ? DeviceClass::kUnknown : of_mount(*found, all, 0);
}

std::string DeviceFinder::mount_point(unsigned major, unsigned minor, std::optional<unsigned> mount) const {
  const std::vector<Mount> all = mounts();
  const Mount* const found = mount_with(all, major, minor, mount);
  return found == nullptr ? std::string() : found->point;
}

std::optional<unsigned> DeviceFinder::mount_of(int descriptor) const {
  return mount_id_in(read("/proc/self/fdinfo/" + std::to_string(descriptor)));
}

DeviceClass DeviceFinder::of_numbers(unsigned major, unsigned minor, int depth) const {
  return of_block(root_ + "/sys/dev/block/" + std::to_string(major) + ":" + std::to_string(minor), depth);
}

DeviceClass DeviceFinder::of_mount(const Mount& mount, const std::vector<Mount>& mounts, int depth) const {
  if (depth > kDeepest) return DeviceClass::kUnknown;
  if (mount.major != 0) return of_numbers(mount.major, mount.minor, depth);
  if (const auto known = class_of_file_system(mount.type)) return *known;
  if (mount.type == "overlay") {
    // What is read lies in the lower layers unless it was written since; both are usually on one disk.
    auto layer = option_of(mount, "lowerdir");
    if (!layer || !layer->starts_with('/')) layer = option_of(mount, "upperdir");
    return layer ? of_path(std::string_view(*layer).substr(0, layer->find(':')), mounts, depth + 1)
                 : DeviceClass::kUnknown;
  }
  // FUSE without a known subtype: an address is no file.
  if (mount.type.starts_with("fuse") && contains(mount.source, "://")) return DeviceClass::kNetwork;
  return of_source(mount.source, depth + 1);
}

// `/dev/NAME`, for bcachefs several with a colon between.
DeviceClass DeviceFinder::of_source(std::string_view source, int depth) const {
  std::optional<DeviceClass> found;
  while (!source.empty()) {
    const std::size_t colon = source.find(':');
    const std::string path(source.substr(0, colon));
    source.remove_prefix(colon == std::string_view::npos ? source.size() : colon + 1);
    if (!path.starts_with("/dev/")) return DeviceClass::kUnknown;
    // `/dev/mapper/NAME` and `/dev/disk/by-…/NAME` are links to the name that /sys knows.
    std::error_code error;
    fs::path node = fs::canonical(root_ + path, error);
    const std::string name = error ? fs::path(path).filename().string() : node.filename().string();
    const DeviceClass part = of_block(root_ + "/sys/class/block/" + name, depth);
    found = found ? worse(*found, part) : part;
  }
  return found.value_or(DeviceClass::kUnknown);
}

DeviceClass DeviceFinder::of_path(std::string_view path, const std::vector<Mount>& mounts, int depth) const {
  const Mount* mount = mount_above(mounts, path);
  return mount == nullptr ? DeviceClass::kUnknown : of_mount(*mount, mounts, depth);
}

/// `folder`: a link to, or the folder of, a disk or partition in /sys.
DeviceClass DeviceFinder::of_block(const std::string& folder, int depth) const {
  std::error_code error;
  fs::path device = fs::canonical(folder, error);
  if (error || depth > kDeepest) return DeviceClass::kUnknown;
  if (fs::exists(device / "partition", error)) device = device.parent_path();
  if (const auto parts = of_parts(device.string(), depth)) return *parts;
  return of_hardware(device.string());
}

/// The class of what a mapping (LVM, LUKS, RAID, bcache) or a disk in a file lies on; nothing for a
/// disk that stands for itself.
std::optional<DeviceClass> DeviceFinder::of_parts(const std::string& folder, int depth) const {
  std::optional<DeviceClass> found;
  std::error_code error;
  for (const fs::directory_entry& part : fs::directory_iterator(folder + "/slaves", error)) {
    const DeviceClass one = of_block(part.path().string(), depth + 1);
    found = found ? worse(*found, one) : one;
  }
  if (found) return found;
  const std::string file = read(folder.substr(root_.size()) + "/loop/backing_file");
  if (file.empty()) return std::nullopt;
  const DeviceClass below = of_path(file, mounts(), depth + 1);
  // The file may lie where this process cannot see; the queue then tells what the kernel passed on.
  return below == DeviceClass::kUnknown ? std::nullopt : std::optional(below);
}

DeviceClass DeviceFinder::of_hardware(const std::string& folder) const {
  const std::string inside = folder.substr(root_.size());
  const std::string name = fs::path(folder).filename().string();
  if (name.starts_with("zram") || name.starts_with("ram")) return DeviceClass::kMemory;
  if (name.starts_with("nbd") || name.starts_with("rbd") || name.starts_with("drbd")) return DeviceClass::kNetwork;
  // iSCSI's disks hang below a session; NVMe tells its transport (`pcie`, `tcp`, `rdma`, `fc`).
  const std::string transport = read(inside + "/device/transport");
  if (contains(inside, "/session") || (!transport.empty() && transport != "pcie")) return DeviceClass::kNetwork;

  const std::string bus = name_of_link_target(folder + "/device/subsystem");
  if (bus == "virtio" || bus == "xen") return DeviceClass::kVirtual;
  if (is_virtual_disk(read(inside + "/device/vendor") + " " + read(inside + "/device/model"))) {
    return DeviceClass::kVirtual;
  }
  const std::string rotational = read(inside + "/queue/rotational");
  if (rotational.empty()) return DeviceClass::kUnknown;
  return rotational == "0" ? DeviceClass::kSolidState : DeviceClass::kRotational;
}

std::vector<Mount> DeviceFinder::mounts() const { return parse_mounts(read("/proc/self/mountinfo")); }

/// The file's text without the newline at its end; empty when it cannot be read.
std::string DeviceFinder::read(const std::string& path) const {
  std::string text = read_text(root_ + path);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

}  // namespace hashlane
