// Files with several names: read once, and reported for each.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "engine/files/linked_files.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

constexpr std::uint8_t kTakenOver = kFlagHardLink | kFlagFromCache;

class HardLinks : public ::testing::Test {
 protected:
  void link(const std::string& to, const std::string& name) const {
    std::filesystem::create_directories(std::filesystem::path(folder_.path(name)).parent_path());
    std::filesystem::create_hard_link(folder_.path(to), folder_.path(name));
  }
  [[nodiscard]] JobSpec spec(AlgorithmId algorithm = AlgorithmId::kSha256) const {
    JobSpec made;
    made.roots = {folder_.path()};
    made.algorithm_mask = mask_of({algorithm});
    return made;
  }
  static std::size_t with_flags(const std::vector<Result>& results, std::uint8_t flags) {
    return static_cast<std::size_t>(
        std::ranges::count_if(results, [&](const Result& result) { return (result.flags & flags) == flags; }));
  }

  TemporaryFolder folder_;
};

TEST_F(HardLinks, AreReadOnceWithTheSameResultForEachName) {
  const std::string content(300'000, 'x');
  folder_.write("a", content);
  link("a", "b");
  link("a", "deep/er/c");
  folder_.write("other", content);
  TestEngine test;
  const auto results = test.run(spec());
  ASSERT_EQ(results.size(), 4u);
  for (const Result& result : results) {
    EXPECT_EQ(result.status, Status::kOk) << result.name;
    EXPECT_EQ(result.digests_hex, digest_hex(AlgorithmId::kSha256, content)) << result.name;
    EXPECT_EQ(result.size, content.size()) << result.name;
  }
  EXPECT_EQ(with_flags(results, kFlagHardLink), 3u);
  EXPECT_EQ(with_flags(results, kTakenOver), 2u);
  EXPECT_EQ(test.engine_stat(engine_slot::kBytesRead), 2 * content.size());
}

TEST_F(HardLinks, CountAsDoneWhateverWasRead) {
  folder_.write("a", std::string(300'000, 'x'));
  link("a", "b");
  TestEngine test;
  const auto started = test.engine.start(spec());
  EXPECT_EQ(test.wait(started.job).bytes, 600'000u);
  EXPECT_EQ(test.job_stat(started.slot, job_slot::kBytesFound), 600'000u);
  EXPECT_EQ(test.job_stat(started.slot, job_slot::kBytesDone), 600'000u);
}

TEST_F(HardLinks, OfHundredsOfFilesThatAreReadSideBySideAreAllRight) {
  std::map<std::string, std::string> expected;
  for (int file = 0; file < 200; ++file) {
    const std::string content(static_cast<std::size_t>(1 + file * 37), static_cast<char>('a' + file % 26));
    const std::string leaf = std::to_string(file);
    folder_.write("0/" + leaf, content);
    for (int tree = 1; tree < 10; ++tree) link("0/" + leaf, std::to_string(tree) + "/" + leaf);
    expected[leaf] = digest_hex(AlgorithmId::kSha256, content);
  }
  for (const bool walk_order : {false, true}) {
    TestEngine test;
    JobSpec ordered = spec();
    ordered.walk_order = walk_order;
    const auto results = test.run(ordered);
    ASSERT_EQ(results.size(), 2000u);
    std::set<std::string> names;
    for (const Result& result : results) {
      names.insert(result.name);
      EXPECT_EQ(result.digests_hex, expected[result.name.substr(result.name.rfind('/') + 1)]) << result.name;
    }
    EXPECT_EQ(names.size(), 2000u);
    EXPECT_EQ(with_flags(results, kTakenOver), 1800u);
  }
}

TEST_F(HardLinks, WhoseFileChangesWhileItIsReadAreReadByThemselves) {
  constexpr std::uint64_t kBytes = 200'000'000;
  folder_.make_sparse("a", kBytes);
  link("a", "b");
  link("a", "c");
  TestEngine test;
  const auto started = test.engine.start(spec());
  ASSERT_TRUE(eventually([&] { return test.job_stat(started.slot, job_slot::kBytesDone) > 0; }));
  test.engine.pause(started.job);
  folder_.write("a", "short");
  test.engine.resume(started.job);
  test.wait(started.job);
  const auto results = test.results(started.job);
  ASSERT_EQ(results.size(), 3u);
  std::size_t right = 0;
  for (const Result& result : results) {
    if (result.status == Status::kOk) {
      EXPECT_EQ(result.digests_hex, digest_hex(AlgorithmId::kSha256, "short")) << result.name;
      ++right;
    } else {
      EXPECT_EQ(result.status, Status::kChanged) << result.name;
    }
  }
  EXPECT_GE(right, 1u);
}

TEST_F(HardLinks, ThatWaitForTheirFileEndWithTheJobThatIsCancelled) {
  folder_.make_sparse("a", 2'000'000'000);
  for (int name = 0; name < 100; ++name) link("a", "n" + std::to_string(name));
  TestEngine test;
  const auto started = test.engine.start(spec());
  ASSERT_TRUE(eventually([&] { return test.job_stat(started.slot, job_slot::kBytesDone) > 0; }));
  test.engine.pause(started.job);
  test.engine.cancel(started.job);
  EXPECT_TRUE(test.wait(started.job).cancelled);
  for (const Result& result : test.results(started.job)) EXPECT_EQ(result.status, Status::kCancelled) << result.name;
}

TEST_F(HardLinks, HaveDigestsOfTheirOwnWhereTheNameIsPartOfThem) {
  folder_.write("a", "content");
  link("a", "b");
  TestEngine test;
  for (const Result& result : test.run(spec(AlgorithmId::kBtih))) {
    EXPECT_EQ(result.digests_hex,
              digest_hex(AlgorithmId::kBtih, "content", result.name.substr(result.name.size() - 1)));
  }
}

class LinkedFilesTable : public ::testing::Test {
 protected:
  static constexpr std::size_t kDigestBytes = 8;

  static OpenFile name_of(std::uint64_t inode, std::uint64_t links = 3) {
    OpenFile file;
    file.facts = {.kind = EntryKind::kFile,
                  .size = 1,
                  .modified_ns = 2,
                  .changed_ns = 3,
                  .device = 4,
                  .inode = inode,
                  .links = links};
    return file;
  }
  /// Reads one name of the file.
  void read(LinkedFiles& table, std::uint64_t inode) {
    OpenFile file = name_of(inode);
    ASSERT_EQ(table.meet(file, digests_.data()), LinkedFiles::Meeting::kRead);
    digests_.assign(kDigestBytes, static_cast<std::byte>(inode));
    ASSERT_TRUE(table.conclude(file, {.size = 1, .digests = digests_.data()}).empty());
  }
  std::vector<std::byte> digests_ = std::vector<std::byte>(kDigestBytes);
};

TEST_F(LinkedFilesTable, ForgetsAFileWithItsLastName) {
  LinkedFiles table(kDigestBytes);
  read(table, 1);
  EXPECT_EQ(table.size(), 1u);
  for (int name = 1; name < 3; ++name) {
    OpenFile file = name_of(1);
    EXPECT_EQ(table.meet(file, digests_.data()), LinkedFiles::Meeting::kKnown);
  }
  EXPECT_EQ(table.size(), 0u);
}

TEST_F(LinkedFilesTable, KeepsToItsMemoryAndStaysRight) {
  LinkedFiles table(kDigestBytes, 64u << 10);
  for (std::uint64_t inode = 0; inode < 10'000; ++inode) read(table, inode);
  EXPECT_GT(table.size(), 50u);
  EXPECT_LT(table.size(), 500u);
  std::size_t known = 0;
  for (std::uint64_t inode = 0; inode < 10'000; ++inode) {
    OpenFile file = name_of(inode);
    if (table.meet(file, digests_.data()) == LinkedFiles::Meeting::kKnown) {
      ++known;
      EXPECT_EQ(digests_[0], static_cast<std::byte>(inode));
    } else {
      static_cast<void>(table.conclude(file, {.status = Status::kUnreadable}));
    }
  }
  EXPECT_GT(known, 50u);
}

TEST_F(LinkedFilesTable, GivesNoDigestsToANameThatWasChangedSince) {
  LinkedFiles table(kDigestBytes);
  read(table, 1);
  OpenFile changed = name_of(1);
  changed.facts.changed_ns = 99;
  EXPECT_EQ(table.meet(changed, digests_.data()), LinkedFiles::Meeting::kRead);
  OpenFile next = changed.linked ? name_of(1) : OpenFile();
  EXPECT_EQ(table.meet(next, digests_.data()), LinkedFiles::Meeting::kWaits);
  EXPECT_EQ(table.conclude(changed, {.status = Status::kUnreadable}).size(), 1u);
  EXPECT_EQ(table.size(), 0u);
}

TEST_F(LinkedFilesTable, GivesNoDigestsWhoseTimesCannotBeReliedOn) {
  LinkedFiles table(kDigestBytes);
  OpenFile file = name_of(1);
  ASSERT_EQ(table.meet(file, digests_.data()), LinkedFiles::Meeting::kRead);
  file.trust = Trust::kOpenElsewhere;
  static_cast<void>(table.conclude(file, {.size = 1, .digests = digests_.data()}));
  OpenFile other = name_of(1);
  EXPECT_EQ(table.meet(other, digests_.data()), LinkedFiles::Meeting::kRead);
}

}  // namespace
}  // namespace hashlane::testing
