// From the system's error numbers to Hashlane's own codes, which mean the same on every system.
#pragma once

#include <string>

#include "contract/contract.h"

namespace hashlane {

/// What went wrong: a code, and the system's own words when the code is kEother.
struct Error {
  ErrorCode code = ErrorCode::kNone;
  std::string text{};
  explicit operator bool() const noexcept { return code != ErrorCode::kNone; }
};

/// The error for an `errno` value, on Windows for one of GetLastError(). Thread-safe.
Error error_from_system(int system_error);

/// `missing` for what is not there, `unreadable` for the rest.
Status status_for(ErrorCode code) noexcept;

}  // namespace hashlane
