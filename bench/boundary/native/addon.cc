// The benchmarks' addon: one file for each suite that needs native code.
#include <napi.h>

#include <chrono>
#include <ctime>

#include "suites.h"

namespace {

Napi::Value thread_ns(const Napi::CallbackInfo& info) {
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  const double now = static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
#else
  const double now =
      std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now().time_since_epoch()).count();
#endif
  return Napi::Number::New(info.Env(), now);
}

}  // namespace

Napi::Object boundary_initialize(Napi::Env env, Napi::Object exports) {
  exports["threadNs"] = Napi::Function::New<thread_ns>(env, "threadNs");
  hashlane::boundary::add_batches(env, exports);
  hashlane::boundary::add_calls(env, exports);
  hashlane::boundary::add_paths(env, exports);
  hashlane::boundary::add_slabs(env, exports);
  return exports;
}
NODE_API_MODULE(hashlane_boundary, boundary_initialize)
