// Files that are written to while they are hashed: whatever is reported ok has the digest of contents that the file
// had as a whole. HASHLANE_LOOKS sets how often the file of each test is hashed.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <set>
#include <thread>

#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

constexpr int kRoots = 32;

int looks() {
  const char* const wanted = std::getenv("HASHLANE_LOOKS");
  return wanted == nullptr ? 320 : std::atoi(wanted);
}

class MutatingFiles : public ::testing::Test {
 protected:
  /// Hashes the file again and again while `mutate` runs; `contents` are all that it may hold as a whole.
  template <class Mutate>
  void hash_while(Mutate mutate, std::size_t size, int distinct) {
    std::set<std::string> whole;
    for (int value = 0; value < distinct; ++value) {
      whole.insert(digest_hex(AlgorithmId::kXxh3_64, std::string(size, static_cast<char>(value))));
    }
    folder_.write("file", std::string(size, '\0'));
    std::atomic<bool> stop = false;
    std::thread writer([&] {
      for (int round = 0; !stop; ++round) {
        mutate(static_cast<char>(round % distinct));
        // Bursts, and pauses of any length in which the file can be read in peace.
        if (round % 64 == 63) std::this_thread::sleep_for(std::chrono::milliseconds(round / 64 * 7 % 80));
      }
    });
    int ok = 0, changed = 0, mixtures = 0;
    // Most of the time they wait for the next tick of the clock.
    TestEngine test(8);
    for (int look = 0; look < looks(); look += kRoots) {
      JobSpec spec;
      // Several looks a job, so that lanes are filled.
      spec.roots.assign(kRoots, folder_.path("file"));
      spec.algorithm_mask = mask_of({AlgorithmId::kXxh3_64});
      for (const Result& result : test.run(std::move(spec))) {
        if (result.status == Status::kOk) {
          ++ok;
          if (!whole.contains(result.digests_hex)) ++mixtures;
        } else {
          EXPECT_EQ(result.status, Status::kChanged);
          ++changed;
        }
      }
    }
    stop = true;
    writer.join();
    EXPECT_EQ(mixtures, 0) << "of " << ok << " that were ok, " << changed << " changed";
    RecordProperty("ok", ok);
    RecordProperty("changed", changed);
    std::printf("%d ok, %d changed, %d mixtures\n", ok, changed, mixtures);
  }

  TemporaryFolder folder_;
};

TEST_F(MutatingFiles, OpenedAnewForEachWriteAreNeverOkWithAMixture) {
  constexpr std::size_t kSize = 100'000;
  hash_while(
      [&](char value) {
        const std::string content(kSize, value);
        const int file = ::open(folder_.path("file").c_str(), O_WRONLY | O_CLOEXEC);
        (void)!::pwrite(file, content.data(), content.size(), 0);
        ::close(file);
      },
      kSize, 7);
}

TEST_F(MutatingFiles, HeldOpenForWritingAreNeverOkWithAMixture) {
  constexpr std::size_t kSize = 100'000;
  int file = -1;
  hash_while(
      [&](char value) {
        if (file < 0) file = ::open(folder_.path("file").c_str(), O_WRONLY | O_CLOEXEC);
        const std::string content(kSize, value);
        (void)!::pwrite(file, content.data(), content.size(), 0);
      },
      kSize, 7);
  ::close(file);
}

TEST_F(MutatingFiles, WrittenThroughASharedMappingAreNeverOkWithAMixture) {
  constexpr std::size_t kSize = 1'000'000;
  void* mapping = MAP_FAILED;
  hash_while(
      [&](char value) {
        if (mapping == MAP_FAILED) {
          const int file = ::open(folder_.path("file").c_str(), O_RDWR | O_CLOEXEC);
          mapping = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
          ::close(file);
        }
        std::fill_n(static_cast<char*>(mapping), kSize, value);
      },
      kSize, 7);
  ::munmap(mapping, kSize);
}

TEST_F(MutatingFiles, ThatAreLargeAndWrittenToAreNeverOkWithAMixture) {
  constexpr std::size_t kSize = 20'000'000;
  hash_while(
      [&](char value) {
        const std::string content(kSize, value);
        const int file = ::open(folder_.path("file").c_str(), O_WRONLY | O_CLOEXEC);
        (void)!::pwrite(file, content.data(), content.size(), 0);
        ::close(file);
        std::this_thread::yield();
      },
      kSize, 3);
}

TEST_F(MutatingFiles, ThatNobodyWritesToAnyMoreAreOkAtOnce) {
  folder_.write("file", "abc");
  TestEngine test;
  JobSpec spec;
  spec.roots = {folder_.path("file")};
  spec.algorithm_mask = mask_of({AlgorithmId::kSha256});
  const auto results = test.run(std::move(spec));
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].status, Status::kOk);
  EXPECT_EQ(results[0].digests_hex, digest_hex(AlgorithmId::kSha256, "abc"));
}

}  // namespace
}  // namespace hashlane::testing
