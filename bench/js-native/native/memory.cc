// Memory by the engine's parts and by plain ones: slabs, pools of blocks, counters of threads.
#include <array>
#include <atomic>
#include <barrier>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "binding/arguments.h"
#include "contract/contract.h"
#include "engine/batches/slab_pool.h"
#include "memory/buffer_pools.h"
#include "suites.h"

namespace hashlane::bench {
namespace {

/// Bytes to JavaScript in slabs that come back, as the engine's batches go, or in new memory each time.
class Slabs : public Napi::ObjectWrap<Slabs> {
 public:
  static Napi::Function constructor(Napi::Env env) {
    return DefineClass(env, "Slabs",
                       {InstanceMethod<&Slabs::fill>("fill"), InstanceMethod<&Slabs::release>("release"),
                        InstanceMethod<&Slabs::make>("make")});
  }

  /// new Slabs(memory, slabBytes)
  explicit Slabs(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<Slabs>(info),
        held_(Napi::Reference<Napi::Value>::New(info[0], 1)),
        stats_(engine_slot::kEventCount + 1),
        pool_(bytes_of(info[0]), integer_of(info[1]), StatsRegion(stats_.data())),
        source_(integer_of(info[1]), std::byte{0x5a}) {}

 private:
  [[nodiscard]] std::size_t length_of(const Napi::Value& value) const {
    const std::uint64_t length = integer_of(value);
    if (length > source_.size()) throw Napi::RangeError::New(value.Env(), "A slab is not that long");
    return length;
  }

  Napi::Value fill(const Napi::CallbackInfo& info) {
    const std::size_t length = length_of(info[0]);
    const auto slab = pool_.try_acquire();
    if (!slab) throw Napi::Error::New(info.Env(), "No slab is free");
    std::memcpy(pool_.bytes(*slab).data(), source_.data(), length);
    return Napi::Number::New(info.Env(), *slab);
  }
  void release(const Napi::CallbackInfo& info) { pool_.release(static_cast<std::uint32_t>(integer_of(info[0]))); }

  Napi::Value make(const Napi::CallbackInfo& info) {
    const std::size_t length = length_of(info[0]);
    Napi::ArrayBuffer made = Napi::ArrayBuffer::New(info.Env(), length);
    std::memcpy(made.Data(), source_.data(), length);
    return made;
  }

  /// Keeps the memory alive.
  const Napi::Reference<Napi::Value> held_;
  std::vector<std::uint64_t> stats_;
  SlabPool pool_;
  const std::vector<std::byte> source_;
};

/// Runs `work` on threads that begin together; ns of processor time, the mean of the threads.
double together(std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::barrier gate(static_cast<std::ptrdiff_t>(threads));
  std::vector<double> spent(threads);
  std::vector<std::thread> running;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      gate.arrive_and_wait();
      const double before = thread_ns();
      work(thread);
      spent[thread] = thread_ns() - before;
    });
  }
  double sum = 0;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    running[thread].join();
    sum += spent[thread];
  }
  return sum / static_cast<double>(threads);
}

/// ns a block: hands of 64 that begin and end together, each block touched.
template <typename Take, typename Data>
double in_hands(std::size_t threads, std::size_t count, Take take, Data data) {
  constexpr std::size_t kHand = 64;
  const double spent = together(threads, [&](std::size_t) {
    std::array<decltype(take()), kHand> hand;
    for (std::size_t round = 0; round < count / kHand; ++round) {
      for (auto& block : hand) *static_cast<volatile std::byte*>(data(block = take())) = std::byte{1};
      for (auto& block : hand) block = {};
    }
  });
  return spent / static_cast<double>(count);
}

constexpr std::align_val_t kAlignment{64};
struct Freed {
  void operator()(std::byte* block) const { std::free(block); }
};
struct Deleted {
  void operator()(std::byte* block) const { ::operator delete(block, kAlignment); }
};

/// leases(variant, bytes, threads, count)
Napi::Value leases(const Napi::CallbackInfo& info) {
  const std::string variant = info[0].As<Napi::String>();
  const std::size_t bytes = integer_of(info[1]), threads = integer_of(info[2]), count = integer_of(info[3]);
  const auto pointer = [](auto& block) { return block.get(); };
  double ns = 0;
  if (variant == "pools") {
    BufferPools pools{256u << 20};
    ns = in_hands(
        threads, count, [&] { return pools.lease(bytes); }, [](Lease& block) { return block.bytes().data(); });
  } else if (variant == "malloc") {
    using Block = std::unique_ptr<std::byte, Freed>;
    ns = in_hands(
        threads, count, [&] { return Block(static_cast<std::byte*>(std::malloc(bytes))); }, pointer);
  } else {
    using Block = std::unique_ptr<std::byte, Deleted>;
    const auto take = [&] { return Block(static_cast<std::byte*>(::operator new(bytes, kAlignment))); };
    ns = in_hands(threads, count, take, pointer);
  }
  return Napi::Number::New(info.Env(), ns);
}

using Counter = std::atomic<std::uint64_t>;
constexpr std::size_t kMaxThreads = 4;
struct alignas(64) OwnLine {
  Counter value = 0;
};
std::array<OwnLine, kMaxThreads> own_lines;
alignas(64) std::array<Counter, kMaxThreads> packed;

/// additions(variant, threads, count)
Napi::Value additions(const Napi::CallbackInfo& info) {
  const std::string variant = info[0].As<Napi::String>();
  const std::size_t threads = integer_of(info[1]), count = integer_of(info[2]);
  if (threads > kMaxThreads) throw Napi::RangeError::New(info.Env(), "That is too many threads");
  // As StatsRegion::add_own() and add() do.
  const auto add_own = [count](Counter& counter) {
    for (std::size_t i = 0; i < count; ++i) {
      counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
  };
  const double spent = together(threads, [&](std::size_t thread) {
    if (variant == "own cache lines") return add_own(own_lines[thread].value);
    if (variant == "packed") return add_own(packed[thread]);
    for (std::size_t i = 0; i < count; ++i) own_lines[0].value.fetch_add(1, std::memory_order_relaxed);
  });
  return Napi::Number::New(info.Env(), spent / static_cast<double>(count));
}

}  // namespace

void add_memory(Napi::Env env, Napi::Object exports) {
  exports["Slabs"] = Slabs::constructor(env);
  exports["leases"] = Napi::Function::New<leases>(env, "leases");
  exports["additions"] = Napi::Function::New<additions>(env, "additions");
}

}  // namespace hashlane::bench
