// One system call after the other.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include "file_list.h"
#include "variants.h"

namespace hashlane::bench {
namespace {

std::size_t checked(ssize_t got, const SmallFile& file) {
  if (got < 0) fail(file.path);
  return static_cast<std::size_t>(got);
}

int open_by_path(const SmallFile& file) { return open(file.path.c_str(), O_RDONLY | O_CLOEXEC); }

int open_by_leaf(const SmallFile& file) { return openat(file.folder, file.leaf.c_str(), O_RDONLY | O_CLOEXEC); }

std::size_t by_pread(const SmallFile& file, int descriptor, std::vector<char>& buffer) {
  return checked(pread(descriptor, buffer.data(), buffer.size(), 0), file);
}

std::size_t size_of(const SmallFile& file, int descriptor) {
  struct statx facts;
  checked(statx(descriptor, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &facts), file);
  return facts.stx_size;
}

std::size_t by_pread_after_statx(const SmallFile& file, int descriptor, std::vector<char>& buffer) {
  size_of(file, descriptor);
  return by_pread(file, descriptor, buffer);
}

/// A call that does not wait also stops short where the cache has a hole: the size shows it.
std::size_t by_pread_without_waiting(const SmallFile& file, int descriptor, std::vector<char>& buffer) {
  const std::size_t size = size_of(file, descriptor);
  const iovec whole{buffer.data(), buffer.size()};
  const ssize_t got = preadv2(descriptor, &whole, 1, 0, RWF_NOWAIT);
  if (got < 0 && errno != EAGAIN) fail(file.path);
  return got == static_cast<ssize_t>(size) ? size : by_pread(file, descriptor, buffer);
}

template <auto open_file, auto read_file>
std::size_t run(const std::vector<SmallFile>& files, std::size_t threads) {
  std::atomic<std::size_t> total = 0;
  Share share(files.size(), 64);
  on_threads(threads, [&](std::size_t) {
    std::vector<char> buffer(kLargestFile);
    std::size_t bytes = 0;
    for (auto range = share.next(); range.begin < range.end; range = share.next()) {
      for (std::size_t index = range.begin; index < range.end; ++index) {
        const int descriptor = open_file(files[index]);
        if (descriptor < 0) fail(files[index].path);
        bytes += read_file(files[index], descriptor, buffer);
        close(descriptor);
      }
    }
    total += bytes;
  });
  return total;
}

}  // namespace

std::vector<Variant> plain_variants() {
  return {{"openat, read, close", run<open_by_leaf, by_pread>},
          {"open by full path, read, close", run<open_by_path, by_pread>},
          {"openat, statx, read, close", run<open_by_leaf, by_pread_after_statx>},
          {"openat, statx, preadv2 RWF_NOWAIT, close", run<open_by_leaf, by_pread_without_waiting>}};
}

}  // namespace hashlane::bench
