#include "memory/owner_gate.h"

#include <thread>

#if defined(_WIN32)
#include <windows.h>
#elif defined(__linux__)
#include <linux/membarrier.h>

#include "system/calls.h"
#endif

// The thread sanitizer knows nothing of fences that another thread makes.
#if defined(__SANITIZE_THREAD__)
#define HASHLANE_THREAD_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define HASHLANE_THREAD_SANITIZER 1
#endif
#endif

namespace hashlane {
namespace {

bool needs_owner_fences() noexcept {
#if defined(HASHLANE_THREAD_SANITIZER)
  return true;
#elif defined(_WIN32)
  return false;
#elif defined(__linux__)
  return system_calls.membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) != 0;
#else
  return true;
#endif
}

}  // namespace

const bool OwnerGate::owner_fences_ = needs_owner_fences();

void OwnerGate::settle() noexcept {
  if (owner_fences_) return;
#if defined(_WIN32)
  ::FlushProcessWriteBuffers();
#elif defined(__linux__)
  system_calls.membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
#endif
}

void OwnerGate::await() const noexcept {
  while (inside_.load(std::memory_order_seq_cst)) std::this_thread::yield();
}

}  // namespace hashlane
