// What each file adds to the addon's exports.
#pragma once

#include <napi.h>

#include <chrono>
#include <ctime>

namespace hashlane::bench {

/// What a processor has spent on this thread, ns: what else the machine does is left out.
inline double thread_ns() noexcept {
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
#else
  return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
}

void add_values(Napi::Env env, Napi::Object exports);
void add_memory(Napi::Env env, Napi::Object exports);

}  // namespace hashlane::bench
