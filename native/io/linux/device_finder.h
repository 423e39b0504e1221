// What the kernel tells of devices in /sys and /proc, without asking the devices themselves.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/device.h"
#include "system/linux/mounts.h"

namespace hashlane {

/// Reads everything anew at each call. Thread-safe.
class DeviceFinder {
 public:
  /// `root`: the folder that holds `sys`, `proc` and `dev`; empty for the system's own.
  explicit DeviceFinder(std::string root = {}) : root_(std::move(root)) {}

  /// The class of the device with these numbers. Major number 0 stands for a file system without a
  /// block device, or with several: then the mount decides, by its id or else by the numbers.
  [[nodiscard]] DeviceClass find(unsigned major, unsigned minor, std::optional<unsigned> mount) const;

  /// Where that mount, or the first with these numbers, is in the tree; empty when there is none.
  [[nodiscard]] std::string mount_point(unsigned major, unsigned minor, std::optional<unsigned> mount) const;

  /// The mount that a descriptor of this process lies on. Nothing where /proc is not there.
  [[nodiscard]] std::optional<unsigned> mount_of(int descriptor) const;

 private:
  [[nodiscard]] DeviceClass of_numbers(unsigned major, unsigned minor, int depth) const;
  [[nodiscard]] DeviceClass of_mount(const Mount& mount, const std::vector<Mount>& mounts, int depth) const;
  [[nodiscard]] DeviceClass of_source(std::string_view source, int depth) const;
  [[nodiscard]] DeviceClass of_path(std::string_view path, const std::vector<Mount>& mounts, int depth) const;
  [[nodiscard]] DeviceClass of_block(const std::string& folder, int depth) const;
  [[nodiscard]] std::optional<DeviceClass> of_parts(const std::string& folder, int depth) const;
  [[nodiscard]] DeviceClass of_hardware(const std::string& folder) const;
  [[nodiscard]] std::vector<Mount> mounts() const;
  [[nodiscard]] std::string read(const std::string& path) const;

  const std::string root_;
};

}  // namespace hashlane
