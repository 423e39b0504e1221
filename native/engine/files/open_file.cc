#include "engine/files/open_file.h"

#include <algorithm>
#include <new>
#include <utility>

#include "kernels/hasher.h"

namespace hashlane {

std::string_view leaf_of(std::string_view path) noexcept {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

ErrorCode skip_reason(const FileFacts& facts, bool fetch) noexcept {
  if (facts.kind == EntryKind::kFolder) return ErrorCode::kEisdir;
  if (facts.kind != EntryKind::kFile) return skip_code(facts.kind);
  return facts.placeholder && !fetch ? ErrorCode::kPlaceholder : ErrorCode::kNone;
}

ErrorCode difference(const FileFacts& before, const FileFacts& after, std::uint64_t read) noexcept {
  if (after.size < before.size) return ErrorCode::kShrank;
  if (after.size > before.size) return ErrorCode::kGrew;
  if (after.modified_ns != before.modified_ns || after.changed_ns != before.changed_ns) return ErrorCode::kModified;
  // Files of /proc say 0 and have contents; nothing else may give more or less than it says.
  if (read != before.size && before.size != 0) return read < before.size ? ErrorCode::kShrank : ErrorCode::kGrew;
  return ErrorCode::kNone;
}

namespace {

/// Whether a file that gave less than it says is one that is made up as it is read: all of /sys says one page.
bool ends_early(const OpenFile& file, const FileFacts& after, std::uint64_t read) {
  return read < file.facts.size && difference(file.facts, after, file.facts.size) == ErrorCode::kNone &&
         is_synthetic(file.descriptor);
}

}  // namespace

ResultRecord ending(const OpenFile& file, std::uint64_t read) {
  ResultRecord record{.size = read, .modified_ns = file.facts.modified_ns};
  if (file.facts.links > 1) record.flags |= kFlagHardLink;
  FileFacts after;
  record.error = look(file.descriptor, after);
  if (record.error) {
    record.status = status_for(record.error.code);
  } else if (const ErrorCode changed = difference(file.facts, after, read);
             changed != ErrorCode::kNone && !ends_early(file, after, read)) {
    record.status = Status::kChanged;
    record.error = {changed, {}};
    record.flags |= kFlagChanged;
    record.size = after.size;
  } else if (file.trust == Trust::kSettled && read == file.facts.size) {
    // The times of any other file may hide writes, and those of one that is made up tell nothing.
    record.changed_ns = file.facts.changed_ns;
    record.inode = file.facts.inode;
  }
  return record;
}

namespace {

ResultRecord changed_record(const OpenFile& file, ErrorCode code) {
  return {.size = file.facts.size,
          .modified_ns = file.facts.modified_ns,
          .status = Status::kChanged,
          .error = {code, {}},
          .flags = kFlagChanged};
}

}  // namespace

Verdict judge(OpenFile& file, ResultRecord& record, const DigestLayout& layout) {
  if (record.status != Status::kOk) return Verdict::kRecord;
  const std::size_t digest_bytes = layout.stride();
  const bool ended_early = record.size < file.facts.size;
  const bool by_length = std::ranges::any_of(layout.algorithms(), covers_size);
  if (record.size != file.size() && (ended_early || by_length)) {
    if (file.length) {
      record = changed_record(file, ErrorCode::kModified);
      return Verdict::kRecord;
    }
    file.length = record.size;
    return Verdict::kReadAgain;
  }
  if (record.digests == nullptr) return Verdict::kRecord;
  if (file.trust == Trust::kSettled && !ended_early) return Verdict::kRecord;
  if (file.trust == Trust::kOpenElsewhere) {
    record.flags |= kFlagOpenForWriting;
    return Verdict::kRecord;
  }
  if (file.trust == Trust::kBeingWritten) return Verdict::kLookAgain;
  if (file.first_digests == nullptr) {
    file.first_digests.reset(new (std::nothrow) std::byte[digest_bytes]);
    if (file.first_digests == nullptr) {
      lose_digests(record);
      return Verdict::kRecord;
    }
    std::copy_n(record.digests, digest_bytes, file.first_digests.get());
    return Verdict::kReadAgain;
  }
  if (!std::equal(record.digests, record.digests + digest_bytes, file.first_digests.get())) {
    record = changed_record(file, ErrorCode::kModified);
  }
  return Verdict::kRecord;
}

ResultRecord being_written(const OpenFile& file) { return changed_record(file, ErrorCode::kBeingWritten); }

ResultRecord ending(const OpenFile& file, Error error) {
  const Status status = error.code == ErrorCode::kCancelled ? Status::kCancelled : status_for(error.code);
  return {.size = file.facts.size, .modified_ns = file.facts.modified_ns, .status = status, .error = std::move(error)};
}

void lose_digests(ResultRecord& record) {
  record.digests = nullptr;
  record.status = Status::kUnreadable;
  record.error = {ErrorCode::kEnomem, {}};
}

}  // namespace hashlane
