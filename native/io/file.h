// The engine's view of a file: open relative to a folder, look, read. One implementation per
// system; nothing above this header knows which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

#include "io/system_errors.h"

namespace hashlane {

/// What an entry is. `kUnknown` only where the file system does not say without a further look.
enum class EntryKind : std::uint8_t {
  kUnknown,
  kFile,
  kFolder,
  kSymlink,
  kFifo,
  kSocket,
  kBlockDevice,
  kCharacterDevice
};

/// Why a special entry is skipped; kSpecial for what has no name of its own.
ErrorCode skip_code(EntryKind kind) noexcept;

/// The system's own number for what is open: a descriptor, on Windows a HANDLE. Only io/ looks at it.
using Handle = std::intptr_t;

/// A handle that closes itself. Move-only; -1 for none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(Handle value) noexcept : value_(value) {}
  Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      close();
      value_ = std::exchange(other.value_, -1);
    }
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  [[nodiscard]] Handle get() const noexcept { return value_; }
  explicit operator bool() const noexcept { return value_ >= 0; }
  void close() noexcept;

 private:
  Handle value_ = -1;
};

/// Times are nanoseconds since 1970, sizes bytes.
struct FileFacts {
  EntryKind kind = EntryKind::kUnknown;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  /// Moves with every change of content or metadata; cannot be set by programs.
  std::int64_t changed_ns = 0;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t links = 0;
  /// The content lies in a cloud: reading fetches it first, which takes long and fills the disk.
  bool placeholder = false;
};

/// The folder that relative paths of the caller refer to. Below it a name may be any path; below an
/// open folder it is one name.
Handle current_folder() noexcept;

/// Facts about `name` below the folder `at`; the link itself unless `follow`.
Error look_at(Handle at, const char* name, bool follow, FileFacts& facts);

/// Facts about what a descriptor refers to.
Error look(const Descriptor& file, FileFacts& facts);

/// Opens `name` for reading without side effects as far as the system allows: never waits for a
/// FIFO's writer, never becomes a controlling terminal, leaves the access time alone where it may.
/// ELOOP for a link that is not to be followed.
Error open_file(Handle at, const char* name, bool follow, Descriptor& file);

/// Opens a folder for listing and as a base for names below it.
Error open_folder(Handle at, const char* name, bool follow, Descriptor& folder);

/// Opens the folder at `path`, which may be longer than the system's limit for one path.
Error open_long_folder(const std::string& path, Descriptor& folder);

/// Reads up to `into.size()` bytes from `offset` on; `count` is 0 only at the end of the file. Any number
/// of threads at once.
Error read_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> into, std::size_t& count);

/// What reads from a medium are made of.
inline constexpr std::size_t kPageBytes = 4096;

/// Has the file read from the medium from now on, not from memory: what was written to it is stored first. Reads begin
/// at whole pages, and are of whole pages, into memory aligned to them; others are made all the same, after what is
/// in memory was let go. An error tells that it could not be stored.
Error bypass_memory(Descriptor& file);

/// `bytes`, for reads from the medium rounded up to pages.
constexpr std::size_t whole_pages(std::size_t bytes, bool medium) noexcept {
  return medium ? (bytes + kPageBytes - 1) / kPageBytes * kPageBytes : bytes;
}

/// Whether bytes came from memory.
enum class CachedRead : std::uint8_t {
  kRead,
  /// The device would have been waited for; nothing was read.
  kWouldWait,
  /// The system or the file system cannot tell: read_at() is the way.
  kUnknown,
};

/// As read_at(), but never waits for the device; `count` may be less than asked for where only the
/// beginning is in memory. An error and the end of the file read as kUnknown: read_at() will tell them.
CachedRead read_cached_at(const Descriptor& file, std::uint64_t offset, std::span<std::byte> into, std::size_t& count);

/// Whether anybody may write to a file now, through a descriptor or a shared mapping.
enum class Writers : std::uint8_t {
  kNone,
  kSome,
  /// The system does not say: no such call, not this user's file, or a file system that others write to unseen.
  kUnknown,
};

/// Asks once; nothing is held afterwards, and nobody is kept waiting but for that moment.
Writers writers_of(const Descriptor& file) noexcept;

/// Whether contents and times are made up whenever they are asked for, as those of /proc and /sys.
bool is_synthetic(const Descriptor& file) noexcept;

/// Whether device and inode tell the file from all others as long as it is there. Some network file systems and FUSE
/// make up numbers, which may be another file's a moment later.
bool has_stable_inodes(const Descriptor& file) noexcept;

/// Has what this thread reads from now on give way to what other programs read, or no longer.
void read_when_idle(bool idle) noexcept;

/// Tells the system that the file will be read from start to end.
void advise_sequential(const Descriptor& file) noexcept;

/// Tells the system that these bytes will be read soon; it fetches them without being waited for.
void advise_will_need(const Descriptor& file, std::uint64_t offset, std::uint64_t length) noexcept;

}  // namespace hashlane
