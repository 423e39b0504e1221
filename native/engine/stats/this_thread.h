// What the calling thread shows of itself, for places that do not know whose thread they are on.
#pragma once

#include "engine/stats/stats_block.h"

namespace hashlane {

/// The calling thread's region; for a thread without one, a place that nobody reads.
[[nodiscard]] ThreadStats this_thread_stats() noexcept;

/// Which region that is, from now on. ThreadRegistry is who says so.
void set_this_thread_stats(ThreadStats stats) noexcept;
void clear_this_thread_stats() noexcept;

/// Shows the calling thread in another state while it lives, and as before afterwards.
class ShownState {
 public:
  explicit ShownState(ThreadState state) noexcept
      : stats_(this_thread_stats()), before_(static_cast<ThreadState>(stats_.get(thread_slot::kState))) {
    stats_.state(state);
  }
  ~ShownState() { stats_.state(before_); }
  ShownState(const ShownState&) = delete;
  ShownState& operator=(const ShownState&) = delete;

 private:
  const ThreadStats stats_;
  const ThreadState before_;
};

}  // namespace hashlane
