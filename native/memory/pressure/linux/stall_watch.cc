#include "memory/pressure/linux/stall_watch.h"

#include "system/linux/text.h"

namespace hashlane {

// `some avg10=0.00 avg60=0.00 avg300=0.00 total=0`, and the same with `full`; totals in µs.
std::optional<StallWatch::Totals> StallWatch::totals_in(std::string_view text, std::uint64_t now_ns) noexcept {
  std::optional<std::uint64_t> some;
  std::optional<std::uint64_t> full;
  while (!text.empty()) {
    std::string_view line = cut(text, '\n');
    const std::string_view kind = cut(line, ' ');
    while (!line.empty()) {
      std::string_view field = cut(line, ' ');
      if (cut(field, '=') == "total") (kind == "full" ? full : some) = number_in(field);
    }
  }
  if (!some) return std::nullopt;
  return Totals{now_ns, *some, full.value_or(0)};
}

PressureLevel StallWatch::after(std::string_view text, std::uint64_t now_ns) noexcept {
  const auto totals = totals_in(text, now_ns);
  if (!totals || !last_ || totals->some_us < last_->some_us || totals->full_us < last_->full_us) {
    last_ = totals;
    return level_ = PressureLevel::kNone;
  }
  const std::uint64_t elapsed_ns = now_ns - last_->at_ns;
  if (elapsed_ns < kWindowNs) return level_;
  const double window_us = static_cast<double>(elapsed_ns) / 1000;
  const double some = static_cast<double>(totals->some_us - last_->some_us) / window_us;
  const double full = static_cast<double>(totals->full_us - last_->full_us) / window_us;
  last_ = totals;
  return level_ = full >= kAll ? PressureLevel::kCritical : some >= kSome ? PressureLevel::kSome : PressureLevel::kNone;
}

}  // namespace hashlane
