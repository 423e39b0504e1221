#include "memory/pressure/linux/linux_pressure.h"

#include <algorithm>
#include <utility>

#include "system/linux/text.h"

namespace hashlane {

PressureReading LinuxPressure::read(std::uint64_t now_ns) {
  find_groups();
  PressureReading reading;
  const auto say = [&](PressureLevel level) { reading.level = std::max(reading.level, level); };
  for (const MemoryGroup& group : groups_) {
    const auto memory = memory_of(root_, group);
    if (!memory) continue;
    say(level_of_room(memory->free, memory->limit));
    if (reading.group_limit == 0 || memory->limit < reading.group_limit) reading.group_limit = memory->limit;
  }
  const auto own = std::ranges::find(groups_, 2, &MemoryGroup::version);
  if (own != groups_.end()) say(group_stalls_.after(read_text(root_ + own->folder + "/memory.pressure"), now_ns));
  say(system_stalls_.after(read_text(root_ + "/proc/pressure/memory"), now_ns));
  const std::string system = read_text(root_ + "/proc/meminfo");
  const auto whole = value_of(system, "MemTotal:");
  const auto available = value_of(system, "MemAvailable:");
  if (whole && available) say(level_of_room(*available << 10, *whole << 10));
  return reading;
}

void LinuxPressure::find_groups() {
  std::string membership = read_text(root_ + "/proc/self/cgroup");
  if (membership == membership_) return;
  membership_ = std::move(membership);
  groups_ = memory_groups(membership_, read_text(root_ + "/proc/self/mountinfo"));
}

std::unique_ptr<PressureSource> system_pressure() { return std::make_unique<LinuxPressure>(); }

}  // namespace hashlane
