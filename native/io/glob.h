// Shell patterns over bytes: `*` and `?` stay within a segment, `**` spans segments, `[a-z]` and `[!a-z]` are sets of
// characters, with POSIX's classes of ASCII (`[[:digit:]]`), `\` takes the next character as it is.
#pragma once

#include <string_view>

namespace hashlane {

/// Whether the whole of `text` fits `pattern`. Never exponential: only the latest `*` and the latest
/// `**` are ever gone back to, so a hostile pattern cannot hang a walk.
bool glob_matches(std::string_view pattern, std::string_view text) noexcept;

}  // namespace hashlane
