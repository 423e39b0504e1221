// The benchmarks' addon: one file for each suite that needs native code.
#include <napi.h>

#include "suites.h"

Napi::Object boundary_initialize(Napi::Env env, Napi::Object exports) {
  hashlane::boundary::add_batches(env, exports);
  hashlane::boundary::add_calls(env, exports);
  return exports;
}
NODE_API_MODULE(hashlane_boundary, boundary_initialize)
