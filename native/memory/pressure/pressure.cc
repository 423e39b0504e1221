#include "memory/pressure/pressure.h"

#include <algorithm>

namespace hashlane {
namespace {

constexpr std::uint64_t kSomeBytes = 512u << 20;
constexpr std::uint64_t kCriticalBytes = 128u << 20;

}  // namespace

PressureLevel level_of_room(std::uint64_t free, std::uint64_t whole) noexcept {
  if (free < std::min(whole / 16, kCriticalBytes)) return PressureLevel::kCritical;
  if (free < std::min(whole / 8, kSomeBytes)) return PressureLevel::kSome;
  return PressureLevel::kNone;
}

}  // namespace hashlane
