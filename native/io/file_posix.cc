#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string_view>

#include "io/file.h"
#include "system/calls.h"
#ifdef __linux__
#include "io/linux/file_system_types.h"
#endif

namespace hashlane {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

EntryKind kind_of(mode_t mode) noexcept {
  switch (mode & S_IFMT) {
    case S_IFREG:
      return EntryKind::kFile;
    case S_IFDIR:
      return EntryKind::kFolder;
    case S_IFLNK:
      return EntryKind::kSymlink;
    case S_IFIFO:
      return EntryKind::kFifo;
    case S_IFSOCK:
      return EntryKind::kSocket;
    case S_IFBLK:
      return EntryKind::kBlockDevice;
    case S_IFCHR:
      return EntryKind::kCharacterDevice;
    default:
      return EntryKind::kUnknown;
  }
}

void copy_facts(const struct stat& from, FileFacts& facts) noexcept {
#ifdef __APPLE__
  const timespec modified = from.st_mtimespec, changed = from.st_ctimespec;
#else
  const timespec modified = from.st_mtim, changed = from.st_ctim;
#endif
  facts.kind = kind_of(from.st_mode);
  facts.size = from.st_size > 0 ? static_cast<std::uint64_t>(from.st_size) : 0;
  facts.modified_ns = static_cast<std::int64_t>(modified.tv_sec) * kSecond + modified.tv_nsec;
  facts.changed_ns = static_cast<std::int64_t>(changed.tv_sec) * kSecond + changed.tv_nsec;
  facts.device = static_cast<std::uint64_t>(from.st_dev);
  facts.inode = static_cast<std::uint64_t>(from.st_ino);
  facts.links = static_cast<std::uint64_t>(from.st_nlink);
#ifdef SF_DATALESS
  facts.placeholder = (from.st_flags & SF_DATALESS) != 0;
#endif
}

int number(Handle handle) noexcept { return static_cast<int>(handle); }

/// Calls until no signal comes between: network file systems may be interrupted anywhere.
template <class Call>
auto again(Call call) noexcept {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

int open_again(Handle at, const char* name, int flags) noexcept {
  return again([&] { return system_calls.openat(number(at), name, flags | O_CLOEXEC); });
}

}  // namespace

void Descriptor::close() noexcept {
  // Not retried on EINTR: the descriptor is gone either way on Linux, and may be another's by then.
  if (value_ >= 0) system_calls.close(number(std::exchange(value_, -1)));
}

Handle current_folder() noexcept { return AT_FDCWD; }

Error look_at(Handle at, const char* name, bool follow, FileFacts& facts) {
  struct stat status;
  const int flags = follow ? 0 : AT_SYMLINK_NOFOLLOW;
  if (again([&] { return system_calls.fstatat(number(at), name, &status, flags); }) != 0)
    return error_from_system(errno);
  copy_facts(status, facts);
  return {};
}

Error look(const Descriptor& file, FileFacts& facts) {
  struct stat status;
  if (again([&] { return system_calls.fstat(number(file.get()), &status); }) != 0) return error_from_system(errno);
  copy_facts(status, facts);
  return {};
}

namespace {

/// Without a trace in the time of the last access, where that may be asked for.
int open_unseen(Handle at, const char* name, int flags) noexcept {
#ifdef O_NOATIME
  const int descriptor = open_again(at, name, flags | O_NOATIME);
  // Only the owner may.
  if (descriptor >= 0 || errno != EPERM) return descriptor;
#endif
  return open_again(at, name, flags);
}

}  // namespace

Error open_file(Handle at, const char* name, bool follow, Descriptor& file) {
  const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | (follow ? 0 : O_NOFOLLOW);
  const int descriptor = open_unseen(at, name, flags);
  if (descriptor < 0) return error_from_system(errno);
  file = Descriptor(descriptor);
  return {};
}

Error open_folder(Handle at, const char* name, bool follow, Descriptor& folder) {
  const int descriptor = open_unseen(at, name, O_RDONLY | O_DIRECTORY | (follow ? 0 : O_NOFOLLOW));
  if (descriptor < 0) return error_from_system(errno);
  folder = Descriptor(descriptor);
  return {};
}

Error open_long_folder(const std::string& path, Descriptor& folder) {
  // Below every system's PATH_MAX with room to spare; cut at a slash.
  constexpr std::size_t kPiece = 1000;
  Descriptor at;
  std::size_t begin = 0;
  while (true) {
    std::size_t end = path.size();
    if (end - begin > kPiece) {
      end = path.rfind('/', begin + kPiece);
      if (end == std::string::npos || end <= begin) end = std::min(path.find('/', begin + 1), path.size());
    }
    const std::string piece = path.substr(begin, end - begin);
    Descriptor next;
    if (Error error = open_folder(at ? at.get() : AT_FDCWD, piece.c_str(), true, next)) return error;
    at = std::move(next);
    begin = path.find_first_not_of('/', end);
    if (begin == std::string::npos) break;
  }
  folder = std::move(at);
  return {};
}

namespace {

/// Goes back to reads by way of memory, of which what lies there now is dropped. False where they already were.
bool leave_medium([[maybe_unused]] int file) noexcept {
#ifdef __linux__
  const int flags = system_calls.fcntl(file, F_GETFL, 0);
  if (flags < 0 || (flags & O_DIRECT) == 0 || system_calls.fcntl(file, F_SETFL, flags & ~O_DIRECT) != 0) return false;
  system_calls.fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  return true;
#else
  return false;
#endif
}

}  // namespace

Error bypass_memory(Descriptor& file) {
  const int descriptor = number(file.get());
  // Pages that were written to and not stored yet would be read from memory. Where nothing can be stored (a medium that
  // is read only, a file system without such a call) there are none.
  if (again([&] { return system_calls.fsync(descriptor); }) != 0 &&
      (errno == EIO || errno == ENOSPC || errno == EDQUOT)) {
    return error_from_system(errno);
  }
#ifdef __linux__
  const int flags = system_calls.fcntl(descriptor, F_GETFL, 0);
  if (flags < 0 || system_calls.fcntl(descriptor, F_SETFL, flags | O_DIRECT) != 0) {
    system_calls.fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
  }
#elif defined(F_NOCACHE)
  system_calls.fcntl(descriptor, F_NOCACHE, 1);
#endif
  return {};
}

Error read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> into, std::size_t& count) {
  const ssize_t got = again(
      [&] { return system_calls.pread(number(file.get()), into.data(), into.size(), static_cast<off_t>(offset)); });
  if (got < 0) {
    const int error = errno;
    // Not at whole pages, after a read that was cut short, or where pages are longer.
    if (error == EINVAL && leave_medium(number(file.get()))) return read_at(file, offset, into, count);
    return error_from_system(error);
  }
  count = static_cast<std::size_t>(got);
  return {};
}

CachedRead read_cached_at([[maybe_unused]] const Descriptor& file, [[maybe_unused]] std::uint64_t offset,
                          [[maybe_unused]] std::span<std::byte> into, [[maybe_unused]] std::size_t& count) {
#ifdef RWF_NOWAIT
  const iovec where{into.data(), into.size()};
  const ssize_t got = again(
      [&] { return system_calls.preadv2(number(file.get()), &where, 1, static_cast<off_t>(offset), RWF_NOWAIT); });
  if (got > 0) {
    count = static_cast<std::size_t>(got);
    return CachedRead::kRead;
  }
  if (got < 0 && errno == EAGAIN) return CachedRead::kWouldWait;
    // 0 need not be the end of the file: Linux 5.9 and 5.10 say so in the middle (preadv2(2), "Bugs").
#endif
  return CachedRead::kUnknown;
}

#ifdef __linux__

namespace {

/// Number of the file system that the file lies on; 0 when it cannot be had.
std::uint64_t magic_of(const Descriptor& file) noexcept {
  struct statfs system;
  const int failed = again([&] { return system_calls.fstatfs(number(file.get()), &system); });
  // The number has 32 bits, and not all systems' type for it is unsigned.
  return failed == 0 ? static_cast<std::uint32_t>(system.f_type) : 0;
}

constexpr std::uint64_t kFuse = 0x65735546;
constexpr std::uint64_t kNfs = 0x6969;

/// Whether all who write to the file do so by way of this system's own inode of it. FUSE and what is shared have
/// writers elsewhere; overlays lend mappings another inode.
bool sees_all_writers(std::uint64_t magic) noexcept {
  constexpr std::uint64_t kOverlay = 0x794C7630;
  if (magic == 0 || magic == kFuse || magic == kOverlay) return false;
  const auto device = class_of_file_system(magic);
  return device != DeviceClass::kNetwork && device != DeviceClass::kVirtual;
}

}  // namespace

Writers writers_of(const Descriptor& file) noexcept {
  const int descriptor = number(file.get());
  // A writer that comes in this moment has the system send a signal. That must be one that does nothing by itself.
  if (system_calls.fcntl(descriptor, F_SETSIG, SIGURG) != 0) return Writers::kUnknown;
  if (system_calls.fcntl(descriptor, F_SETLEASE, F_RDLCK) != 0)
    return errno == EAGAIN ? Writers::kSome : Writers::kUnknown;
  system_calls.fcntl(descriptor, F_SETLEASE, F_UNLCK);
  return sees_all_writers(magic_of(file)) ? Writers::kNone : Writers::kUnknown;
}

bool is_synthetic(const Descriptor& file) noexcept {
  const std::uint64_t magic = magic_of(file);
  return class_of_file_system(magic) == DeviceClass::kMemory && !is_memory_disk(magic);
}

bool has_stable_inodes(const Descriptor& file) noexcept {
  const std::uint64_t magic = magic_of(file);
  if (magic == kNfs) return true;
  const auto device = class_of_file_system(magic);
  return magic != 0 && magic != kFuse && device != DeviceClass::kNetwork && device != DeviceClass::kVirtual;
}

#else

// No lease, and nothing like it.
Writers writers_of(const Descriptor&) noexcept { return Writers::kUnknown; }

bool is_synthetic(const Descriptor&) noexcept { return false; }

bool has_stable_inodes(const Descriptor& file) noexcept {
  struct statfs system;
  if (again([&] { return system_calls.fstatfs(number(file.get()), &system); }) != 0) return false;
  const std::string_view type = system.f_fstypename;
  return type == "apfs" || type == "hfs";
}

#endif

void read_when_idle([[maybe_unused]] bool idle) noexcept {
#ifdef __linux__
  // linux/ioprio.h; glibc has no function for it. 0 is this thread, and no class of its own.
  constexpr int kClassShift = 13, kIdleClass = 3;
  system_calls.ioprio_set(0, idle ? kIdleClass << kClassShift : 0);
#elif defined(__APPLE__)
  ::setiopolicy_np(IOPOL_TYPE_DISK, IOPOL_SCOPE_THREAD, idle ? IOPOL_THROTTLE : IOPOL_DEFAULT);
#endif
}

// macOS reads ahead by itself (F_RDAHEAD is on) and keeps what is read, as others may want it too.
void advise_sequential([[maybe_unused]] const Descriptor& file) noexcept {
#ifdef POSIX_FADV_SEQUENTIAL
  system_calls.fadvise(number(file.get()), 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
}

void advise_will_need(const Descriptor& file, std::uint64_t offset, std::uint64_t length) noexcept {
#if defined(POSIX_FADV_WILLNEED)
  constexpr int kWillNeed = POSIX_FADV_WILLNEED;
#else
  constexpr int kWillNeed = 0;
#endif
  system_calls.fadvise(number(file.get()), static_cast<off_t>(offset), static_cast<off_t>(length), kWillNeed);
}

}  // namespace hashlane
