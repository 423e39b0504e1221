#include "io/system_errors.h"

#include <cerrno>
#include <system_error>

namespace hashlane {

Error error_from_system(int system_error) {
  switch (system_error) {
    case 0:
      return {};
    case ENOENT:
      return {ErrorCode::kEnoent, {}};
    case EACCES:
      return {ErrorCode::kEacces, {}};
    case EPERM:
      return {ErrorCode::kEperm, {}};
    case EIO:
      return {ErrorCode::kEio, {}};
    case ELOOP:
      return {ErrorCode::kEloop, {}};
    case ENAMETOOLONG:
      return {ErrorCode::kEnametoolong, {}};
    case EISDIR:
      return {ErrorCode::kEisdir, {}};
    case ENOTDIR:
      return {ErrorCode::kEnotdir, {}};
    case EMFILE:
      return {ErrorCode::kEmfile, {}};
    case ENFILE:
      return {ErrorCode::kEnfile, {}};
    case ENOMEM:
      return {ErrorCode::kEnomem, {}};
    case ESTALE:
      return {ErrorCode::kEstale, {}};
    case ENXIO:
      return {ErrorCode::kEnxio, {}};
    case EBUSY:
      return {ErrorCode::kEbusy, {}};
    case ETIMEDOUT:
      return {ErrorCode::kEtimedout, {}};
    case EINVAL:
      return {ErrorCode::kEinval, {}};
    case EOVERFLOW:
      return {ErrorCode::kEoverflow, {}};
    default:
      return {ErrorCode::kEother, std::generic_category().message(system_error)};
  }
}

Status status_for(ErrorCode code) noexcept {
  return code == ErrorCode::kEnoent || code == ErrorCode::kEnotdir ? Status::kMissing : Status::kUnreadable;
}

}  // namespace hashlane
