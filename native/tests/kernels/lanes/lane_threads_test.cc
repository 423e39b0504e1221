// One kernel used by several threads at once, each with streams of its own.
#include <gtest/gtest.h>

#include <thread>

#include "lane_streams.h"

namespace hashlane {
namespace {

TEST(LaneThreads, ShareAKernelWithoutDisturbingEachOther) {
  for (const AlgorithmId algorithm : lane_algorithms()) {
    std::vector<std::size_t> lengths;
    for (std::size_t stream = 0; stream < 50; ++stream) lengths.push_back(stream * 97 % 3000);
    const auto messages = messages_of(lengths, 41);
    const auto expected = single_stream_digests(algorithm, messages);
    for (const LaneKernel* const kernel : kernels_of(algorithm)) {
      std::vector<std::vector<std::string>> digests(4);
      {
        std::vector<std::jthread> threads;
        for (auto& of_thread : digests) {
          threads.emplace_back([&, kernel] { of_thread = lane_digests(*kernel, algorithm, messages); });
        }
      }
      for (const auto& of_thread : digests) EXPECT_EQ(of_thread, expected) << kernel->target();
    }
  }
}

TEST(LaneThreads, AllGetTheSameKernelWhenTheyAskFirstAtOnce) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    std::vector<const LaneKernel*> kernels(4);
    {
      std::vector<std::jthread> threads;
      for (auto& of_thread : kernels) threads.emplace_back([&] { of_thread = lane_kernel(algorithm); });
    }
    for (const LaneKernel* const kernel : kernels) EXPECT_EQ(kernel, lane_kernel(algorithm));
  }
}

}  // namespace
}  // namespace hashlane
