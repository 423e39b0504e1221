// What NTFS, ReFS and their kin tell of a file, in Hashlane's terms. Pure, so that every system can test it.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "io/file.h"

namespace hashlane {

/// Nanoseconds since 1970 of 100 ns since 1601; held at the ends of the range of 64 bits (1677 to 2262).
[[nodiscard]] std::int64_t unix_ns(std::int64_t file_time) noexcept;

/// What an entry with these attributes (FILE_ATTRIBUTE_…) and this reparse tag is. A junction, a volume
/// mounted in a folder and every other tag that stands for a name elsewhere is a kSymlink. A file that a
/// filter changes on its way (cloud, deduplicated, compressed) stays a file.
[[nodiscard]] EntryKind kind_of(std::uint32_t attributes, std::uint32_t reparse_tag) noexcept;

/// Whether reading it asks a cloud or an archive for its content.
[[nodiscard]] bool is_placeholder(std::uint32_t attributes) noexcept;

/// FILE_ID_128: little endian, as the system gives it.
using FileId = std::array<std::uint8_t, 16>;

/// Sets `inode` and `links`. NTFS's ids fit into 64 bits. ReFS's do not: they are mixed into 64 bits,
/// good to notice loops by; `links` is then 1, so that no file is taken for another by chance.
void set_identity(const FileId& id, std::uint32_t links, FileFacts& facts) noexcept;

/// A volume's number. Its serial number alone will not do: a copy of a disk has the original's, and the
/// same file ids, and to tell the two apart may be why somebody hashes them. So the name that the system
/// gave the volume counts too: `object_name` is the whole name of a file on it, such as
/// `\Device\HarddiskVolume3\folder\file` or `\Device\Mup\server\share\file`.
[[nodiscard]] std::uint64_t volume_number(std::uint64_t serial, std::u16string_view object_name) noexcept;

}  // namespace hashlane
