// Bytes that come from outside, piece by piece.
#include <algorithm>
#include <utility>

#include "engine/jobs/feed.h"
#include "engine/workers/worker.h"
#include "system/clock.h"

namespace hashlane {

void Worker::take_in(Job& job, Feed& feed, std::span<const std::byte> bytes) {
  const std::uint64_t began = now_ns();
  stats_.state(ThreadState::kHashing);
  feed.hash.update(bytes);
  job.rate.used(bytes.size());
  feed.size += bytes.size();
  feed.spent_ns += now_ns() - began;
  stats_.set(thread_slot::kEntryDone, feed.size);
  stats_.add_own(thread_slot::kBytes, bytes.size());
  job.stats.add(job_slot::kBytesDone, bytes.size());
  job.hashed.stream(job.writer.layout().algorithms(), bytes.size());
}

void Worker::begin(const Job& job, Feed& feed) {
  const DigestLayout& layout = job.writer.layout();
  if (!feed.hash.begin(layout)) {
    feed.unusable = ErrorCode::kEnomem;
  } else if (feed.expected_size) {
    feed.hash.identify(leaf_of(feed.name), *feed.expected_size);
  } else if (std::ranges::any_of(layout.algorithms(), covers_size)) {
    feed.unusable = ErrorCode::kUnknownSize;
  }
}

void Worker::run_feed(const std::shared_ptr<Job>& job, Feed& feed) {
  auto operation = feed.take();
  if (!operation) return;
  stats_.entry(job->id, feed.entry_id, {}, feed.name);
  stats_.set(thread_slot::kEntrySize, 0);
  if (!std::exchange(feed.begun, true)) begin(*job, feed);
  if (operation->kind == Feed::Kind::kWrite && !job->cancelled()) {
    if (feed.unusable == ErrorCode::kNone) take_in(*job, feed, operation->block.bytes().first(operation->length));
    const bool cancelled = feed.done(false);
    services_.delivery.feed_answered(feed.id, true);
    if (cancelled) run_feed(job, feed);
    return;
  }
  ResultRecord result{.entry_id = feed.entry_id,
                      .size = feed.size,
                      .name = feed.name,
                      .hash_time_ns = feed.spent_ns,
                      .root = feed.root};
  const bool complete = operation->kind == Feed::Kind::kEnd && !job->cancelled();
  // How much of it came says nothing about the file.
  if (!complete) result.size = feed.expected_size.value_or(feed.size);
  if (complete) result.digests = feed.unusable == ErrorCode::kNone ? feed.hash.finish() : nullptr;
  if (!complete) {
    const bool aborted = operation->kind == Feed::Kind::kAbort;
    result.error = {aborted ? operation->reason : ErrorCode::kCancelled, {}};
    // Somebody stopped it, or whoever sent the bytes could not read them.
    const bool stopped = result.error.code == ErrorCode::kCancelled || result.error.code == ErrorCode::kUploadAborted;
    result.status = stopped ? Status::kCancelled : status_for(result.error.code);
  } else if (result.digests == nullptr) {
    result.status = Status::kUnreadable;
    result.error = {feed.unusable == ErrorCode::kNone ? ErrorCode::kEnomem : feed.unusable, {}};
    // A digest that covers the size is of no other.
    if (feed.unusable == ErrorCode::kNone && feed.expected_size && *feed.expected_size != feed.size) {
      result.status = Status::kChanged;
      result.error.code = feed.size > *feed.expected_size ? ErrorCode::kGrew : ErrorCode::kShrank;
    }
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
