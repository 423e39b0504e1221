// From JavaScript values to the core's, and errors with a code back.
#pragma once

#include <napi.h>

#include <cstddef>
#include <span>
#include <string>

#include "engine/engine.h"

namespace hashlane {

/// A JavaScript Error whose `code` is `code`.
Napi::Error coded_error(Napi::Env env, const char* code, const std::string& message);

/// The bytes of a Uint8Array; valid while its buffer is. Throws TypeError for anything else.
std::span<std::byte> bytes_of(const Napi::Value& value);

/// From the object that main/engine/native-engine.ts makes. Throws TypeError where a member is not
/// what it should be.
JobSpec job_spec_of(const Napi::Object& value);

/// A non-negative integer that JavaScript holds exactly. Throws RangeError for anything else.
std::uint64_t integer_of(const Napi::Value& value);

}  // namespace hashlane
