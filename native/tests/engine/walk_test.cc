#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

class Walk : public ::testing::Test {
 protected:
  JobSpec spec(std::vector<std::string> below = {""}) {
    JobSpec made;
    for (const std::string& name : below) made.roots.push_back(folder.path(name));
    made.algorithm_mask = mask_of({AlgorithmId::kMd5});
    made.walk_order = true;
    return made;
  }

  /// Names below the folder with their statuses, in walk order.
  std::vector<std::string> walk(JobSpec made) {
    auto results = engine.run(std::move(made));
    std::sort(results.begin(), results.end(), [](const auto& a, const auto& b) { return a.entry_id < b.entry_id; });
    std::vector<std::string> lines;
    for (const Result& result : results) {
      std::string line = result.name;
      if (line.starts_with(folder.path())) line.erase(0, folder.path().size() + 1);
      if (result.status != Status::kOk) line += " " + std::to_string(static_cast<int>(result.error));
      lines.push_back(line);
    }
    return lines;
  }

  static std::string failed(const std::string& name, ErrorCode code) {
    return name + " " + std::to_string(static_cast<int>(code));
  }

  TemporaryFolder folder;
  TestEngine engine;
};

using Lines = std::vector<std::string>;

TEST_F(Walk, GoesDepthFirstWithNamesInTheOrderOfTheirBytes) {
  for (const char* name : {"b/z", "b/a", "a.txt", "b.txt", "B", "b/c/d", "\xc3\xa9", "\xff"}) folder.write(name, "x");
  EXPECT_EQ(walk(spec()), (Lines{"B", "a.txt", "b/a", "b/c/d", "b/z", "b.txt", "\xc3\xa9", "\xff"}));
}

TEST_F(Walk, TakesRootsInTheOrderGivenAndTellsThemApart) {
  folder.write("one/a", "1");
  folder.write("two", "2");
  const auto results = engine.run(spec({"two", "one", "two"}));
  ASSERT_EQ(results.size(), 3u);
  std::vector<int> roots;
  for (const Result& result : results) roots.push_back(result.root);
  std::sort(roots.begin(), roots.end());
  EXPECT_EQ(roots, (std::vector<int>{0, 1, 2}));
}

TEST_F(Walk, ReportsWhatDoesNotExistAndGoesOn) {
  folder.write("here", "x");
  ASSERT_EQ(::symlink("nowhere", folder.path("dangling").c_str()), 0);
  EXPECT_EQ(walk(spec({"gone", "dangling", "here/below", "here"})),
            (Lines{failed("gone", ErrorCode::kEnoent), failed("dangling", ErrorCode::kEnoent),
                   failed("here/below", ErrorCode::kEnotdir), "here"}));
}

TEST_F(Walk, NeverOpensSpecialFiles) {
  ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
  const int unix_socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, folder.path("socket").c_str(), sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(unix_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::symlink("pipe", folder.path("link").c_str()), 0);
  const Lines expected{failed("link", ErrorCode::kSymlink), failed("pipe", ErrorCode::kFifo),
                       failed("socket", ErrorCode::kSocket)};
  EXPECT_EQ(walk(spec()), expected);
  // Named outright, they are skipped all the same.
  EXPECT_EQ(walk(spec({"pipe"})), (Lines{failed("pipe", ErrorCode::kFifo)}));
  JobSpec null = spec({});
  null.roots = {"/dev/null"};
  EXPECT_EQ(walk(null), (Lines{failed("/dev/null", ErrorCode::kCharacterDevice)}));
  ::close(unix_socket);
}

TEST_F(Walk, FollowsLinksOnlyWhenAskedAndSeesLoops) {
  folder.write("a/file", "x");
  ASSERT_EQ(::symlink("..", folder.path("a/up").c_str()), 0);
  ASSERT_EQ(::symlink("a/file", folder.path("link").c_str()), 0);
  ASSERT_EQ(::symlink("self", folder.path("self").c_str()), 0);
  EXPECT_EQ(walk(spec()), (Lines{"a/file", failed("a/up", ErrorCode::kSymlink), failed("link", ErrorCode::kSymlink),
                                 failed("self", ErrorCode::kSymlink)}));
  JobSpec following = spec();
  following.follow_symlinks = true;
  EXPECT_EQ(walk(following),
            (Lines{"a/file", failed("a/up", ErrorCode::kFolderLoop), "link", failed("self", ErrorCode::kEloop)}));
}

TEST_F(Walk, FiltersByPatternHiddennessAndDepth) {
  for (const char* name : {"a.jpg", "b.txt", ".hidden", ".git/config", "sub/c.jpg", "sub/deep/d.jpg"}) {
    folder.write(name, "x");
  }
  JobSpec pictures = spec();
  pictures.include = {"*.jpg"};
  EXPECT_EQ(walk(pictures), (Lines{"a.jpg", "sub/c.jpg", "sub/deep/d.jpg"}));

  JobSpec without = spec();
  without.exclude = {"sub/deep", ".git/"};
  EXPECT_EQ(walk(without), (Lines{".hidden", "a.jpg", "b.txt", "sub/c.jpg"}));

  JobSpec visible = spec();
  visible.hidden = false;
  visible.max_depth = 1;
  EXPECT_EQ(walk(visible), (Lines{"a.jpg", "b.txt", "sub/c.jpg"}));
}

TEST_F(Walk, KeepsNamesThatAreNotText) {
  folder.write("line\nbreak", "x");
  folder.write("\x1b[31mred", "x");
  folder.write("bad\xff\xfe", "x");
  const auto results = engine.run(spec());
  ASSERT_EQ(results.size(), 3u);
  for (const Result& result : results) {
    EXPECT_EQ(result.status, Status::kOk);
    EXPECT_EQ((result.flags & kFlagAsciiName) != 0, result.name.find('\xff') == std::string::npos);
  }
}

TEST_F(Walk, GoesBelowTheSystemsLimitForOnePath) {
  // 40 folders of 200 letters: twice PATH_MAX.
  const std::string segment(200, 'd');
  int at = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
  for (int depth = 0; depth < 40; ++depth) {
    ASSERT_EQ(::mkdirat(at, segment.c_str(), 0700), 0);
    const int below = ::openat(at, segment.c_str(), O_RDONLY | O_DIRECTORY);
    ::close(at);
    at = below;
  }
  const int file = ::openat(at, "deep", O_CREAT | O_WRONLY, 0600);
  ASSERT_EQ(::write(file, "abc", 3), 3);
  ::close(file);
  ::close(at);
  const auto results = engine.run(spec());
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].digests_hex, "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(results[0].name.size(), folder.path().size() + 40 * 201 + 5);
  // The same name, given outright.
  JobSpec direct = spec({});
  direct.roots = {results[0].name};
  const auto again = engine.run(direct);
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].status, Status::kOk);
  EXPECT_EQ(again[0].name, results[0].name);
  // std::filesystem::remove_all copes with the depth by descriptors, as the walk does.
}

TEST_F(Walk, WalksFartherDownThanDescriptorsAllow) {
  int at = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY);
  for (int depth = 0; depth < 3000; ++depth) {
    ASSERT_EQ(::mkdirat(at, "d", 0700), 0);
    const int below = ::openat(at, "d", O_RDONLY | O_DIRECTORY);
    if (depth % 500 == 0) ::close(::openat(at, "file", O_CREAT | O_WRONLY, 0600));
    ::close(at);
    at = below;
  }
  ::close(at);
  const auto results = engine.run(spec());
  EXPECT_EQ(results.size(), 6u);
  for (const Result& result : results) EXPECT_EQ(result.status, Status::kOk);
}

TEST_F(Walk, CountsAheadForProgress) {
  for (int number = 0; number < 500; ++number) folder.write(std::to_string(number), std::string(100, 'x'));
  JobSpec counted = spec();
  counted.count_ahead = true;
  const auto started = engine.engine.start(counted);
  engine.wait(started.job);
  // The count may end after the work on so few files; it never goes beyond what is there.
  EXPECT_LE(engine.job_stat(started.slot, job_slot::kFilesFound), 500u);
  EXPECT_EQ(engine.job_stat(started.slot, job_slot::kFilesDone), 500u);
}

TEST_F(Walk, HashesAnEmptyFileAndAFileThatSaysItIsEmpty) {
  folder.write("empty", "");
  EXPECT_EQ(engine.run(spec({"empty"})).at(0).digests_hex, "d41d8cd98f00b204e9800998ecf8427e");
  JobSpec proc = spec({});
  proc.roots = {"/proc/version"};
  const auto results = engine.run(proc);
  ASSERT_EQ(results.size(), 1u);
  EXPECT_EQ(results[0].status, Status::kOk);
  EXPECT_GT(results[0].size, 0u);
}

TEST_F(Walk, GoesThroughCrossLinkedFoldersOnceEach) {
  // Each of twelve folders has links to all others: there are more ways through them than can be walked.
  constexpr int kFolders = 12;
  for (int folder_number = 0; folder_number < kFolders; ++folder_number) {
    const std::string name = std::to_string(folder_number);
    folder.write(name + "/file", name);
    for (int other = 0; other < kFolders; ++other) {
      if (other == folder_number) continue;
      std::filesystem::create_directory_symlink(folder.path(std::to_string(other)),
                                                folder.path(name + "/to" + std::to_string(other)));
    }
  }
  JobSpec links = spec();
  links.follow_symlinks = true;
  const auto results = engine.run(links);
  std::size_t files = 0;
  for (const Result& result : results) files += result.status == Status::kOk ? 1 : 0;
  // Once as itself, and once at most by way of a link.
  EXPECT_GE(files, 12u);
  EXPECT_LE(files, 24u);
  EXPECT_LT(results.size(), 1000u);
}

/// What reading it gives, whatever size it says.
std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST_F(Walk, HashesFilesOfSysWhichSayTheyAreLonger) {
  const std::string path = "/sys/kernel/mm/transparent_hugepage/enabled";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no such file here";
  JobSpec sys = spec({});
  sys.roots = {path, "/proc/version"};
  sys.algorithm_mask = mask_of({AlgorithmId::kMd5, AlgorithmId::kBtih, AlgorithmId::kGitBlob});
  const auto results = engine.run(sys);
  ASSERT_EQ(results.size(), 2u);
  for (const Result& result : results) {
    const std::string content = content_of(result.name);
    EXPECT_EQ(result.status, Status::kOk) << result.name;
    EXPECT_EQ(result.size, content.size()) << result.name;
    const std::string leaf = result.name.substr(result.name.rfind('/') + 1);
    EXPECT_EQ(result.digests_hex, digest_hex(AlgorithmId::kMd5, content) +
                                      digest_hex(AlgorithmId::kBtih, content, leaf) +
                                      digest_hex(AlgorithmId::kGitBlob, content, leaf))
        << result.name;
  }
}

TEST_F(Walk, HashesAWholeFolderOfSys) {
  JobSpec sys = spec({});
  sys.roots = {"/sys/kernel/mm"};
  if (!std::filesystem::exists(sys.roots[0])) GTEST_SKIP() << "no such folder here";
  std::size_t ok = 0;
  const auto results = engine.run(sys);
  for (const Result& result : results) ok += result.status == Status::kOk ? 1 : 0;
  // A few count something, and have other contents each time.
  EXPECT_GT(ok, results.size() / 2) << "of " << results.size();
}

/// Hashes `root` as somebody who is not root, and ends the process: 0 when the locked file and the locked
/// folder were both reported with their code and the open file was hashed all the same.
[[noreturn]] void hash_without_permission(const std::string& root) {
  constexpr uid_t kNobody = 65534;
  if (::geteuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(2);
  TestEngine engine;
  JobSpec spec;
  spec.roots = {root};
  spec.algorithm_mask = mask_of({AlgorithmId::kMd5});
  std::size_t denied = 0, hashed = 0;
  for (const Result& result : engine.run(spec)) {
    if (result.status == Status::kUnreadable && result.error == ErrorCode::kEacces) ++denied;
    if (result.status == Status::kOk) ++hashed;
  }
  ::_exit(denied == 2 && hashed == 1 ? 0 : 1);
}

TEST(WalkWithoutPermission, ReportsWhatCannotBeReadAndGoesOn) {
  TemporaryFolder folder;
  folder.write("locked/inside", "x");
  folder.write("open", "x");
  folder.write("secret", "x");
  ::chmod(folder.path().c_str(), 0755);
  ::chmod(folder.path("locked").c_str(), 0);
  ::chmod(folder.path("secret").c_str(), 0);
  // In a process of its own, since root may read everything and must not stay somebody else.
  EXPECT_EXIT(hash_without_permission(folder.path()), ::testing::ExitedWithCode(0), "");
  ::chmod(folder.path("locked").c_str(), 0700);
}

TEST_F(Walk, HashesEverythingWithFewDescriptors) {
  constexpr int kFolders = 400, kFiles = 5;
  for (int number = 0; number < kFolders; ++number) {
    for (int file = 0; file < kFiles; ++file) {
      folder.write(std::to_string(number) + "/" + std::to_string(file), "abc");
    }
  }
  rlimit usual{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &usual), 0);
  const rlimit few{.rlim_cur = 40, .rlim_max = usual.rlim_max};
  TestEngine test(4);
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  JobSpec all;
  all.roots = {folder.path()};
  all.algorithm_mask = mask_of({AlgorithmId::kMd5});
  const auto results = test.run(std::move(all));
  ::setrlimit(RLIMIT_NOFILE, &usual);
  EXPECT_EQ(std::ranges::count(results, Status::kOk, &Result::status), kFolders * kFiles);
  EXPECT_EQ(results.size(), std::size_t{kFolders} * kFiles);
}

}  // namespace
}  // namespace hashlane::testing
