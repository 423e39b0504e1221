// What the system tells of an open file and of the current folder.
#pragma once

#include <string>

#include "io/windows/system.h"

namespace hashlane {

/// One of GetFileInformationByHandleEx()'s structures.
template <class Info>
Error query(const Descriptor& file, FILE_INFO_BY_HANDLE_CLASS kind, Info& info) {
  if (::GetFileInformationByHandleEx(native(file.get()), kind, &info, sizeof info) != 0) return {};
  return error_from_system(static_cast<int>(::GetLastError()));
}

/// The whole name the system has for what is open, such as `\Device\HarddiskVolume3\folder\file`. Empty
/// if it does not tell.
std::u16string object_name(const Descriptor& file);

/// CurrentFolder of nt_path.h.
std::u16string current_folder_path(char16_t drive);

}  // namespace hashlane
