// Replaces the operators new, so that any single allocation can fail.
#pragma once

#include <atomic>
#include <cstdint>

namespace hashlane::testing {

/// Allocations until one fails; 0: none will.
extern std::atomic<std::int64_t> countdown;
extern std::atomic<bool> failed;
/// What the test itself allocates never fails.
extern thread_local bool spared;

/// This thread is spared as long as it lives.
class Spared {
 public:
  Spared() noexcept : before_(spared) { spared = true; }
  ~Spared() { spared = before_; }
  Spared(const Spared&) = delete;
  Spared& operator=(const Spared&) = delete;

 private:
  const bool before_;
};

}  // namespace hashlane::testing
