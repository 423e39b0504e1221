// What only Windows does. Wine shows a part of it: where it cannot make what a test needs, the test says so.
#include <gtest/gtest.h>
#include <windows.h>

#include <filesystem>
#include <string>
#include <vector>

#include "io/device.h"
#include "io/directory.h"
#include "io/file.h"
#include "io/windows/wtf8.h"
#include "tests/io/temporary_folder.h"

namespace hashlane {
namespace {

std::string wtf8(std::wstring_view text) {
  std::string bytes;
  append_wtf8({reinterpret_cast<const char16_t*>(text.data()), text.size()}, bytes);
  return bytes;
}

class WindowsFile : public testing::Test {
 protected:
  void SetUp() override { ASSERT_FALSE(open_long_folder(text_of(folder_.path()), opened_)); }
  [[nodiscard]] Handle at() const { return opened_.get(); }
  [[nodiscard]] std::string path_of(const std::string& name) const { return text_of(folder_.path()) + "\\" + name; }
  /// By a path that Win32 does not change. False where the file system cannot have such a name.
  [[nodiscard]] bool write_verbatim(std::wstring_view name, std::string_view content) const {
    const std::wstring path = L"\\\\?\\" + folder_.path().wstring() + L"\\" + std::wstring(name);
    const HANDLE made = ::CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW, 0, nullptr);
    if (made == INVALID_HANDLE_VALUE) return false;
    DWORD written = 0;
    EXPECT_TRUE(::WriteFile(made, content.data(), static_cast<DWORD>(content.size()), &written, nullptr));
    ::CloseHandle(made);
    return true;
  }
  void expect_content(Handle folder, const std::string& name, std::string_view content) const {
    Descriptor file;
    ASSERT_FALSE(open_file(folder, name.c_str(), false, file)) << name;
    std::vector<std::byte> buffer(100);
    std::size_t count = 0;
    ASSERT_FALSE(read_at(file, 0, buffer, count));
    EXPECT_EQ(std::string_view(reinterpret_cast<const char*>(buffer.data()), count), content) << name;
  }
  [[nodiscard]] bool link(const wchar_t* name, const wchar_t* target, bool folder) const {
    const DWORD flags = SYMBOLIC_LINK_FLAG_ALLOW_UNPRIVILEGED_CREATE | (folder ? SYMBOLIC_LINK_FLAG_DIRECTORY : 0);
    const std::wstring path = (folder_.path() / name).wstring();
    if (::CreateSymbolicLinkW(path.c_str(), target, flags) == 0) return false;
    // Wine says yes and makes none.
    return ::GetFileAttributesW(path.c_str()) != INVALID_FILE_ATTRIBUTES;
  }

  TemporaryFolder folder_;
  Descriptor opened_;
};

TEST_F(WindowsFile, NamesMeanThemselves) {
  for (const std::wstring name : {L"NUL", L"COM1.txt", L"trailing dot.", L"trailing space ", L"...", L"CON", L" "}) {
    const std::string content = "in " + wtf8(name);
    if (!write_verbatim(name, content)) {
      ADD_FAILURE() << "cannot be made: " << wtf8(name);
      continue;
    }
    expect_content(at(), wtf8(name), content);
    expect_content(current_folder(), path_of(wtf8(name)), content);
    ::DeleteFileW((L"\\\\?\\" + folder_.path().wstring() + L"\\" + name).c_str());
  }
}

TEST_F(WindowsFile, NamesThatAreNotUtf16Survive) {
  const std::wstring name = {L'a', static_cast<wchar_t>(0xD800), L'b'};
  if (!write_verbatim(name, "x")) GTEST_SKIP() << "the file system takes only UTF-16";
  const Listing listing = Directory::root(text_of(folder_.path()))->list();
  ASSERT_EQ(listing.entries.size(), 1u);
  EXPECT_EQ(listing.name(listing.entries[0]),
            "a\xED\xA0\x80"
            "b");
  expect_content(at(), std::string(listing.name(listing.entries[0])), "x");
}

TEST_F(WindowsFile, CaseDoesNotMatter) {
  folder_.write("Folder/File.txt", "x");
  expect_content(current_folder(), path_of("fOLDER\\fILE.TXT"), "x");
}

TEST_F(WindowsFile, StreamsAreNotReached) {
  folder_.write("file", "x");
  Descriptor file;
  FileFacts facts;
  for (const char* name : {"file:stream", "file::$DATA", ":stream"}) {
    EXPECT_EQ(open_file(at(), name, false, file).code, ErrorCode::kEnoent) << name;
    EXPECT_EQ(look_at(current_folder(), path_of(name).c_str(), true, facts).code, ErrorCode::kEnoent) << name;
  }
}

TEST_F(WindowsFile, ANameBelowAFolderIsNoPath) {
  folder_.write("sub/file", "x");
  Descriptor file;
  for (const char* name : {"sub\\file", "sub/file", "..", ".", "", "C:\\", "\\", "bad\xFFname"}) {
    EXPECT_EQ(open_file(at(), name, false, file).code, ErrorCode::kEnoent) << name;
  }
}

TEST_F(WindowsFile, DevicesAndPipesAreToldWithoutBeingOpened) {
  const HANDLE pipe =
      ::CreateNamedPipeW(L"\\\\.\\pipe\\hashlane-test", PIPE_ACCESS_DUPLEX, PIPE_TYPE_BYTE, 1, 0, 0, 0, nullptr);
  ASSERT_NE(pipe, INVALID_HANDLE_VALUE);
  FileFacts facts;
  Descriptor file;
  ASSERT_FALSE(look_at(current_folder(), "\\\\.\\pipe\\hashlane-test", true, facts));
  EXPECT_EQ(facts.kind, EntryKind::kFifo);
  EXPECT_EQ(open_file(current_folder(), "\\\\.\\pipe\\hashlane-test", true, file).code, ErrorCode::kFifo);
  EXPECT_TRUE(::WaitNamedPipeW(L"\\\\.\\pipe\\hashlane-test", 1)) << "its one instance is still free";
  ::CloseHandle(pipe);
  for (const char* name : {"\\\\.\\NUL", "//./PhysicalDrive0", "\\\\?\\C:"}) {
    ASSERT_FALSE(look_at(current_folder(), name, true, facts));
    EXPECT_EQ(facts.kind, EntryKind::kCharacterDevice) << name;
    EXPECT_EQ(open_file(current_folder(), name, true, file).code, ErrorCode::kCharacterDevice) << name;
  }
}

TEST_F(WindowsFile, ThatAnotherProgramKeepsToItselfIsInUse) {
  const auto path = folder_.write("file", "x");
  const HANDLE own = ::CreateFileW(path.c_str(), GENERIC_READ, 0, nullptr, OPEN_EXISTING, 0, nullptr);
  ASSERT_NE(own, INVALID_HANDLE_VALUE);
  Descriptor file;
  FileFacts facts;
  EXPECT_EQ(open_file(at(), "file", false, file).code, ErrorCode::kEbusy);
  EXPECT_FALSE(look_at(at(), "file", false, facts)) << "looking is always allowed";
  ::CloseHandle(own);
  EXPECT_FALSE(open_file(at(), "file", false, file));
  const HANDLE writer = ::CreateFileW(path.c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                                      OPEN_EXISTING, 0, nullptr);
  EXPECT_NE(writer, INVALID_HANDLE_VALUE) << "reading keeps nobody from writing";
  ::CloseHandle(writer);
}

TEST_F(WindowsFile, AFolderIsNoFile) {
  folder_.folder("sub");
  folder_.write("file", "x");
  Descriptor opened;
  FileFacts facts;
  EXPECT_EQ(open_file(at(), "sub", false, opened).code, ErrorCode::kEisdir);
  EXPECT_EQ(look_at(current_folder(), path_of("file\\").c_str(), true, facts).code, ErrorCode::kEnotdir);
  EXPECT_FALSE(look_at(current_folder(), path_of("sub\\").c_str(), true, facts));
}

TEST_F(WindowsFile, IsReachedByEveryFormOfItsPath) {
  folder_.write("sub/file", "x");
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder_.path());
  const std::string whole = path_of("sub\\file");
  const std::string drive = whole.substr(0, 2);
  for (const std::string& path : {whole, "\\\\?\\" + whole, std::string("sub/file"),
                                  std::string(".\\sub\\..\\sub\\.\\file"), drive + "sub\\file", whole.substr(2)}) {
    expect_content(current_folder(), path, "x");
  }
  // As results show the files of these roots.
  for (const std::string& root : {drive, drive + "sub\\..", std::string(".")}) {
    const auto directory = Directory::root(root);
    EXPECT_EQ(directory->list().entries.size(), 1u) << root;
    expect_content(current_folder(), directory->prefix() + "sub/file", "x");
  }
  std::filesystem::current_path(before);
}

TEST_F(WindowsFile, PathsHaveNoLimit) {
  const std::string name(200, 'd');
  folder_.write("top/file", "deep");
  folder_.bury("top", name, 200);
  std::string path = path_of("top");
  for (int depth = 0; depth < 200; ++depth) path += "\\" + name;
  expect_content(current_folder(), path + "\\file", "deep");
  folder_.dig_up("top", name, 200);
}

TEST_F(WindowsFile, ALinkIsOnlyFollowedWhenAsked) {
  folder_.write("target/file", "x");
  if (!link(L"link", L"target", true) || !link(L"file link", L"target\\file", false) ||
      !link(L"loop", L"loop", false)) {
    GTEST_SKIP() << "no symbolic links here";
  }
  Descriptor opened;
  FileFacts facts, target;
  EXPECT_EQ(open_folder(at(), "link", false, opened).code, ErrorCode::kEloop);
  EXPECT_EQ(open_file(at(), "file link", false, opened).code, ErrorCode::kEloop);
  EXPECT_FALSE(open_folder(at(), "link", true, opened));
  EXPECT_FALSE(open_file(at(), "file link", true, opened));
  ASSERT_FALSE(look_at(at(), "link", false, facts));
  EXPECT_EQ(facts.kind, EntryKind::kSymlink);
  ASSERT_FALSE(look_at(at(), "link", true, facts));
  ASSERT_FALSE(look_at(at(), "target", false, target));
  EXPECT_EQ(facts.kind, EntryKind::kFolder);
  EXPECT_EQ(facts.inode, target.inode);
  EXPECT_EQ(facts.device, target.device);
  EXPECT_EQ(look_at(at(), "loop", true, facts).code, ErrorCode::kEloop);
  const Listing listing = Directory::root(text_of(folder_.path()))->list();
  for (const ListedEntry& entry : listing.entries) {
    EXPECT_EQ(entry.kind, listing.name(entry) == "target" ? EntryKind::kFolder : EntryKind::kSymlink);
  }
}

TEST_F(WindowsFile, LiesOnSomeDevice) {
  FileFacts facts;
  ASSERT_FALSE(look(opened_, facts));
  EXPECT_NE(facts.device, 0u);
  EXPECT_NE(device_class(opened_, facts.device), DeviceClass::kMemory);
}

TEST(WindowsErrorWords, AreTheSystems) {
  const Error error = error_from_system(ERROR_PROC_NOT_FOUND);
  EXPECT_EQ(error.code, ErrorCode::kEother);
  EXPECT_FALSE(error.text.empty());
  EXPECT_NE(error.text.back(), '\n');
  EXPECT_TRUE(error_from_system(ERROR_ACCESS_DENIED).text.empty());
}

}  // namespace
}  // namespace hashlane
