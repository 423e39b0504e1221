// What only Linux does, on the file systems that are at hand.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <string>
#include <vector>

#include "io/device.h"
#include "io/file.h"
#include "tests/io/temporary_folder.h"

namespace hashlane {
namespace {

/// What a cached read of a file that was just written and read may say; the bytes must be right.
void expect_sound_cached_reads(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / ("hashlane-cached-" + std::to_string(::getpid()));
  const std::string content(300'000, 'c');
  {
    const int made = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    ASSERT_GE(made, 0) << path;
    ASSERT_EQ(::write(made, content.data(), content.size()), static_cast<ssize_t>(content.size()));
    ::close(made);
  }
  Descriptor file;
  ASSERT_FALSE(open_file(current_folder(), path.c_str(), false, file));
  std::filesystem::remove(path);
  std::vector<std::byte> buffer(content.size() + 1);
  std::size_t count = 0;
  ASSERT_FALSE(read_at(file, 0, buffer, count));
  std::uint64_t offset = 0;
  while (offset < content.size()) {
    count = 0;
    if (read_cached_at(file, offset, buffer, count) != CachedRead::kRead) break;
    ASSERT_GT(count, 0u);
    ASSERT_LE(offset + count, content.size());
    EXPECT_TRUE(std::all_of(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(count),
                            [](std::byte byte) { return byte == std::byte{'c'}; }));
    offset += count;
  }
  // Where the system can tell at all, what was read a moment ago is in memory to its end.
  EXPECT_TRUE(offset == 0 || offset == content.size());
  EXPECT_EQ(read_cached_at(file, content.size(), buffer, count), CachedRead::kUnknown);
  EXPECT_EQ(read_cached_at(file, content.size() + 10'000, buffer, count), CachedRead::kUnknown);
  ::testing::Test::RecordProperty("cached_reads", offset > 0 ? "told" : "not told");
}

TEST(LinuxFiles, CachedReadsAreSoundOnTheTemporaryFolder) {
  const TemporaryFolder folder;
  expect_sound_cached_reads(folder.path());
}

TEST(LinuxFiles, CachedReadsAreSoundOnTmpfs) {
  if (::access("/dev/shm", W_OK) != 0) GTEST_SKIP() << "no writable tmpfs at /dev/shm";
  expect_sound_cached_reads("/dev/shm");
}

TEST(LinuxFiles, CachedReadsAndDeviceClassesAreSoundOnOverlays) {
  const TemporaryFolder folder;
  for (const char* name : {"lower", "upper", "work", "merged"}) folder.folder(name);
  const std::string at = folder.path().string();
  const std::string options = "lowerdir=" + at + "/lower,upperdir=" + at + "/upper,workdir=" + at + "/work";
  const std::string merged = at + "/merged";
  if (::mount("overlay", merged.c_str(), "overlay", 0, options.c_str()) != 0) GTEST_SKIP() << "may not mount here";
  expect_sound_cached_reads(merged);
  Descriptor above, below;
  FileFacts facts;
  EXPECT_FALSE(open_long_folder(merged, above));
  EXPECT_FALSE(look(above, facts));
  const DeviceClass overlay = device_class(above, facts.device);
  EXPECT_FALSE(open_long_folder(at + "/lower", below));
  EXPECT_FALSE(look(below, facts));
  EXPECT_EQ(overlay, device_class(below, facts.device));
  above.close();
  EXPECT_EQ(::umount(merged.c_str()), 0);
}

TEST(LinuxFiles, NothingIsReadWhereTheDeviceWouldBeWaitedFor) {
  const TemporaryFolder folder;
  const auto path = folder.write("file", std::string(1 << 20, 'x'));
  Descriptor file;
  ASSERT_FALSE(open_file(current_folder(), path.c_str(), false, file));
  // Out of the page cache, as far as the file system lets go of it (tmpfs does not).
  const auto descriptor = static_cast<int>(file.get());
  ASSERT_EQ(::fsync(descriptor), 0);
  ASSERT_EQ(::posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED), 0);
  std::vector<std::byte> buffer(1 << 20);
  std::size_t count = 12'345;
  const CachedRead read = read_cached_at(file, 0, buffer, count);
  EXPECT_EQ(read == CachedRead::kRead, count != 12'345u);
  RecordProperty("cached_read", static_cast<int>(read));
  ASSERT_FALSE(read_at(file, 0, buffer, count));
  EXPECT_EQ(count, buffer.size());
}

TEST(LinuxFiles, AFifoIsNeverWaitedFor) {
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "fifo").string();
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  Descriptor file;
  FileFacts facts;
  EXPECT_FALSE(open_file(current_folder(), path.c_str(), false, file));
  EXPECT_FALSE(look(file, facts));
  EXPECT_EQ(facts.kind, EntryKind::kFifo);
}

TEST(LinuxFiles, ALinkIsOnlyFollowedWhenAsked) {
  const TemporaryFolder folder;
  folder.write("file", "content");
  folder.link("link", "file");
  folder.link("loop", "loop");
  Descriptor at, file;
  FileFacts facts;
  ASSERT_FALSE(open_long_folder(folder.path().string(), at));
  EXPECT_EQ(open_file(at.get(), "link", false, file).code, ErrorCode::kEloop);
  EXPECT_FALSE(open_file(at.get(), "link", true, file));
  ASSERT_FALSE(look_at(at.get(), "link", false, facts));
  EXPECT_EQ(facts.kind, EntryKind::kSymlink);
  ASSERT_FALSE(look_at(at.get(), "link", true, facts));
  EXPECT_EQ(facts.kind, EntryKind::kFile);
  EXPECT_EQ(look_at(at.get(), "loop", true, facts).code, ErrorCode::kEloop);
}

TEST(LinuxFiles, TheAccessTimeIsLeftAlone) {
  const TemporaryFolder folder;
  const auto path = folder.write("file", "content");
  // Long ago, so that `relatime` would move it.
  const timespec times[] = {{1'000, 0}, {2'000, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
  Descriptor file;
  ASSERT_FALSE(open_file(current_folder(), path.c_str(), false, file));
  std::byte bytes[16];
  std::size_t count = 0;
  ASSERT_FALSE(read_at(file, 0, bytes, count));
  struct stat status;
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_atim.tv_sec, 1'000);
}

TEST(LinuxFiles, OfOthersAreReadAllTheSame) {
  // O_NOATIME is for the owner alone.
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become somebody else";
  const TemporaryFolder folder;
  const auto path = folder.write("file", "content");
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0755));
  std::filesystem::permissions(path, std::filesystem::perms(0644));
  ASSERT_EQ(::seteuid(65'534), 0);
  Descriptor file;
  const Error error = open_file(current_folder(), path.c_str(), false, file);
  ASSERT_EQ(::seteuid(0), 0);
  if (error.code == ErrorCode::kEacces) GTEST_SKIP() << "the temporary folder is closed to others";
  EXPECT_FALSE(error);
  EXPECT_TRUE(file);
}

TEST(LinuxFiles, ThatAnotherProgramHasALeaseOnAreInUse) {
  const TemporaryFolder folder;
  const auto path = folder.write("file", "content");
  const auto before = std::signal(SIGIO, SIG_IGN);
  const int holder = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  ASSERT_GE(holder, 0);
  const bool leased = ::fcntl(holder, F_SETLEASE, F_WRLCK) == 0;
  Descriptor file;
  const Error error = open_file(current_folder(), path.c_str(), false, file);
  ::close(holder);
  std::signal(SIGIO, before);
  if (!leased) GTEST_SKIP() << "the file system has no leases";
  EXPECT_EQ(error.code, ErrorCode::kEbusy);
}

TEST(LinuxErrors, HaveCodes) {
  EXPECT_EQ(error_from_system(ESTALE).code, ErrorCode::kEstale);
  EXPECT_EQ(error_from_system(EIO).code, ErrorCode::kEio);
  EXPECT_EQ(error_from_system(EUCLEAN).code, ErrorCode::kEio);
  EXPECT_EQ(error_from_system(ENOTCONN).code, ErrorCode::kEnxio);
  EXPECT_EQ(error_from_system(EHOSTDOWN).code, ErrorCode::kEtimedout);
  EXPECT_FALSE(error_from_system(0));
  const Error other = error_from_system(EPROTO);
  EXPECT_EQ(other.code, ErrorCode::kEother);
  EXPECT_FALSE(other.text.empty());
}

}  // namespace
}  // namespace hashlane
