// Paths as the NT kernel takes them. Win32's own conversion has a limit of 260 units, turns `NUL` and
// `COM1` into devices in any folder, and cuts dots and spaces off the ends of names; here every name
// means itself.
#pragma once

#include <string>
#include <string_view>

#include "io/system_errors.h"

namespace hashlane {

struct NtPath {
  /// `\??\C:\folder\name`; a root ends in a backslash.
  std::u16string text;
  /// Something after the last name says that it must be a folder: `name\`, `name\.`.
  bool folder = false;
};

/// The current folder of a drive (`C` …), or of the process for 0, as Win32 writes it. Empty if there is none.
using CurrentFolder = std::u16string (*)(char16_t drive);

/// Makes an NT path of any that Win32 knows; `/` and `\` mean the same.
/// - `C:\a`, `\\server\share\a`: `.`, `..` and repeated separators are resolved by their text.
/// - `a`, `\a`, `C:a`: below the current folder, at its root, below the drive's current folder.
/// - `\\?\C:\a`, `\\?\UNC\server\share\a`, `\\?\Volume{…}\a`, `\\?\GLOBALROOT\Device\Harddisk…\a` (a
///   shadow copy): names are taken as they are, `.` included.
///
/// ENOENT for what can be no name: an empty path, a colon in a name. So no path reaches an alternate
/// data stream; these are not Hashlane's business. FIFO and CHARACTER_DEVICE for all other names of
/// devices (`\\.\pipe\…`, `\\.\PhysicalDrive0`, `\\?\C:`), which are never opened.
Error make_nt_path(std::u16string_view path, CurrentFolder current, NtPath& made);

/// Whether this can be one name in a folder: it has no separator, colon or NUL, and is not `.` or `..`.
[[nodiscard]] bool is_nt_name(std::u16string_view name) noexcept;

}  // namespace hashlane
