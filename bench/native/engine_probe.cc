// The engine without JavaScript on a folder, over and over, by one worker: what a build of it costs.
//   cmake -S native -B build/bench -G Ninja -DHASHLANE_BENCH=ON && cmake --build build/bench --target engine_probe
//   build/bench/engine/engine_probe TIMES FOLDER ALGORITHM…
// Prints {"files","bytes","processorSeconds"} of all times together, the system's share included. Under `valgrind
// --tool=callgrind` two runs with different TIMES tell the instructions of one.
#include <sys/resource.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "engine/engine.h"

namespace hashlane {
namespace {

constexpr std::size_t kSlabBytes = 512u << 10;
constexpr std::size_t kSlabs = 16;

/// Gives every slab back unread and keeps the end of the last job.
class Listener final : public Delivery {
 public:
  Engine* engine = nullptr;

  void batch(JobId, std::uint32_t slab, std::uint32_t) noexcept override { engine->release_slab(slab); }
  void feed_answered(FeedId, bool) noexcept override {}
  void job_ended(const JobEnd& end) noexcept override {
    const std::lock_guard lock(mutex_);
    end_ = end;
    ended_.notify_one();
  }
  JobEnd wait() {
    std::unique_lock lock(mutex_);
    ended_.wait(lock, [this] { return end_.has_value(); });
    return *std::exchange(end_, std::nullopt);
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  std::optional<JobEnd> end_;
};

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// 0 for a name that no algorithm has.
std::uint64_t bit_of(const char* name) {
  for (const AlgorithmInfo& algorithm : kAlgorithms) {
    if (std::strcmp(algorithm.name, name) == 0) return std::uint64_t{1} << algorithm.id;
  }
  return 0;
}

template <typename T>
std::span<T> aligned(std::vector<T>& memory, std::size_t count) {
  void* from = memory.data();
  std::size_t space = memory.size() * sizeof(T);
  return {static_cast<T*>(std::align(64, count * sizeof(T), from, space)), count};
}

int probe(int times, const char* folder, std::uint64_t algorithms) {
  std::vector<std::byte> slab_memory(kSlabs * kSlabBytes + 64);
  std::vector<std::uint64_t> stats_memory(kStatsSlots + 8);
  Listener listener;
  EngineOptions options;
  options.slabs = aligned(slab_memory, kSlabs * kSlabBytes);
  options.slab_bytes = kSlabBytes;
  options.stats = aligned(stats_memory, kStatsSlots);
  Engine engine(options, listener);
  listener.engine = &engine;
  const double before = processor_seconds();
  std::uint64_t files = 0, bytes = 0;
  for (int time = 0; time < times; ++time) {
    JobSpec spec;
    spec.roots = {folder};
    spec.algorithm_mask = algorithms;
    if (engine.start(std::move(spec)).error != StartError::kNone) return 1;
    const JobEnd end = listener.wait();
    if (end.failed != 0 || end.ok == 0) return 1;
    files += end.files;
    bytes += end.bytes;
  }
  std::printf("{\"files\":%llu,\"bytes\":%llu,\"processorSeconds\":%.6f}\n", static_cast<unsigned long long>(files),
              static_cast<unsigned long long>(bytes), processor_seconds() - before);
  return 0;
}

}  // namespace
}  // namespace hashlane

int main(int argc, char** argv) {
  std::uint64_t algorithms = 0;
  for (int argument = 3; argument < argc; ++argument) {
    const std::uint64_t bit = hashlane::bit_of(argv[argument]);
    if (bit == 0) std::fprintf(stderr, "No algorithm is called %s\n", argv[argument]);
    if (bit == 0) return 2;
    algorithms |= bit;
  }
  const int times = argc > 1 ? std::atoi(argv[1]) : 0;
  if (algorithms == 0 || times < 1) {
    std::fprintf(stderr, "engine_probe TIMES FOLDER ALGORITHM…\n");
    return 2;
  }
  return hashlane::probe(times, argv[2], algorithms);
}
