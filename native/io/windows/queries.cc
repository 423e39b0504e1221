#include "io/windows/queries.h"

#include <cstddef>

namespace hashlane {
namespace {

// In ntifs.h, not in the SDK.
constexpr auto kObjectNameInformation = static_cast<OBJECT_INFORMATION_CLASS>(1);

}  // namespace

std::u16string object_name(const Descriptor& file) {
  // A name's length fits into 16 bits, and so does the name with its head.
  alignas(UNICODE_STRING) thread_local std::byte buffer[sizeof(UNICODE_STRING) + (64 << 10)];
  const NTSTATUS status = ::NtQueryObject(native(file.get()), kObjectNameInformation, buffer, sizeof buffer, nullptr);
  if (status < 0) return {};
  const auto* name = reinterpret_cast<const UNICODE_STRING*>(buffer);
  return std::u16string(units(name->Buffer, name->Length));
}

std::u16string current_folder_path(char16_t drive) {
  const char16_t drive_text[] = {drive, u':', u'\0'};
  std::u16string path(MAX_PATH, u'\0');
  while (true) {
    const auto room = static_cast<DWORD>(path.size());
    const DWORD got = drive == 0 ? ::GetCurrentDirectoryW(room, wide(path.data()))
                                 : ::GetFullPathNameW(wide(drive_text), room, wide(path.data()), nullptr);
    path.resize(got);
    // Larger than the room: how much is needed, for the next attempt.
    if (got < room) return path;
  }
}

}  // namespace hashlane
