#include "tests/engine/hanging_calls.h"

#include <dlfcn.h>
#include <pthread.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdarg>
#include <mutex>
#include <string_view>
#include <vector>

#include "system/calls.h"
#include "tests/engine/receiving.h"

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
  const Receiving here;
  if (any_rules()) pass(call, path_of(file), offset);
}

int open_at(int at, const char* path, int flags) {
  const Receiving here;
  if (any_rules()) pass(Call::kOpen, path_of(at, path));
  return system_calls.openat.original(at, path, flags);
}

int status_at(int at, const char* path, struct stat* status, int flags) {
  const Receiving here;
  if (any_rules()) pass(Call::kLook, path_of(at, path));
  return system_calls.fstatat.original(at, path, status, flags);
}

int status_of(int file, struct stat* status) {
  const Receiving here;
  pass_file(Call::kFacts, file);
  return system_calls.fstat.original(file, status);
}

ssize_t read(int file, void* into, std::size_t length, off_t offset) {
  const Receiving here;
  pass_file(Call::kRead, file, static_cast<std::uint64_t>(offset) + length);
  return system_calls.pread.original(file, into, length, offset);
}

ssize_t read_cached(int file, const iovec* into, int count, off_t offset, int flags) {
  const Receiving here;
  pass_file(Call::kRead, file, static_cast<std::uint64_t>(offset) + into->iov_len);
  return system_calls.preadv2.original(file, into, count, offset, flags);
}

long list(int folder, void* into, std::size_t length) {
  const Receiving here;
  pass_file(Call::kList, folder);
  return system_calls.getdents64.original(folder, into, length);
}

int close_file(int file) {
  const Receiving here;
  pass_file(Call::kClose, file);
  return system_calls.close.original(file);
}

/// In place before any engine runs.
const bool in_place = [] {
  system_calls.openat.current = open_at;
  system_calls.fstatat.current = status_at;
  system_calls.fstat.current = status_of;
  system_calls.pread.current = read;
  system_calls.preadv2.current = read_cached;
  system_calls.getdents64.current = list;
  system_calls.close.current = close_file;
  return true;
}();

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

extern "C" {

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
