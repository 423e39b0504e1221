// Files in segments against the same files as one stream, and against RHash. The streams of CRC, Adler-32
// and BLAKE3 are other libraries' code, which joins nothing; that of TTH is held against RHash as well.
#include <rhash.h>

#include <algorithm>
#include <optional>

#include "split_file.h"

namespace hashlane {
namespace {

std::optional<unsigned> rhash_id(AlgorithmId algorithm) {
  switch (algorithm) {
    case AlgorithmId::kCrc32:
      return RHASH_CRC32;
    case AlgorithmId::kCrc32c:
      return RHASH_CRC32C;
    case AlgorithmId::kTth:
      return RHASH_TTH;
    default:
      return std::nullopt;
  }
}

class Segments : public testing::TestWithParam<AlgorithmId> {
 protected:
  void SetUp() override { ASSERT_NE(kernel_, nullptr) << "the kernel failed its known answers"; }

  void expect_equal_to_stream(std::span<const std::byte> file) const {
    const std::string split = by_segments(GetParam(), file);
    ASSERT_EQ(split, digest_of(GetParam(), file)) << file.size() << " bytes";
    if (const auto id = rhash_id(GetParam())) {
      ASSERT_EQ(split, by_rhash(*id, file)) << file.size() << " bytes";
    }
  }

  const SegmentKernel* const kernel_ = segment_kernel(GetParam());
};

// Behind a segment's edge, lengths at which blocks, leaves, chunks and what vectors take at once begin
// and end.
constexpr std::size_t kRests[] = {1,    2,    7,    8,    63,    64,    65,    127,   128,    129,    1022,
                                  1023, 1024, 1025, 1026, 2047,  2048,  2049,  3071,  3072,   3073,   4095,
                                  4096, 4097, 5121, 8192, 15360, 16384, 16385, 65535, 131072, 131073, 200000};

TEST_P(Segments, EqualTheStreamAtEveryEdge) {
  const Bytes noise_of_file = noise(4 * kSegmentBytes, 71);
  for (const std::size_t whole : {1u, 2u, 3u}) {
    const std::size_t edge = whole * kSegmentBytes;
    for (const std::size_t rest : kRests) expect_equal_to_stream(std::span(noise_of_file).first(edge + rest));
    for (const std::size_t missing : {0u, 1u, 2u, 64u, 1023u, 1024u, 1025u}) {
      expect_equal_to_stream(std::span(noise_of_file).first(edge + kSegmentBytes - missing));
    }
  }
}

TEST_P(Segments, EqualTheStreamWhateverTheirNumber) {
  constexpr std::size_t kMost = 35;
  const Bytes noise_of_file = noise(kMost * kSegmentBytes, 72);
  for (std::size_t count = 2; count <= kMost; ++count) {
    const std::size_t missing = count % 3 == 0 ? 0 : count * 7001 % kSegmentBytes;
    expect_equal_to_stream(std::span(noise_of_file).first(count * kSegmentBytes - missing));
  }
}

TEST_P(Segments, MayBeComputedInAnyOrderByManyThreads) {
  std::mt19937_64 random(73);
  const Bytes noise_of_file = noise(12 * kSegmentBytes, 74);
  const auto join = kernel_->join();
  for (int file = 0; file < 30; ++file) {
    const std::size_t length = kSegmentBytes + 1 + random() % (noise_of_file.size() - kSegmentBytes);
    const auto bytes = std::span(noise_of_file).first(length);
    const Order order = shuffled(segments_of(length), random);
    ASSERT_EQ(by_segments(*kernel_, *join, GetParam(), bytes, order, 4), digest_of(GetParam(), bytes))
        << length << " bytes";
  }
}

TEST_P(Segments, MayLieAnywhereInMemory) {
  const Bytes noise_of_file = noise(3 * kSegmentBytes, 75);
  for (std::size_t offset = 0; offset < 65; offset += 3) {
    expect_equal_to_stream(std::span(noise_of_file).subspan(offset, 2 * kSegmentBytes + 2500));
  }
}

TEST_P(Segments, OfFilesOfOneByteValueAreNotConfused) {
  for (const std::byte value : {std::byte{0x00}, std::byte{0xff}}) {
    expect_equal_to_stream(Bytes(5 * kSegmentBytes + 1, value));
  }
}

TEST_P(Segments, AnAbandonedFileLeavesNothingInTheJoin) {
  const Bytes file = noise(4 * kSegmentBytes + 17, 76);
  const auto join = kernel_->join();
  SegmentResult result;
  kernel_->hash(0, std::span(file).first(kSegmentBytes), result);
  for (int segment = 0; segment < 5; ++segment) join->add(result, kSegmentBytes);
  EXPECT_EQ(by_segments(*kernel_, *join, GetParam(), file, {0, 1, 2, 3, 4}), digest_of(GetParam(), file));
}

TEST_P(Segments, TellWhoComputesThem) { EXPECT_STRNE(kernel_->implementation(), ""); }

INSTANTIATE_TEST_SUITE_P(Split, Segments, testing::ValuesIn(kSegmented), test_name);

TEST(SegmentKernels, AreThereForTreesAndChecksumsOnly) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    const bool expected = std::ranges::find(kSegmented, algorithm) != std::end(kSegmented);
    EXPECT_EQ(segment_kernel(algorithm) != nullptr, expected) << name_of(algorithm);
  }
  EXPECT_EQ(segment_kernel(static_cast<AlgorithmId>(255)), nullptr);
}

}  // namespace
}  // namespace hashlane
