#include "io/device.h"

#include <mutex>
#include <shared_mutex>
#include <unordered_map>

#include "io/device_system.h"

namespace hashlane {

// For as long as the process lives: a number that comes to stand for another device meanwhile costs
// speed, never a digest.
DeviceClass device_class(const Descriptor& on_it, std::uint64_t device) {
  static std::shared_mutex mutex;
  static auto& known = *new std::unordered_map<std::uint64_t, DeviceClass>();
  {
    std::shared_lock lock(mutex);
    if (const auto found = known.find(device); found != known.end()) return found->second;
  }
  const DeviceClass found = find_device_class(on_it, device);
  std::unique_lock lock(mutex);
  return known.emplace(device, found).first->second;
}

}  // namespace hashlane
