#include "engine/files/settle.h"

#include "system/clock.h"

namespace hashlane {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// Longer than the clock that stamps files stands still, on any system.
constexpr std::int64_t kTick = 20'000'000;

/// Ticks of file systems that keep whole seconds; FAT keeps even ones.
constexpr std::int64_t kCoarseTick = 2 * kSecond + kTick;

/// Whoever writes has given the file a time by then. What is written through a mapping gets one at the first access to
/// each page, and when the page was written back.
// guard: mixtures of contents => constexpr std::int64_t kYoung = 0;
constexpr std::int64_t kYoung = 2 * kSecond + kTick;

/// From here on the question who has it open costs nothing beside the reading.
constexpr std::uint64_t kWorthAsking = 1'000'000;

/// Looks at a file that has a new time again and again.
constexpr int kLooks = 5;

/// The file's newest time that the system gave it. A time of content that lies ahead was set by a program, and
/// whoever writes next replaces it.
std::int64_t newest(const FileFacts& facts, std::int64_t now) noexcept {
  const bool by_system = facts.modified_ns <= now + kTick;
  return by_system && facts.modified_ns > facts.changed_ns ? facts.modified_ns : facts.changed_ns;
}

}  // namespace

Error settle(const Descriptor& file, FileFacts& facts, Trust& trust) {
  const bool doubted = trust == Trust::kBeingWritten;
  trust = Trust::kSettled;
  for (int look_number = 0; look_number < kLooks; ++look_number) {
    const std::int64_t now = file_clock_ns();
    const std::int64_t time = newest(facts, now);
    if (time < now - kYoung && !doubted) {
      // guard: writers of long files
      if (facts.size >= kWorthAsking && writers_of(file) == Writers::kSome) trust = Trust::kOpenElsewhere;
      return {};
    }
    if (facts.size == 0 && is_synthetic(file)) return {};
    const Writers writers = writers_of(file);
    if (writers == Writers::kUnknown && is_synthetic(file)) return {};
    if (writers != Writers::kNone) {
      // guard: writers of young files
      trust = writers == Writers::kSome ? Trust::kBeingWritten : Trust::kUnknown;
      return {};
    }
    // Looked at before it was found that nobody writes: whoever began and ended in between had a later time.
    const std::int64_t tick = time % kSecond == 0 ? kCoarseTick : kTick;
    if (time < now - tick) return {};
    if (is_synthetic(file)) return {};
    // Its clock is not this system's, or moves too seldom to be waited for.
    if (tick != kTick || time > now + kTick) {
      trust = Trust::kUnknown;
      return {};
    }
    sleep_ns(static_cast<std::uint64_t>(time + kTick + kTick / 4 - now));
    if (Error error = look(file, facts)) return error;
  }
  trust = Trust::kBeingWritten;
  return {};
}

}  // namespace hashlane
