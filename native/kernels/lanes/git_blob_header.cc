#include <algorithm>
#include <charconv>
#include <string_view>

#include "kernels/git_blob.h"

namespace hashlane {

GitBlobHeader::GitBlobHeader(std::uint64_t size) noexcept {
  constexpr std::string_view kKind = "blob ";
  char* const digits = std::ranges::copy(kKind, text_.begin()).out;
  char* const end = std::to_chars(digits, text_.end() - 1, size).ptr;
  *end = '\0';
  length_ = static_cast<std::size_t>(end - text_.begin()) + 1;
}

}  // namespace hashlane
