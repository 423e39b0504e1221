// What it costs to count on several threads at once: counters of each thread's own on cache lines of their own, such
// counters packed into one line, and one counter that all add to. A JSON object a line and measurement.
//   cmake -S bench/native -B build/bench-tools -G Ninja && cmake --build build/bench-tools --target counters_bench
//   build/bench-tools/counters_bench ROUNDS MILLISECONDS
#include <time.h>

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

namespace {

using Counter = std::atomic<std::uint64_t>;

constexpr std::size_t kLine = 64;
constexpr std::size_t kMostThreads = 4;
/// Additions between two looks at the clock.
constexpr std::uint64_t kAdds = 100'000;

struct alignas(kLine) OwnLine {
  Counter value = 0;
};

std::array<OwnLine, kMostThreads> own_lines;
alignas(kLine) std::array<Counter, kMostThreads> packed;
OwnLine shared;

// As StatsRegion::add_own() and add() do.
void add_own(Counter& counter) {
  counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}
void add(Counter& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

struct Way {
  const char* name;
  void (*count)(std::size_t thread, std::uint64_t adds);
  std::uint64_t (*sum)();
};

constexpr Way kWays[] = {
    {"own cache lines",
     [](std::size_t thread, std::uint64_t adds) {
       for (std::uint64_t i = 0; i < adds; ++i) add_own(own_lines[thread].value);
     },
     [] {
       std::uint64_t sum = 0;
       for (OwnLine& line : own_lines) sum += line.value.exchange(0);
       return sum;
     }},
    {"packed",
     [](std::size_t thread, std::uint64_t adds) {
       for (std::uint64_t i = 0; i < adds; ++i) add_own(packed[thread]);
     },
     [] {
       std::uint64_t sum = 0;
       for (Counter& counter : packed) sum += counter.exchange(0);
       return sum;
     }},
    {"one for all",
     [](std::size_t, std::uint64_t adds) {
       for (std::uint64_t i = 0; i < adds; ++i) add(shared.value);
     },
     [] { return shared.value.exchange(0); }},
};

/// What the calling thread has had of a processor, nanoseconds: other programs' turns do not count.
double processor_ns() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

/// Nanoseconds of a processor an addition, over threads that begin together and go on for so long.
double measure(const Way& way, std::size_t threads, std::chrono::milliseconds duration) {
  struct Result {
    double ns = 0;
    std::uint64_t adds = 0;
  };
  std::barrier start(static_cast<std::ptrdiff_t>(threads));
  std::vector<Result> results(threads);
  std::vector<std::thread> running;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      start.arrive_and_wait();
      Result result;
      const auto end = std::chrono::steady_clock::now() + duration;
      const double began = processor_ns();
      for (; std::chrono::steady_clock::now() < end; result.adds += kAdds) way.count(thread, kAdds);
      result.ns = processor_ns() - began;
      results[thread] = result;
    });
  }
  Result all;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    running[thread].join();
    all.ns += results[thread].ns;
    all.adds += results[thread].adds;
  }
  if (way.sum() != all.adds) {
    std::fprintf(stderr, "%s lost additions\n", way.name);
    std::exit(1);
  }
  return all.ns / static_cast<double>(all.adds);
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t rounds = argc == 3 ? std::strtoull(argv[1], nullptr, 10) : 0;
  const std::chrono::milliseconds duration(argc == 3 ? std::strtol(argv[2], nullptr, 10) : 0);
  if (rounds == 0 || duration.count() <= 0) {
    std::fprintf(stderr, "Usage: counters_bench ROUNDS MILLISECONDS\n");
    return 2;
  }
  for (const std::size_t threads : {1, 2, 4}) {
    // The first round warms and is not told.
    for (std::uint64_t round = 0; round <= rounds; ++round) {
      for (const Way& way : kWays) {
        const double ns = measure(way, threads, duration);
        if (round == 0) continue;
        std::printf("{\"threads\":%zu,\"way\":\"%s\",\"round\":%llu,\"ns\":%.4f}\n", threads, way.name,
                    static_cast<unsigned long long>(round), ns);
      }
    }
  }
}
