// Opening by NtCreateFile: Win32 has no call that opens a name below an open folder. So a walk has no
// limit on paths, and nobody can move a folder from under it, as with openat().
#pragma once

#include <cstdint>
#include <string_view>

#include "io/file.h"

namespace hashlane {

/// Access and options of NtCreateFile.
struct Opening {
  std::uint32_t access;
  std::uint32_t options;
};

/// Opens what `name` (WTF-8) stands for: below the folder `at` one name, below current_folder() any
/// path of any length, links above its last name followed. Other programs may read, write, rename and delete it
/// meanwhile.
///
/// Unless `follow`: ELOOP for a symbolic link or a junction; other reparse points without content of
/// their own (sockets of Linux …) are opened themselves, so that look() tells what they are. What a
/// filter stands behind (cloud, deduplication) is opened through the filter either way.
Error open_entry(Handle at, std::string_view name, bool follow, const Opening& opening, Descriptor& opened);

/// The same without going through filters: an unfollowed link is opened itself.
Error open_to_look(Handle at, std::string_view name, bool follow, Descriptor& opened);

}  // namespace hashlane
