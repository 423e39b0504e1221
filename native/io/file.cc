#include "io/file.h"

namespace hashlane {

ErrorCode skip_code(EntryKind kind) noexcept {
  switch (kind) {
    case EntryKind::kSymlink:
      return ErrorCode::kSymlink;
    case EntryKind::kFifo:
      return ErrorCode::kFifo;
    case EntryKind::kSocket:
      return ErrorCode::kSocket;
    case EntryKind::kBlockDevice:
      return ErrorCode::kBlockDevice;
    case EntryKind::kCharacterDevice:
      return ErrorCode::kCharacterDevice;
    default:
      return ErrorCode::kSpecial;
  }
}

Error read_some(const Descriptor& file, std::span<std::byte> into, std::size_t& count) {
  Error error = read_at(file, file.position_, into, count);
  if (!error) file.position_ += count;
  return error;
}

void rewind(const Descriptor& file) noexcept { file.position_ = 0; }

}  // namespace hashlane
