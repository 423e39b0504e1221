// What each suite adds to the addon's exports.
#pragma once

#include <napi.h>

namespace hashlane::boundary {

void add_batches(Napi::Env env, Napi::Object exports);
void add_calls(Napi::Env env, Napi::Object exports);
void add_paths(Napi::Env env, Napi::Object exports);
void add_slabs(Napi::Env env, Napi::Object exports);

}  // namespace hashlane::boundary
