#include "engine/stats/this_thread.h"

#include <array>
#include <optional>

namespace hashlane {
namespace {

alignas(64) constinit std::array<std::uint64_t, kThreadRegionSlots> unseen{};

constinit thread_local std::optional<ThreadStats> this_thread;

}  // namespace

ThreadStats this_thread_stats() noexcept { return this_thread.value_or(ThreadStats(unseen.data())); }

void set_this_thread_stats(ThreadStats stats) noexcept { this_thread = stats; }

void clear_this_thread_stats() noexcept { this_thread.reset(); }

}  // namespace hashlane
