// Names of Windows are 16-bit units that need not be UTF-16; Hashlane's names are bytes. WTF-8 (Simon
// Sapin, simonsapin.github.io/wtf-8) maps every sequence of units to one sequence of bytes and back:
// UTF-8, with unpaired surrogates written as three bytes each.
#pragma once

#include <string>
#include <string_view>

namespace hashlane {

/// Appends; false, with `text` as it was, when `wtf8` is not WTF-8 and so can be no name.
[[nodiscard]] bool append_utf16(std::string_view wtf8, std::u16string& text);

/// Appends.
void append_wtf8(std::u16string_view text, std::string& wtf8);

}  // namespace hashlane
