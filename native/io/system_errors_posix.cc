#include <cerrno>
#include <system_error>

#include "io/system_errors.h"

namespace hashlane {

Error error_from_system(int system_error) {
  switch (system_error) {
    case 0:
      return {};
    case ENOENT:
    case EILSEQ:  // APFS: bytes that can be no name.
      return {ErrorCode::kEnoent, {}};
    case EACCES:
#ifdef ENOKEY
    case ENOKEY:  // fscrypt: the folder is locked.
#endif
#ifdef EAUTH
    case EAUTH:  // macOS: the server does not know who asks.
#endif
      return {ErrorCode::kEacces, {}};
    case EPERM:
      return {ErrorCode::kEperm, {}};
    case EIO:
    case EBADMSG:  // XFS, ext4: a checksum does not fit.
#ifdef EUCLEAN
    case EUCLEAN:  // btrfs, XFS: the file system's structure is damaged.
#endif
#ifdef EREMOTEIO
    case EREMOTEIO:
#endif
#ifdef EDEVERR
    case EDEVERR:  // macOS
#endif
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
    case ENODEV:
    case ENOTCONN:  // FUSE: its program has ended.
#ifdef EPWROFF
    case EPWROFF:  // macOS: the drive has no power.
#endif
      return {ErrorCode::kEnxio, {}};
    case EBUSY:
    case ETXTBSY:
    case EAGAIN:  // Another program holds a lease on the file (fcntl(2), F_SETLEASE).
      return {ErrorCode::kEbusy, {}};
    case ETIMEDOUT:
    case EHOSTDOWN:
    case EHOSTUNREACH:
    case ENETDOWN:
    case ENETUNREACH:
      return {ErrorCode::kEtimedout, {}};
    case EINVAL:
      return {ErrorCode::kEinval, {}};
    case EOVERFLOW:
    case EFBIG:
      return {ErrorCode::kEoverflow, {}};
    default:
      return {ErrorCode::kEother, std::generic_category().message(system_error)};
  }
}

}  // namespace hashlane
