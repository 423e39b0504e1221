// A function that runs once, whoever comes first. Not std::call_once: where libgcc is linked statically its
// frames meet those of the shared one, and an exception that passes it ends the process.
#pragma once

#include <atomic>
#include <mutex>

namespace hashlane {

class Once {
 public:
  /// Runs `function` unless a call before has done so. When it throws, the next caller tries again.
  template <class Function>
  void call(Function function) {
    if (done_.load(std::memory_order_acquire)) return;
    std::lock_guard lock(mutex_);
    if (done_.load(std::memory_order_relaxed)) return;
    function();
    done_.store(true, std::memory_order_release);
  }

 private:
  std::mutex mutex_;
  std::atomic<bool> done_ = false;
};

}  // namespace hashlane
