// Win32's error numbers and some of NT's in Hashlane's codes. Pure, so that every system can test it.
#pragma once

#include <cstdint>

#include "contract/contract.h"

namespace hashlane {

/// For a value of GetLastError(): kEother for what Hashlane has no code of its own for.
[[nodiscard]] ErrorCode code_from_win32(std::uint32_t error) noexcept;

/// For an NTSTATUS whose meaning Win32's numbers lose; kEother for all others.
[[nodiscard]] ErrorCode code_from_nt(std::uint32_t status) noexcept;

}  // namespace hashlane
