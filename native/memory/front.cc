#include "memory/front.h"

#include <mutex>
#include <new>

#include "memory/buffer_pools.h"

namespace hashlane {
namespace {

/// Never destroyed: threads may end after everything else. Needs no memory of its own, for it is wanted where
/// there is none.
union LastingMutex {
  std::mutex mutex;
  constexpr LastingMutex() noexcept : mutex() {}
  ~LastingMutex() {}
};
constinit LastingMutex belonging_mutex;

/// Guards which pools a front belongs to. Taken before a pools' own lock.
std::mutex& belonging() noexcept { return belonging_mutex.mutex; }

thread_local constinit bool thread_ended = false;

}  // namespace

/// A thread's fronts, given back at its end.
struct ThreadFronts {
  Front* first = nullptr;

  ~ThreadFronts() {
    thread_ended = true;
    Front::cached_id_ = 0;
    std::lock_guard lock(belonging());
    while (first != nullptr) {
      Front* const front = first;
      first = front->next_of_thread_;
      if (front->pools_ != nullptr) front->pools_->dismiss(*front);
      delete front;
    }
  }

  /// Fronts of pools that ended.
  void sweep_locked() {
    for (Front** at = &first; *at != nullptr;) {
      Front* const front = *at;
      if (front->pools_ != nullptr) {
        at = &front->next_of_thread_;
        continue;
      }
      *at = front->next_of_thread_;
      delete front;
    }
  }
};

namespace {

thread_local ThreadFronts of_thread;

}  // namespace

thread_local constinit std::uint64_t Front::cached_id_ = 0;
thread_local constinit Front* Front::cached_ = nullptr;

Front* Front::find(BufferPools& pools, std::uint64_t id) noexcept {
  if (thread_ended) return nullptr;
  Front* front = of_thread.first;
  while (front != nullptr && front->id_ != id) front = front->next_of_thread_;
  if (front == nullptr) {
    std::lock_guard lock(belonging());
    of_thread.sweep_locked();
    front = new (std::nothrow) Front;
    if (front == nullptr) return nullptr;
    front->id_ = id;
    front->pools_ = &pools;
    front->next_of_thread_ = of_thread.first;
    of_thread.first = front;
    pools.admit(*front);
  }
  cached_id_ = id;
  cached_ = front;
  return front;
}

void Front::forget(BufferPools& pools) noexcept {
  std::lock_guard lock(belonging());
  for (Front* front = pools.fronts_; front != nullptr; front = front->after) front->pools_ = nullptr;
}

}  // namespace hashlane
