// Does io_uring win for small files? Reads every file of a list by plain system calls and by rings,
// in turn, and prints what each variant took as JSON. Nothing of this ships.
//   io_uring_bench LIST [ROUNDS] [cold]     LIST as `find -print0` writes it
// With `cold` it also drops the system's caches (as root) before each of a few variants, once: this
// disturbs everything else that runs on the machine.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include "file_list.h"
#include "variants.h"

namespace hashlane::bench {
namespace {

constexpr int kDefaultRounds = 7;
constexpr int kCallsInRound = 200'000;
constexpr std::size_t kCallBytes = 4096;

struct Cost {
  double seconds;
  double cpu_seconds;
};

struct Measured {
  Variant variant;
  std::size_t threads;
  std::vector<Cost> costs;
};

/// Of this process, the kernel's threads that serve its rings included.
double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <typename Work>
Cost cost_of(const Work& work) {
  const double cpu = cpu_seconds();
  const auto start = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return {took.count(), cpu_seconds() - cpu};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

double median(const std::vector<Cost>& costs, double Cost::*part) {
  std::vector<double> values;
  for (const Cost& cost : costs) values.push_back(cost.*part);
  return median(values);
}

std::vector<SmallFile> open_folders(const std::vector<std::string>& paths) {
  std::map<std::string, int> folders;
  std::vector<SmallFile> files;
  for (const std::string& path : paths) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) continue;
    const std::string folder = path.substr(0, slash);
    const auto [entry, is_new] = folders.try_emplace(folder, -1);
    if (is_new) entry->second = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (entry->second < 0) fail(folder);
    files.push_back({path, entry->second, path.substr(slash + 1)});
  }
  return files;
}

/// The first run of all shows how many bytes there are; every other must read as many.
void run_once(Measured& measured, const std::vector<SmallFile>& files, std::size_t& bytes, bool counted) {
  std::size_t got = 0;
  const Cost cost = cost_of([&] { got = measured.variant.run(files, measured.threads); });
  if (bytes == 0) bytes = got;
  if (got != bytes) {
    std::fprintf(stderr, "%s read %zu bytes instead of %zu\n", measured.variant.name.c_str(), got, bytes);
    std::exit(1);
  }
  if (counted) measured.costs.push_back(cost);
}

std::vector<Measured> warm_variants() {
  std::vector<Variant> variants = plain_variants();
  for (const unsigned depth : {4u, 16u, 64u, 256u}) variants.push_back(ring_variant(depth));
  variants.push_back(ring_replacing_variant(64));
  variants.push_back(ring_statx_variant(64));
  std::vector<Measured> all;
  for (const std::size_t threads : {1u, 2u}) {
    for (const Variant& variant : variants) all.push_back({variant, threads, {}});
  }
  return all;
}

std::vector<Measured> cold_variants() {
  const Variant plain = plain_variants().front();
  return {{plain, 1, {}}, {plain, 2, {}}, {plain, 32, {}}, {ring_variant(64), 1, {}}, {ring_variant(64), 2, {}}};
}

/// False when this process may not.
bool drop_caches() {
  sync();
  const int file = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool dropped = write(file, "3", 1) == 1;
  close(file);
  return dropped;
}

void print(const char* name, const std::vector<Measured>& all) {
  std::printf(",\n \"%s\": [", name);
  for (std::size_t index = 0; index < all.size(); ++index) {
    const auto& [variant, threads, costs] = all[index];
    std::printf("%s\n  {\"variant\": \"%s\", \"threads\": %zu, \"seconds\": %.6f, \"cpuSeconds\": %.6f}",
                index > 0 ? "," : "", variant.name.c_str(), threads, median(costs, &Cost::seconds),
                median(costs, &Cost::cpu_seconds));
  }
  std::printf("]");
}

/// Processor's nanoseconds of a call that copies 4 KiB of a file in the cache: pread, and preadv2 with RWF_NOWAIT.
void print_calls(const std::string& path, int rounds) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(path);
  char buffer[kCallBytes];
  const iovec whole{buffer, sizeof buffer};
  const auto nanoseconds = [&](auto call) {
    const Cost cost = cost_of([&] {
      for (int time = 0; time < kCallsInRound; ++time) {
        if (call() < 0) fail(path);
      }
    });
    return cost.cpu_seconds * 1e9 / kCallsInRound;
  };
  std::vector<double> plain, unwilling;
  for (int round = 0; round < rounds; ++round) {
    plain.push_back(nanoseconds([&] { return pread(file, buffer, sizeof buffer, 0); }));
    unwilling.push_back(nanoseconds([&] { return preadv2(file, &whole, 1, 0, RWF_NOWAIT); }));
  }
  close(file);
  std::printf(",\n \"calls\": [{\"call\": \"pread\", \"nanoseconds\": %.1f},\n", median(plain));
  std::printf("  {\"call\": \"preadv2 RWF_NOWAIT\", \"nanoseconds\": %.1f}]\n", median(unwilling));
}

}  // namespace
}  // namespace hashlane::bench

int main(int argc, char** argv) {
  using namespace hashlane::bench;
  const bool cold = argc > 1 && std::strcmp(argv[argc - 1], "cold") == 0;
  const int rounds = argc > 2 && std::atoi(argv[2]) > 0 ? std::atoi(argv[2]) : kDefaultRounds;
  if (argc < 2) {
    std::fputs("io_uring_bench LIST [ROUNDS] [cold]\n", stderr);
    return 2;
  }
  const std::vector<SmallFile> files = open_folders(read_list(argv[1]));
  if (files.empty()) {
    std::fputs("io_uring_bench: the list is empty\n", stderr);
    return 2;
  }
  std::size_t bytes = 0;
  std::vector<Measured> warm = warm_variants();
  for (int round = 0; round <= rounds; ++round) {
    for (Measured& measured : warm) run_once(measured, files, bytes, round > 0);
  }
  std::printf("{\"layout\": \"hashlane-io/1\", \"files\": %zu, \"bytes\": %zu, \"rounds\": %d", files.size(), bytes,
              rounds);
  print("warm", warm);
  if (cold) {
    std::vector<Measured> chilled;
    for (Measured& measured : cold_variants()) {
      if (!drop_caches()) break;
      run_once(measured, files, bytes, true);
      chilled.push_back(measured);
    }
    print("cold", chilled);
  }
  const auto filled = std::ranges::find_if(
      files, [](const SmallFile& file) { return std::filesystem::file_size(file.path) >= kCallBytes; });
  if (filled != files.end()) print_calls(filled->path, rounds);
  std::printf("}\n");
}
