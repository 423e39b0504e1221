#include "memory/buffer_pools.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <utility>

namespace hashlane {
namespace {

constexpr std::align_val_t kAlignment{4096};

std::size_t pool_for(std::size_t bytes) {
  std::size_t pool = 0;
  while (pool + 1 < BufferPools::kBlockBytes.size() && BufferPools::kBlockBytes[pool] < bytes) ++pool;
  return pool;
}

}  // namespace

Lease::Lease(Lease&& other) noexcept
    : pools_(std::exchange(other.pools_, nullptr)), pool_(other.pool_), bytes_(std::exchange(other.bytes_, {})) {}

Lease& Lease::operator=(Lease&& other) noexcept {
  if (this != &other) {
    give_back();
    pools_ = std::exchange(other.pools_, nullptr);
    pool_ = other.pool_;
    bytes_ = std::exchange(other.bytes_, {});
  }
  return *this;
}

void Lease::give_back() noexcept {
  if (pools_ != nullptr) std::exchange(pools_, nullptr)->put_back(pool_, bytes_.data());
  bytes_ = {};
}

BufferPools::BufferPools(std::size_t ceiling) : ceiling_(ceiling) {
  memory_.ceiling = ceiling;
  for (std::size_t pool = 0; pool < pools_.size(); ++pool) {
    pools_[pool].reading.block_bytes = kBlockBytes[pool];
    // put_back must not allocate: it runs in destructors.
    pools_[pool].free.reserve(ceiling / kBlockBytes[pool] + 1);
  }
}

BufferPools::~BufferPools() { trim(); }

Lease BufferPools::lease(std::size_t bytes) {
  const std::size_t pool = pool_for(bytes);
  std::unique_lock lock(mutex_);
  auto taken = take_locked(pool, false);
  if (!taken && !stopped_ && !out_of_memory_) {
    ++memory_.waits;
    const auto began = std::chrono::steady_clock::now();
    returned_.wait(lock, [&] { return stopped_ || (taken = take_locked(pool, false)).has_value() || out_of_memory_; });
    const auto waited = std::chrono::steady_clock::now() - began;
    memory_.wait_ns += static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(waited).count());
  }
  return taken ? std::move(*taken) : Lease();
}

Lease BufferPools::try_lease(std::size_t bytes) {
  std::lock_guard lock(mutex_);
  auto taken = take_locked(pool_for(bytes), false);
  return taken ? std::move(*taken) : Lease();
}

Lease BufferPools::lease_now(std::size_t bytes) {
  std::lock_guard lock(mutex_);
  auto taken = take_locked(pool_for(bytes), true);
  return taken ? std::move(*taken) : Lease();
}

std::optional<Lease> BufferPools::take_locked(std::size_t index, bool over_ceiling) {
  Pool& pool = pools_[index];
  const std::size_t block_bytes = kBlockBytes[index];
  std::byte* block = nullptr;
  if (!pool.free.empty()) {
    block = pool.free.back();
    pool.free.pop_back();
    ++pool.reading.hits;
  } else {
    // Free blocks of other classes make room before anybody has to wait.
    if (memory_.held + block_bytes > memory_.ceiling && !over_ceiling) {
      trim_locked();
      if (memory_.held + block_bytes > memory_.ceiling) return std::nullopt;
    }
    block = static_cast<std::byte*>(::operator new(block_bytes, kAlignment, std::nothrow));
    // With other leases about, one of them will come back; with none, waiting would be for ever.
    out_of_memory_ = block == nullptr && memory_.held == 0;
    if (block == nullptr) return std::nullopt;
    ++pool.reading.misses;
    ++pool.reading.held;
    memory_.held += block_bytes;
    memory_.peak = std::max(memory_.peak, memory_.held);
  }
  ++pool.reading.in_use;
  pool.reading.peak = std::max(pool.reading.peak, pool.reading.in_use);
  return Lease(this, index, {block, block_bytes});
}

void BufferPools::put_back(std::size_t index, std::byte* block) noexcept {
  {
    std::lock_guard lock(mutex_);
    Pool& pool = pools_[index];
    --pool.reading.in_use;
    if (memory_.held > memory_.ceiling) {
      ::operator delete(block, kAlignment);
      --pool.reading.held;
      memory_.held -= kBlockBytes[index];
    } else {
      pool.free.push_back(block);
    }
  }
  // Who waits may want another class, so everybody looks again.
  returned_.notify_all();
}

std::size_t BufferPools::trim() {
  std::lock_guard lock(mutex_);
  return trim_locked();
}

std::size_t BufferPools::trim_locked() {
  std::size_t given = 0;
  for (std::size_t index = 0; index < pools_.size(); ++index) {
    Pool& pool = pools_[index];
    for (std::byte* block : pool.free) ::operator delete(block, kAlignment);
    given += pool.free.size() * kBlockBytes[index];
    pool.reading.trimmed += pool.free.size();
    pool.reading.held -= pool.free.size();
    pool.free.clear();
  }
  memory_.held -= given;
  if (given > 0) {
    ++memory_.trims;
    memory_.trimmed_bytes += given;
  }
  return given;
}

void BufferPools::stop_waiting() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  returned_.notify_all();
}

PoolReading BufferPools::pool_reading(std::size_t pool) const {
  std::lock_guard lock(mutex_);
  return pools_[pool].reading;
}

MemoryReading BufferPools::memory_reading() const {
  std::lock_guard lock(mutex_);
  return memory_;
}

}  // namespace hashlane
