#include "engine/worker.h"

#include <utility>

#include "engine/clock.h"
#include "engine/feed.h"

namespace hashlane {
namespace {

/// Bytes read and hashed at a time: they stay in the second-level cache while every algorithm has
/// its turn, and pause and cancel answer between two slices.
constexpr std::size_t kSliceBytes = 256u << 10;

/// From this size on a file is worth a worker of its own: the rest of its group goes to others.
constexpr std::uint64_t kLargeFileBytes = 1u << 20;

}  // namespace

ErrorCode difference(const FileFacts& before, const FileFacts& after, std::uint64_t read) noexcept {
  if (after.size < before.size) return ErrorCode::kShrank;
  if (after.size > before.size) return ErrorCode::kGrew;
  if (after.modified_ns != before.modified_ns || after.changed_ns != before.changed_ns) return ErrorCode::kModified;
  // Files of /proc say 0 and have contents; nothing else may give more or less than it says.
  if (read != before.size && before.size != 0) return read < before.size ? ErrorCode::kShrank : ErrorCode::kGrew;
  return ErrorCode::kNone;
}

void Worker::run() {
  while (auto work = services_.scheduler.take()) {
    const std::uint64_t began = now_ns();
    if (work->task.abandoned > 0) {
      if (work->job->take_work(work->task.abandoned)) services_.finish_job(work->job);
    } else if (work->task.feed) {
      run_feed(work->job, *work->task.feed);
    } else {
      run_group(work->job, std::move(work->task));
    }
    stats_.add_own(thread_slot::kBusyNs, now_ns() - began);
    stats_.entry(0, 0, {}, {});
    stats_.state(ThreadState::kIdle);
  }
}

void Worker::run_group(const std::shared_ptr<Job>& job, Task task) {
  const std::shared_ptr<FileGroup> group = task.group;
  std::uint32_t finished = 0;
  Directory::Use folder;
  const Error folder_error = job->cancelled() ? Error{} : group->directory->use(folder);
  stats_.state(ThreadState::kWaitingForMemory);
  Lease buffer;
  if (!job->cancelled() && !folder_error) buffer = services_.pools.lease(kSliceBytes);

  while (task.next < task.end) {
    if (job->paused()) {
      services_.scheduler.give_back(*job, std::move(task));
      break;
    }
    if (job->cancelled()) {
      if (task.in_hand) {
        record(*job, *group, task.next,
               {.size = task.in_hand->facts.size,
                .modified_ns = task.in_hand->facts.modified_ns,
                .status = Status::kCancelled,
                .error = {ErrorCode::kCancelled, {}}});
      }
      finished += task.end - task.next;
      break;
    }
    if (folder_error || !buffer) {
      Error error = folder_error ? folder_error : Error{ErrorCode::kEnomem, {}};
      const Status status = status_for(error.code);
      record(*job, *group, task.next, {.status = status, .error = std::move(error)});
    } else {
      if (task.end - task.next > 1 && services_.scheduler.starving()) share(*job, task, false);
      if (!task.in_hand) {
        finished += hash_small_files(*job, task, folder.descriptor(), buffer.bytes());
        if (task.next == task.end || job->paused() || job->cancelled()) continue;
      }
      if (task.in_hand || take_in_hand(*job, task, open(*job, *group, task.next, folder.descriptor()))) {
        if (task.in_hand->facts.size >= kLargeFileBytes) share(*job, task, true);
        if (hash(*job, task, buffer.bytes()) != Outcome::kDone) continue;
      }
    }
    ++task.next;
    ++finished;
  }
  if (finished == 0) return;
  if (group->remaining.fetch_sub(finished, std::memory_order_acq_rel) == finished) {
    job->leave_window(group->number);
    if (job->take_work(1)) services_.finish_job(job);
  }
}

void Worker::share(Job& job, Task& task, bool all) {
  if (task.end - task.next < 2) return;
  Task other;
  other.group = task.group;
  other.next = all ? task.next + 1 : task.next + (task.end - task.next + 1) / 2;
  other.end = std::exchange(task.end, other.next);
  services_.scheduler.give_back(job, std::move(other));
}

std::unique_ptr<OpenFile> Worker::open(Job& job, const FileGroup& group, std::uint32_t index, int folder) {
  const std::string_view name = group.name(index);
  auto file = std::make_unique<OpenFile>();
  file->entry_id = group.first_entry_id + index;
  stats_.state(ThreadState::kOpening);
  stats_.entry(job.id, file->entry_id, group.prefix, name);
  const std::uint64_t began = now_ns();
  Error error = open_file(folder, name.data(), group.follow, file->descriptor);
  if (!error) error = look(file->descriptor, file->facts);
  if (error.code == ErrorCode::kEloop && !group.follow) {
    // A link has taken the file's place since the folder was read.
    record(job, group, index, {.status = Status::kSkipped, .error = {ErrorCode::kSymlink, {}}});
    return nullptr;
  }
  if (error) {
    const Status status = status_for(error.code);
    record(job, group, index, {.status = status, .error = std::move(error)});
    return nullptr;
  }
  if (file->facts.kind != EntryKind::kFile) {
    const bool folder_now = file->facts.kind == EntryKind::kFolder;
    record(job, group, index,
           {.status = folder_now ? Status::kChanged : Status::kSkipped,
            .error = {folder_now ? ErrorCode::kEisdir : skip_code(file->facts.kind), {}}});
    return nullptr;
  }
  if (!job.spec.count_ahead) job.stats.add(job_slot::kBytesFound, file->facts.size);
  stats_.set(thread_slot::kEntrySize, file->facts.size);
  stats_.set(thread_slot::kEntryDone, 0);
  file->spent_ns = now_ns() - began;
  return file;
}

bool Worker::take_in_hand(Job& job, Task& task, std::unique_ptr<OpenFile> file) {
  if (file == nullptr) return false;
  file->hash = std::move(spare_);
  if (!file->hash.begin(job.writer.layout())) {
    record(job, *task.group, task.next, {.status = Status::kUnreadable, .error = {ErrorCode::kEnomem, {}}});
    return false;
  }
  if (file->facts.size >= kLargeFileBytes) advise_sequential(file->descriptor);
  task.in_hand = std::move(file);
  return true;
}

Worker::Outcome Worker::hash(Job& job, Task& task, std::span<std::byte> buffer) {
  OpenFile& file = *task.in_hand;
  const std::uint64_t began = now_ns();
  std::uint64_t counted = file.done;
  const auto count_progress = [&] {
    const std::uint64_t read = file.done - counted;
    counted = file.done;
    job.stats.add(job_slot::kBytesDone, read);
    stats_.add_own(thread_slot::kBytes, read);
    services_.stats.add(engine_slot::kBytesRead, read);
    services_.stats.add(engine_slot::kBytesHashed, read * file.hash.count());
  };
  Outcome outcome = Outcome::kDone;
  Error error;
  // Again for a file that was put aside while its job was paused.
  if (file.done > 0) stats_.entry(job.id, file.entry_id, task.group->prefix, task.group->name(task.next));
  stats_.set(thread_slot::kEntrySize, file.facts.size);
  for (bool more = true; more && !error;) {
    std::size_t count = 0;
    stats_.state(ThreadState::kReading);
    error = read_some(file.descriptor, buffer, count);
    if (error || count == 0) break;
    stats_.state(ThreadState::kHashing);
    file.hash.update(buffer.first(count));
    file.done += count;
    // A whole small file needs no second read to learn that it is at its end: conclude() looks.
    more = count == buffer.size() || file.done < file.facts.size || file.facts.size == 0;
    if (file.facts.size >= kLargeFileBytes) {
      stats_.set(thread_slot::kEntryDone, file.done);
      count_progress();
    }
    if (job.cancelled()) outcome = Outcome::kCancelled;
    if (job.paused()) outcome = Outcome::kPaused;
    if (outcome != Outcome::kDone) break;
  }
  count_progress();
  file.spent_ns += now_ns() - began;
  if (outcome != Outcome::kDone) return outcome;
  if (error) {
    const Status status = status_for(error.code);
    record(
        job, *task.group, task.next,
        {.size = file.facts.size, .modified_ns = file.facts.modified_ns, .status = status, .error = std::move(error)});
  } else {
    conclude(job, task);
  }
  spare_ = std::move(file.hash);
  task.in_hand.reset();
  return Outcome::kDone;
}

void Worker::conclude(Job& job, Task& task) {
  OpenFile& file = *task.in_hand;
  FileFacts after;
  ResultRecord result{.size = file.done, .modified_ns = file.facts.modified_ns, .hash_time_ns = file.spent_ns};
  result.error = look(file.descriptor, after);
  if (result.error) {
    result.status = Status::kUnreadable;
  } else if (const ErrorCode changed = difference(file.facts, after, file.done); changed != ErrorCode::kNone) {
    result.status = Status::kChanged;
    result.error = {changed, {}};
    result.flags |= kFlagChanged;
    result.size = after.size;
  } else {
    result.digests = file.hash.finish();
    if (result.digests == nullptr) {
      result.status = Status::kUnreadable;
      result.error = {ErrorCode::kEnomem, {}};
    }
  }
  if (file.facts.links > 1) result.flags |= kFlagHardLink;
  services_.stats.add(engine_slot::kFilesHashed, result.status == Status::kOk ? 1 : 0);
  stats_.add_own(thread_slot::kFiles, 1);
  record(job, *task.group, task.next, std::move(result));
}

void Worker::record(Job& job, const FileGroup& group, std::uint32_t index, ResultRecord result) {
  stats_.state(ThreadState::kDelivering);
  result.entry_id = group.first_entry_id + index;
  result.prefix = group.prefix;
  result.name = group.name(index);
  result.root = group.files[index].root;
  job.record(result);
}

void Worker::take_in(Job& job, Feed& feed, std::span<const std::byte> bytes) {
  const std::uint64_t began = now_ns();
  stats_.state(ThreadState::kHashing);
  feed.hash.update(bytes);
  feed.size += bytes.size();
  feed.spent_ns += now_ns() - began;
  stats_.set(thread_slot::kEntryDone, feed.size);
  stats_.add_own(thread_slot::kBytes, bytes.size());
  job.stats.add(job_slot::kBytesDone, bytes.size());
  services_.stats.add(engine_slot::kBytesHashed, bytes.size() * feed.hash.count());
}

void Worker::run_feed(const std::shared_ptr<Job>& job, Feed& feed) {
  auto operation = feed.take();
  if (!operation) return;
  stats_.entry(job->id, feed.entry_id, {}, feed.name);
  stats_.set(thread_slot::kEntrySize, 0);
  if (!std::exchange(feed.begun, true)) feed.usable = feed.hash.begin(job->writer.layout());
  if (operation->kind == Feed::Kind::kWrite && !job->cancelled()) {
    if (feed.usable) take_in(*job, feed, operation->block.bytes().first(operation->length));
    feed.done(false);
    services_.delivery.feed_answered(feed.id, true);
    return;
  }
  ResultRecord result{.entry_id = feed.entry_id,
                      .size = feed.size,
                      .name = feed.name,
                      .hash_time_ns = feed.spent_ns,
                      .root = feed.root};
  const bool complete = operation->kind == Feed::Kind::kEnd && !job->cancelled();
  if (complete) result.digests = feed.usable ? feed.hash.finish() : nullptr;
  if (!complete) {
    result.status = Status::kCancelled;
    const bool aborted = operation->kind == Feed::Kind::kAbort;
    result.error = {aborted ? operation->reason : ErrorCode::kCancelled, {}};
  } else if (result.digests == nullptr) {
    result.status = Status::kUnreadable;
    result.error = {ErrorCode::kEnomem, {}};
  }
  services_.stats.add(engine_slot::kFilesHashed, result.status == Status::kOk ? 1 : 0);
  stats_.add_own(thread_slot::kFiles, 1);
  job->record(result);
  if (job->spec.walk_order) job->leave_window(feed.entry_id);
  feed.done(true);
  services_.delivery.feed_answered(feed.id, complete);
  job->forget_feed(feed.id);
  if (job->take_work(1)) services_.finish_job(job);
}

}  // namespace hashlane
