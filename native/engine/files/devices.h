// How many workers may read from a device at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

#include "io/device.h"

namespace hashlane {

/// A device and who reads from it. `active` is guarded by the scheduler.
struct Device {
  DeviceClass kind = DeviceClass::kUnknown;
  /// Workers that may have files of it in hand.
  std::size_t readers = std::numeric_limits<std::size_t>::max();
  std::size_t active = 0;

  /// Whether jumping from file to file costs so much that only small files are read side by side.
  [[nodiscard]] bool in_order() const noexcept { return kind == DeviceClass::kRotational; }
};

/// Thread-safe. Devices live as long as the table.
class Devices {
 public:
  /// The device of an open file or folder; see device_class().
  Device& of(const Descriptor& on_it, std::uint64_t device);

 private:
  std::mutex mutex_;
  std::map<std::uint64_t, std::unique_ptr<Device>> devices_;
};

/// Readers for a class: as many as there are workers, but for heads that would have to jump and
/// servers that have others to serve.
std::size_t readers_for(DeviceClass kind) noexcept;

}  // namespace hashlane
