#include "engine/files/settling.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace hashlane {
namespace {

constexpr std::int64_t kSecondNs = 1'000'000'000;
constexpr std::int64_t kYoungNs = 2 * kSecondNs;
/// More than the clock that stamps files stands still: 10 ms on Linux at 100 Hz, 15.6 ms on Windows.
constexpr std::int64_t kTickNs = 20'000'000;
constexpr auto kNap = std::chrono::milliseconds(5);

/// A write would leave the times as they are: both are those of one write, and the clock has not gone on since.
/// Times that were set by hand differ from the time of the next write.
bool within(std::int64_t tick, const FileFacts& facts, std::int64_t now) noexcept {
  return facts.modified_ns == facts.changed_ns && now - facts.modified_ns <= tick && facts.modified_ns - now <= tick;
}

}  // namespace

Settling settling_of(const Descriptor& file, const FileFacts& facts) noexcept {
  const std::int64_t now = file_clock_ns();
  if (std::max(facts.modified_ns, facts.changed_ns) < now - kYoungNs) return Settling::kSettled;
  switch (writers_of(file)) {
    case Writers::kUnknown:
      return Settling::kUnknown;
    case Writers::kSome:
      return Settling::kHasWriters;
    case Writers::kNone:
      break;
  }
  if (within(kTickNs, facts, now)) return Settling::kThisTick;
  // Whole seconds may be all that the file system keeps, and FAT keeps every second one.
  if (facts.modified_ns % kSecondNs == 0 && within(kYoungNs, facts, now)) return Settling::kUnknown;
  return Settling::kSettled;
}

Error settle(const Descriptor& file, FileFacts& facts, bool& read_twice) {
  Settling settling = settling_of(file, facts);
  if (settling == Settling::kThisTick) {
    while (within(kTickNs, facts, file_clock_ns())) std::this_thread::sleep_for(kNap);
    if (Error error = look(file, facts)) return error;
    settling = settling_of(file, facts);
  }
  read_twice = settling == Settling::kUnknown;
  if (settling == Settling::kThisTick || settling == Settling::kHasWriters) return {ErrorCode::kBeingWritten, {}};
  return {};
}

}  // namespace hashlane
