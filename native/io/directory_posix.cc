#include <cerrno>
#include <cstdint>

#include "io/directory_system.h"
#include "system/calls.h"

namespace hashlane {
namespace {

EntryKind kind_of(unsigned char type) noexcept {
  switch (type) {
    case DT_REG:
      return EntryKind::kFile;
    case DT_DIR:
      return EntryKind::kFolder;
    case DT_LNK:
      return EntryKind::kSymlink;
    case DT_FIFO:
      return EntryKind::kFifo;
    case DT_SOCK:
      return EntryKind::kSocket;
    case DT_BLK:
      return EntryKind::kBlockDevice;
    case DT_CHR:
      return EntryKind::kCharacterDevice;
    default:
      return EntryKind::kUnknown;
  }
}

#ifdef __linux__

// As the kernel lays it out; glibc's readdir costs a lock per name and a copy of the descriptor.
struct LinuxEntry {
  std::uint64_t inode;
  std::int64_t next;
  std::uint16_t length;
  std::uint8_t type;
  char name[1];
};

#endif

}  // namespace

#ifdef __linux__

void read_names(Handle folder, Listing& listing, const Answered& answered) {
  alignas(LinuxEntry) char buffer[64 << 10];
  while (!listing.error) {
    const long got = system_calls.getdents64(static_cast<int>(folder), buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) listing.error = error_from_system(errno);
    if (got <= 0) return;
    if (answered) answered();
    for (long at = 0; at < got;) {
      const auto* entry = reinterpret_cast<const LinuxEntry*>(buffer + at);
      add_entry(listing, entry->name, kind_of(entry->type));
      at += entry->length;
    }
  }
}

#else

void read_names(Handle folder, Listing& listing, const Answered& answered) {
  const int own = system_calls.openat(static_cast<int>(folder), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR* stream = own < 0 ? nullptr : system_calls.fdopendir(own);
  if (stream == nullptr) {
    listing.error = error_from_system(errno);
    if (own >= 0) system_calls.close(own);
    return;
  }
  while (!listing.error) {
    errno = 0;
    const dirent* entry = system_calls.readdir(stream);
    if (entry == nullptr) {
      listing.error = error_from_system(errno);
      break;
    }
    add_entry(listing, entry->d_name, kind_of(entry->d_type));
    if (answered) answered();
  }
  ::closedir(stream);
}

#endif

std::size_t descriptor_limit() noexcept {
  rlimit limit{};
  if (system_calls.file_limit(&limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
  return static_cast<std::size_t>(limit.rlim_cur);
}

bool is_separator(char byte) noexcept { return byte == '/'; }

bool ends_open(std::string_view root) noexcept { return root.ends_with('/'); }

}  // namespace hashlane
