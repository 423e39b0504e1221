// What reading alone costs: no program that hashes can be faster. Prints `FILES files, BYTES bytes`.
//   baseline read THREADS FILE     one file, a MiB at a time
//   baseline files THREADS LIST    open, read, close every path of a list (find -print0)
//   baseline walk THREADS FOLDER   the same, of all files below a folder, which are found meanwhile
#include <fcntl.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <mutex>
#include <string_view>
#include <utility>

#include "file_list.h"

namespace hashlane::bench {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

struct Total {
  std::atomic<std::size_t> files{0};
  std::atomic<std::size_t> bytes{0};
};

int open_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) fail(path);
  return file;
}

/// Reads to the end. A short read is the end: these are regular files that nobody changes.
std::size_t read_whole(const std::string& path, std::vector<char>& buffer) {
  const int file = open_file(path);
  std::size_t total = 0;
  for (;;) {
    const ssize_t got = read(file, buffer.data(), buffer.size());
    if (got < 0) fail(path);
    total += static_cast<std::size_t>(got);
    if (static_cast<std::size_t>(got) < buffer.size()) break;
  }
  close(file);
  return total;
}

void read_file(std::size_t threads, const std::string& path, Total& total) {
  const int file = open_file(path);
  const off_t length = lseek(file, 0, SEEK_END);
  Share share((static_cast<std::size_t>(length) + kPieceBytes - 1) / kPieceBytes, 1);
  on_threads(threads, [&](std::size_t) {
    std::vector<char> buffer(kPieceBytes);
    for (auto piece = share.next(); piece.begin < piece.end; piece = share.next()) {
      const ssize_t got = pread(file, buffer.data(), buffer.size(), static_cast<off_t>(piece.begin * kPieceBytes));
      if (got < 0) fail(path);
      total.bytes += static_cast<std::size_t>(got);
    }
  });
  total.files = 1;
}

void read_files(std::size_t threads, const std::vector<std::string>& paths, Total& total) {
  Share share(paths.size(), 16);
  on_threads(threads, [&](std::size_t) {
    std::vector<char> buffer(kPieceBytes);
    std::size_t bytes = 0;
    for (auto range = share.next(); range.begin < range.end; range = share.next()) {
      for (std::size_t index = range.begin; index < range.end; ++index) bytes += read_whole(paths[index], buffer);
    }
    total.bytes += bytes;
  });
  total.files = paths.size();
}

/// What has been found and not yet been read, in handfuls.
class Found {
 public:
  using Paths = std::vector<std::string>;

  void add(Paths paths) {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(paths));
    changed_.notify_one();
  }

  void end() {
    const std::lock_guard lock(mutex_);
    complete_ = true;
    changed_.notify_all();
  }

  /// Empty once nothing more will come.
  Paths take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return complete_ || !queue_.empty(); });
    if (queue_.empty()) return {};
    Paths paths = std::move(queue_.front());
    queue_.pop_front();
    return paths;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Paths> queue_;
  bool complete_ = false;
};

void find_files(const char* folder, Found& found) {
  Found::Paths paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    paths.push_back(entry.path().native());
    if (paths.size() == 64) found.add(std::exchange(paths, {}));
  }
  if (!paths.empty()) found.add(std::move(paths));
  found.end();
}

void read_tree(std::size_t threads, const char* folder, Total& total) {
  Found found;
  on_threads(threads, [&](std::size_t thread) {
    // The last one walks first, so that the others have work meanwhile.
    if (thread == threads - 1) find_files(folder, found);
    std::vector<char> buffer(kPieceBytes);
    for (auto paths = found.take(); !paths.empty(); paths = found.take()) {
      total.files += paths.size();
      for (const std::string& path : paths) total.bytes += read_whole(path, buffer);
    }
  });
}

}  // namespace
}  // namespace hashlane::bench

int main(int argc, char** argv) {
  using namespace hashlane::bench;
  const std::string_view variant = argc == 4 ? argv[1] : "";
  const auto threads = static_cast<std::size_t>(argc == 4 ? std::atoi(argv[2]) : 0);
  Total total;
  if (threads == 0 || threads > 64) {
    std::fputs("baseline read|files|walk THREADS PATH\n", stderr);
    return 2;
  }
  if (variant == "read")
    read_file(threads, argv[3], total);
  else if (variant == "files")
    read_files(threads, read_list(argv[3]), total);
  else if (variant == "walk")
    read_tree(threads, argv[3], total);
  else
    return 2;
  std::printf("%zu files, %zu bytes\n", total.files.load(), total.bytes.load());
}
