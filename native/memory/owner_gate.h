// A gate between one owner, who goes through all the time, and others who close it now and then. The owner
// pays two plain stores, for whoever closes pays the fence of both (Linux membarrier(2), Windows'
// FlushProcessWriteBuffers); where the system has no such call the owner pays his own.
#pragma once

#include <atomic>

namespace hashlane {

class OwnerGate {
 public:
  // The owner's, on his thread alone.
  /// False while the gate is closed. After true, leave() must follow, and nothing between may wait.
  [[nodiscard]] bool enter() noexcept {
    if (owner_fences_) {
      inside_.exchange(true, std::memory_order_seq_cst);
    } else {
      inside_.store(true, std::memory_order_relaxed);
      // Keeps the compiler's order; the processor's is settle()'s care.
      std::atomic_signal_fence(std::memory_order_seq_cst);
    }
    if (!closed_.load(std::memory_order_seq_cst)) return true;
    leave();
    return false;
  }
  void leave() noexcept { inside_.store(false, std::memory_order_release); }

  // The closer's, one thread at a time: close() any number of gates, settle() once, await() each.
  void close() noexcept { closed_.store(true, std::memory_order_seq_cst); }
  static void settle() noexcept;
  /// Waits until the owner is out; from then on, and until open(), what the gate guards is the closer's.
  void await() const noexcept;
  void open() noexcept { closed_.store(false, std::memory_order_release); }

 private:
  /// Whether owners fence for themselves: settled before the first gate is used.
  static const bool owner_fences_;

  std::atomic<bool> inside_ = false;
  std::atomic<bool> closed_ = false;
};

}  // namespace hashlane
