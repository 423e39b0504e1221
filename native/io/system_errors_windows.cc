#include "io/system_errors.h"
#include "io/windows/error_codes.h"
#include "io/windows/system.h"
#include "io/windows/wtf8.h"

namespace hashlane {
namespace {

std::string words_for(DWORD error) {
  char16_t text[512];
  const DWORD length = ::FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, error, 0,
                                        wide(text), static_cast<DWORD>(std::size(text)), nullptr);
  std::string words;
  append_wtf8({text, length}, words);
  while (!words.empty() && (words.back() == '\r' || words.back() == '\n' || words.back() == ' ')) words.pop_back();
  return words.empty() ? "Windows error " + std::to_string(error) : words;
}

}  // namespace

Error error_from_system(int system_error) {
  const auto number = static_cast<DWORD>(system_error);
  const ErrorCode code = code_from_win32(number);
  return {code, code == ErrorCode::kEother ? words_for(number) : std::string()};
}

}  // namespace hashlane
