#include <algorithm>

#include "system/calls.h"
#ifdef __linux__
#include <sys/syscall.h>
#endif

namespace hashlane {
namespace {

int open_at(int at, const char* path, int flags) { return ::openat(at, path, flags); }

int status_at(int at, const char* path, struct stat* status, int flags) { return ::fstatat(at, path, status, flags); }

// glibc 2.33 to 2.38 asks by an empty path instead of the number, which costs half as much again. The
// kernel's own structure is glibc's on this processor.
int status_of(int file, struct stat* status) {
#if defined(__linux__) && defined(__x86_64__) && defined(__LP64__)
  return static_cast<int>(::syscall(SYS_fstat, file, status));
#else
  return ::fstat(file, status);
#endif
}

int file_system_of(int file, struct statfs* system) { return ::fstatfs(file, system); }

ssize_t read_some([[maybe_unused]] int file, [[maybe_unused]] const iovec* into, [[maybe_unused]] int count,
                  [[maybe_unused]] off_t offset, [[maybe_unused]] int flags) {
#ifdef RWF_NOWAIT
  return ::preadv2(file, into, count, offset, flags);
#else
  return -1;
#endif
}

int control(int file, int command, int argument) { return ::fcntl(file, command, argument); }

int advise([[maybe_unused]] int file, [[maybe_unused]] off_t offset, [[maybe_unused]] off_t length,
           [[maybe_unused]] int advice) {
#if defined(POSIX_FADV_WILLNEED)
  return ::posix_fadvise(file, offset, length, advice);
#elif defined(F_RDADVISE)
  radvisory wanted{offset, static_cast<int>(std::min<off_t>(length, 1 << 30))};
  return ::fcntl(file, F_RDADVISE, &wanted);
#else
  return 0;
#endif
}

int file_limit(rlimit* limit) { return ::getrlimit(RLIMIT_NOFILE, limit); }

#ifdef __linux__

long list(int folder, void* into, std::size_t length) { return ::syscall(SYS_getdents64, folder, into, length); }

int set_io_priority(int thread, int priority) {
  constexpr int kThread = 1;
  return static_cast<int>(::syscall(SYS_ioprio_set, kThread, thread, priority));
}

int barrier(int command) { return static_cast<int>(::syscall(SYS_membarrier, command, 0, 0)); }

#endif

}  // namespace

SystemCalls system_calls = {
    .openat = {"openat", open_at},
    .close = {"close", ::close},
    .fstatat = {"fstatat", status_at},
    .fstat = {"fstat", status_of},
    .fstatfs = {"fstatfs", file_system_of},
    .pread = {"pread", ::pread},
    .preadv2 = {"preadv2", read_some},
#ifdef __linux__
    .getdents64 = {"getdents64", list},
    .ioprio_set = {"ioprio_set", set_io_priority},
    .membarrier = {"membarrier", barrier},
#else
    .fdopendir = {"fdopendir", ::fdopendir},
    .readdir = {"readdir", ::readdir},
#endif
    .fcntl = {"fcntl", control},
    .fsync = {"fsync", ::fsync},
    .fadvise = {"fadvise", advise},
    .file_limit = {"getrlimit", file_limit},
};

}  // namespace hashlane
