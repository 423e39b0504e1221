// Every lane kernel that this processor runs gives what the single stream gives, however many streams
// there are, however long, and however they are cut.
#include "lane_streams.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace hashlane {
namespace {

class LaneStreamsOf : public testing::TestWithParam<AlgorithmId> {
 protected:
  // Of all kinds: nothing, less than a block, around whole blocks, many blocks.
  std::vector<std::size_t> random_lengths(std::size_t count) {
    std::vector<std::size_t> lengths;
    for (std::size_t stream = 0; stream < count; ++stream) {
      const std::size_t kinds[] = {0, random() % 150, random() % 10 * 64 + random() % 3, random() % 10 * 136,
                                   random() % 5000};
      lengths.push_back(kinds[random() % std::size(kinds)]);
    }
    return lengths;
  }

  std::mt19937_64 random{31};
};

TEST_P(LaneStreamsOf, AnyNumberOfStreamsOfAnyLengthsGivesTheSingleStreamsDigests) {
  for (const LaneKernel* const kernel : kernels_of(GetParam())) {
    for (std::size_t count = 0; count <= 40; ++count) {
      const auto messages = messages_of(random_lengths(count), random());
      EXPECT_EQ(lane_digests(*kernel, GetParam(), messages), single_stream_digests(GetParam(), messages))
          << kernel->target() << ", " << count << " streams";
    }
  }
}

TEST_P(LaneStreamsOf, ManyMoreStreamsThanLanesQueueForThem) {
  const auto messages = messages_of(random_lengths(300), 33);
  const auto expected = single_stream_digests(GetParam(), messages);
  for (const LaneKernel* const kernel : kernels_of(GetParam())) {
    EXPECT_EQ(lane_digests(*kernel, GetParam(), messages), expected) << kernel->target();
  }
}

TEST_P(LaneStreamsOf, LanesEndingAtDifferentBlocksDoNotDisturbEachOther) {
  for (const std::size_t block :
       {std::size_t{64}, std::size_t{72}, std::size_t{104}, std::size_t{128}, std::size_t{136}, std::size_t{144}}) {
    std::vector<std::size_t> lengths;
    for (std::size_t blocks = 0; blocks < 40; ++blocks) lengths.push_back(blocks * block);
    std::ranges::shuffle(lengths, random);
    const auto messages = messages_of(lengths, block);
    const auto expected = single_stream_digests(GetParam(), messages);
    for (const LaneKernel* const kernel : kernels_of(GetParam())) {
      EXPECT_EQ(lane_digests(*kernel, GetParam(), messages), expected) << kernel->target() << ", " << block;
    }
  }
}

TEST_P(LaneStreamsOf, EveryLengthOfUpToThreeBlocksIsPaddedRight) {
  std::vector<std::size_t> lengths;
  for (std::size_t length = 0; length <= 3 * 144; ++length) lengths.push_back(length);
  const auto messages = messages_of(lengths, 34);
  const auto expected = single_stream_digests(GetParam(), messages);
  for (const LaneKernel* const kernel : kernels_of(GetParam())) {
    EXPECT_EQ(lane_digests(*kernel, GetParam(), messages), expected) << kernel->target();
  }
}

TEST_P(LaneStreamsOf, RandomSplitsAndMovedStatesDoNotChangeTheDigests) {
  for (const LaneKernel* const kernel : kernels_of(GetParam())) {
    for (int round = 0; round < 12; ++round) {
      const auto messages = messages_of(random_lengths(1 + random() % 40), random());
      LaneStreams streams(*kernel, GetParam(), sizes_of(messages));
      std::vector<std::span<const std::byte>> remaining(messages.begin(), messages.end());
      while (std::ranges::any_of(remaining, [](auto bytes) { return !bytes.empty(); })) {
        std::vector<std::span<const std::byte>> pieces;
        for (auto& bytes : remaining) {
          const std::size_t length = std::min<std::size_t>(bytes.size(), random() % 4 == 0 ? 0 : random() % 700);
          pieces.push_back(bytes.first(length));
          bytes = bytes.subspan(length);
        }
        streams.update(pieces);
        streams.move();
      }
      EXPECT_EQ(streams.finish(), single_stream_digests(GetParam(), messages)) << kernel->target();
    }
  }
}

TEST_P(LaneStreamsOf, PiecesOfOneStreamInOneUpdateAreTakenInTheirOrder) {
  for (const LaneKernel* const kernel : kernels_of(GetParam())) {
    const auto messages = messages_of({3000, 1000, 5000}, 35);
    LaneStreams streams(*kernel, GetParam(), sizes_of(messages));
    std::vector<LanePiece> pieces;
    std::vector<std::span<const std::byte>> remaining(messages.begin(), messages.end());
    while (std::ranges::any_of(remaining, [](auto bytes) { return !bytes.empty(); })) {
      const std::size_t stream = random() % remaining.size();
      const std::size_t length = std::min<std::size_t>(remaining[stream].size(), random() % 400);
      pieces.push_back({&streams.state(stream), remaining[stream].first(length)});
      remaining[stream] = remaining[stream].subspan(length);
    }
    kernel->update(pieces);
    EXPECT_EQ(streams.finish(), single_stream_digests(GetParam(), messages)) << kernel->target();
  }
}

TEST_P(LaneStreamsOf, AStreamMayGoOnWithAnotherTargetsKernel) {
  const auto kernels = kernels_of(GetParam());
  const auto messages = messages_of(random_lengths(20), 36);
  LaneStreams streams(*kernels.front(), GetParam(), sizes_of(messages));
  std::vector<std::span<const std::byte>> remaining(messages.begin(), messages.end());
  for (const LaneKernel* const kernel : kernels) {
    std::vector<LanePiece> pieces;
    for (std::size_t stream = 0; stream < remaining.size(); ++stream) {
      const std::size_t length = kernel == kernels.back() ? remaining[stream].size() : remaining[stream].size() / 2;
      pieces.push_back({&streams.state(stream), remaining[stream].first(length)});
      remaining[stream] = remaining[stream].subspan(length);
    }
    kernel->update(pieces);
  }
  EXPECT_EQ(streams.finish(), single_stream_digests(GetParam(), messages));
}

TEST_P(LaneStreamsOf, BytesAtAnyAlignmentGiveTheSameDigests) {
  for (const LaneKernel* const kernel : kernels_of(GetParam())) {
    const Bytes bytes = noise(4096, 37);
    LaneStreams streams(*kernel, GetParam(), std::vector<std::size_t>(40, 2000));
    std::vector<std::span<const std::byte>> pieces;
    std::vector<std::string> expected;
    for (std::size_t offset = 0; offset < 40; ++offset) {
      pieces.push_back(std::span(bytes).subspan(offset, 2000));
      expected.push_back(digest_of(GetParam(), pieces.back()));
    }
    streams.update(pieces);
    EXPECT_EQ(streams.finish(), expected) << kernel->target();
  }
}

TEST_P(LaneStreamsOf, AStateBeginsAnewAfterReset) {
  for (const LaneKernel* const kernel : kernels_of(GetParam())) {
    const Bytes message = noise(1000, 39);
    LaneStreams streams(*kernel, GetParam(), {message.size()});
    streams.update({message});
    const auto first = streams.finish();
    kernel->reset(streams.state(0), message.size());
    streams.update({message});
    EXPECT_EQ(streams.finish(), first) << kernel->target();
    EXPECT_EQ(first.front(), digest_of(GetParam(), message)) << kernel->target();
  }
}

// One algorithm of each way to pad with a length. The kernel that is used on this machine will do.
TEST(LaneStreams, AMessageWhoseLengthInBitsTakesMoreThan32BitsIsPaddedRight) {
  constexpr std::size_t kMebibytes = 513;
  const Bytes mebibyte = noise(1 << 20, 38);
  for (const AlgorithmId algorithm : {AlgorithmId::kMd4, AlgorithmId::kSha1, AlgorithmId::kSha512}) {
    if (kernels_of(algorithm).empty()) continue;
    const auto single = make_hasher(algorithm);
    ASSERT_NE(single, nullptr);
    for (std::size_t i = 0; i < kMebibytes; ++i) single->update(mebibyte);
    const std::string expected = finished(*single, algorithm);

    LaneStreams streams(*kernels_of(algorithm).front(), algorithm, {0, 0});
    for (std::size_t i = 0; i < kMebibytes; ++i) streams.update({mebibyte, mebibyte});
    EXPECT_EQ(streams.finish(), (std::vector<std::string>{expected, expected})) << name_of(algorithm);
  }
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LaneStreamsOf);
INSTANTIATE_TEST_SUITE_P(Algorithms, LaneStreamsOf, testing::ValuesIn(lane_algorithms()), test_name);

}  // namespace
}  // namespace hashlane
