// Every call that the engine makes to the system goes through this table, so that a test can let any of them fail, be
// cut short, wait or be interrupted. The whole cost is one indirect call.
#pragma once

#ifndef _WIN32

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#else
#include <sys/mount.h>
#include <sys/param.h>
#endif

#include <cstddef>

namespace hashlane {

template <class Signature>
struct SystemCall;

/// As the system's own: a negative result, or null, and errno.
template <class Result, class... Arguments>
struct SystemCall<Result(Arguments...)> {
  using Function = Result (*)(Arguments...);
  const char* name;
  /// Replaced by tests alone, while no engine runs.
  Function current;
  Function original;

  constexpr SystemCall(const char* call, Function function) noexcept
      : name(call), current(function), original(function) {}
  Result operator()(Arguments... arguments) const { return current(arguments...); }
};

struct SystemCalls {
  SystemCall<int(int at, const char* path, int flags)> openat;
  SystemCall<int(int file)> close;
  SystemCall<int(int at, const char* path, struct stat* status, int flags)> fstatat;
  SystemCall<int(int file, struct stat* status)> fstat;
  SystemCall<int(int file, struct statfs* system)> fstatfs;
  SystemCall<ssize_t(int file, void* into, std::size_t length, off_t offset)> pread;
  SystemCall<ssize_t(int file, const iovec* into, int count, off_t offset, int flags)> preadv2;
#ifdef __linux__
  SystemCall<long(int folder, void* into, std::size_t length)> getdents64;
  SystemCall<int(int thread, int priority)> ioprio_set;
  SystemCall<int(int command)> membarrier;
#else
  SystemCall<DIR*(int folder)> fdopendir;
  SystemCall<dirent*(DIR* stream)> readdir;
#endif
  SystemCall<int(int file, int command, int argument)> fcntl;
  SystemCall<int(int file)> fsync;
  SystemCall<int(int file, off_t offset, off_t length, int advice)> fadvise;
  SystemCall<int(rlimit* limit)> file_limit;
};

extern SystemCalls system_calls;

}  // namespace hashlane

#endif
