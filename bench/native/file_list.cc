#include "file_list.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

namespace hashlane::bench {

void fail(const std::string& what) {
  std::fprintf(stderr, "%s: %s\n", what.c_str(), std::strerror(errno));
  std::exit(1);
}

std::vector<std::string> read_list(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) fail(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::vector<std::string> paths;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\0', at), text.size());
    paths.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return paths;
}

Share::Range Share::next() {
  const std::size_t begin = std::min(taken_.fetch_add(at_a_time_, std::memory_order_relaxed), count_);
  return {begin, std::min(begin + at_a_time_, count_)};
}

void on_threads(std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::vector<std::jthread> others;
  for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(work, thread);
  work(0);
}

}  // namespace hashlane::bench
