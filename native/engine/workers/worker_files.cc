// A task of files: opens them, sends each its way, and records what became of it.
#include <algorithm>
#include <utility>

#include "engine/large/large_file.h"
#include "engine/large/pieced_file.h"
#include "engine/workers/planner.h"
#include "engine/workers/worker.h"
#include "system/clock.h"

namespace hashlane {
namespace {

/// A round's bytes: they stay in the second-level cache between reading and hashing.
constexpr std::size_t kArenaBytes = 1u << 20;

/// Files under way are shared while there is this much left of them: less is done sooner than shared.
constexpr std::uint64_t kWorthSharing = 8u << 20;

/// A file cut into pieces keeps several lanes busy from here on.
constexpr std::uint64_t kFewestPieces = 4;

/// What a cold file counts against a warm one, and how much of that makes asking ahead worth it.
constexpr std::size_t kColdWeight = 4;
constexpr std::size_t kCold = 32;
constexpr std::size_t kMostColdness = 128;

/// Names that change faster than anybody reads them are passed over: showing one costs as much as a look
/// at the file.
constexpr std::uint64_t kShownNs = 1'000'000;

/// How long is waited for other workers to close files when this process may not open more.
constexpr std::uint64_t kDescriptorWaitNs = 10'000'000'000;
constexpr std::uint64_t kDescriptorNapNs = 1'000'000;

std::shared_ptr<SharedFile> shared_file(Job& job, OpenFile file, Device* device, const BufferPools& pools) {
  const Division division = divide(job.writer.layout());
  const bool in_order = device != nullptr && device->in_order();
  if (!in_order && division.others.empty() && division.pieces.size() == 1 &&
      file.facts.size >= kFewestPieces * division.pieces.front().plan().piece_end(0, file.facts.size)) {
    return std::make_shared<PiecedFile>(job, std::move(file), device, division.pieces.front());
  }
  // Half of what there may be, so that two such files do not wait for each other.
  return std::make_shared<LargeFile>(job, std::move(file), device, pools.ceiling() / 2);
}

}  // namespace

void Worker::run_files(const std::shared_ptr<Job>& job, Task& task, Folder& folder) {
  Lease arena;
  while (true) {
    if (job->cancelled()) {
      cancel(job, task);
      break;
    }
    if (task.device != nullptr && task.device->given_up()) {
      lose(job, task);
      break;
    }
    if (job->paused() || job->throttled()) return services_.scheduler.give_back(*job, std::exchange(task, {}));
    if (services_.scheduler.make_way(*job, task)) return;
    if (services_.scheduler.starving()) share(*job, task);
    while (!task.unsettled.empty() && !job->cancelled()) settle_next(job, task);
    if (!task.shared) open_files(job, task, folder);
    if (task.lanes && task.lanes->count() > 0) {
      if (!arena) {
        stats_.state(ThreadState::kWaitingForMemory);
        arena = services_.pools.lease(kArenaBytes);
      }
      hash_side_by_side(job, task, arena.bytes());
    } else if (task.shared) {
      hash_shared(job, task);
    } else if (!task.large.empty()) {
      // A shared file has blocks of its own, and may need all the memory there is.
      arena = {};
      OpenFile file = std::move(task.large.front());
      task.large.erase(task.large.begin());
      give_away_rest(*job, task);
      task.shared = shared_file(*job, std::move(file), task.device, services_.pools);
    } else if (task.files_left() == 0 && task.unsettled.empty()) {
      break;
    }
  }
  if (task.lanes) spare_lanes_ = std::move(task.lanes);
}

void Worker::open_files(const std::shared_ptr<Job>& job, Task& task, Folder& folder) {
  need_lanes(*job, task);
  const auto has_room = [&] { return task.lanes->count() + task.large.size() < kMaxStreams; };
  while (has_room() && !job->paused() && !job->cancelled()) {
    if (task.device != nullptr && task.device->given_up()) break;
    if (task.files_left() == 0) {
      // Who was relieved has only the file in hand left to do.
      if (thread_.relieved()) break;
      // Lanes would stay empty: files of the next folders take them. A large file that waits comes first,
      // or all the others would be done long before it.
      if (!task.large.empty()) break;
      auto more = services_.scheduler.take_more(*job, task.device);
      if (!more) break;
      task.group = std::move(more->group);
      task.next = more->next;
      task.end = more->end;
    }
    if (task.files_left() > 1 && services_.scheduler.starving()) share(*job, task);
    if (!open_next(job, task, folder)) break;
  }
  if (!task.lanes->in_lanes() || (task.files_left() > 0 && has_room())) return;
  for (OpenFile& file : take_alike(task.large, task.lanes->remaining(), task.device)) {
    add_to_lanes(job, task, std::move(file));
  }
}

bool Worker::open_next(const std::shared_ptr<Job>& job, Task& task, Folder& folder) {
  OpenFile& file = opening_;
  file = {};
  file.group = task.group;
  file.index = task.next++;
  stats_.state(ThreadState::kOpening);
  const std::uint64_t began = now_ns();
  if (began - shown_ns_ >= kShownNs) show(*job, file, 0, began);
  calling_ = Calling::kToOpen;
  // Uses nothing of the task, for that may be somebody else's by the time it returns.
  Error error =
      thread_.watched([&, once = reads_once(*job), medium = job->spec.medium, fetch = job->spec.fetch]() -> Error {
        if (folder.group != file.group) {
          folder.use = {};
          folder.group = file.group;
          folder.error = file.group->directory->use(folder.use);
        }
        if (folder.error) return folder.error;
        Error opened = open_file(folder.use.descriptor(), file.name().data(), file.group->follow, file.descriptor);
        if (!opened) opened = look(file.descriptor, file.facts);
        // What is not read is not looked at any further, either: that may fetch it.
        if (opened || skip_reason(file.facts, fetch) != ErrorCode::kNone) return opened;
        if (medium) {
          opened = bypass_memory(file.descriptor);
          // Storing what was written may have given it another time.
          if (!opened) opened = look(file.descriptor, file.facts);
        }
        if (!opened) opened = settle(file.descriptor, file.facts, file.trust);
        file.has_names = once && !opened && file.facts.links > 1 && file.trust == Trust::kSettled &&
                         has_stable_inodes(file.descriptor);
        return opened;
      });
  calling_ = Calling::kForNothing;
  if (error.code == ErrorCode::kEmfile || error.code == ErrorCode::kEnfile) {
    const bool holds_files = task.lanes->count() > 0 || !task.large.empty();
    // Files in hand give theirs back soon; where there are none, other workers' do.
    if (holds_files || may_wait(began)) {
      if (task.group == nullptr) {
        // The rest of the group went elsewhere meanwhile.
        task.group = file.group;
        task.end = file.index + 1;
      }
      task.next = file.index;
      folder.group = nullptr;
      if (!holds_files) {
        stats_.state(ThreadState::kWaiting);
        sleep_ns(kDescriptorNapNs);
      }
      return false;
    }
  }
  waiting_since_ns_ = 0;
  const ErrorCode skipped = error ? ErrorCode::kNone : skip_reason(file.facts, job->spec.fetch);
  if (!error && skipped == ErrorCode::kNone) {
    file.spent_ns = now_ns() - began;
    take_on(job, task);
    return true;
  }
  if (error.code == ErrorCode::kEloop && !file.group->follow) {
    // A link has taken the file's place since the folder was read.
    record(job, file, {.status = Status::kSkipped, .error = {ErrorCode::kSymlink, {}}});
  } else if (error) {
    const Status status = status_for(error.code);
    record(job, file, {.status = status, .error = std::move(error)});
  } else {
    const bool folder_now = skipped == ErrorCode::kEisdir;
    record(job, file, {.status = folder_now ? Status::kChanged : Status::kSkipped, .error = {skipped, {}}});
  }
  thread_.watched([&] { file.descriptor.close(); });
  return true;
}

void Worker::take_on(const std::shared_ptr<Job>& job, Task& task) {
  if (opening_.has_names && meet_name(job)) return;
  if (!job->spec.count_ahead) job->stats.add(job_slot::kBytesFound, opening_.facts.size);
  send_its_way(job, task, std::move(opening_));
}

void Worker::send_its_way(const std::shared_ptr<Job>& job, Task& task, OpenFile file) {
  if (way_of(file.facts.size, task.device) == Way::kShared) {
    task.large.push_back(std::move(file));
  } else {
    add_to_lanes(job, task, std::move(file));
  }
}

void Worker::conclude(const std::shared_ptr<Job>& job, Task& task, OpenFile& file, ResultRecord result) {
  switch (judge(file, result, job->writer.layout())) {
    case Verdict::kRecord:
      return record(job, file, std::move(result));
    case Verdict::kReadAgain:
      job->stats.add(job_slot::kBytesFound, file.facts.size);
      return send_its_way(job, task, std::move(file));
    case Verdict::kLookAgain:
      task.unsettled.push_back(std::move(file));
      return;
  }
}

void Worker::settle_next(const std::shared_ptr<Job>& job, Task& task) {
  OpenFile& file = opening_;
  file = std::move(task.unsettled.back());
  task.unsettled.pop_back();
  stats_.state(ThreadState::kOpening);
  calling_ = Calling::kToOpen;
  Error error = thread_.watched([&] {
    Error looked = look(file.descriptor, file.facts);
    return looked ? looked : settle(file.descriptor, file.facts, file.trust);
  });
  calling_ = Calling::kForNothing;
  if (!error && file.trust != Trust::kBeingWritten) {
    job->stats.add(job_slot::kBytesFound, file.facts.size);
    return send_its_way(job, task, std::move(file));
  }
  record(job, file, error ? ending(file, std::move(error)) : being_written(file));
  thread_.watched([&] { file.descriptor.close(); });
}

bool Worker::may_wait(std::uint64_t now) {
  if (waiting_since_ns_ == 0) waiting_since_ns_ = now;
  return now - waiting_since_ns_ < kDescriptorWaitNs;
}

void Worker::need_lanes(const Job& job, Task& task) {
  if (task.lanes) return;
  task.lanes = spare_lanes_ && spare_lanes_->mask() == job.writer.layout().mask()
                   ? std::move(spare_lanes_)
                   : std::make_unique<LaneGroup>(job.writer.layout());
}

void Worker::add_to_lanes(const std::shared_ptr<Job>& job, Task& task, OpenFile file) {
  need_lanes(*job, task);
  LaneStream stream;
  stream.file = std::move(file);
  stream.medium = job->spec.medium;
  if (task.lanes->add(stream)) return;
  record(job, stream.file, ending(stream.file, Error{ErrorCode::kEnomem, {}}));
}

void Worker::hash_side_by_side(const std::shared_ptr<Job>& job, Task& task, std::span<std::byte> arena) {
  if (arena.empty()) {
    // Not even one block: the system has no memory, or the engine closes.
    for (const LaneStream& stream : task.lanes->drop()) {
      record(job, stream.file, ending(stream.file, Error{ErrorCode::kEnomem, {}}));
    }
    return;
  }
  calling_ = Calling::kForLanes;
  task.lanes->step(arena.first(job->rate.at_once(arena.size())), thread_, round_);
  calling_ = Calling::kForNothing;
  if (task.device != nullptr) task.device->answered(round_.bytes);
  // Even in memory a file is now and then said not to be, and asking ahead for what is there costs much.
  coldness_ += kColdWeight * round_.cold;
  coldness_ -= std::min(coldness_, round_.warm);
  coldness_ = std::min(coldness_, kMostColdness);
  if (coldness_ >= kCold) services_.prefetcher.cold(*job, task.device);
  job->stats.add(job_slot::kBytesDone, round_.bytes);
  job->rate.used(round_.bytes);
  stats_.add_own(thread_slot::kBytes, round_.bytes);
  services_.stats.add(engine_slot::kBytesRead, round_.bytes);
  services_.stats.add(engine_slot::kReadsFromMemory, round_.warm);
  services_.stats.add(engine_slot::kReadsFromDevice, round_.cold);
  services_.stats.add(engine_slot::kFilesInLanes, round_.finished.size());
  task.lanes->count(round_, job->hashed);
  for (LaneGroup::Finished& finished : round_.finished) {
    conclude(job, task, finished.stream.file, std::move(finished.record));
  }
  if (!round_.finished.empty()) {
    thread_.watched([&] {
      for (LaneGroup::Finished& finished : round_.finished) finished.stream.file.descriptor.close();
    });
  }
  if (const LaneStream* const oldest = task.lanes->oldest()) show(*job, oldest->file, oldest->offset, now_ns());
}

void Worker::show(const Job& job, const OpenFile& file, std::uint64_t done, std::uint64_t now) {
  shown_ns_ = now;
  stats_.entry(job.id, file.entry_id(), file.group->prefix, file.name());
  stats_.set(thread_slot::kEntrySize, file.facts.size);
  stats_.set(thread_slot::kEntryDone, done);
}

void Worker::hash_shared(const std::shared_ptr<Job>& job, Task& task) {
  SharedFile& file = *task.shared;
  services_.scheduler.offer(*job, task.shared);
  calling_ = Calling::kForShared;
  file.take_part({.scheduler = services_.scheduler,
                  .pools = services_.pools,
                  .engine_stats = services_.stats,
                  .thread = thread_,
                  .stats = stats_,
                  .device = task.device,
                  .owner = true});
  services_.scheduler.withdraw(*job, file);
  // An abandoned file was recorded when it was.
  const bool abandoned = file.abandoned();
  Descriptor closing;
  if (abandoned || file.done()) {
    if (!abandoned) {
      services_.stats.add(file.way(), 1);
      ResultRecord result = file.finish(thread_);
      OpenFile finished = file.take_file();
      conclude(job, task, finished, std::move(result));
      closing = std::move(finished.descriptor);
    }
    calling_ = Calling::kForNothing;
    thread_.watched([done = std::move(task.shared), closed = std::move(closing)]() mutable {
      done.reset();
      closed.close();
    });
  }
  calling_ = Calling::kForNothing;
}

void Worker::give_away_rest(Job& job, Task& task) {
  if (task.large.empty() && task.files_left() == 0) return;
  Task rest;
  rest.device = task.device;
  rest.group = task.group;
  rest.next = std::exchange(task.next, task.end);
  rest.end = task.end;
  rest.fetched = task.fetched;
  rest.large = std::exchange(task.large, {});
  services_.scheduler.give_back(job, std::move(rest));
}

void Worker::share(Job& job, Task& task) {
  // Heads that jump between two files cost more than a worker without work.
  if (task.device != nullptr && task.device->in_order()) return;
  Task other;
  other.device = task.device;
  if (task.files_left() > 1) {
    other.group = task.group;
    other.fetched = task.fetched;
    other.next = task.next + (task.files_left() + 1) / 2;
    other.end = std::exchange(task.end, other.next);
  } else if (const std::size_t half = (task.large.size() + (task.lanes && task.lanes->count() > 0 ? 1 : 0)) / 2;
             half > 0) {
    const auto from = task.large.end() - static_cast<std::ptrdiff_t>(half);
    std::move(from, task.large.end(), std::back_inserter(other.large));
    task.large.erase(from, task.large.end());
  } else if (task.lanes && task.lanes->count() > 1 && task.lanes->remaining() >= kWorthSharing) {
    other.lanes = task.lanes->split();
  } else {
    return;
  }
  services_.scheduler.give_back(job, std::move(other));
}

void Worker::cancel(const std::shared_ptr<Job>& job, Task& task) {
  drop(job, task, ErrorCode::kCancelled);
  if (task.files_left() > 0) done_with(job, *task.group, task.files_left());
}

void Worker::lose(const std::shared_ptr<Job>& job, Task& task) {
  drop(job, task, ErrorCode::kStalled);
  OpenFile file;
  for (file.group = task.group; task.next < task.end; ++task.next) {
    file.index = task.next;
    record(job, file, ending(file, Error{ErrorCode::kStalled, {}}));
  }
}

void Worker::drop(const std::shared_ptr<Job>& job, Task& task, ErrorCode error) {
  std::vector<LaneStream> streams;
  if (task.lanes) streams = task.lanes->drop();
  const auto end = [&](const OpenFile& file) { record(job, file, ending(file, Error{error, {}})); };
  if (task.shared && task.shared->abandon()) end(task.shared->file());
  for (const OpenFile& file : task.large) end(file);
  for (const OpenFile& file : task.unsettled) end(file);
  for (const LaneStream& stream : streams) end(stream.file);
  thread_.watched([shared = std::move(task.shared), large = std::exchange(task.large, {}),
                   unsettled = std::exchange(task.unsettled, {}), &streams]() mutable {
    shared.reset();
    large.clear();
    unsettled.clear();
    streams.clear();
  });
}

void Worker::record(const std::shared_ptr<Job>& job, const OpenFile& file, ResultRecord result) {
  stats_.state(ThreadState::kDelivering);
  result.entry_id = file.entry_id();
  result.prefix = file.group->prefix;
  result.name = file.name();
  result.root = file.group->files[file.index].root;
  services_.stats.add(engine_slot::kFilesHashed, result.status == Status::kOk ? 1 : 0);
  stats_.add_own(thread_slot::kFiles, 1);
  job->record(result);
  if (file.linked) record_names(job, file, result);
  done_with(job, *file.group, 1);
}

void Worker::done_with(const std::shared_ptr<Job>& job, FileGroup& group, std::uint32_t files) {
  if (group.remaining.fetch_sub(files, std::memory_order_acq_rel) != files) return;
  job->leave_window(group.number);
  if (job->take_work(1)) services_.finish_job(job);
}

}  // namespace hashlane
