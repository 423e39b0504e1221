// What threads keep ready of small blocks: their figures, and that nobody loses or shares one.
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "memory/buffer_pools.h"

namespace hashlane {
namespace {

constexpr std::size_t kKiB = 2;

std::uint64_t in_use(const BufferPools& pools) {
  std::uint64_t sum = 0;
  for (std::size_t pool = 0; pool < BufferPools::kBlockBytes.size(); ++pool) sum += pools.pool_reading(pool).in_use;
  return sum;
}

TEST(Front, ServesFromWhatWasGivenBack) {
  BufferPools pools(1u << 20);
  const std::byte* first;
  {
    const Lease lease = pools.lease(1000);
    first = lease.bytes().data();
    EXPECT_EQ(lease.bytes().size(), 1024u);
  }
  const Lease again = pools.lease(600);
  EXPECT_EQ(again.bytes().data(), first);
  const PoolReading reading = pools.pool_reading(kKiB);
  EXPECT_EQ(reading.misses, 1u);
  EXPECT_EQ(reading.hits, 1u);
  EXPECT_EQ(reading.in_use, 1u);
  EXPECT_EQ(reading.held, SmallBlocks::kSlabBytes / 1024 - 1);
  EXPECT_GE(reading.peak, 1u);
  EXPECT_EQ(pools.memory_reading().held, SmallBlocks::kSlabBytes);
}

TEST(Front, CountsLeasesThatEndOnAnotherThread) {
  BufferPools pools(1u << 20);
  std::vector<Lease> leases;
  for (int i = 0; i < 500; ++i) leases.push_back(pools.lease(64));
  EXPECT_EQ(in_use(pools), 500u);
  std::thread([&] { leases.resize(200); }).join();
  EXPECT_EQ(in_use(pools), 200u);
  std::thread([&] { leases.clear(); }).join();
  EXPECT_EQ(in_use(pools), 0u);
  EXPECT_EQ(pools.pool_reading(0).hits + pools.pool_reading(0).misses, 500u);
}

TEST(Front, GivesTrimWhatItKeeps) {
  BufferPools pools(1u << 20);
  std::atomic<int> step = 0;
  std::thread other([&] {
    { const Lease lease = pools.lease(1024); }
    step = 1;
    while (step != 2) std::this_thread::yield();
  });
  { const Lease lease = pools.lease(64); }
  while (step != 1) std::this_thread::yield();
  EXPECT_EQ(pools.trim(), 2 * SmallBlocks::kSlabBytes) << "of a thread that does nothing, too";
  EXPECT_EQ(pools.memory_reading().held, 0u);
  step = 2;
  other.join();
  const Lease lease = pools.lease(64);
  EXPECT_TRUE(lease) << "and goes on as before";
}

TEST(Front, GivesWhoWaitsForRoomWhatItKeeps) {
  BufferPools pools(1u << 20);
  { const Lease lease = pools.lease(1024); }
  std::thread([&] { EXPECT_TRUE(pools.lease(1u << 20)); }).join();
}

TEST(Front, EndsWithItsThread) {
  BufferPools pools(1u << 20);
  std::thread([&] { const Lease lease = pools.lease(256); }).join();
  EXPECT_EQ(pools.pool_reading(1).hits + pools.pool_reading(1).misses, 1u);
  EXPECT_EQ(pools.trim(), SmallBlocks::kSlabBytes);
}

TEST(Front, OutlivesItsPools) {
  for (int i = 0; i < 50; ++i) {
    BufferPools pools(1u << 20);
    const Lease lease = pools.lease(64);
    std::memset(lease.bytes().data(), i, lease.bytes().size());
    EXPECT_EQ(pools.pool_reading(0).misses, 1u) << "not one of the pools before";
  }
}

TEST(Front, KeepsPoolsOfOneThreadApart) {
  BufferPools one(1u << 20);
  BufferPools two(1u << 20);
  for (int i = 0; i < 100; ++i) {
    const Lease a = one.lease(64);
    const Lease b = two.lease(64);
  }
  EXPECT_EQ(one.pool_reading(0).hits, 99u);
  EXPECT_EQ(two.pool_reading(0).hits, 99u);
}

/// A lease with what its owner wrote to all of it.
struct Marked {
  Lease lease;
  unsigned char mark;
};

bool intact(const Marked& marked) {
  for (const std::byte byte : marked.lease.bytes()) {
    if (byte != static_cast<std::byte>(marked.mark)) return false;
  }
  return true;
}

// Threads begin leases of all small classes, end some themselves and hand the others on, end and are replaced,
// while one trims and lowers what is allowed, and others wait at the ceiling.
TEST(Front, NeverGivesABlockToTwo) {
  constexpr std::size_t kCeiling = 2u << 20;
  BufferPools pools(kCeiling, 256u << 10);
  std::mutex mutex;
  std::vector<Marked> handed_on;
  std::atomic<bool> done = false;
  std::atomic<std::uint64_t> spoilt = 0;
  const auto user = [&](unsigned seed) {
    std::vector<Marked> own;
    for (unsigned i = 0; i < 4000; ++i) {
      seed = seed * 1664525u + 1013904223u;
      const std::size_t bytes = BufferPools::kBlockBytes[(seed >> 8) % 4];
      if (seed >> 16 & 1) {
        // Who holds something does not wait: another might wait for just that.
        Marked marked{own.empty() ? pools.lease(bytes) : pools.try_lease(bytes), static_cast<unsigned char>(seed)};
        if (marked.lease) {
          std::memset(marked.lease.bytes().data(), marked.mark, marked.lease.bytes().size());
          own.push_back(std::move(marked));
        }
      } else if (!own.empty()) {
        if (!intact(own.back())) ++spoilt;
        std::optional<Marked> other;
        {
          std::lock_guard lock(mutex);
          if ((seed >> 17 & 1) && handed_on.size() < 20) handed_on.push_back(std::move(own.back()));
          if ((seed >> 18 & 1) && !handed_on.empty()) {
            other = std::move(handed_on.front());
            handed_on.erase(handed_on.begin());
          }
        }
        own.pop_back();
        if (other && !intact(*other)) ++spoilt;
      }
      if (own.size() > 100) own.clear();
    }
  };
  std::thread trimmer([&] {
    for (unsigned i = 0; !done; ++i) {
      pools.trim();
      pools.allow(i % 3 == 0 ? 1u << 20 : kCeiling);
      EXPECT_LE(pools.memory_reading().held, kCeiling);
      std::this_thread::yield();
    }
  });
  for (unsigned generation = 0; generation < 4; ++generation) {
    std::vector<std::thread> users;
    for (unsigned i = 0; i < 4; ++i) users.emplace_back(user, generation * 4 + i);
    for (std::thread& thread : users) thread.join();
    handed_on.clear();
  }
  done = true;
  trimmer.join();
  EXPECT_EQ(spoilt, 0u);
  EXPECT_EQ(in_use(pools), 0u);
  EXPECT_LE(pools.memory_reading().peak, kCeiling);
  pools.trim();
  EXPECT_EQ(pools.memory_reading().held, 0u);
}

// All classes, more threads than there is room for, each holding one block at a time.
TEST(BufferPools, NeverPassTheCeilingUnderManyThreads) {
  constexpr std::size_t kCeiling = 3u << 20;
  BufferPools pools(kCeiling);
  std::vector<std::thread> users;
  for (unsigned user = 0; user < 12; ++user) {
    users.emplace_back([&, user] {
      for (unsigned i = 0; i < 300; ++i) {
        const std::size_t bytes = BufferPools::kBlockBytes[(user * 7 + i * 5) % BufferPools::kBlockBytes.size()];
        const Lease lease = pools.lease(bytes);
        ASSERT_TRUE(lease);
        lease.bytes().back() = std::byte{1};
        EXPECT_LE(pools.memory_reading().held, kCeiling);
      }
    });
  }
  for (std::thread& thread : users) thread.join();
  EXPECT_LE(pools.memory_reading().peak, kCeiling);
  EXPECT_EQ(in_use(pools), 0u);
  for (std::size_t pool = 0; pool < BufferPools::kBlockBytes.size(); ++pool) {
    const PoolReading reading = pools.pool_reading(pool);
    EXPECT_LE(reading.in_use, reading.held);
    EXPECT_LE(reading.peak, kCeiling / reading.block_bytes);
  }
}

}  // namespace
}  // namespace hashlane
