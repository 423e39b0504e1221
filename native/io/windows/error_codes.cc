#include "io/windows/error_codes.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace hashlane {
namespace {

struct Row {
  std::uint32_t number;
  ErrorCode code;
};

// winerror.h, in its order.
constexpr Row kWin32[] = {
    {0, ErrorCode::kNone},           {1, ErrorCode::kEinval},  // ERROR_INVALID_FUNCTION
    {2, ErrorCode::kEnoent},                                   // ERROR_FILE_NOT_FOUND
    {3, ErrorCode::kEnoent},                                   // ERROR_PATH_NOT_FOUND
    {4, ErrorCode::kEmfile},                                   // ERROR_TOO_MANY_OPEN_FILES
    {5, ErrorCode::kEacces},                                   // ERROR_ACCESS_DENIED
    {8, ErrorCode::kEnomem},                                   // ERROR_NOT_ENOUGH_MEMORY
    {14, ErrorCode::kEnomem},                                  // ERROR_OUTOFMEMORY
    {15, ErrorCode::kEnoent},                                  // ERROR_INVALID_DRIVE
    {20, ErrorCode::kEnxio},                                   // ERROR_BAD_UNIT
    {21, ErrorCode::kEnxio},                                   // ERROR_NOT_READY: no medium in the drive
    {23, ErrorCode::kEio},                                     // ERROR_CRC
    {25, ErrorCode::kEio},                                     // ERROR_SEEK
    {27, ErrorCode::kEio},                                     // ERROR_SECTOR_NOT_FOUND
    {30, ErrorCode::kEio},                                     // ERROR_READ_FAULT
    {31, ErrorCode::kEio},                                     // ERROR_GEN_FAILURE
    {32, ErrorCode::kEbusy},                                   // ERROR_SHARING_VIOLATION
    {33, ErrorCode::kEbusy},                                   // ERROR_LOCK_VIOLATION
    {50, ErrorCode::kEinval},                                  // ERROR_NOT_SUPPORTED
    {51, ErrorCode::kEtimedout},                               // ERROR_REM_NOT_LIST
    {53, ErrorCode::kEnoent},                                  // ERROR_BAD_NETPATH
    {54, ErrorCode::kEbusy},                                   // ERROR_NETWORK_BUSY
    {55, ErrorCode::kEnxio},                                   // ERROR_DEV_NOT_EXIST
    {59, ErrorCode::kEio},                                     // ERROR_UNEXP_NET_ERR
    {64, ErrorCode::kEstale},                                  // ERROR_NETNAME_DELETED
    {65, ErrorCode::kEacces},                                  // ERROR_NETWORK_ACCESS_DENIED
    {67, ErrorCode::kEnoent},                                  // ERROR_BAD_NET_NAME
    {86, ErrorCode::kEacces},                                  // ERROR_INVALID_PASSWORD
    {87, ErrorCode::kEinval},                                  // ERROR_INVALID_PARAMETER
    {111, ErrorCode::kEnametoolong},                           // ERROR_BUFFER_OVERFLOW
    {121, ErrorCode::kEtimedout},                              // ERROR_SEM_TIMEOUT
    {123, ErrorCode::kEnoent},                                 // ERROR_INVALID_NAME: nothing can have such a name
    {161, ErrorCode::kEnoent},                                 // ERROR_BAD_PATHNAME
    {170, ErrorCode::kEbusy},                                  // ERROR_BUSY
    {206, ErrorCode::kEnametoolong},                           // ERROR_FILENAME_EXCED_RANGE
    {223, ErrorCode::kEoverflow},                              // ERROR_FILE_TOO_LARGE
    {267, ErrorCode::kEnotdir},                                // ERROR_DIRECTORY
    {336, ErrorCode::kEisdir},                                 // ERROR_DIRECTORY_NOT_SUPPORTED
    {426, ErrorCode::kEtimedout},                              // ERROR_CLOUD_FILE_REQUEST_TIMEOUT
    {433, ErrorCode::kEnxio},                                  // ERROR_NO_SUCH_DEVICE
    {483, ErrorCode::kEio},                                    // ERROR_DEVICE_HARDWARE_ERROR
    {1005, ErrorCode::kEio},                                   // ERROR_UNRECOGNIZED_VOLUME
    {1006, ErrorCode::kEstale},     // ERROR_FILE_INVALID: the volume was changed from outside
    {1110, ErrorCode::kEstale},     // ERROR_MEDIA_CHANGED
    {1112, ErrorCode::kEnxio},      // ERROR_NO_MEDIA_IN_DRIVE
    {1117, ErrorCode::kEio},        // ERROR_IO_DEVICE
    {1127, ErrorCode::kEio},        // ERROR_DISK_OPERATION_FAILED
    {1167, ErrorCode::kEnxio},      // ERROR_DEVICE_NOT_CONNECTED
    {1231, ErrorCode::kEtimedout},  // ERROR_NETWORK_UNREACHABLE
    {1232, ErrorCode::kEtimedout},  // ERROR_HOST_UNREACHABLE
    {1314, ErrorCode::kEperm},      // ERROR_PRIVILEGE_NOT_HELD
    {1326, ErrorCode::kEacces},     // ERROR_LOGON_FAILURE
    {1392, ErrorCode::kEio},        // ERROR_FILE_CORRUPT
    {1393, ErrorCode::kEio},        // ERROR_DISK_CORRUPT
    {1450, ErrorCode::kEnomem},     // ERROR_NO_SYSTEM_RESOURCES
    {1455, ErrorCode::kEnomem},     // ERROR_COMMITMENT_LIMIT
    {1460, ErrorCode::kEtimedout},  // ERROR_TIMEOUT
    {1816, ErrorCode::kEnomem},     // ERROR_NOT_ENOUGH_QUOTA
    {1920, ErrorCode::kEacces},     // ERROR_CANT_ACCESS_FILE
    {1921, ErrorCode::kEloop},      // ERROR_CANT_RESOLVE_FILENAME
    {6000, ErrorCode::kEacces},     // ERROR_FILE_ENCRYPTED
    {6001, ErrorCode::kEacces},     // ERROR_DECRYPTION_FAILED
};

// ntstatus.h. Win32 makes "access denied" of most of these.
constexpr Row kNt[] = {
    {0xC0000056, ErrorCode::kEnoent},   // STATUS_DELETE_PENDING: gone but for those who have it open
    {0xC00000BA, ErrorCode::kEisdir},   // STATUS_FILE_IS_A_DIRECTORY
    {0xC0000103, ErrorCode::kEnotdir},  // STATUS_NOT_A_DIRECTORY
    {0xC0000123, ErrorCode::kEnoent},   // STATUS_FILE_DELETED
};

template <std::size_t size>
ErrorCode find(const Row (&rows)[size], std::uint32_t number) noexcept {
  const Row* row = std::lower_bound(std::begin(rows), std::end(rows), number,
                                    [](const Row& a, std::uint32_t wanted) { return a.number < wanted; });
  return row != std::end(rows) && row->number == number ? row->code : ErrorCode::kEother;
}

constexpr auto kInOrder = [](const Row& a, const Row& b) { return a.number < b.number; };
static_assert(std::is_sorted(std::begin(kWin32), std::end(kWin32), kInOrder));
static_assert(std::is_sorted(std::begin(kNt), std::end(kNt), kInOrder));

}  // namespace

ErrorCode code_from_win32(std::uint32_t error) noexcept { return find(kWin32, error); }

ErrorCode code_from_nt(std::uint32_t status) noexcept { return find(kNt, status); }

}  // namespace hashlane
