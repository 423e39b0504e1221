// Windows' own headers, and how Hashlane's handles pass for theirs.
#pragma once

#include <windows.h>
//
#include <winternl.h>

#include <string_view>

#include "io/file.h"

namespace hashlane {

inline HANDLE native(Handle handle) noexcept { return reinterpret_cast<HANDLE>(handle); }

inline Handle portable(HANDLE handle) noexcept { return reinterpret_cast<Handle>(handle); }

static_assert(sizeof(wchar_t) == sizeof(char16_t));

inline const wchar_t* wide(const char16_t* text) noexcept { return reinterpret_cast<const wchar_t*>(text); }

inline wchar_t* wide(char16_t* text) noexcept { return reinterpret_cast<wchar_t*>(text); }

/// `bytes` long, which need not end in a zero.
inline std::u16string_view units(const wchar_t* text, std::size_t bytes) noexcept {
  return {reinterpret_cast<const char16_t*>(text), bytes / sizeof(wchar_t)};
}

}  // namespace hashlane
