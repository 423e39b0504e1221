#include "tests/engine/faults/fault_plan.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <random>
#include <thread>

#include "system/calls.h"

namespace hashlane::testing {
namespace {

struct Plan {
  std::atomic<bool> active = false;
  std::mutex mutex;
  std::string folder;
  std::vector<Fault> faults;
  std::array<std::uint64_t, kFaultCalls> calls{};
  std::uint64_t injected = 0;
  std::vector<std::string> changed;
  std::uint32_t one_in = 0;
  bool change_files = false;
  std::minstd_rand random;
};

Plan& plan() {
  static auto& shared = *new Plan();
  return shared;
}

std::string path_of(int file) {
  std::array<char, 4096> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
  return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string();
}

std::string path_of(int at, const std::string& name) {
  return name.starts_with('/') || at == AT_FDCWD ? name : path_of(at) + "/" + name;
}

bool reads(FaultCall call) { return call == FaultCall::kRead || call == FaultCall::kCachedRead; }

bool changes_file(FaultKind kind) { return kind >= FaultKind::kTruncate; }

/// Any fault that can come to the call.
Fault any_fault(Plan& shared, FaultCall call) {
  const std::span<const int> errors = errors_of(call);
  const auto number = shared.random();
  if (reads(call) && number % 4 == 0) return {.call = call, .kind = FaultKind::kShort};
  if (number % 64 == 1) return {.call = call, .kind = FaultKind::kSlow};
  // Whoever changes a file waits for a lease on it, which fcntl() gives back.
  if (shared.change_files && call != FaultCall::kControl && number % 8 == 2) {
    return {.call = call, .kind = static_cast<FaultKind>(static_cast<int>(FaultKind::kTruncate) + shared.random() % 4)};
  }
  return {.call = call, .kind = FaultKind::kError, .error = errors[shared.random() % errors.size()]};
}

void change(const Fault& fault, const std::string& path) {
  struct stat status;
  if (::stat(path.c_str(), &status) != 0) return;
  switch (fault.kind) {
    case FaultKind::kTruncate:
      (void)!::truncate(path.c_str(), status.st_size / 2);
      break;
    case FaultKind::kGrow: {
      const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
      (void)!::write(file, "more", 4);
      ::close(file);
      break;
    }
    case FaultKind::kReplace: {
      const std::string other = path + ".new";
      const int file = ::open(other.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
      (void)!::write(file, "another", 7);
      ::close(file);
      ::rename(other.c_str(), path.c_str());
      break;
    }
    default:
      ::unlink(path.c_str());
  }
}

std::optional<Fault> due(FaultCall call, const std::string& path) {
  Plan& shared = plan();
  std::lock_guard lock(shared.mutex);
  if (!shared.active || !path.starts_with(shared.folder)) return std::nullopt;
  const std::uint64_t number = ++shared.calls[static_cast<std::size_t>(call)];
  std::optional<Fault> found;
  if (shared.one_in > 0) {
    if (shared.random() % shared.one_in == 0) found = any_fault(shared, call);
  } else {
    for (const Fault& fault : shared.faults) {
      if (fault.call == call && number >= fault.nth && number - fault.nth < fault.times) found = fault;
    }
  }
  if (!found) return std::nullopt;
  if (changes_file(found->kind)) {
    struct stat status;
    if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    // Once each, so that a test knows what it may hold.
    if (std::ranges::find(shared.changed, path) != shared.changed.end()) return std::nullopt;
    shared.changed.push_back(path);
  }
  ++shared.injected;
  // Before anybody can take the faults for over.
  if (changes_file(found->kind)) change(*found, path);
  return found;
}

/// Does what is due, by `path`; true when the call fails with errno.
bool fails(FaultCall call, const std::string& path, std::size_t* length = nullptr) {
  const std::optional<Fault> fault = due(call, path);
  if (!fault) return false;
  switch (fault->kind) {
    case FaultKind::kError:
      errno = fault->error;
      return true;
    case FaultKind::kShort:
      if (length != nullptr && *length > 1) *length /= 2;
      return false;
    case FaultKind::kSlow:
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
      return false;
    default:
      return false;
  }
}

bool idle() { return !plan().active.load(std::memory_order_relaxed); }

int open_at(int at, const char* path, int flags) {
  if (!idle() && fails(FaultCall::kOpen, path_of(at, path))) return -1;
  return system_calls.openat.original(at, path, flags);
}

int close_file(int file) {
  const bool failed = !idle() && fails(FaultCall::kClose, path_of(file));
  const int error = errno;
  const int result = system_calls.close.original(file);
  if (!failed) return result;
  errno = error;
  return -1;
}

int status_at(int at, const char* path, struct stat* status, int flags) {
  if (!idle() && fails(FaultCall::kLook, path_of(at, path))) return -1;
  return system_calls.fstatat.original(at, path, status, flags);
}

int status_of(int file, struct stat* status) {
  if (!idle() && fails(FaultCall::kFacts, path_of(file))) return -1;
  return system_calls.fstat.original(file, status);
}

int file_system_of(int file, struct statfs* system) {
  if (!idle() && fails(FaultCall::kFileSystem, path_of(file))) return -1;
  return system_calls.fstatfs.original(file, system);
}

ssize_t read(int file, void* into, std::size_t length, off_t offset) {
  if (!idle() && fails(FaultCall::kRead, path_of(file), &length)) return -1;
  return system_calls.pread.original(file, into, length, offset);
}

ssize_t read_cached(int file, const iovec* into, int count, off_t offset, int flags) {
  iovec some = *into;
  if (!idle() && fails(FaultCall::kCachedRead, path_of(file), &some.iov_len)) return -1;
  return system_calls.preadv2.original(file, &some, count, offset, flags);
}

long list(int folder, void* into, std::size_t length) {
  if (!idle() && fails(FaultCall::kList, path_of(folder))) return -1;
  return system_calls.getdents64.original(folder, into, length);
}

int control(int file, int command, int argument) {
  const bool failed = !idle() && fails(FaultCall::kControl, path_of(file));
  const int error = errno;
  // A lease is given back all the same: whoever changes the file for the next fault would wait for it.
  const bool gives_back = command == F_SETLEASE && argument == F_UNLCK;
  const int result = failed && !gives_back ? -1 : system_calls.fcntl.original(file, command, argument);
  if (!failed) return result;
  errno = error;
  return -1;
}

int store(int file) {
  if (!idle() && fails(FaultCall::kStore, path_of(file))) return -1;
  return system_calls.fsync.original(file);
}

int advise(int file, off_t offset, off_t length, int advice) {
  if (!idle() && fails(FaultCall::kAdvise, path_of(file))) return errno;
  return system_calls.fadvise.original(file, offset, length, advice);
}

const bool in_place = [] {
  system_calls.openat.current = open_at;
  system_calls.close.current = close_file;
  system_calls.fstatat.current = status_at;
  system_calls.fstat.current = status_of;
  system_calls.fstatfs.current = file_system_of;
  system_calls.pread.current = read;
  system_calls.preadv2.current = read_cached;
  system_calls.getdents64.current = list;
  system_calls.fcntl.current = control;
  system_calls.fsync.current = store;
  system_calls.fadvise.current = advise;
  return true;
}();

void begin(std::string folder) {
  Plan& shared = plan();
  shared.folder = std::move(folder);
  shared.faults.clear();
  shared.calls = {};
  shared.injected = 0;
  shared.changed.clear();
  shared.one_in = 0;
}

}  // namespace

std::string Fault::text() const {
  static constexpr const char* kCalls[] = {"openat",  "close",      "fstatat", "fstat", "fstatfs", "pread",
                                           "preadv2", "getdents64", "fcntl",   "fsync", "fadvise"};
  static constexpr const char* kKinds[] = {"fails", "is short", "is slow", "truncates", "grows", "replaces", "removes"};
  return std::string(kCalls[static_cast<std::size_t>(call)]) + " number " + std::to_string(nth) + " " +
         kKinds[static_cast<std::size_t>(kind)] +
         (error == 0 ? std::string() : std::string(": ") + std::strerror(error));
}

std::span<const int> errors_of(FaultCall call) {
  static constexpr int kOpen[] = {EACCES, EBADF,  EBUSY,   EDQUOT,  EEXIST,   EFAULT,       EFBIG,     EINTR,
                                  EINVAL, EIO,    EISDIR,  ELOOP,   EMFILE,   ENAMETOOLONG, ENFILE,    ENODEV,
                                  ENOENT, ENOMEM, ENOSPC,  ENOTDIR, ENXIO,    EOPNOTSUPP,   EOVERFLOW, EPERM,
                                  EROFS,  ESTALE, ETXTBSY, EAGAIN,  ETIMEDOUT};
  static constexpr int kClose[] = {EBADF, EINTR, EIO, ENOSPC, EDQUOT};
  static constexpr int kLook[] = {EACCES,       EBADF,  EFAULT, EINTR,   EINVAL,    EIO,    ELOOP,
                                  ENAMETOOLONG, ENOENT, ENOMEM, ENOTDIR, EOVERFLOW, ESTALE, ETIMEDOUT};
  static constexpr int kFacts[] = {EBADF, EFAULT, EINTR, EIO, ENOMEM, EOVERFLOW, ESTALE, ETIMEDOUT};
  static constexpr int kFileSystem[] = {EBADF, EFAULT, EINTR, EIO, ENOMEM, ENOSYS, EOVERFLOW};
  static constexpr int kRead[] = {EAGAIN, EBADF, EFAULT, EINTR, EINVAL, EIO, EISDIR, ENXIO, EOVERFLOW, ESPIPE, ESTALE};
  static constexpr int kCachedRead[] = {EAGAIN, EBADF, EFAULT,     EINTR,     EINVAL, EIO,
                                        EISDIR, ENXIO, EOPNOTSUPP, EOVERFLOW, ENOSYS};
  static constexpr int kList[] = {EBADF, EFAULT, EINTR, EINVAL, EIO, ENOENT, ENOTDIR, ESTALE};
  static constexpr int kControl[] = {EACCES, EAGAIN, EBADF,  EBUSY,  EDEADLK, EFAULT,
                                     EINTR,  EINVAL, EMFILE, ENOLCK, ENOTDIR, EPERM};
  static constexpr int kStore[] = {EBADF, EDQUOT, EINTR, EINVAL, EIO, ENOSPC, EROFS};
  static constexpr int kAdvise[] = {EBADF, EINVAL, ESPIPE};
  switch (call) {
    case FaultCall::kOpen:
      return kOpen;
    case FaultCall::kClose:
      return kClose;
    case FaultCall::kLook:
      return kLook;
    case FaultCall::kFacts:
      return kFacts;
    case FaultCall::kFileSystem:
      return kFileSystem;
    case FaultCall::kRead:
      return kRead;
    case FaultCall::kCachedRead:
      return kCachedRead;
    case FaultCall::kList:
      return kList;
    case FaultCall::kControl:
      return kControl;
    case FaultCall::kStore:
      return kStore;
    case FaultCall::kAdvise:
      break;
  }
  return kAdvise;
}

void plan_faults(std::string folder, std::vector<Fault> faults) {
  Plan& shared = plan();
  std::lock_guard lock(shared.mutex);
  begin(std::move(folder));
  shared.faults = std::move(faults);
  shared.active = true;
}

void plan_random_faults(std::string folder, std::uint32_t seed, std::uint32_t one_in, bool change_files) {
  Plan& shared = plan();
  std::lock_guard lock(shared.mutex);
  begin(std::move(folder));
  shared.one_in = one_in;
  shared.change_files = change_files;
  shared.random.seed(seed);
  shared.active = true;
}

std::uint64_t end_faults(std::vector<std::string>* changed) {
  Plan& shared = plan();
  std::lock_guard lock(shared.mutex);
  shared.active = false;
  if (changed != nullptr) *changed = shared.changed;
  return shared.injected;
}

}  // namespace hashlane::testing
