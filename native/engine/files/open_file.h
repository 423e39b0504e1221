// A file between its opening and its record.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/batches/batch_writer.h"
#include "engine/files/file_group.h"
#include "io/file.h"

namespace hashlane {

/// Opened for reading; what the system said of it then. Move-only.
struct OpenFile {
  std::shared_ptr<FileGroup> group;
  std::uint32_t index = 0;
  Descriptor descriptor;
  FileFacts facts;
  /// Time spent on it so far.
  std::uint64_t spent_ns = 0;
  /// What is read may be a mixture of contents that no look at the times reveals, so that two readings are compared.
  bool read_twice = false;
  /// Those of the first reading; empty until then.
  std::vector<std::byte> first_digests;

  [[nodiscard]] std::string_view name() const { return group->name(index); }
  [[nodiscard]] std::uint64_t entry_id() const { return group->first_entry_id + index; }
};

/// The last segment of a path.
std::string_view leaf_of(std::string_view path) noexcept;

/// Why the file that was read is not the file that was opened; kNone when it is. `read`: bytes got.
ErrorCode difference(const FileFacts& before, const FileFacts& after, std::uint64_t read) noexcept;

/// For a file that was read to its end. True when it is one to be read twice, and this was the first time: its
/// digests are kept. Else the record stands, as `changed` when the digests of the two readings differ.
bool must_be_read_again(OpenFile& file, ResultRecord& record, std::size_t digest_bytes);

/// Looks at the file once more after `read` bytes and tells how it ended: ok, changed or unreadable.
/// Without digests, and without the name.
ResultRecord ending(const OpenFile& file, std::uint64_t read);

/// The end of a file that could not be read on.
ResultRecord ending(const OpenFile& file, Error error);

/// The end of a file that another program is writing to.
ResultRecord being_written(const OpenFile& file);

/// For a file whose digests could not be computed, as when memory is short.
void lose_digests(ResultRecord& record);

}  // namespace hashlane
