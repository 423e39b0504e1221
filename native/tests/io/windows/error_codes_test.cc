#include "io/windows/error_codes.h"

#include <gtest/gtest.h>

namespace hashlane {
namespace {

TEST(WindowsErrors, HaveTheCodesOfTheirPosixKin) {
  EXPECT_EQ(code_from_win32(0), ErrorCode::kNone);
  EXPECT_EQ(code_from_win32(2), ErrorCode::kEnoent);
  EXPECT_EQ(code_from_win32(3), ErrorCode::kEnoent);
  EXPECT_EQ(code_from_win32(5), ErrorCode::kEacces);
  EXPECT_EQ(code_from_win32(32), ErrorCode::kEbusy);
  EXPECT_EQ(code_from_win32(23), ErrorCode::kEio);
  EXPECT_EQ(code_from_win32(64), ErrorCode::kEstale);
  EXPECT_EQ(code_from_win32(267), ErrorCode::kEnotdir);
  EXPECT_EQ(code_from_win32(1921), ErrorCode::kEloop);
  EXPECT_EQ(code_from_win32(6001), ErrorCode::kEacces);
}

TEST(WindowsErrors, OthersKeepTheSystemsWords) {
  EXPECT_EQ(code_from_win32(225), ErrorCode::kEother) << "virus found";
  EXPECT_EQ(code_from_win32(0xFFFFFFFF), ErrorCode::kEother);
}

TEST(WindowsErrors, ThatWin32BlursAreReadFromTheStatus) {
  EXPECT_EQ(code_from_nt(0xC0000056), ErrorCode::kEnoent);
  EXPECT_EQ(code_from_nt(0xC00000BA), ErrorCode::kEisdir);
  EXPECT_EQ(code_from_nt(0xC0000022), ErrorCode::kEother) << "STATUS_ACCESS_DENIED: Win32's word will do";
}

}  // namespace
}  // namespace hashlane
