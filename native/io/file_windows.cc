#include <algorithm>
#include <iterator>

#include "io/file.h"
#include "io/windows/file_facts.h"
#include "io/windows/open.h"
#include "io/windows/queries.h"
#include "io/windows/system.h"

namespace hashlane {
namespace {

/// No handle has this value: those of the kernel are positive.
constexpr Handle kCurrentFolder = -100;

/// Signalled when this thread's read is done.
HANDLE own_event() noexcept {
  struct Event {
    HANDLE handle = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
    ~Event() {
      if (handle != nullptr) ::CloseHandle(handle);
    }
  };
  thread_local const Event event;
  return event.handle;
}

// Hints can only be given here. Not for synchronous use: the system would let in one reader at a time.
constexpr Opening kForReading{FILE_READ_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                              FILE_NON_DIRECTORY_FILE | FILE_SEQUENTIAL_ONLY | FILE_OPEN_FOR_BACKUP_INTENT};

constexpr Opening kForListing{FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES | SYNCHRONIZE,
                              FILE_DIRECTORY_FILE | FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT};

/// Sets device, inode and links.
Error identify(const Descriptor& file, std::uint32_t links, FileFacts& facts) {
  FileId id{};
  std::uint64_t serial = 0;
  FILE_ID_INFO info{};
  if (!query(file, FileIdInfo, info)) {
    std::copy(std::begin(info.FileId.Identifier), std::end(info.FileId.Identifier), id.begin());
    serial = info.VolumeSerialNumber;
  } else {
    // FAT and some servers have only the short id.
    BY_HANDLE_FILE_INFORMATION small{};
    if (::GetFileInformationByHandle(native(file.get()), &small) == 0) {
      return error_from_system(static_cast<int>(::GetLastError()));
    }
    const std::uint64_t index = std::uint64_t{small.nFileIndexHigh} << 32 | small.nFileIndexLow;
    for (std::size_t byte = 0; byte < 8; ++byte) id[byte] = static_cast<std::uint8_t>(index >> 8 * byte);
    serial = small.dwVolumeSerialNumber;
  }
  set_identity(id, links, facts);
  const std::u16string name = object_name(file);
  facts.device = volume_number(serial, name);
  // Without the volume's name another volume may have the same number.
  if (name.empty()) facts.links = 1;
  return {};
}

}  // namespace

void Descriptor::close() noexcept {
  if (value_ >= 0) ::CloseHandle(native(std::exchange(value_, -1)));
}

Handle current_folder() noexcept { return kCurrentFolder; }

Error look_at(Handle at, const char* name, bool follow, FileFacts& facts) {
  Descriptor entry;
  Error error = open_to_look(at, name, follow, entry);
  if (error.code == ErrorCode::kFifo || error.code == ErrorCode::kCharacterDevice) {
    facts = {.kind = error.code == ErrorCode::kFifo ? EntryKind::kFifo : EntryKind::kCharacterDevice};
    return {};
  }
  return error ? error : look(entry, facts);
}

Error look(const Descriptor& file, FileFacts& facts) {
  FILE_BASIC_INFO basic{};
  FILE_STANDARD_INFO standard{};
  FILE_ATTRIBUTE_TAG_INFO tag{};
  if (Error error = query(file, FileBasicInfo, basic)) return error;
  if (Error error = query(file, FileStandardInfo, standard)) return error;
  if ((basic.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
    if (Error error = query(file, FileAttributeTagInfo, tag)) return error;
  }
  facts.kind = kind_of(basic.FileAttributes, tag.ReparseTag);
  facts.size = facts.kind == EntryKind::kFile ? static_cast<std::uint64_t>(standard.EndOfFile.QuadPart) : 0;
  facts.modified_ns = unix_ns(basic.LastWriteTime.QuadPart);
  // FAT keeps no time of change.
  facts.changed_ns = basic.ChangeTime.QuadPart == 0 ? facts.modified_ns : unix_ns(basic.ChangeTime.QuadPart);
  facts.placeholder = is_placeholder(basic.FileAttributes);
  return identify(file, standard.NumberOfLinks, facts);
}

Error open_file(Handle at, const char* name, bool follow, Descriptor& file) {
  return open_entry(at, name, follow, kForReading, file);
}

Error open_folder(Handle at, const char* name, bool follow, Descriptor& folder) {
  return open_entry(at, name, follow, kForListing, folder);
}

Error open_long_folder(const std::string& path, Descriptor& folder) {
  return open_entry(current_folder(), path, true, kForListing, folder);
}

Error read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> into, std::size_t& count) {
  constexpr std::size_t kMost = 1u << 30;
  OVERLAPPED place{};
  place.Offset = static_cast<DWORD>(offset);
  place.OffsetHigh = static_cast<DWORD>(offset >> 32);
  place.hEvent = own_event();
  if (place.hEvent == nullptr) return error_from_system(static_cast<int>(::GetLastError()));
  DWORD got = 0;
  const HANDLE handle = native(file.get());
  bool done = ::ReadFile(handle, into.data(), static_cast<DWORD>(std::min(into.size(), kMost)), &got, &place) != 0;
  if (!done && ::GetLastError() == ERROR_IO_PENDING) done = ::GetOverlappedResult(handle, &place, &got, TRUE) != 0;
  const DWORD error = done ? DWORD{ERROR_SUCCESS} : ::GetLastError();
  if (error == ERROR_HANDLE_EOF) got = 0;
  if (!done && error != ERROR_HANDLE_EOF) return error_from_system(static_cast<int>(error));
  count = got;
  return {};
}

// What was written is stored by the first read past memory.
Error bypass_memory(Descriptor& file) {
  const HANDLE direct = ::ReOpenFile(native(file.get()), FILE_READ_DATA | FILE_READ_ATTRIBUTES,
                                     FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                     FILE_FLAG_NO_BUFFERING | FILE_FLAG_OVERLAPPED | FILE_FLAG_BACKUP_SEMANTICS);
  // Where that is not to be had, as on some servers, it is read as any other file.
  if (direct != INVALID_HANDLE_VALUE) file = Descriptor(portable(direct));
  return {};
}

// Windows does not tell what lies in memory.
CachedRead read_cached_at(const Descriptor&, std::uint64_t, std::span<std::byte>, std::size_t&) {
  return CachedRead::kUnknown;
}

// A handle that lets nobody write is refused while somebody may. Mappings whose handle was closed are not seen.
Writers writers_of(const Descriptor& file) noexcept {
  const HANDLE alone =
      ::ReOpenFile(native(file.get()), FILE_READ_DATA, FILE_SHARE_READ | FILE_SHARE_DELETE, FILE_FLAG_BACKUP_SEMANTICS);
  if (alone != INVALID_HANDLE_VALUE) {
    ::CloseHandle(alone);
    return Writers::kNone;
  }
  return ::GetLastError() == ERROR_SHARING_VIOLATION ? Writers::kSome : Writers::kUnknown;
}

bool is_synthetic(const Descriptor&) noexcept { return false; }

void read_when_idle(bool idle) noexcept {
  ::SetThreadPriority(::GetCurrentThread(), idle ? THREAD_MODE_BACKGROUND_BEGIN : THREAD_MODE_BACKGROUND_END);
}

bool has_stable_inodes(const Descriptor& file) noexcept {
  try {
    // What lies on a server has whatever number the server gives it.
    const std::u16string name = object_name(file);
    return !name.empty() && !name.starts_with(u"\\Device\\Mup\\");
  } catch (...) {
    return false;
  }
}

// Said when the file was opened.
void advise_sequential(const Descriptor&) noexcept {}

// The system reads ahead by itself, farther in a file opened as above; it takes no wishes beyond that.
void advise_will_need(const Descriptor&, std::uint64_t, std::uint64_t) noexcept {}

}  // namespace hashlane
