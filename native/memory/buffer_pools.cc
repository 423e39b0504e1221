#include "memory/buffer_pools.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

#include "system/clock.h"

namespace hashlane {
namespace {

constexpr std::align_val_t kAlignment{4096};

/// Never given twice, so that a thread does not take new pools for old ones at the same address.
std::uint64_t next_id() noexcept {
  static std::atomic<std::uint64_t> last = 0;
  return last.fetch_add(1, std::memory_order_relaxed) + 1;
}

}  // namespace

BufferPools::BufferPools(std::size_t ceiling, std::size_t least)
    : id_(next_id()),
      ceiling_(ceiling),
      least_(std::min(least, ceiling)),
      small_{SmallPool(kBlockBytes[0]), SmallPool(kBlockBytes[1]), SmallPool(kBlockBytes[2])} {
  memory_.ceiling = ceiling;
  memory_.allowed = ceiling;
}

BufferPools::~BufferPools() {
  trim();
  Front::forget(*this);
}

Lease BufferPools::begin_at_pools(std::size_t index, Manner manner, Front* front) {
  std::unique_lock lock(mutex_);
  // Who can do without leaves what comes back to those who wait.
  if (manner == Manner::kTry && waiting_ > 0) return {};
  std::byte* block = take(index, manner, front);
  if (block == nullptr && manner == Manner::kWait) block = wait_for(index, front, lock);
  if (block == nullptr) return {};
  const bool reader = index >= kSmallClasses && manner != Manner::kNow;
  return {this, static_cast<std::uint32_t>(index), reader, {block, kBlockBytes[index]}};
}

std::byte* BufferPools::wait_for(std::size_t index, Front* front, std::unique_lock<std::mutex>& lock) {
  std::byte* block = nullptr;
  const auto served = [&] {
    return stopped_ || (block = take(index, Manner::kWait, front)) != nullptr || out_of_memory_;
  };
  if (stopped_ || out_of_memory_) return nullptr;
  if (waiting_++ == 0) close_fronts();
  ++memory_.waits;
  const std::uint64_t began = now_ns();
  returned_.wait(lock, served);
  memory_.wait_ns += now_ns() - began;
  if (--waiting_ == 0) open_fronts();
  return block;
}

std::byte* BufferPools::take(std::size_t index, Manner manner, Front* front) {
  return index < kSmallClasses ? take_small(index, manner, front) : take_large(index, manner);
}

std::byte* BufferPools::take_small(std::size_t index, Manner manner, Front* front) {
  SmallPool& pool = small_[index];
  std::byte* block = pool.blocks.take();
  if (block == nullptr) {
    if (!make_room(SmallBlocks::kSlabBytes, false, manner)) return nullptr;
    if (out_of_memory(!pool.blocks.grow())) return nullptr;
    hold(SmallBlocks::kSlabBytes);
    ++pool.misses;
    block = pool.blocks.take();
  }
  ++pool.begun;
  if (front != nullptr && waiting_ == 0) {
    Front::Kept& kept = front->classes[index];
    while (kept.count < Front::kLot && (kept.blocks[kept.count] = pool.blocks.take()) != nullptr) ++kept.count;
  }
  pool.peak = std::max<std::uint64_t>(pool.peak, pool.blocks.taken());
  return block;
}

std::byte* BufferPools::take_large(std::size_t index, Manner manner) {
  Pool& pool = large_[index - kSmallClasses];
  const std::size_t bytes = kBlockBytes[index];
  const bool reader = manner != Manner::kNow;
  std::byte* block = pool.free;
  if (block != nullptr) {
    std::memcpy(&pool.free, block, sizeof pool.free);
    --pool.free_count;
    ++pool.reading.hits;
  } else {
    if (!make_room(bytes, reader, manner)) return nullptr;
    block = static_cast<std::byte*>(::operator new(bytes, kAlignment, std::nothrow));
    if (out_of_memory(block == nullptr)) return nullptr;
    hold(bytes);
    ++pool.reading.misses;
    ++pool.reading.held;
  }
  if (reader) readers_ += bytes;
  ++pool.reading.in_use;
  pool.reading.peak = std::max(pool.reading.peak, pool.reading.in_use);
  return block;
}

// Free blocks of other classes make room before anybody has to wait.
bool BufferPools::make_room(std::size_t bytes, bool reader, Manner manner) {
  const auto fits = [&] { return memory_.held + bytes <= memory_.allowed; };
  if (manner == Manner::kNow || fits()) return true;
  memory_.trimmed_for_room += sweep();
  return fits() || (reader && manner == Manner::kWait && readers_ + bytes <= least_);
}

void BufferPools::hold(std::size_t bytes) {
  memory_.held += bytes;
  memory_.peak = std::max(memory_.peak, memory_.held);
}

// With other leases about, one of them will come back; with none, waiting would be for ever.
bool BufferPools::out_of_memory(bool failed) noexcept {
  out_of_memory_ = failed && memory_.held == 0;
  return failed;
}

void BufferPools::end_at_pools(std::size_t index, std::byte* block, bool reader, Front* front) noexcept {
  std::unique_lock lock(mutex_);
  const bool above = memory_.held > memory_.allowed;
  if (index < kSmallClasses) {
    SmallPool& pool = small_[index];
    if (front != nullptr && waiting_ == 0) {
      Front::Kept& kept = front->classes[index];
      while (kept.count > Front::kLot) pool.blocks.put(kept.blocks[--kept.count]);
    }
    pool.blocks.put(block);
    ++pool.ended;
    if (above) give_to_system();
  } else {
    Pool& pool = large_[index - kSmallClasses];
    if (reader) readers_ -= kBlockBytes[index];
    --pool.reading.in_use;
    std::memcpy(block, &pool.free, sizeof pool.free);
    pool.free = block;
    ++pool.free_count;
    if (above) give_to_system();
  }
  if (waiting_ == 0) return;
  lock.unlock();
  // Who waits may want another class, so everybody looks again.
  returned_.notify_all();
}

std::size_t BufferPools::trim() {
  std::lock_guard lock(mutex_);
  if (waiting_ == 0) {
    close_fronts();
    open_fronts();
  }
  return sweep();
}

std::size_t BufferPools::allow(std::size_t bytes) {
  std::size_t given = 0;
  {
    std::lock_guard lock(mutex_);
    memory_.allowed = std::clamp(bytes, least_, ceiling_);
    if (memory_.held > memory_.allowed) {
      if (waiting_ == 0) {
        close_fronts();
        open_fronts();
      }
      given = sweep();
    }
  }
  returned_.notify_all();
  return given;
}

std::size_t BufferPools::sweep() {
  const std::size_t given = give_to_system();
  if (given > 0) ++memory_.trims;
  return given;
}

/// All that is free, fronts aside.
std::size_t BufferPools::give_to_system() {
  std::size_t given = 0;
  for (SmallPool& pool : small_) {
    const std::size_t slabs = pool.blocks.release_empty();
    pool.trimmed += slabs * pool.blocks.blocks_per_slab();
    given += slabs * SmallBlocks::kSlabBytes;
  }
  for (std::size_t index = 0; index < large_.size(); ++index) {
    Pool& pool = large_[index];
    given += pool.free_count * kBlockBytes[index + kSmallClasses];
    pool.reading.trimmed += pool.free_count;
    pool.reading.held -= pool.free_count;
    pool.free_count = 0;
    while (pool.free != nullptr) {
      std::byte* const block = pool.free;
      std::memcpy(&pool.free, block, sizeof pool.free);
      ::operator delete(block, kAlignment);
    }
  }
  memory_.held -= given;
  memory_.trimmed_bytes += given;
  return given;
}

void BufferPools::stop_waiting() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  returned_.notify_all();
}

void BufferPools::admit(Front& front) {
  std::lock_guard lock(mutex_);
  front.after = fronts_;
  if (fronts_ != nullptr) fronts_->before = &front;
  fronts_ = &front;
  if (waiting_ > 0) front.gate.close();
}

void BufferPools::dismiss(Front& front) {
  std::lock_guard lock(mutex_);
  empty_front(front);
  for (std::size_t index = 0; index < kSmallClasses; ++index) {
    small_[index].begun += front.classes[index].begun.load(std::memory_order_relaxed);
    small_[index].ended += front.classes[index].ended.load(std::memory_order_relaxed);
  }
  (front.before != nullptr ? front.before->after : fronts_) = front.after;
  if (front.after != nullptr) front.after->before = front.before;
  if (waiting_ > 0) returned_.notify_all();
}

void BufferPools::close_fronts() {
  if (fronts_ == nullptr) return;
  for (Front* front = fronts_; front != nullptr; front = front->after) front->gate.close();
  OwnerGate::settle();
  for (Front* front = fronts_; front != nullptr; front = front->after) {
    front->gate.await();
    empty_front(*front);
  }
}

void BufferPools::open_fronts() {
  for (Front* front = fronts_; front != nullptr; front = front->after) front->gate.open();
}

void BufferPools::empty_front(Front& front) {
  for (std::size_t index = 0; index < kSmallClasses; ++index) {
    Front::Kept& kept = front.classes[index];
    while (kept.count > 0) small_[index].blocks.put(kept.blocks[--kept.count]);
  }
}

PoolReading BufferPools::pool_reading(std::size_t pool) const {
  std::lock_guard lock(mutex_);
  if (pool >= kSmallClasses) {
    PoolReading reading = large_[pool - kSmallClasses].reading;
    reading.block_bytes = kBlockBytes[pool];
    return reading;
  }
  const SmallPool& small = small_[pool];
  // Ends first: every end that is seen has its beginning seen as well.
  std::uint64_t ended = small.ended;
  for (const Front* f = fronts_; f != nullptr; f = f->after) ended += f->classes[pool].ended.load();
  std::uint64_t begun = small.begun;
  for (const Front* f = fronts_; f != nullptr; f = f->after) begun += f->classes[pool].begun.load();
  const std::uint64_t held = small.blocks.slabs() * small.blocks.blocks_per_slab();
  return {.block_bytes = kBlockBytes[pool],
          .held = held,
          .in_use = std::min(begun - ended, held),
          .peak = small.peak,
          .hits = begun - small.misses,
          .misses = small.misses,
          .trimmed = small.trimmed};
}

MemoryReading BufferPools::memory_reading() const {
  std::lock_guard lock(mutex_);
  return memory_;
}

}  // namespace hashlane
