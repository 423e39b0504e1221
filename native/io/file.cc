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

}  // namespace hashlane
