// What file.h promises on every system.
#include "io/file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/io/temporary_folder.h"

namespace hashlane {
namespace {

std::string random_bytes(std::size_t size) {
  std::mt19937 random(static_cast<unsigned>(size));
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random());
  return bytes;
}

class File : public testing::Test {
 protected:
  void SetUp() override { ASSERT_FALSE(open_long_folder(text_of(folder_.path()), opened_)); }
  [[nodiscard]] Handle at() const { return opened_.get(); }

  TemporaryFolder folder_;
  Descriptor opened_;
};

TEST_F(File, IsReadFromStartToEnd) {
  const std::string content = random_bytes(300'001);
  folder_.write("file", content);
  Descriptor file;
  ASSERT_FALSE(open_file(at(), "file", false, file));
  std::string read;
  std::vector<std::byte> buffer(65'536);
  std::size_t count = 0;
  do {
    ASSERT_FALSE(read_at(file, read.size(), buffer, count));
    read.append(reinterpret_cast<const char*>(buffer.data()), count);
  } while (count > 0);
  EXPECT_TRUE(read == content);
}

TEST_F(File, IsReadAnywhereByManyAtOnce) {
  const std::string content = random_bytes(1 << 20);
  folder_.write("file", content);
  Descriptor file;
  ASSERT_FALSE(open_file(at(), "file", false, file));
  std::vector<std::thread> threads;
  for (unsigned number = 0; number < 4; ++number) {
    threads.emplace_back([&, number] {
      std::mt19937 random(number);
      std::vector<std::byte> buffer(10'000);
      for (int turn = 0; turn < 200; ++turn) {
        const std::size_t offset = random() % (content.size() + 5'000);
        std::size_t count = 1;
        ASSERT_FALSE(read_at(file, offset, buffer, count));
        const std::string_view expected = std::string_view(content).substr(std::min(offset, content.size()), 10'000);
        // A regular file on a disk gives all it has.
        ASSERT_EQ(count, expected.size());
        ASSERT_EQ(std::string_view(reinterpret_cast<const char*>(buffer.data()), count), expected);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(File, EndsBeyondItsEnd) {
  folder_.write("empty", "");
  Descriptor file;
  ASSERT_FALSE(open_file(at(), "empty", false, file));
  std::byte byte{};
  for (const std::uint64_t offset : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 40}) {
    std::size_t count = 1;
    EXPECT_FALSE(read_at(file, offset, {&byte, 1}, count));
    EXPECT_EQ(count, 0u);
  }
}

TEST_F(File, CachedReadsGiveTheSameBytesOrNone) {
  const std::string content = random_bytes(100'000);
  folder_.write("file", content);
  Descriptor file;
  ASSERT_FALSE(open_file(at(), "file", false, file));
  std::vector<std::byte> buffer(40'000);
  for (const std::size_t offset : {0u, 1u, 4'095u, 60'000u, 90'000u, 99'999u}) {
    std::size_t count = 0;
    if (read_cached_at(file, offset, buffer, count) != CachedRead::kRead) continue;
    ASSERT_GT(count, 0u);
    ASSERT_LE(offset + count, content.size());
    EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(buffer.data()), count),
              std::string_view(content).substr(offset, count));
  }
  std::size_t count = 0;
  EXPECT_EQ(read_cached_at(file, content.size(), buffer, count), CachedRead::kUnknown) << "read_at() tells the end";
}

TEST_F(File, FactsAreTheSameByNameAndByHandle) {
  folder_.write("file", "12345");
  FileFacts by_name, by_handle;
  ASSERT_FALSE(look_at(at(), "file", false, by_name));
  Descriptor file;
  ASSERT_FALSE(open_file(at(), "file", false, file));
  ASSERT_FALSE(look(file, by_handle));
  for (const FileFacts& facts : {by_name, by_handle}) {
    EXPECT_EQ(facts.kind, EntryKind::kFile);
    EXPECT_EQ(facts.size, 5u);
    EXPECT_EQ(facts.links, 1u);
    EXPECT_FALSE(facts.placeholder);
    EXPECT_EQ(facts.device, by_name.device);
    EXPECT_EQ(facts.inode, by_name.inode);
    EXPECT_EQ(facts.modified_ns, by_name.modified_ns);
    EXPECT_EQ(facts.changed_ns, by_name.changed_ns);
  }
  const auto now =
      std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
  EXPECT_LT(std::abs(by_name.modified_ns - now.count()), std::chrono::nanoseconds(std::chrono::minutes(5)).count());
  FileFacts folder;
  ASSERT_FALSE(look(opened_, folder));
  EXPECT_EQ(folder.kind, EntryKind::kFolder);
  EXPECT_EQ(folder.device, by_name.device);
  EXPECT_NE(folder.inode, by_name.inode);
}

TEST_F(File, TimesSetByHandAreTold) {
  const auto path = folder_.write("file", "x");
  const auto moment = std::chrono::file_clock::now() - std::chrono::hours(1000);
  std::filesystem::last_write_time(path, moment);
  FileFacts facts;
  ASSERT_FALSE(look_at(at(), "file", false, facts));
  const auto ago = std::chrono::system_clock::now().time_since_epoch() - std::chrono::nanoseconds(facts.modified_ns);
  EXPECT_LT(std::chrono::abs(ago - std::chrono::hours(1000)), std::chrono::minutes(5));
}

TEST_F(File, HardLinksAreOneFile) {
  const auto path = folder_.write("file", "x");
  std::filesystem::create_hard_link(path, folder_.path() / "other");
  FileFacts one, other;
  ASSERT_FALSE(look_at(at(), "file", false, one));
  ASSERT_FALSE(look_at(at(), "other", false, other));
  EXPECT_EQ(one.links, 2u);
  EXPECT_EQ(one.inode, other.inode);
  EXPECT_EQ(one.device, other.device);
}

TEST_F(File, ThatIsNotThereIsToldAsSuch) {
  folder_.write("file", "x");
  Descriptor file;
  FileFacts facts;
  EXPECT_EQ(open_file(at(), "absent", false, file).code, ErrorCode::kEnoent);
  EXPECT_EQ(look_at(at(), "absent", true, facts).code, ErrorCode::kEnoent);
  EXPECT_EQ(open_folder(at(), "file", false, file).code, ErrorCode::kEnotdir);
  EXPECT_EQ(open_long_folder("", file).code, ErrorCode::kEnoent);
  EXPECT_EQ(open_long_folder(text_of(folder_.path() / "absent" / "more"), file).code, ErrorCode::kEnoent);
  const std::string below_a_file = text_of(folder_.path()) + "/file/more";
  EXPECT_EQ(status_for(look_at(current_folder(), below_a_file.c_str(), true, facts).code), Status::kMissing);
  EXPECT_FALSE(file);
}

TEST_F(File, CanBeRenamedAndRemovedWhileItIsRead) {
  const auto path = folder_.write("file", "content");
  Descriptor file;
  ASSERT_FALSE(open_file(at(), "file", false, file));
  std::filesystem::rename(path, folder_.path() / "renamed");
  std::filesystem::remove(folder_.path() / "renamed");
  std::byte bytes[16];
  std::size_t count = 0;
  ASSERT_FALSE(read_at(file, 0, bytes, count));
  EXPECT_EQ(count, 7u);
}

TEST_F(File, FoldersOpenAtAnyDepth) {
  const std::string name(200, 'd');
  folder_.folder("top");
  folder_.bury("top", name, 200);
  std::string path = text_of(folder_.path()) + "/top";
  for (int depth = 0; depth < 200; ++depth) path += "/" + name;
  Descriptor deepest;
  FileFacts facts;
  EXPECT_FALSE(open_long_folder(path, deepest));
  EXPECT_FALSE(look(deepest, facts));
  EXPECT_EQ(facts.kind, EntryKind::kFolder);
  EXPECT_EQ(open_long_folder(path + "/more", deepest).code, ErrorCode::kEnoent);
  deepest.close();
  folder_.dig_up("top", name, 200);
}

TEST_F(File, DescriptorsMove) {
  folder_.write("file", "abcdef");
  Descriptor first;
  ASSERT_FALSE(open_file(at(), "file", false, first));
  Descriptor second = std::move(first);
  EXPECT_FALSE(first);
  first = std::move(second);
  std::byte bytes[2];
  std::size_t count = 0;
  ASSERT_FALSE(read_at(first, 4, bytes, count));
  EXPECT_EQ(static_cast<char>(bytes[0]), 'e');
}

}  // namespace
}  // namespace hashlane
