#include "engine/files/linked_files.h"

#include <algorithm>
#include <new>
#include <utility>

namespace hashlane {
namespace {

/// What one file takes beside its digests: the entry, its place in both tables, and what malloc adds.
constexpr std::size_t kOverheadBytes = sizeof(LinkedFile) + 160;

}  // namespace

LinkedFiles::LinkedFiles(std::size_t digest_bytes, std::size_t most_bytes)
    : digest_bytes_(digest_bytes),
      most_files_(std::max<std::size_t>(1, most_bytes / (kOverheadBytes + digest_bytes))) {}

LinkedFiles::Meeting LinkedFiles::meet(OpenFile& file, std::byte* digests) {
  std::lock_guard lock(mutex_);
  const auto found = table_.find({file.facts.device, file.facts.inode});
  if (found == table_.end()) {
    begin_locked(file);
    return Meeting::kRead;
  }
  LinkedFile& entry = *found->second;
  if (!entry.read) {
    if (waiting_ >= kMostWaiting) return Meeting::kRead;
    OpenFile& waits = entry.waiting.emplace_back();
    waits.group = file.group;
    waits.index = file.index;
    waits.facts = file.facts;
    waits.spent_ns = file.spent_ns;
    ++waiting_;
    return Meeting::kWaits;
  }
  if (!same_contents(entry.facts, file.facts)) {
    // It has changed since: what is read now is what the names that follow have.
    forget_locked(found);
    begin_locked(file);
    return Meeting::kRead;
  }
  std::copy_n(entry.digests.get(), digest_bytes_, digests);
  if (--entry.names_left == 0) forget_locked(found);
  return Meeting::kKnown;
}

std::vector<OpenFile> LinkedFiles::conclude(const OpenFile& file, const ResultRecord& record) {
  std::lock_guard lock(mutex_);
  LinkedFile& entry = *file.linked;
  std::vector<OpenFile> waited = std::exchange(entry.waiting, {});
  waiting_ -= waited.size();
  const auto found = table_.find(entry.key);
  if (!digests_shared(file, record)) {
    table_.erase(found);
    return waited;
  }
  const auto same = static_cast<std::uint64_t>(
      std::ranges::count_if(waited, [&](const OpenFile& other) { return same_contents(other.facts, file.facts); }));
  entry.digests.reset(new (std::nothrow) std::byte[digest_bytes_]);
  if (entry.digests == nullptr || same >= entry.names_left) {
    table_.erase(found);
    return waited;
  }
  entry.names_left -= same;
  std::copy_n(record.digests, digest_bytes_, entry.digests.get());
  entry.facts = file.facts;
  make_room_locked();
  entry.place = known_.size();
  known_.push_back(found->first);
  entry.read = true;
  return waited;
}

void LinkedFiles::begin_locked(OpenFile& file) {
  const Key key{file.facts.device, file.facts.inode};
  auto entry = std::make_shared<LinkedFile>();
  entry->key = key;
  entry->names_left = file.facts.links - 1;
  table_.emplace(key, entry);
  file.linked = std::move(entry);
}

void LinkedFiles::make_room_locked() {
  // Any of them: whoever walks through copies of a tree comes by all of them in the same order, and the oldest would
  // always be gone just before it is met.
  if (known_.size() < most_files_) return;
  forget_locked(table_.find(known_[random_() % known_.size()]));
}

void LinkedFiles::forget_locked(Table::iterator entry) {
  const std::size_t place = entry->second->place;
  if (place + 1 < known_.size()) {
    known_[place] = known_.back();
    table_.find(known_[place])->second->place = place;
  }
  known_.pop_back();
  table_.erase(entry);
}

std::size_t LinkedFiles::size() {
  std::lock_guard lock(mutex_);
  return table_.size();
}

bool same_contents(const FileFacts& a, const FileFacts& b) noexcept {
  return a.device == b.device && a.inode == b.inode && a.size == b.size && a.modified_ns == b.modified_ns &&
         a.changed_ns == b.changed_ns;
}

bool digests_shared(const OpenFile& file, const ResultRecord& record) noexcept {
  return record.status == Status::kOk && record.digests != nullptr && record.size == file.facts.size &&
         file.trust == Trust::kSettled;
}

ResultRecord linked_record(const OpenFile& file, const std::byte* digests) noexcept {
  return {.size = file.facts.size,
          .modified_ns = file.facts.modified_ns,
          .digests = digests,
          .hash_time_ns = file.spent_ns,
          .flags = kFlagHardLink | kFlagFromCache,
          .changed_ns = file.facts.changed_ns,
          .inode = file.facts.inode};
}

}  // namespace hashlane
