#include "io/windows/nt_path.h"

#include <gtest/gtest.h>

#include <string>

#include "io/windows/wtf8.h"

namespace hashlane {
namespace {

std::u16string folders(char16_t drive) {
  switch (drive) {
    case 0:
      return u"C:\\Users\\me";
    case u'D':
      return u"D:\\data";
    case u'E':
      return u"E:\\";
    default:
      return u"";
  }
}

/// The NT path, with a `*` where it must be a folder, or the code of the error.
std::string made_of(std::u16string_view path, CurrentFolder current = folders) {
  NtPath made;
  const Error error = make_nt_path(path, current, made);
  if (error) return "error " + std::to_string(static_cast<int>(error.code));
  std::string bytes;
  append_wtf8(made.text, bytes);
  return bytes + (made.folder ? "*" : "");
}

std::string error(ErrorCode code) { return "error " + std::to_string(static_cast<int>(code)); }

TEST(NtPath, OfAbsolutePaths) {
  EXPECT_EQ(made_of(u"C:\\a\\b.txt"), R"(\??\C:\a\b.txt)");
  EXPECT_EQ(made_of(u"c:/a//b\\\\c"), R"(\??\c:\a\b\c)");
  EXPECT_EQ(made_of(u"C:\\"), R"(\??\C:\*)");
  EXPECT_EQ(made_of(u"C:\\a\\"), R"(\??\C:\a*)");
  EXPECT_EQ(made_of(u"C:\\a\\.\\b\\..\\c"), R"(\??\C:\a\c)");
  EXPECT_EQ(made_of(u"C:\\a\\.."), R"(\??\C:\*)");
  EXPECT_EQ(made_of(u"C:\\a\\."), R"(\??\C:\a*)");
  EXPECT_EQ(made_of(u"C:\\..\\..\\a"), R"(\??\C:\a)") << "nothing is above a root";
}

TEST(NtPath, OfRelativePaths) {
  EXPECT_EQ(made_of(u"a"), R"(\??\C:\Users\me\a)");
  EXPECT_EQ(made_of(u"."), R"(\??\C:\Users\me*)");
  EXPECT_EQ(made_of(u"..\\a"), R"(\??\C:\Users\a)");
  EXPECT_EQ(made_of(u"..\\..\\..\\a"), R"(\??\C:\a)");
  EXPECT_EQ(made_of(u"\\a"), R"(\??\C:\a)");
  EXPECT_EQ(made_of(u"/"), R"(\??\C:\*)");
  EXPECT_EQ(made_of(u"D:a"), R"(\??\D:\data\a)");
  EXPECT_EQ(made_of(u"d:"), R"(\??\D:\data*)");
  EXPECT_EQ(made_of(u"E:a"), R"(\??\E:\a)");
  EXPECT_EQ(made_of(u"X:a"), error(ErrorCode::kEnoent));
  EXPECT_EQ(made_of(u""), error(ErrorCode::kEnoent));
}

TEST(NtPath, BelowCurrentFoldersOfAllKinds) {
  const CurrentFolder share = [](char16_t) { return std::u16string(u"\\\\server\\share\\folder"); };
  EXPECT_EQ(made_of(u"a", share), R"(\??\UNC\server\share\folder\a)");
  EXPECT_EQ(made_of(u"\\a", share), R"(\??\UNC\server\share\a)");
  EXPECT_EQ(made_of(u"..\\..\\..\\a", share), R"(\??\UNC\server\share\a)");
  const CurrentFolder verbatim = [](char16_t) { return std::u16string(u"\\\\?\\C:\\folder"); };
  EXPECT_EQ(made_of(u"..\\a", verbatim), R"(\??\C:\a)");
  const CurrentFolder relative = [](char16_t) { return std::u16string(u"folder"); };
  EXPECT_EQ(made_of(u"a", relative), error(ErrorCode::kEnoent));
}

TEST(NtPath, OfShares) {
  EXPECT_EQ(made_of(u"\\\\server\\share\\a"), R"(\??\UNC\server\share\a)");
  EXPECT_EQ(made_of(u"//server/share"), R"(\??\UNC\server\share\*)");
  EXPECT_EQ(made_of(u"\\\\server\\share\\..\\..\\a"), R"(\??\UNC\server\share\a)");
  EXPECT_EQ(made_of(u"\\\\server"), error(ErrorCode::kEnoent));
  EXPECT_EQ(made_of(u"\\\\"), error(ErrorCode::kEnoent));
  EXPECT_EQ(made_of(u"\\\\?\\UNC\\server\\share\\a"), R"(\??\UNC\server\share\a)");
  EXPECT_EQ(made_of(u"\\\\?\\UNC\\server"), error(ErrorCode::kEnoent));
}

TEST(NtPath, TakesVerbatimNamesAsTheyAre) {
  EXPECT_EQ(made_of(u"\\\\?\\C:\\a\\..\\b"), R"(\??\C:\a\..\b)");
  // Results show a folder's files behind a slash.
  EXPECT_EQ(made_of(u"\\\\?\\C:\\a/b"), R"(\??\C:\a\b)");
  EXPECT_EQ(made_of(u"\\\\?\\C:\\"), R"(\??\C:\*)");
  EXPECT_EQ(made_of(u"\\\\?\\Volume{0-1}\\a"), R"(\??\Volume{0-1}\a)");
  EXPECT_EQ(made_of(u"\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy1\\a"),
            R"(\??\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\a)");
}

TEST(NtPath, KeepsNamesThatWin32WouldChange) {
  EXPECT_EQ(made_of(u"C:\\a.\\b "), R"(\??\C:\a.\b )");
  EXPECT_EQ(made_of(u"C:\\..."), R"(\??\C:\...)");
  EXPECT_EQ(made_of(u"NUL"), R"(\??\C:\Users\me\NUL)");
  EXPECT_EQ(made_of(u"C:\\COM1.txt"), R"(\??\C:\COM1.txt)");
  const std::u16string lone{u'C', u':', u'\\', 0xD800};
  EXPECT_EQ(made_of(lone), "\\??\\C:\\\xED\xA0\x80");
}

TEST(NtPath, HasNoLimit) {
  std::u16string path = u"C:";
  for (int depth = 0; depth < 10'000; ++depth) path += u"\\folder";
  EXPECT_EQ(made_of(path).size(), path.size() + 4);
}

TEST(NtPath, NeverReachesStreamsOrDevices) {
  EXPECT_EQ(made_of(u"C:\\a.txt:stream"), error(ErrorCode::kEnoent));
  EXPECT_EQ(made_of(u"a.txt::$DATA"), error(ErrorCode::kEnoent));
  EXPECT_EQ(made_of(u"\\\\?\\C:\\a:b"), error(ErrorCode::kEnoent));
  EXPECT_EQ(made_of(std::u16string_view(u"C:\\a\0b", 6)), error(ErrorCode::kEnoent));
  for (const std::u16string_view device :
       {u"\\\\.\\PhysicalDrive0", u"//./C:", u"\\\\.\\C:\\a", u"\\\\?\\C:", u"\\\\?\\PhysicalDrive0", u"//?/C:/a",
        u"\\\\?\\GLOBALROOT\\Device\\NamedPipe\\x", u"\\\\?\\GLOBALROOT\\Device\\HarddiskVolume1",
        u"\\\\?\\Volume{0-1}", u"\\\\?\\CON", u"\\\\?\\", u"\\\\?\\GLOBALROOT\\GLOBAL??\\C:\\a"}) {
    EXPECT_EQ(made_of(device), error(ErrorCode::kCharacterDevice)) << testing::PrintToString(device);
  }
  EXPECT_EQ(made_of(u"\\\\.\\pipe\\name"), error(ErrorCode::kFifo));
  EXPECT_EQ(made_of(u"\\\\?\\pipe\\name"), error(ErrorCode::kFifo));
}

TEST(NtName, IsOneName) {
  for (const std::u16string_view name : {u"a", u"...", u".a", u" ", u"NUL", u"a b."}) EXPECT_TRUE(is_nt_name(name));
  for (const std::u16string_view name : {u"", u".", u"..", u"a\\b", u"a/b", u"a:b", u"\\", u"C:"}) {
    EXPECT_FALSE(is_nt_name(name)) << testing::PrintToString(name);
  }
  EXPECT_FALSE(is_nt_name(std::u16string_view(u"a\0b", 3)));
}

}  // namespace
}  // namespace hashlane
