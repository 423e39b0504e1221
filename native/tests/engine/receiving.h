// What a test does on the engine's threads: its receiver, and calls that it puts in place of the system's.
#pragma once

namespace hashlane::testing {

/// This thread is in such code, whose allocations are none of the engine's.
extern thread_local bool receiving;

class Receiving {
 public:
  Receiving() noexcept : before_(receiving) { receiving = true; }
  ~Receiving() { receiving = before_; }
  Receiving(const Receiving&) = delete;
  Receiving& operator=(const Receiving&) = delete;

 private:
  const bool before_;
};

}  // namespace hashlane::testing
