#include "io/windows/open.h"

#include <limits>
#include <string>

#include "io/windows/error_codes.h"
#include "io/windows/file_facts.h"
#include "io/windows/nt_path.h"
#include "io/windows/queries.h"
#include "io/windows/system.h"
#include "io/windows/wtf8.h"

namespace hashlane {
namespace {

/// Longer paths are gone down piece by piece: the system's limit is 32,767 units, Wine's and some servers' less.
constexpr std::size_t kPiece = 1000;

Error error_from_nt(NTSTATUS status) {
  const ErrorCode code = code_from_nt(static_cast<std::uint32_t>(status));
  if (code != ErrorCode::kEother) return {code, {}};
  return error_from_system(static_cast<int>(::RtlNtStatusToDosError(status)));
}

Error create_file(Handle at, std::u16string_view name, const Opening& opening, Descriptor& opened) {
  if (name.size() > std::numeric_limits<USHORT>::max() / sizeof(char16_t)) return {ErrorCode::kEnametoolong, {}};
  const auto bytes = static_cast<USHORT>(name.size() * sizeof(char16_t));
  UNICODE_STRING text{bytes, bytes, const_cast<wchar_t*>(wide(name.data()))};
  OBJECT_ATTRIBUTES attributes;
  // In a folder that tells upper from lower case the file system does so regardless of this.
  InitializeObjectAttributes(&attributes, &text, OBJ_CASE_INSENSITIVE, at == current_folder() ? nullptr : native(at),
                             nullptr);
  IO_STATUS_BLOCK outcome{};
  HANDLE handle = nullptr;
  const NTSTATUS status =
      ::NtCreateFile(&handle, opening.access, &attributes, &outcome, nullptr, 0,
                     FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, FILE_OPEN, opening.options, nullptr, 0);
  if (status < 0) return error_from_nt(status);
  opened = Descriptor(portable(handle));
  return {};
}

/// What is to be opened: `path` below the folder `at`.
struct Target {
  Handle at;
  NtPath path;
  /// Closes `at` if it was opened for this.
  Descriptor between;
};

/// Opens the folders above the last name, so that only that is left.
Error go_down(Target& target) {
  const Opening folder{FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                       FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT};
  const std::u16string whole = std::move(target.path.text);
  std::u16string_view rest = whole;
  while (rest.size() > kPiece) {
    const std::size_t end = rest.rfind(u'\\', kPiece);
    if (end == rest.npos) return {ErrorCode::kEnametoolong, {}};
    Descriptor next;
    if (Error error = create_file(target.at, rest.substr(0, end), folder, next)) return error;
    target.between = std::move(next);
    target.at = target.between.get();
    rest.remove_prefix(end + 1);
  }
  target.path.text = rest;
  return {};
}

Error resolve(Handle at, std::string_view name, Target& target) {
  std::u16string wide_name;
  target.at = at;
  if (!append_utf16(name, wide_name)) return {ErrorCode::kEnoent, {}};
  if (at == current_folder()) {
    Error error = make_nt_path(wide_name, current_folder_path, target.path);
    return error || target.path.text.size() <= kPiece ? error : go_down(target);
  }
  if (!is_nt_name(wide_name)) return {ErrorCode::kEnoent, {}};
  target.path.text = std::move(wide_name);
  return {};
}

Error create_file(const Target& target, Opening opening, std::uint32_t options, Descriptor& opened) {
  opening.options |= options;
  if (target.path.folder) opening.options = (opening.options & ~ULONG{FILE_NON_DIRECTORY_FILE}) | FILE_DIRECTORY_FILE;
  return create_file(target.at, target.path.text, opening, opened);
}

/// A link may lead to a pipe or a device.
Error refuse_devices(const Descriptor& opened) {
  const DWORD type = ::GetFileType(native(opened.get()));
  if (type == FILE_TYPE_DISK) return {};
  return {type == FILE_TYPE_PIPE ? ErrorCode::kFifo : ErrorCode::kCharacterDevice, {}};
}

/// Takes `entry`, opened itself, for what it is: a filter's file is opened again through the filter.
Error go_through_filters(const Target& target, const Opening& opening, Descriptor& entry) {
  FILE_ATTRIBUTE_TAG_INFO info{};
  if (Error error = query(entry, FileAttributeTagInfo, info)) return error;
  if ((info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return {};
  const EntryKind kind = kind_of(info.FileAttributes, info.ReparseTag);
  if (kind == EntryKind::kSymlink) return {ErrorCode::kEloop, {}};
  if (kind != EntryKind::kFile && kind != EntryKind::kFolder) return {};
  FileFacts before, after;
  Descriptor filtered;
  if (Error error = look(entry, before)) return error;
  if (Error error = create_file(target, opening, 0, filtered)) return error;
  if (Error error = look(filtered, after)) return error;
  // A link may have taken its place since.
  if (before.device != after.device || before.inode != after.inode) return {ErrorCode::kEloop, {}};
  entry = std::move(filtered);
  return {};
}

}  // namespace

Error open_entry(Handle at, std::string_view name, bool follow, const Opening& opening, Descriptor& opened) {
  Target target;
  Descriptor entry;
  Error error = resolve(at, name, target);
  if (!error) error = create_file(target, opening, follow ? 0 : FILE_OPEN_REPARSE_POINT, entry);
  if (!error) error = follow ? refuse_devices(entry) : go_through_filters(target, opening, entry);
  if (!error) opened = std::move(entry);
  return error;
}

Error open_to_look(Handle at, std::string_view name, bool follow, Descriptor& opened) {
  Target target;
  if (Error error = resolve(at, name, target)) return error;
  constexpr Opening kForLooking{FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                                FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT | FILE_OPEN_NO_RECALL};
  Error error = create_file(target, kForLooking, follow ? 0 : FILE_OPEN_REPARSE_POINT, opened);
  return error || !follow ? error : refuse_devices(opened);
}

}  // namespace hashlane
