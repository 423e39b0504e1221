// From JavaScript values to the core's, and errors with a code back.
#pragma once

#include <napi.h>

#include <cstddef>
#include <new>
#include <span>
#include <string>
#include <system_error>

#include "engine/engine.h"

namespace hashlane {

/// The largest integer that JavaScript holds exactly together with its neighbours.
inline constexpr std::uint64_t kMaxExactInteger = (std::uint64_t{1} << 53) - 1;

/// A JavaScript Error whose `code` is `code`.
Napi::Error coded_error(Napi::Env env, const char* code, const std::string& message);

/// Runs `function`; the want of memory or threads becomes an error with the code ENOMEM or EAGAIN.
template <typename Function>
auto coded(Napi::Env env, Function function) {
  try {
    return function();
  } catch (const std::bad_alloc&) {
    throw coded_error(env, "ENOMEM", "There is not enough memory");
  } catch (const std::system_error&) {
    throw coded_error(env, "EAGAIN", "The system has no thread to spare");
  }
}

/// The bytes of a Uint8Array; valid while its buffer is, and no JavaScript runs. Throws TypeError for
/// anything else.
std::span<std::byte> bytes_of(const Napi::Value& value);

/// The same over a SharedArrayBuffer, which nobody can detach: valid as long as `value` is kept.
std::span<std::byte> shared_bytes_of(const Napi::Value& value);

/// Throws TypeError for anything but an object.
Napi::Object object_of(const Napi::Value& value);

/// From the object that main/engine/native-engine.ts makes. Throws TypeError where a member is not
/// what it should be, RangeError beyond limits.h, and whatever a getter of the object throws: any
/// JavaScript may have run when it returns.
JobSpec job_spec_of(const Napi::Object& value);

/// A non-negative integer of at most `most`. Throws RangeError for anything else.
std::uint64_t integer_of(const Napi::Value& value, std::uint64_t most = kMaxExactInteger);

}  // namespace hashlane
