// Small files are opened, read whole and looked at once more, one after the other; then all of them
// are hashed together. Nothing of this needs to be put aside for a pause: a round is over within
// milliseconds, and only whole files enter it.
#include <utility>

#include "engine/clock.h"
#include "engine/worker.h"

namespace hashlane {
namespace {

/// Larger files keep a kernel busy by themselves, and would leave the other lanes empty.
constexpr std::uint64_t kSmallFileBytes = 32u << 10;

/// A round smaller than this is not worth its overhead.
constexpr std::uint32_t kFewestFiles = 2;

struct WholeFile {
  std::uint32_t index;
  std::size_t size;
  ResultRecord record;
};

/// Reads to the end; false when the file does not fit into `into` or fails.
bool read_whole(const OpenFile& file, std::span<std::byte> into, std::size_t& size, Error& error) {
  size = 0;
  while (true) {
    std::size_t count = 0;
    error = read_some(file.descriptor, into.subspan(size), count);
    if (error) return false;
    size += count;
    // The last look tells whether that was all, so that most files need one read. A file that says
    // it is empty may not be (in /proc): there only the end of reading tells.
    if (count == 0 || (size == file.facts.size && size > 0)) return true;
    if (size == into.size()) return false;
  }
}

}  // namespace

std::uint32_t Worker::hash_small_files(Job& job, Task& task, int folder, std::span<std::byte> arena) {
  const FileGroup& group = *task.group;
  if (task.end - task.next < kFewestFiles || !side_by_side_.begin(job.writer.layout())) return 0;
  const std::uint32_t first = task.next;
  std::vector<WholeFile> files;
  files.reserve(SideBySide::kFiles);
  std::unique_ptr<OpenFile> not_small;
  std::size_t used = 0;
  // One byte more than the largest, so that a file that has grown shows it.
  while (task.next < task.end && files.size() < SideBySide::kFiles && arena.size() - used > kSmallFileBytes &&
         !job.paused() && !job.cancelled()) {
    auto file = open(job, group, task.next, folder);
    if (file == nullptr) {
      ++task.next;
      continue;
    }
    WholeFile whole{task.next, 0, {.modified_ns = file->facts.modified_ns}};
    Error error;
    stats_.state(ThreadState::kReading);
    const std::uint64_t began = now_ns();
    const bool small = file->facts.size <= kSmallFileBytes;
    if (!small || (!read_whole(*file, arena.subspan(used, kSmallFileBytes + 1), whole.size, error) && !error)) {
      if (whole.size > 0) rewind(file->descriptor);
      not_small = std::move(file);
      break;
    }
    FileFacts after;
    if (!error) error = look(file->descriptor, after);
    whole.record.size = whole.size;
    whole.record.hash_time_ns = file->spent_ns + (now_ns() - began);
    if (file->facts.links > 1) whole.record.flags |= kFlagHardLink;
    ++task.next;
    if (error) {
      whole.record.size = file->facts.size;
      whole.record.status = status_for(error.code);
      whole.record.error = std::move(error);
      record(job, group, whole.index, std::move(whole.record));
    } else if (const ErrorCode changed = difference(file->facts, after, whole.size); changed != ErrorCode::kNone) {
      whole.record.size = after.size;
      whole.record.status = Status::kChanged;
      whole.record.error = {changed, {}};
      whole.record.flags |= kFlagChanged;
      record(job, group, whole.index, std::move(whole.record));
    } else {
      side_by_side_.add(arena.subspan(used, whole.size));
      used += whole.size;
      files.push_back(std::move(whole));
    }
  }

  stats_.state(ThreadState::kHashing);
  const std::uint64_t began = now_ns();
  const bool sound = files.empty() || side_by_side_.hash();
  const std::uint64_t share = files.empty() ? 0 : (now_ns() - began) / files.size();
  for (std::size_t number = 0; number < files.size(); ++number) {
    WholeFile& whole = files[number];
    whole.record.hash_time_ns += share;
    whole.record.digests = side_by_side_.digests(number);
    if (!sound) {
      whole.record.digests = nullptr;
      whole.record.status = Status::kUnreadable;
      whole.record.error = {ErrorCode::kEnomem, {}};
    }
    record(job, group, whole.index, std::move(whole.record));
  }
  job.stats.add(job_slot::kBytesDone, used);
  stats_.add_own(thread_slot::kBytes, used);
  stats_.add_own(thread_slot::kFiles, files.size());
  services_.stats.add(engine_slot::kBytesRead, used);
  services_.stats.add(engine_slot::kBytesHashed, used * job.writer.layout().algorithms().size());
  services_.stats.add(engine_slot::kFilesHashed, sound ? files.size() : 0);

  const std::uint32_t finished = task.next - first;
  if (not_small != nullptr && !take_in_hand(job, task, std::move(not_small))) {
    ++task.next;
    return finished + 1;
  }
  return finished;
}

}  // namespace hashlane
