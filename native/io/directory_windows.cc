#include "io/directory_system.h"
#include "io/windows/file_facts.h"
#include "io/windows/system.h"
#include "io/windows/wtf8.h"

namespace hashlane {

void read_names(Handle folder, Listing& listing, const Answered& answered) {
  alignas(FILE_FULL_DIR_INFO) char buffer[64 << 10];
  std::string name;
  for (auto kind = FileFullDirectoryRestartInfo; !listing.error; kind = FileFullDirectoryInfo) {
    if (::GetFileInformationByHandleEx(native(folder), kind, buffer, sizeof buffer) == 0) {
      const DWORD error = ::GetLastError();
      // The second for the root of an empty volume, which has no `.` either.
      if (error != ERROR_NO_MORE_FILES && error != ERROR_FILE_NOT_FOUND) {
        listing.error = error_from_system(static_cast<int>(error));
      }
      return;
    }
    if (answered) answered();
    std::size_t at = 0;
    while (!listing.error) {
      const auto* entry = reinterpret_cast<const FILE_FULL_DIR_INFO*>(buffer + at);
      name.clear();
      append_wtf8(units(entry->FileName, entry->FileNameLength), name);
      // The size of the extended attributes is the tag of a reparse point, which has none ([MS-FSCC] 2.4.14).
      add_entry(listing, name, kind_of(entry->FileAttributes, entry->EaSize));
      if (entry->NextEntryOffset == 0) break;
      at += entry->NextEntryOffset;
    }
  }
}

std::size_t descriptor_limit() noexcept { return SIZE_MAX; }

bool is_separator(char byte) noexcept { return byte == '/' || byte == '\\'; }

bool ends_open(std::string_view root) noexcept {
  return !root.empty() && (is_separator(root.back()) || (root.size() == 2 && root[1] == ':'));
}

}  // namespace hashlane
