// The benchmarks' addon.
#include <napi.h>

#include "suites.h"

Napi::Object bench_initialize(Napi::Env env, Napi::Object exports) {
  hashlane::bench::add_values(env, exports);
  hashlane::bench::add_memory(env, exports);
  return exports;
}
NODE_API_MODULE(hashlane_bench, bench_initialize)
