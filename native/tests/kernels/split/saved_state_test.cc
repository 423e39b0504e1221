// States that are saved in the middle and go on elsewhere: whoever goes on must arrive at the same digest, and
// whatever is no state must be refused.
#include "kernels/saved/saved_state.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "kernels/lanes/one_lane.h"
#include "kernels/lanes/resumable_hasher.h"
#include "kernels/split/piece_plans.h"
#include "split_file.h"

namespace hashlane {
namespace {

constexpr AlgorithmId kNotResumable[] = {
    AlgorithmId::kRipemd160,       AlgorithmId::kWhirlpool,  AlgorithmId::kSm3,
    AlgorithmId::kGost12_256,      AlgorithmId::kGost12_512, AlgorithmId::kGost94,
    AlgorithmId::kGost94Cryptopro, AlgorithmId::kHas160,     AlgorithmId::kEdonr256,
    AlgorithmId::kEdonr512,        AlgorithmId::kSnefru128,  AlgorithmId::kSnefru256};

std::vector<AlgorithmId> resumable() {
  std::vector<AlgorithmId> algorithms = all_algorithms();
  std::erase_if(algorithms,
                [](AlgorithmId each) { return std::ranges::find(kNotResumable, each) != std::end(kNotResumable); });
  return algorithms;
}

/// Long enough for a few pieces, where an algorithm has them.
std::size_t longest(AlgorithmId algorithm) { return piece_plan(algorithm) != nullptr ? 20u << 20 : 300'000; }

TEST(Resumable, AreAllAlgorithmsButThoseThatOnlyLibrariesCompute) {
  for (const AlgorithmId algorithm : all_algorithms()) {
    const bool expected = std::ranges::find(kNotResumable, algorithm) == std::end(kNotResumable);
    EXPECT_EQ(is_resumable(algorithm), expected) << name_of(algorithm);
  }
}

class SavedStreams : public testing::TestWithParam<AlgorithmId> {
 protected:
  /// A hasher that took in the bytes.
  std::unique_ptr<Hasher> begun(std::span<const std::byte> bytes, std::size_t size) const {
    std::unique_ptr<Hasher> hasher = make_resumable_hasher(GetParam());
    if (hasher == nullptr) return nullptr;
    identify(*hasher, GetParam(), size);
    hasher->update(bytes);
    return hasher;
  }

  std::vector<std::byte> saved_after(std::size_t length) const {
    const auto hasher = begun(noise(length, 3), length);
    return saved_state(*hasher, SavedKind::kStream, GetParam()).value();
  }

  bool takes(std::span<const std::byte> saved) const {
    return restore_state(*make_resumable_hasher(GetParam()), SavedKind::kStream, GetParam(), saved);
  }
};

TEST_P(SavedStreams, GoOnElsewhereToTheSameDigest) {
  std::mt19937_64 random(61);
  const Bytes noise_of_file = noise(longest(GetParam()), 62);
  for (int round = 0; round < 12; ++round) {
    const auto bytes =
        std::span(noise_of_file).first(round == 0 ? noise_of_file.size() : random() % noise_of_file.size());
    auto hasher = begun({}, bytes.size());
    ASSERT_NE(hasher, nullptr);
    auto rest = bytes;
    for (int stop = 0; stop < 6; ++stop) {
      // Up to anything: into a block, a chunk, a piece, or to the very end.
      const std::size_t taken = std::min<std::size_t>(rest.size(), random() % (std::size_t{2} << (random() % 23)));
      hasher->update(rest.first(taken));
      rest = rest.subspan(taken);
      const auto saved = saved_state(*hasher, SavedKind::kStream, GetParam());
      ASSERT_TRUE(saved);
      auto next = begun(noise(1000, random()), bytes.size());
      ASSERT_TRUE(restore_state(*next, SavedKind::kStream, GetParam(), *saved)) << "round " << round;
      // The one that was saved is as it was.
      hasher->update(rest);
      ASSERT_EQ(finished(*hasher, GetParam()), digest_of(GetParam(), bytes)) << "round " << round;
      hasher = std::move(next);
    }
    hasher->update(rest);
    ASSERT_EQ(finished(*hasher, GetParam()), digest_of(GetParam(), bytes)) << "round " << round;
    hasher->reset();
    identify(*hasher, GetParam(), 3);
    hasher->update(bytes_of("abc"));
    ASSERT_EQ(finished(*hasher, GetParam()), digest_of(GetParam(), bytes_of("abc")));
  }
}

TEST_P(SavedStreams, AreRefusedWithAnyByteChanged) {
  const std::vector<std::byte> saved = saved_after(777);
  ASSERT_TRUE(takes(saved));
  for (std::size_t at = 0; at < saved.size(); ++at) {
    std::vector<std::byte> damaged = saved;
    damaged[at] ^= std::byte{0x10};
    ASSERT_FALSE(takes(damaged)) << "byte " << at << " of " << saved.size();
  }
}

TEST_P(SavedStreams, AreRefusedWhereTheyAreCutOrLonger) {
  std::vector<std::byte> saved = saved_after(777);
  for (std::size_t length = 0; length < saved.size(); ++length) {
    ASSERT_FALSE(takes(std::span(saved).first(length))) << length << " of " << saved.size();
  }
  saved.push_back(std::byte{0});
  EXPECT_FALSE(takes(saved));
}

TEST_P(SavedStreams, AreRefusedAsThoseOfAnotherAlgorithmOrKind) {
  const std::vector<std::byte> saved = saved_after(777);
  for (const AlgorithmId other : resumable()) {
    if (other == GetParam()) continue;
    ASSERT_FALSE(restore_state(*make_resumable_hasher(other), SavedKind::kStream, other, saved)) << name_of(other);
  }
  EXPECT_FALSE(restore_state(*make_resumable_hasher(GetParam()), SavedKind::kLane, GetParam(), saved));
}

// With a checksum that is right again: what nobody saved must be refused, or at least do no harm.
TEST_P(SavedStreams, DoNoHarmWhateverTheyHold) {
  std::mt19937_64 random(65);
  const std::vector<std::byte> saved = saved_after(70'000);
  const Bytes more = noise(100'000, 66);
  for (int round = 0; round < 300; ++round) {
    std::vector<std::byte> state(saved.begin() + 20, saved.end() - 4);
    for (int change = 0; change < 1 + round % 4; ++change) {
      state[random() % std::min<std::size_t>(state.size(), round % 2 == 0 ? 48 : state.size())] =
          static_cast<std::byte>(random() % 3 == 0 ? 255 : random());
    }
    const auto hasher = make_resumable_hasher(GetParam());
    StateReader reader(state);
    if (!hasher->restore(reader)) continue;
    hasher->update(more);
    std::array<std::byte, 64> digest;
    static_cast<void>(hasher->finish(digest.data()));
  }
}

INSTANTIATE_TEST_SUITE_P(Algorithms, SavedStreams, testing::ValuesIn(resumable()), test_name);

TEST(SavedState, OfAnotherVersionIsRefused) {
  const auto hasher = make_resumable_hasher(AlgorithmId::kSha256);
  std::vector<std::byte> saved = saved_state(*hasher, SavedKind::kStream, AlgorithmId::kSha256).value();
  saved[4] = std::byte{2};
  saved.resize(saved.size() - 4);
  const std::uint32_t checksum = crc32c(0, saved);
  for (int byte = 0; byte < 4; ++byte) saved.push_back(static_cast<std::byte>(checksum >> (8 * byte) & 0xff));
  EXPECT_FALSE(restore_state(*hasher, SavedKind::kStream, AlgorithmId::kSha256, saved));
}

TEST(SavedState, OfALibrarysHasherIsNone) {
  const auto hasher = make_hasher(AlgorithmId::kWhirlpool);
  EXPECT_EQ(saved_state(*hasher, SavedKind::kStream, AlgorithmId::kWhirlpool), std::nullopt);
}

TEST(SavedSegments, GoOnElsewhereToTheSameDigest) {
  const Bytes file = noise(20 * kSegmentBytes + 12345, 67);
  for (const AlgorithmId algorithm : kSegmented) {
    const SegmentKernel& kernel = *segment_kernel(algorithm);
    std::unique_ptr<SegmentJoin> join = kernel.join();
    for (std::size_t index = 0; index < segments_of(file.size()); ++index) {
      const auto bytes = std::span(file)
                             .subspan(index * kSegmentBytes)
                             .first(std::min(kSegmentBytes, file.size() - index * kSegmentBytes));
      SegmentResult result;
      kernel.hash(index, bytes, result);
      const auto saved = saved_state(*join, SavedKind::kSegments, algorithm);
      ASSERT_TRUE(saved) << name_of(algorithm);
      join = kernel.join();
      ASSERT_TRUE(restore_state(*join, SavedKind::kSegments, algorithm, *saved)) << name_of(algorithm);
      join->add(result, bytes.size());
    }
    std::array<std::byte, 32> digest;
    join->finish(digest.data());
    const std::size_t length = kAlgorithms[static_cast<std::size_t>(algorithm)].digest_length;
    EXPECT_EQ(to_hex(std::span(digest).first(length)), digest_of(algorithm, file)) << name_of(algorithm);
  }
}

TEST(SavedPieces, GoOnElsewhereToTheSameDigest) {
  const Bytes file = noise((33u << 20) + 5, 68);
  for (const PiecePlanEntry& entry : all_piece_plans()) {
    std::unique_ptr<PieceJoin> join = entry.plan->join();
    for (std::uint64_t offset = 0; offset < file.size();) {
      const auto saved = saved_state(*join, SavedKind::kPieces, entry.algorithm);
      ASSERT_TRUE(saved) << name_of(entry.algorithm);
      join = entry.plan->join();
      ASSERT_TRUE(restore_state(*join, SavedKind::kPieces, entry.algorithm, *saved)) << name_of(entry.algorithm);
      const std::uint64_t end = std::min<std::uint64_t>(entry.plan->piece_end(offset, file.size()), file.size());
      const auto hasher = make_hasher(entry.plan->inner());
      hasher->update(std::span(file).subspan(offset, end - offset));
      std::array<std::byte, 64> digest;
      ASSERT_TRUE(hasher->finish(digest.data()));
      const std::size_t length = kAlgorithms[static_cast<std::size_t>(entry.plan->inner())].digest_length;
      join->add(std::span(digest).first(length), end - offset);
      offset = end;
    }
    std::array<std::byte, 64> digest;
    ASSERT_TRUE(join->finish(digest.data()));
    const std::size_t length = kAlgorithms[static_cast<std::size_t>(entry.algorithm)].digest_length;
    EXPECT_EQ(to_hex(std::span(digest).first(length)), digest_of(entry.algorithm, file)) << name_of(entry.algorithm);
  }
}

TEST(SavedLanes, GoOnInLanesOfAnyTarget) {
  std::mt19937_64 random(69);
  for (const AlgorithmId algorithm : all_algorithms()) {
    const LaneAlgorithm* const lanes = lane_algorithm(algorithm);
    if (lanes == nullptr) continue;
    for (const LaneKernelInfo& info : lane_kernels(algorithm)) {
      const Bytes bytes = noise(random() % 3000, random());
      const std::size_t first = bytes.empty() ? 0 : random() % bytes.size();
      OneLane here(algorithm);
      here.reset(bytes.size());
      here.update(std::span(bytes).first(first));
      StateWriter writer;
      here.save(writer);
      const std::vector<std::byte> saved = writer.take();
      OneLane there(algorithm, *info.kernel);
      StateReader reader(saved);
      ASSERT_TRUE(there.restore(reader)) << name_of(algorithm);
      there.update(std::span(bytes).subspan(first));
      std::array<std::byte, 64> digest;
      there.finish(digest.data());
      const std::size_t length = kAlgorithms[static_cast<std::size_t>(algorithm)].digest_length;
      EXPECT_EQ(to_hex(std::span(digest).first(length)), digest_of(algorithm, bytes))
          << name_of(algorithm) << ", " << info.kernel->target();
    }
  }
}

}  // namespace
}  // namespace hashlane
