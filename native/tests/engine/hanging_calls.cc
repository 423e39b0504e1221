#include "tests/engine/hanging_calls.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdarg>
#include <mutex>
#include <string_view>
#include <vector>

// The names are the linker's.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
int __real_openat(int at, const char* name, int flags, ...);
// What the first becomes where the compiler checks arguments.
int __real___openat_2(int at, const char* name, int flags);
int __real_fstatat(int at, const char* name, struct stat* status, int flags);
int __real_fstat(int file, struct stat* status);
ssize_t __real_pread(int file, void* into, size_t length, off_t offset);
ssize_t __real___pread_chk(int file, void* into, size_t length, off_t offset, size_t room);
ssize_t __real_preadv2(int file, const iovec* into, int count, off_t offset, int flags);
long __real_syscall(long number, ...);
int __real_close(int file);
}

namespace hashlane::testing {
namespace {

struct Rule {
  Call call;
  std::string name;
  std::uint64_t offset;
};

/// Never destroyed: threads may hang at the end of the process.
struct State {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Rule> rules;
  std::size_t hanging = 0;
};

State& state() {
  static auto& shared = *new State();
  return shared;
}

std::string path_of(int file) {
  std::array<char, 4096> path{};
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t length = ::readlink(link.c_str(), path.data(), path.size());
  return length > 0 ? std::string(path.data(), static_cast<std::size_t>(length)) : std::string();
}

std::string path_of(int at, std::string_view name) {
  if (name.starts_with('/') || at == AT_FDCWD) return std::string(name);
  return path_of(at) + "/" + std::string(name);
}

void pass(Call call, const std::string& path, std::uint64_t offset = 0) {
  State& shared = state();
  std::unique_lock lock(shared.mutex);
  const auto matches = [&] {
    for (const Rule& rule : shared.rules) {
      if (rule.call != call || offset < rule.offset) continue;
      if (path.ends_with("/" + rule.name) || path.find("/" + rule.name + "/") != std::string::npos) return true;
    }
    return false;
  };
  if (!matches()) return;
  ++shared.hanging;
  shared.changed.notify_all();
  shared.changed.wait(lock, [&] { return !matches(); });
  --shared.hanging;
  shared.changed.notify_all();
}

bool any_rules() {
  State& shared = state();
  std::lock_guard lock(shared.mutex);
  return !shared.rules.empty();
}

void pass_file(Call call, int file, std::uint64_t offset = 0) {
  if (any_rules()) pass(call, path_of(file), offset);
}

}  // namespace

void hang(Call call, std::string name, std::uint64_t offset) {
  std::lock_guard lock(state().mutex);
  state().rules.push_back({call, std::move(name), offset});
}

void wait_for_hanging(std::size_t count) {
  std::unique_lock lock(state().mutex);
  state().changed.wait(lock, [&] { return state().hanging >= count; });
}

namespace {

std::atomic<bool> threads_refused = false;

}  // namespace

bool refuse_threads([[maybe_unused]] bool refuse) {
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  return false;
#else
  threads_refused = refuse;
  return true;
#endif
}

std::size_t hanging() {
  std::lock_guard lock(state().mutex);
  return state().hanging;
}

void answer() {
  std::unique_lock lock(state().mutex);
  state().rules.clear();
  state().changed.notify_all();
  state().changed.wait(lock, [&] { return state().hanging == 0; });
}

}  // namespace hashlane::testing

using hashlane::testing::Call;

extern "C" {

int __wrap_openat(int at, const char* name, int flags) {
  if (hashlane::testing::any_rules()) hashlane::testing::pass(Call::kOpen, hashlane::testing::path_of(at, name));
  return __real_openat(at, name, flags);
}

int __wrap___openat_2(int at, const char* name, int flags) {
  if (hashlane::testing::any_rules()) hashlane::testing::pass(Call::kOpen, hashlane::testing::path_of(at, name));
  return __real___openat_2(at, name, flags);
}

int __wrap_fstatat(int at, const char* name, struct stat* status, int flags) {
  if (hashlane::testing::any_rules()) hashlane::testing::pass(Call::kLook, hashlane::testing::path_of(at, name));
  return __real_fstatat(at, name, status, flags);
}

int __wrap_fstat(int file, struct stat* status) {
  hashlane::testing::pass_file(Call::kFacts, file);
  return __real_fstat(file, status);
}

ssize_t __wrap_pread(int file, void* into, size_t length, off_t offset) {
  hashlane::testing::pass_file(Call::kRead, file, static_cast<std::uint64_t>(offset) + length);
  return __real_pread(file, into, length, offset);
}

ssize_t __wrap___pread_chk(int file, void* into, size_t length, off_t offset, size_t room) {
  hashlane::testing::pass_file(Call::kRead, file, static_cast<std::uint64_t>(offset) + length);
  return __real___pread_chk(file, into, length, offset, room);
}

ssize_t __wrap_preadv2(int file, const iovec* into, int count, off_t offset, int flags) {
  hashlane::testing::pass_file(Call::kRead, file, static_cast<std::uint64_t>(offset) + into->iov_len);
  return __real_preadv2(file, into, count, offset, flags);
}

// The kernel takes at most six words, and those that a call does not take are never looked at.
long __wrap_syscall(long number, long a, long b, long c, long d, long e, long f) {
  if (number == SYS_fstat) hashlane::testing::pass_file(Call::kFacts, static_cast<int>(a));
  if (number == SYS_getdents64) hashlane::testing::pass_file(Call::kList, static_cast<int>(a));
  return __real_syscall(number, a, b, c, d, e, f);
}

int __wrap_close(int file) {
  hashlane::testing::pass_file(Call::kClose, file);
  return __real_close(file);
}

#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)
// In place of the C library's, for the C++ library too.
__attribute__((visibility("default"))) int pthread_create(pthread_t* thread, const pthread_attr_t* attributes,
                                                          void* (*start)(void*), void* argument) {
  using Create = int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
  static Create* const next = reinterpret_cast<Create*>(::dlsym(RTLD_NEXT, "pthread_create"));
  return hashlane::testing::threads_refused ? EAGAIN : next(thread, attributes, start, argument);
}
#endif
}
// NOLINTEND(bugprone-reserved-identifier)
