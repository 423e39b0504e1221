#include "io/system_errors.h"

namespace hashlane {

Status status_for(ErrorCode code) noexcept {
  return code == ErrorCode::kEnoent || code == ErrorCode::kEnotdir ? Status::kMissing : Status::kUnreadable;
}

}  // namespace hashlane
