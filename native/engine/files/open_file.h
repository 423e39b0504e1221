// A file between its opening and its record.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "engine/batches/batch_writer.h"
#include "engine/files/file_group.h"
#include "engine/files/settle.h"
#include "io/file.h"

namespace hashlane {

struct LinkedFile;

/// Opened for reading; what the system said of it then. Move-only.
struct OpenFile {
  std::shared_ptr<FileGroup> group;
  std::uint32_t index = 0;
  Descriptor descriptor;
  FileFacts facts;
  /// Time spent on it so far.
  std::uint64_t spent_ns = 0;
  Trust trust = Trust::kSettled;
  /// Of the first time that it was read, where it is read twice and compared.
  std::unique_ptr<std::byte[]> first_digests;
  /// Bytes that it gave, where it is made up (as in /sys) and says another size.
  std::optional<std::uint64_t> length;
  /// It has other names, and device and inode tell it from all other files.
  bool has_names = false;
  /// Where it is read for all its names: see LinkedFiles.
  std::shared_ptr<LinkedFile> linked;

  /// Bytes that are taken to be in it.
  [[nodiscard]] std::uint64_t size() const noexcept { return length.value_or(facts.size); }
  [[nodiscard]] std::string_view name() const { return group->name(index); }
  [[nodiscard]] std::uint64_t entry_id() const { return group->first_entry_id + index; }
};

/// The last segment of a path.
std::string_view leaf_of(std::string_view path) noexcept;

/// Why what was opened is not read; kNone for a file that is. `fetch`: also where its content must be fetched first.
ErrorCode skip_reason(const FileFacts& facts, bool fetch) noexcept;

/// Why the file that was read is not the file that was opened; kNone when it is. `read`: bytes got.
ErrorCode difference(const FileFacts& before, const FileFacts& after, std::uint64_t read) noexcept;

/// Looks at the file once more after `read` bytes and tells how it ended: ok, changed or unreadable.
/// Without digests, and without the name.
ResultRecord ending(const OpenFile& file, std::uint64_t read);

/// What becomes of a file that was read to its end.
enum class Verdict : std::uint8_t {
  /// Its record is final; `changed` when it was read twice and differs.
  kRecord,
  /// Its digests were put by, or its length was found out, and it is to be read once more.
  kReadAgain,
  /// Somebody may have written to it all the while: settle() it again.
  kLookAgain,
};
Verdict judge(OpenFile& file, ResultRecord& record, const DigestLayout& layout);

/// The end of a file that somebody else wrote to while it was read, as far as can be told.
ResultRecord being_written(const OpenFile& file);

/// The end of a file that could not be read on.
ResultRecord ending(const OpenFile& file, Error error);

/// For a file whose digests could not be computed, as when memory is short.
void lose_digests(ResultRecord& record);

}  // namespace hashlane
