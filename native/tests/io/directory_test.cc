// What directory.h promises on every system.
#include "io/directory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/io/temporary_folder.h"

namespace hashlane {
namespace {

std::vector<std::string> names_of(const Listing& listing) {
  std::vector<std::string> names;
  for (const ListedEntry& entry : listing.entries) names.emplace_back(listing.name(entry));
  return names;
}

TEST(Directory, ListsNamesInTheOrderOfTheirBytes) {
  const TemporaryFolder folder;
  // U+FFFD comes before U+1F600 as bytes and after it as UTF-16.
  const std::vector<std::u8string> names = {u8".hidden", u8"A", u8"a b", u8"b", u8"\u00e9", u8"\ufffd", u8"\U0001F600"};
  for (const std::u8string& name : names) folder.write(name, "x");
  folder.folder("b folder");
  Listing listing = Directory::root(text_of(folder.path()))->list();
  ASSERT_FALSE(listing.error);
  std::vector<std::string> expected = {"b folder"};
  for (const std::u8string& name : names) expected.emplace_back(name.begin(), name.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(names_of(listing), expected);
  for (const ListedEntry& entry : listing.entries) {
    EXPECT_EQ(entry.kind, listing.name(entry) == "b folder" ? EntryKind::kFolder : EntryKind::kFile);
    EXPECT_EQ(listing.names[entry.offset + entry.length], '\0');
  }
}

TEST(Directory, ListsThousandsOfNamesAsOftenAsAsked) {
  const TemporaryFolder folder;
  constexpr std::size_t kFiles = 3'000;
  for (std::size_t number = 0; number < kFiles; ++number) {
    folder.write("a name of some length, so that no buffer holds them all " + std::to_string(number), "");
  }
  const auto root = Directory::root(text_of(folder.path()));
  const std::vector<std::string> names = names_of(root->list());
  EXPECT_EQ(names.size(), kFiles);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  root->rest();
  EXPECT_EQ(names_of(root->list()), names);
}

TEST(Directory, OfAnEmptyFolderIsEmpty) {
  const TemporaryFolder folder;
  const Listing listing = Directory::root(text_of(folder.path()))->list();
  EXPECT_FALSE(listing.error);
  EXPECT_TRUE(listing.entries.empty());
}

TEST(Directory, TellsWhyItCannotBeListed) {
  const TemporaryFolder folder;
  folder.write("file", "x");
  EXPECT_EQ(Directory::root(text_of(folder.path() / "absent"))->list().error.code, ErrorCode::kEnoent);
  EXPECT_EQ(Directory::root(text_of(folder.path() / "file"))->list().error.code, ErrorCode::kEnotdir);
}

TEST(Directory, ShowsPathsWithOneSlashBetweenNames) {
  const TemporaryFolder folder;
  folder.folder("sub/deep");
  const std::string path = text_of(folder.path());
  for (const std::string& given : {path, path + "/", path + "//"}) {
    const auto root = Directory::root(given);
    const auto sub = Directory::child(root, "sub", false);
    const auto deep = Directory::child(sub, "deep", false);
    EXPECT_EQ(root->prefix(), path + "/");
    EXPECT_EQ(deep->prefix(), path + "/sub/deep/");
    EXPECT_EQ(deep->prefix_length(), deep->prefix().size());
    EXPECT_EQ(deep->depth(), 2u);
    EXPECT_FALSE(deep->list().error);
  }
  EXPECT_EQ(Directory::current()->prefix(), "");
}

TEST(Directory, NoticesThatAnotherFolderTookItsPlace) {
  const TemporaryFolder folder;
  folder.write("sub/file", "x");
  const auto sub = Directory::child(Directory::root(text_of(folder.path())), "sub", false);
  EXPECT_FALSE(sub->list().error);
  sub->rest();
  std::filesystem::rename(folder.path() / "sub", folder.path() / "away");
  folder.folder("sub");
  EXPECT_EQ(sub->list().error.code, ErrorCode::kReplaced);
}

TEST(Directory, KnowsTheFoldersItIsWithin) {
  const TemporaryFolder folder;
  folder.folder("sub");
  const auto root = Directory::root(text_of(folder.path()));
  const auto sub = Directory::child(root, "sub", false);
  Directory::Use use;
  ASSERT_FALSE(sub->use(use));
  EXPECT_TRUE(sub->is_within(root->device(), root->inode()));
  EXPECT_TRUE(sub->is_within(sub->device(), sub->inode()));
  EXPECT_FALSE(root->is_within(sub->device(), sub->inode()));
}

TEST(Directory, OpensFilesBelowItThatNoPathReaches) {
  constexpr int kDepth = 200;
  const TemporaryFolder folder;
  const std::string name(200, 'd');
  folder.write("top/file", "content");
  folder.bury("top", name, kDepth);
  auto directory = Directory::root(text_of(folder.path() / "top"));
  for (int depth = 0; depth < kDepth; ++depth) directory = Directory::child(directory, name, false);
  {
    Directory::Use use;
    Descriptor file;
    FileFacts facts;
    EXPECT_FALSE(directory->use(use));
    EXPECT_FALSE(open_file(use.descriptor(), "file", false, file));
    EXPECT_FALSE(look(file, facts));
    EXPECT_EQ(facts.size, 7u);
    EXPECT_EQ(names_of(directory->list()), std::vector<std::string>{"file"});
  }
  directory.reset();
  folder.dig_up("top", name, kDepth);
}

}  // namespace
}  // namespace hashlane
