// A hasher's states: begin, update, finish, begin again; and many of them at once.
#include <gtest/gtest.h>

#include <thread>

#include "bytes.h"

namespace hashlane {
namespace {

class HasherLife : public testing::TestWithParam<AlgorithmId> {
 protected:
  void SetUp() override { ASSERT_NE(hasher_, nullptr); }
  std::unique_ptr<Hasher> hasher_ = make_hasher(GetParam());
  const Bytes bytes_ = noise(5000, 11);
};

TEST_P(HasherLife, NewHasherIsReadyWithoutReset) {
  identify(*hasher_, GetParam(), bytes_.size());
  hasher_->update(bytes_);
  EXPECT_EQ(finished(*hasher_, GetParam()), digest_of(GetParam(), bytes_));
}

TEST_P(HasherLife, NothingBelongsToTheNextDigestAfterReset) {
  const std::string expected = digest_of(GetParam(), bytes_of("abc"));
  for (const std::size_t before : {std::size_t{0}, std::size_t{1}, std::size_t{64}, std::size_t{5000}}) {
    hasher_->reset();
    identify(*hasher_, GetParam(), before);
    hasher_->update(std::span(bytes_).first(before));
    static_cast<void>(finished(*hasher_, GetParam()));
    hasher_->reset();
    identify(*hasher_, GetParam(), 3);
    hasher_->update(bytes_of("abc"));
    EXPECT_EQ(finished(*hasher_, GetParam()), expected) << "after " << before << " bytes";
  }
}

TEST_P(HasherLife, ResetInTheMiddleForgetsWhatCame) {
  identify(*hasher_, GetParam(), bytes_.size());
  hasher_->update(bytes_);
  hasher_->reset();
  hasher_->reset();
  identify(*hasher_, GetParam(), 3);
  hasher_->update(bytes_of("abc"));
  EXPECT_EQ(finished(*hasher_, GetParam()), digest_of(GetParam(), bytes_of("abc")));
}

TEST_P(HasherLife, EmptyUpdatesChangeNothing) {
  identify(*hasher_, GetParam(), 0);
  hasher_->update({});
  EXPECT_EQ(finished(*hasher_, GetParam()), digest_of(GetParam(), {}));
  hasher_->reset();
  identify(*hasher_, GetParam(), bytes_.size());
  hasher_->update(std::span(bytes_).first(100));
  hasher_->update({});
  hasher_->update(std::span(bytes_).subspan(100));
  hasher_->update({});
  EXPECT_EQ(finished(*hasher_, GetParam()), digest_of(GetParam(), bytes_));
}

TEST_P(HasherLife, EmptyInputHasADigestOfItsOwn) {
  EXPECT_NE(digest_of(GetParam(), {}), digest_of(GetParam(), bytes_of(std::string_view("\0", 1))));
}

TEST_P(HasherLife, HashersInterleavedOnOneThreadDoNotDisturbEachOther) {
  const auto other = make_hasher(GetParam());
  ASSERT_NE(other, nullptr);
  for (Hasher* const each : {hasher_.get(), other.get()}) identify(*each, GetParam(), bytes_.size());
  for (std::size_t offset = 0; offset < bytes_.size(); offset += 100) {
    hasher_->update(std::span(bytes_).subspan(offset, 100));
    other->update(std::span(bytes_).subspan(bytes_.size() - offset - 100, 100));
  }
  Bytes backwards;
  for (std::size_t offset = bytes_.size(); offset > 0; offset -= 100) {
    const auto piece = std::span(bytes_).subspan(offset - 100, 100);
    backwards.insert(backwards.end(), piece.begin(), piece.end());
  }
  EXPECT_EQ(finished(*hasher_, GetParam()), digest_of(GetParam(), bytes_));
  EXPECT_EQ(finished(*other, GetParam()), digest_of(GetParam(), backwards));
}

INSTANTIATE_TEST_SUITE_P(Algorithms, HasherLife, testing::ValuesIn(all_algorithms()), test_name);

TEST(HashersOnThreads, ManyThreadsMakingAndUsingHashersGetTheRightDigests) {
  constexpr std::size_t kThreads = 8;
  constexpr std::size_t kRounds = 20;
  // Every thread's own input, and lengths down to nothing: empty files among full ones is where a
  // peer mixed digests up. The expected digests are left until the threads are done, so that the
  // threads are also the first to ask for kernels.
  const auto input = [](std::size_t thread, std::size_t round) {
    return noise(round * 37 % 300, 100 * thread + round);
  };
  std::vector<std::vector<std::string>> digests(kThreads);
  {
    std::vector<std::jthread> threads;
    for (std::size_t thread = 0; thread < kThreads; ++thread) {
      threads.emplace_back([&, thread] {
        for (const AlgorithmId algorithm : all_algorithms()) {
          const auto reused = make_hasher(algorithm);
          if (!reused) return;
          for (std::size_t round = 0; round < kRounds; ++round) {
            const Bytes bytes = input(thread, round);
            reused->reset();
            identify(*reused, algorithm, bytes.size());
            reused->update(bytes);
            digests[thread].push_back(finished(*reused, algorithm));
          }
        }
      });
    }
  }
  for (std::size_t thread = 0; thread < kThreads; ++thread) {
    std::vector<std::string> expected;
    for (const AlgorithmId algorithm : all_algorithms()) {
      for (std::size_t round = 0; round < kRounds; ++round) {
        expected.push_back(digest_of(algorithm, input(thread, round)));
      }
    }
    EXPECT_EQ(digests[thread], expected) << "thread " << thread;
  }
}

TEST(HashersOnThreads, HasherMayMoveBetweenThreads) {
  const Bytes bytes = noise(300'000, 21);
  for (const AlgorithmId algorithm : all_algorithms()) {
    const auto hasher = make_hasher(algorithm);
    ASSERT_NE(hasher, nullptr);
    identify(*hasher, algorithm, bytes.size());
    for (std::size_t offset = 0; offset < bytes.size(); offset += 100'000) {
      std::jthread([&] { hasher->update(std::span(bytes).subspan(offset, 100'000)); });
    }
    EXPECT_EQ(finished(*hasher, algorithm), digest_of(algorithm, bytes)) << name_of(algorithm);
  }
}

}  // namespace
}  // namespace hashlane
