#include "memory/buffer_pools.h"

#include <gtest/gtest.h>

#include <thread>

namespace hashlane {
namespace {

TEST(BufferPools, LeaseAlignedBlocksAndUseThemAgain) {
  BufferPools pools(8u << 20);
  const std::byte* first;
  {
    const Lease lease = pools.lease(100'000);
    first = lease.bytes().data();
    EXPECT_GE(lease.bytes().size(), 100'000u);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(first) % 4096, 0u);
  }
  const Lease again = pools.lease(200'000);
  EXPECT_EQ(again.bytes().data(), first);
  const PoolReading reading = pools.pool_reading(5);
  EXPECT_EQ(reading.hits, 1u);
  EXPECT_EQ(reading.misses, 1u);
  EXPECT_EQ(reading.in_use, 1u);
}

TEST(BufferPools, WaitAtTheCeilingUntilALeaseEnds) {
  BufferPools pools(2u << 20);
  Lease one = pools.lease(1u << 20);
  Lease two = pools.lease(1u << 20);
  std::thread other([&] { EXPECT_TRUE(pools.lease(1u << 20)); });
  while (pools.memory_reading().waits == 0) std::this_thread::yield();
  EXPECT_EQ(pools.memory_reading().held, 2u << 20);
  one = Lease();
  other.join();
  EXPECT_LE(pools.memory_reading().peak, 2u << 20);
}

TEST(BufferPools, MakeRoomByTrimmingOtherClasses) {
  BufferPools pools(1u << 20);
  { const Lease small = pools.lease(10'000); }
  EXPECT_EQ(pools.memory_reading().held, 16u << 10);
  const Lease large = pools.lease(1u << 20);
  EXPECT_TRUE(large);
  EXPECT_EQ(pools.memory_reading().trims, 1u);
}

TEST(BufferPools, NeverMakeTheJavaScriptThreadWait) {
  BufferPools pools(1u << 20);
  const Lease one = pools.lease(1u << 20);
  {
    const Lease over = pools.lease_now(1u << 20);
    EXPECT_TRUE(over);
  }
  EXPECT_EQ(pools.memory_reading().held, 1u << 20) << "what exceeds the ceiling is not kept";
}

TEST(BufferPools, GiveBackWhatExceedsALoweredCeiling) {
  BufferPools pools(4u << 20, 1u << 20);
  Lease kept = pools.lease(1u << 20);
  Lease other = pools.lease(1u << 20);
  { const Lease free = pools.lease(1u << 20); }
  EXPECT_EQ(pools.allow(0), 1u << 20) << "what was free goes at once";
  EXPECT_EQ(pools.memory_reading().allowed, 1u << 20) << "never below the least";
  EXPECT_EQ(pools.memory_reading().held, 2u << 20);
  other = Lease();
  EXPECT_EQ(pools.memory_reading().held, 1u << 20);
  EXPECT_FALSE(pools.try_lease(1u << 20));
  EXPECT_EQ(pools.memory_reading().ceiling, 4u << 20);
  const PoolReading reading = pools.pool_reading(6);
  EXPECT_EQ(reading.misses - reading.trimmed, reading.held);
}

TEST(BufferPools, WakeWhoWaitsWhenMoreIsAllowed) {
  BufferPools pools(2u << 20);
  const Lease one = pools.lease(1u << 20);
  pools.allow(1u << 20);
  std::thread other([&] { EXPECT_TRUE(pools.lease(1u << 20)); });
  while (pools.memory_reading().waits == 0) std::this_thread::yield();
  pools.allow(2u << 20);
  other.join();
}

TEST(BufferPools, LetReadersGoOnBesideWhatTheJavaScriptThreadTook) {
  BufferPools pools(2u << 20, 1u << 20);
  const Lease one = pools.lease_now(1u << 20);
  const Lease two = pools.lease_now(1u << 20);
  const Lease three = pools.lease_now(1u << 20);
  EXPECT_FALSE(pools.try_lease(1u << 20));
  const Lease reader = pools.lease(1u << 20);
  EXPECT_TRUE(reader);
}

TEST(BufferPools, LetWaitersGoWhenTheEngineCloses) {
  BufferPools pools(1u << 20);
  const Lease one = pools.lease(1u << 20);
  std::thread other([&] { EXPECT_FALSE(pools.lease(1u << 20)); });
  while (pools.memory_reading().waits == 0) std::this_thread::yield();
  pools.stop_waiting();
  other.join();
}

}  // namespace
}  // namespace hashlane
