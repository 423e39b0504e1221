#include "memory/owner_gate.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace hashlane {
namespace {

// Two counters that only who is through the gate, or has closed it, may touch: neither plain counter loses a step,
// and nobody sees them apart.
TEST(OwnerGate, LetsOwnerAndCloserInByTurns) {
  constexpr std::uint64_t kCloses = 20'000;
  OwnerGate gate;
  volatile std::uint64_t one = 0;
  volatile std::uint64_t two = 0;
  std::atomic<bool> began = false;
  std::atomic<bool> done = false;
  std::uint64_t entered = 0;
  std::uint64_t apart = 0;
  const auto step = [&] {
    if (one != two) ++apart;
    one = one + 1;
    two = two + 1;
  };
  std::thread owner([&] {
    while (!done.load(std::memory_order_relaxed)) {
      if (gate.enter()) {
        if (one != two) done = true;
        one = one + 1;
        two = two + 1;
        ++entered;
        gate.leave();
      }
      if (entered == 1000) began.store(true, std::memory_order_relaxed);
    }
  });
  while (!began) std::this_thread::yield();
  for (std::uint64_t i = 0; i < kCloses; ++i) {
    gate.close();
    OwnerGate::settle();
    gate.await();
    step();
    gate.open();
    // Time for the owner to come in again.
    for (int pause = 0; pause < 50; ++pause) std::atomic_signal_fence(std::memory_order_seq_cst);
  }
  done = true;
  owner.join();
  EXPECT_EQ(apart, 0u);
  EXPECT_EQ(one, entered + kCloses);
  EXPECT_EQ(two, entered + kCloses);
}

TEST(OwnerGate, LetsTheCloserInOnlyWhenTheOwnerIsOut) {
  OwnerGate gate;
  ASSERT_TRUE(gate.enter());
  std::atomic<bool> at_gate = false;
  std::atomic<bool> through = false;
  std::thread closer([&] {
    gate.close();
    OwnerGate::settle();
    at_gate = true;
    gate.await();
    through = true;
  });
  while (!at_gate) std::this_thread::yield();
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();
  EXPECT_FALSE(through);
  gate.leave();
  closer.join();
  EXPECT_TRUE(through);
}

TEST(OwnerGate, KeepsTheOwnerOutWhileItIsClosed) {
  OwnerGate gate;
  gate.close();
  OwnerGate::settle();
  gate.await();
  EXPECT_FALSE(gate.enter());
  gate.open();
  EXPECT_TRUE(gate.enter());
  gate.leave();
}

}  // namespace
}  // namespace hashlane
