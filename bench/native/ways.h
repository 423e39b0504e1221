// Ways to open, read and close very many small files, for io_uring_bench.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace hashlane::bench {

/// No file of the corpus is larger.
inline constexpr std::size_t kLargestFile = 1 << 20;

struct SmallFile {
  std::string path;
  /// An open folder and the name in it.
  int folder;
  std::string leaf;
};

struct Way {
  std::string name;
  /// Reads every file on so many threads; gives the bytes read. Ends the program on an error.
  std::function<std::size_t(const std::vector<SmallFile>& files, std::size_t threads)> run;
};

std::vector<Way> plain_ways();

/// Linked openat, read and close of so many files at a time, each in a slot of fixed files.
Way ring_way(unsigned depth);
/// Without the close: the next file that is opened into a slot takes the place of the one before.
Way ring_replacing_way(unsigned depth);
/// With a statx in the chain.
Way ring_statx_way(unsigned depth);

}  // namespace hashlane::bench
