// Variants to open, read and close very many small files, for io_uring_bench.
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

struct Variant {
  std::string name;
  /// Reads every file on so many threads; gives the bytes read. Ends the program on an error.
  std::function<std::size_t(const std::vector<SmallFile>& files, std::size_t threads)> run;
};

std::vector<Variant> plain_variants();

/// Linked openat, read and close of so many files at a time, each in a slot of fixed files.
Variant ring_variant(unsigned depth);
/// Without the close: the next file that is opened into a slot takes the place of the one before.
Variant ring_replacing_variant(unsigned depth);
/// With a statx in the chain.
Variant ring_statx_variant(unsigned depth);

}  // namespace hashlane::bench
