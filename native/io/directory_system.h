// What each system implements of directory.h.
#pragma once

#include <string_view>

#include "io/directory.h"

namespace hashlane {

/// Appends all names of an open folder, as they come; kUnknown kinds are looked at later. Sets `error`.
void read_names(Handle folder, Listing& listing, const Answered& answered);

/// Appends one of them, unless it is `.` or `..`; sets EOVERFLOW when the listing is full.
void add_entry(Listing& listing, std::string_view name, EntryKind kind);

/// How many files and folders the process may have open at once.
[[nodiscard]] std::size_t descriptor_limit() noexcept;

/// Whether this byte of a path stands between names.
[[nodiscard]] bool is_separator(char byte) noexcept;

/// Whether a name can follow a root's path as it is: after a separator, on Windows also after `C:`.
[[nodiscard]] bool ends_open(std::string_view root) noexcept;

}  // namespace hashlane
