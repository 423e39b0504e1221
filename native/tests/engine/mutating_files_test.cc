// Files that another process writes to while they are hashed: whatever is reported ok has the digest of contents that
// the file had as a whole. HASHLANE_LOOKS sets how often each file is looked at.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <random>
#include <set>

#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

/// How many a job, so that lanes are filled.
constexpr int kLooksPerJob = 16;

int jobs() {
  const char* const looks = std::getenv("HASHLANE_LOOKS");
  return std::max(1, (looks == nullptr ? 320 : std::atoi(looks)) / kLooksPerJob);
}

/// Writes a whole content to the file; every call another one.
using Write = void (*)(const char* path, const std::string& content);

void write_anew(const char* path, const std::string& content) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  (void)!::pwrite(file, content.data(), content.size(), 0);
  ::close(file);
}

void write_to_open_file(const char* path, const std::string& content) {
  static const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  (void)!::pwrite(file, content.data(), content.size(), 0);
}

void truncate_and_write(const char* path, const std::string& content) {
  const int file = ::open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
  (void)!::write(file, content.data(), content.size());
  ::close(file);
}

char* map(const char* path, std::size_t size) {
  const int file = ::open(path, O_RDWR | O_CLOEXEC);
  void* const mapping = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return static_cast<char*>(mapping);
}

void write_through_new_mapping(const char* path, const std::string& content) {
  char* const mapping = map(path, content.size());
  std::ranges::copy(content, mapping);
  ::munmap(mapping, content.size());
}

void write_through_mapping(const char* path, const std::string& content) {
  static char* const mapping = map(path, content.size());
  std::ranges::copy(content, mapping);
}

class MutatingFiles : public ::testing::Test {
 protected:
  static constexpr int kContents = 7;

  /// A process that writes again and again, now and then with a rest of up to so many microseconds.
  static pid_t start_writing(const std::string& path, Write write, std::size_t size, unsigned longest_rest) {
    std::vector<std::string> contents;
    for (int value = 0; value < kContents; ++value) contents.emplace_back(size, static_cast<char>('0' + value));
    const pid_t process = ::fork();
    if (process != 0) return process;
    std::minstd_rand random(1);
    for (std::size_t round = 0;; ++round) {
      write(path.c_str(), contents[round % kContents]);
      if (longest_rest > 0 && random() % 4 == 0) ::usleep(static_cast<unsigned>(random() % longest_rest));
    }
  }

  void hash_while_written(Write write, std::size_t size, unsigned longest_rest = 150'000) {
    std::set<std::string> whole;
    for (int value = 0; value < kContents; ++value) {
      whole.insert(digest_hex(AlgorithmId::kXxh3_64, std::string(size, static_cast<char>('0' + value))));
    }
    folder_.write("file", std::string(size, '0'));
    const pid_t writer = start_writing(folder_.path("file"), write, size, longest_rest);
    int ok = 0, flagged = 0, changed = 0, mixtures = 0;
    {
      TestEngine test;
      for (int job = 0; job < jobs(); ++job) {
        JobSpec spec;
        spec.roots.assign(kLooksPerJob, folder_.path("file"));
        spec.algorithm_mask = mask_of({AlgorithmId::kXxh3_64});
        for (const Result& result : test.run(std::move(spec))) {
          if (result.status != Status::kOk) {
            EXPECT_EQ(result.status, Status::kChanged);
            ++changed;
          } else if ((result.flags & kFlagOpenForWriting) != 0) {
            ++flagged;
          } else if (result.size > 0) {
            ++ok;
            if (!whole.contains(result.digests_hex)) ++mixtures;
          }
        }
      }
    }
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    EXPECT_EQ(mixtures, 0) << "of " << ok << " that were ok";
    std::printf("%d ok, %d ok with a flag, %d changed, %d mixtures\n", ok, flagged, changed, mixtures);
  }

  TemporaryFolder folder_;
};

TEST_F(MutatingFiles, OpenedAnewForEachWriteAreNeverOkWithAMixture) { hash_while_written(write_anew, 100'000); }

TEST_F(MutatingFiles, HeldOpenForWritingAreNeverOkWithAMixture) { hash_while_written(write_to_open_file, 100'000); }

TEST_F(MutatingFiles, CutAndWrittenAnewAreNeverOkWithAMixture) { hash_while_written(truncate_and_write, 100'000); }

TEST_F(MutatingFiles, MappedForEachWriteAreNeverOkWithAMixture) {
  hash_while_written(write_through_new_mapping, 1'000'000);
}

TEST_F(MutatingFiles, WrittenThroughAMappingAreNeverOkWithAMixtureUnlessFlagged) {
  hash_while_written(write_through_mapping, 1'000'000);
}

TEST_F(MutatingFiles, WrittenWithoutARestAreNeverOkWithAMixture) { hash_while_written(write_anew, 100'000, 0); }

TEST_F(MutatingFiles, ThatAreLargeAndWrittenToAreNeverOkWithAMixture) {
  hash_while_written(write_anew, 20'000'000, 500'000);
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

TEST_F(MutatingFiles, ThatSomebodyHoldsOpenAreChangedWhileYoung) {
  folder_.write("file", "abc");
  const int held = ::open(folder_.path("file").c_str(), O_WRONLY | O_CLOEXEC);
  TestEngine test;
  JobSpec spec;
  spec.roots = {folder_.path("file")};
  spec.algorithm_mask = mask_of({AlgorithmId::kSha256});
  const auto results = test.run(std::move(spec));
  ::close(held);
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].status, Status::kChanged);
  EXPECT_EQ(results[0].error, ErrorCode::kBeingWritten);
}

TEST_F(MutatingFiles, ThatAreLongAndOldAndHeldOpenCarryAFlag) {
  folder_.write("file", std::string(1'000'000, 'a'));
  const int held = ::open(folder_.path("file").c_str(), O_WRONLY | O_CLOEXEC);
  struct stat status;
  ASSERT_EQ(::fstat(held, &status), 0);
  ASSERT_TRUE(eventually([&] { return std::time(nullptr) > status.st_ctim.tv_sec + 3; }));
  TestEngine test;
  JobSpec spec;
  spec.roots = {folder_.path("file")};
  spec.algorithm_mask = mask_of({AlgorithmId::kSha256});
  const auto while_held = test.run(spec);
  ::close(held);
  const auto afterwards = test.run(spec);
  ASSERT_EQ(while_held.size(), 1u);
  EXPECT_EQ(while_held[0].status, Status::kOk);
  EXPECT_EQ(while_held[0].flags & kFlagOpenForWriting, kFlagOpenForWriting);
  EXPECT_EQ(afterwards[0].flags & kFlagOpenForWriting, 0);
  EXPECT_EQ(afterwards[0].digests_hex, while_held[0].digests_hex);
}

}  // namespace
}  // namespace hashlane::testing
