// The engine's memory against the C library's: blocks leased and ended, and records of a batch put into buffers
// that are kept against allocations of their own. Prints a JSON line for each way and round, in ns by the
// clock and of processor time (the truer one where others run beside it):
//   {"pattern":"hand","bytes":1024,"threads":2,"way":"pools","round":1,"ns":3.1,"cpu":3.0}
// Patterns: `one` at a time; a `hand` of 64 (of 8 where blocks are large) that begin and end together; begun on one
// thread and ended on another, `across`; a `batch` of 1,000 records. The ways take turns within a round, and the
// first round only warms.
//   pools_bench [ROUNDS [WORK]]      WORK: leases a thread and round, in thousands
#include <array>
#include <atomic>
#include <barrier>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "memory/buffer_pools.h"

namespace hashlane::bench {
namespace {

struct Pools {
  static constexpr const char* kName = "pools";
  explicit Pools(std::size_t block_bytes) : bytes(block_bytes) {}
  using Block = Lease;
  Block take() { return pools.lease(bytes); }
  static std::byte* data(Block& block) { return block.bytes().data(); }
  const std::size_t bytes;
  BufferPools pools{256u << 20};
};

struct Malloc {
  static constexpr const char* kName = "malloc";
  struct Free {
    void operator()(std::byte* block) const { std::free(block); }
  };
  using Block = std::unique_ptr<std::byte, Free>;
  Block take() const { return Block(static_cast<std::byte*>(std::malloc(bytes))); }
  static std::byte* data(Block& block) { return block.get(); }
  const std::size_t bytes;
};

struct AlignedNew {
  static constexpr const char* kName = "aligned new";
  static constexpr std::align_val_t kAlignment{64};
  struct Free {
    void operator()(std::byte* block) const { ::operator delete(block, kAlignment); }
  };
  using Block = std::unique_ptr<std::byte, Free>;
  Block take() const { return Block(static_cast<std::byte*>(::operator new(bytes, kAlignment))); }
  static std::byte* data(Block& block) { return block.get(); }
  const std::size_t bytes;
};

struct Spent {
  /// ns by the clock, and of processor time, in the mean of the threads.
  double wall = 0;
  double cpu = 0;
  Spent over(std::size_t count) const { return {wall / static_cast<double>(count), cpu / static_cast<double>(count)}; }
};

double clock_ns(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// Runs `work` on threads that begin together.
Spent together(std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::barrier gate(static_cast<std::ptrdiff_t>(threads));
  std::vector<Spent> spent(threads);
  std::vector<std::thread> running;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      gate.arrive_and_wait();
      const double wall = clock_ns(CLOCK_MONOTONIC);
      const double cpu = clock_ns(CLOCK_THREAD_CPUTIME_ID);
      work(thread);
      spent[thread] = {clock_ns(CLOCK_MONOTONIC) - wall, clock_ns(CLOCK_THREAD_CPUTIME_ID) - cpu};
    });
  }
  for (std::thread& thread : running) thread.join();
  Spent mean;
  for (const Spent& one : spent) {
    mean.wall += one.wall / static_cast<double>(threads);
    mean.cpu += one.cpu / static_cast<double>(threads);
  }
  return mean;
}

template <typename Way>
void touch(typename Way::Block& block) {
  *static_cast<volatile std::byte*>(Way::data(block)) = std::byte{1};
}

/// ns a block, in hands of `kHand`.
template <typename Way, std::size_t kHand>
Spent in_hands(Way& way, std::size_t threads, std::size_t leases) {
  const std::size_t hands = leases / kHand;
  const Spent spent = together(threads, [&](std::size_t) {
    std::array<typename Way::Block, kHand> hand;
    for (std::size_t i = 0; i < hands; ++i) {
      for (auto& block : hand) touch<Way>(block = way.take());
      for (auto& block : hand) block = {};
    }
  });
  return spent.over(hands * kHand);
}

/// A queue between two threads, each of which waits by trying again.
template <typename Block>
class Ring {
 public:
  void push(Block block) {
    const std::size_t at = pushed_.load(std::memory_order_relaxed);
    while (at - popped_.load(std::memory_order_acquire) == slots_.size()) std::this_thread::yield();
    slots_[at % slots_.size()] = std::move(block);
    pushed_.store(at + 1, std::memory_order_release);
  }
  Block pop() {
    const std::size_t at = popped_.load(std::memory_order_relaxed);
    while (at == pushed_.load(std::memory_order_acquire)) std::this_thread::yield();
    Block block = std::move(slots_[at % slots_.size()]);
    popped_.store(at + 1, std::memory_order_release);
    return block;
  }

 private:
  alignas(64) std::atomic<std::size_t> pushed_ = 0;
  alignas(64) std::atomic<std::size_t> popped_ = 0;
  std::array<Block, 64> slots_;
};

/// ns a block. Even threads take, odd ones end what their neighbour took.
template <typename Way>
Spent across(Way& way, std::size_t threads, std::size_t leases) {
  std::vector<std::unique_ptr<Ring<typename Way::Block>>> rings(threads / 2);
  for (auto& ring : rings) ring = std::make_unique<Ring<typename Way::Block>>();
  const Spent spent = together(threads, [&](std::size_t thread) {
    auto& ring = *rings[thread / 2];
    for (std::size_t i = 0; i < leases; ++i) {
      if (thread % 2 == 0) {
        auto block = way.take();
        touch<Way>(block);
        ring.push(std::move(block));
      } else {
        static_cast<void>(ring.pop());
      }
    }
  });
  return spent.over(leases);
}

template <typename Way>
Spent measure(Way& way, const char* pattern, std::size_t threads, std::size_t leases) {
  if (std::strcmp(pattern, "one") == 0) return in_hands<Way, 1>(way, threads, leases);
  if (std::strcmp(pattern, "across") == 0) return across(way, threads, leases);
  return way.bytes <= 1024 ? in_hands<Way, 64>(way, threads, leases) : in_hands<Way, 8>(way, threads, leases);
}

void print(const char* pattern, std::size_t bytes, std::size_t threads, const char* way, int round, Spent spent) {
  if (round == 0) return;
  std::printf(R"({"pattern":"%s","bytes":%zu,"threads":%zu,"way":"%s","round":%d,"ns":%.3f,"cpu":%.3f})"
              "\n",
              pattern, bytes, threads, way, round, spent.wall, spent.cpu);
}

void blocks(const char* pattern, std::size_t bytes, std::size_t threads, int rounds, std::size_t work) {
  // Large blocks cost more by far in every way.
  const std::size_t leases = bytes <= 1024 ? work : work / 16;
  Pools pools(bytes);
  Malloc plain{bytes};
  AlignedNew aligned{bytes};
  const auto one = [&](auto& way, int round) {
    print(pattern, bytes, threads, way.kName, round, measure(way, pattern, threads, leases));
  };
  for (int round = 0; round <= rounds; ++round) {
    one(pools, round);
    one(plain, round);
    one(aligned, round);
  }
}

// A record as BatchWriter has it: 64 bytes of numbers, a digest, a name.
constexpr std::size_t kRecords = 1000;
constexpr std::size_t kDigestBytes = 32;
constexpr std::string_view kName = "pictures/2024/06-holidays/IMG_20240612_0421.jpg";
using Hot = std::array<std::uint64_t, 8>;
using Digest = std::array<std::byte, kDigestBytes>;

/// Buffers that grow once, and are cleared for the next batch.
struct Kept {
  static constexpr const char* kName = "kept buffers";
  void add(const Hot& record, const Digest& digest, std::string_view name) {
    hot.push_back(record);
    digests.resize(digests.size() + kDigestBytes);
    std::memcpy(digests.data() + digests.size() - kDigestBytes, digest.data(), kDigestBytes);
    cold.append(name);
  }
  void clear() {
    hot.clear();
    digests.clear();
    cold.clear();
  }
  std::vector<Hot> hot;
  std::vector<std::byte> digests;
  std::string cold;
};

/// An object for each record.
struct Single {
  static constexpr const char* kName = "one allocation each";
  struct Record {
    Hot hot;
    std::vector<std::byte> digest;
    std::string name;
  };
  void add(const Hot& record, const Digest& digest, std::string_view name) {
    records.push_back(std::make_unique<Record>(Record{record, {digest.begin(), digest.end()}, std::string(name)}));
  }
  void clear() { records.clear(); }
  std::vector<std::unique_ptr<Record>> records;
};

template <typename Way>
Spent fill(std::size_t threads, std::size_t work) {
  const std::size_t batches = std::max<std::size_t>(work / kRecords, 1);
  const Spent spent = together(threads, [&](std::size_t thread) {
    Way way;
    const Hot hot{thread};
    const Digest digest{};
    for (std::size_t batch = 0; batch < batches; ++batch) {
      for (std::size_t i = 0; i < kRecords; ++i) way.add(hot, digest, kName);
      way.clear();
    }
  });
  return spent.over(batches * kRecords);
}

void batches(std::size_t threads, int rounds, std::size_t work) {
  constexpr std::size_t kBytes = sizeof(Hot) + kDigestBytes + kName.size();
  for (int round = 0; round <= rounds; ++round) {
    print("batch", kBytes, threads, Kept::kName, round, fill<Kept>(threads, work));
    print("batch", kBytes, threads, Single::kName, round, fill<Single>(threads, work));
  }
}

void run(int rounds, std::size_t work) {
  for (const std::size_t bytes : {64u, 256u, 1024u, 16u << 10, 256u << 10}) {
    for (const std::size_t threads : {1u, 2u, 4u}) {
      blocks("one", bytes, threads, rounds, work);
      blocks("hand", bytes, threads, rounds, work);
      if (threads > 1) blocks("across", bytes, threads, rounds, work);
    }
  }
  for (const std::size_t threads : {1u, 2u}) batches(threads, rounds, work);
}

}  // namespace
}  // namespace hashlane::bench

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
  const int thousands = argc > 2 ? std::atoi(argv[2]) : 1000;
  if (rounds < 1 || thousands < 1) {
    std::fputs("usage: pools_bench [ROUNDS [WORK]]\n", stderr);
    return 2;
  }
  hashlane::bench::run(rounds, static_cast<std::size_t>(thousands) * 1000);
}
