#include "engine/files/devices.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace hashlane {
namespace {

constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

/// Workers that may be lost to a device which hangs and has no limit of its own.
constexpr std::size_t kReadersWhenStalled = 4;

}  // namespace

std::size_t readers_for(DeviceClass kind) noexcept {
  switch (kind) {
    case DeviceClass::kRotational:
      return 1;
    case DeviceClass::kNetwork:
      return 4;
    default:
      return kAnyNumber;
  }
}

Device::Device(std::uint64_t id, DeviceClass device_kind, StatsRegion stats)
    : kind(device_kind),
      readers(readers_for(device_kind)),
      stats_(stats),
      readers_when_stalled_(std::min(readers, kReadersWhenStalled)) {
  stats_.set(device_slot::kId, id);
  stats_.set(device_slot::kClass, static_cast<std::uint64_t>(kind));
  stats_.set(device_slot::kReaders, readers == kAnyNumber ? 0 : readers);
}

void Device::stalled_by(int threads) noexcept {
  stats_.set(device_slot::kStalled, static_cast<std::uint64_t>(stalled_.fetch_add(threads) + threads));
}

void Device::give_up(bool given_up) noexcept {
  given_up_.store(given_up, std::memory_order_relaxed);
  stats_.set(device_slot::kGivenUp, given_up ? 1 : 0);
}

Device* Devices::known(std::uint64_t device) {
  std::lock_guard lock(mutex_);
  const auto found = devices_.find(device);
  return found == devices_.end() ? nullptr : found->second.get();
}

void Devices::add(std::uint64_t device, const DeviceFacts& facts) {
  std::lock_guard lock(mutex_);
  std::unique_ptr<Device>& slot = devices_[device];
  if (!slot) slot = std::make_unique<Device>(device, facts.kind, region_locked(facts.mount_point));
}

StatsRegion Devices::region_locked(const std::string& name) {
  const std::size_t index = devices_.size() - 1;
  if (index >= kMaxDevices) return StatsRegion(unseen_.data());
  const StatsRegion region = stats_.device(index);
  alignas(8) char text[kDeviceNameBytes] = {};
  // The end tells more than the beginning.
  const std::size_t length = std::min(name.size(), kDeviceNameBytes);
  name.copy(text, length, name.size() - length);
  for (std::size_t at = 0; at < length; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text + at, 8);
    region.set(device_slot::kName + at / 8, word);
  }
  region.set(device_slot::kNameLength, length);
  stats_.engine().set(engine_slot::kDeviceCount, index + 1);
  return region;
}

}  // namespace hashlane
