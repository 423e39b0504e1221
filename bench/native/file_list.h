// Lists of files for the benchmarks, and how threads share the work on them.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace hashlane::bench {

/// Paths that end with NUL, as `find -print0` writes them. Ends the program when they cannot be read.
std::vector<std::string> read_list(const char* path);

/// Prints what failed, with errno, and ends the program with 1.
[[noreturn]] void fail(const std::string& what);

/// Hands out the numbers below `count` in order, a few at a time, to any number of threads.
class Share {
 public:
  struct Range {
    std::size_t begin;
    std::size_t end;
  };

  Share(std::size_t count, std::size_t at_a_time) : count_(count), at_a_time_(at_a_time) {}
  /// Empty when nothing is left.
  Range next();

 private:
  std::size_t count_;
  std::size_t at_a_time_;
  std::atomic<std::size_t> taken_{0};
};

/// Runs `work(thread)` on so many threads, this one among them, and waits for all.
void on_threads(std::size_t threads, const std::function<void(std::size_t)>& work);

}  // namespace hashlane::bench
