#include "engine/large/pieced_file.h"

#include <algorithm>
#include <utility>

#include "engine/jobs/job.h"
#include "engine/jobs/scheduler.h"

namespace hashlane {
namespace {

/// A round's bytes: they stay in the second-level cache between reading and hashing.
constexpr std::size_t kArenaBytes = 1u << 20;

}  // namespace

PiecedFile::PiecedFile(Job& job, OpenFile file, Device* device, const PieceJoins& joins)
    : SharedFile(job, std::move(file), device),
      joins_(joins),
      inner_(std::uint64_t{1} << static_cast<unsigned>(joins.plan().inner())),
      open_(joins.open()) {
  if (open_) {
    open_->reset();
  } else {
    fail({ErrorCode::kEnomem, {}});
  }
}

void PiecedFile::work(const Participant& who, std::unique_lock<std::mutex>& lock) {
  lock.unlock();
  who.stats.state(ThreadState::kWaitingForMemory);
  const Lease arena = who.owner ? who.pools.lease(kArenaBytes) : who.pools.try_lease(kArenaBytes);
  LaneGroup::Round round;
  lock.lock();
  if (!arena) {
    if (who.owner) fail({ErrorCode::kEnomem, {}});
    return want_help(false, who.scheduler);
  }
  std::unique_ptr<LaneGroup> group;
  while (!interrupted(who) && !failed() && !job_.throttled()) {
    if (!group || group->count() == 0) group = group_in_hand(std::move(group));
    // Who only helps begins nothing new when other work waits.
    if (who.owner || !who.scheduler.has_tasks_before(job_)) fill(*group);
    want_help(has_unbegun() || !resting_.empty(), who.scheduler);
    if (group->count() == 0) break;
    lock.unlock();
    group->step(arena.bytes(), who.thread, round);
    lock.lock();
    count(round, who);
    take(round);
  }
  if (group && group->count() > 0) resting_.push_back(std::move(group));
  if (joined_bytes_ == file_.facts.size) end();
}

std::unique_ptr<LaneGroup> PiecedFile::group_in_hand(std::unique_ptr<LaneGroup> empty) {
  if (resting_.empty()) return empty ? std::move(empty) : std::make_unique<LaneGroup>(inner_);
  std::unique_ptr<LaneGroup> group = std::move(resting_.back());
  resting_.pop_back();
  return group;
}

// As many pieces as there are lanes; what is left at the end is divided evenly.
void PiecedFile::fill(LaneGroup& group) {
  const std::uint64_t piece_bytes = joins_.plan().piece_end(0, file_.facts.size);
  const std::uint64_t left = (file_.facts.size - begun_bytes_ + piece_bytes - 1) / piece_bytes;
  const std::uint64_t fair = (left + participants() - 1) / participants();
  const std::uint64_t most = std::min<std::uint64_t>(joins_.kernel().lanes(), group.count() + fair);
  while (group.count() < most && has_unbegun()) {
    LaneStream piece;
    piece.part_of = &file_.descriptor;
    piece.medium = job_.spec.medium;
    piece.part = begun_;
    piece.offset = begun_bytes_;
    piece.end = std::min(joins_.plan().piece_end(begun_bytes_, file_.facts.size), file_.facts.size);
    const std::uint64_t end = piece.end;
    if (!group.add(piece)) return fail({ErrorCode::kEnomem, {}});
    begun_bytes_ = end;
    ++begun_;
  }
}

void PiecedFile::take(const LaneGroup::Round& round) {
  for (const LaneGroup::Finished& finished : round.finished) {
    if (finished.record.digests == nullptr) return fail(finished.record.error);
    PieceDigest digest{};
    std::copy_n(finished.record.digests, inner_.stride(), digest.begin());
    waiting_.emplace(finished.stream.part, digest);
  }
  for (auto next = waiting_.begin(); next != waiting_.end() && next->first == joined_; next = waiting_.erase(next)) {
    const std::uint64_t end = std::min(joins_.plan().piece_end(joined_bytes_, file_.facts.size), file_.facts.size);
    open_->add(next->second, end - joined_bytes_);
    joined_bytes_ = end;
    ++joined_;
  }
}

void PiecedFile::count(const LaneGroup::Round& round, const Participant& who) {
  read_bytes_ += round.bytes;
  job_.rate.used(round.bytes);
  if (device_ != nullptr) device_->answered(round.bytes);
  who.stats.set(thread_slot::kEntryDone, read_bytes_);
  who.stats.add_own(thread_slot::kBytes, round.bytes);
  who.engine_stats.add(engine_slot::kBytesRead, round.bytes);
  who.engine_stats.add(engine_slot::kReadsFromMemory, round.warm);
  who.engine_stats.add(engine_slot::kReadsFromDevice, round.cold);
  job_.hashed.parts(joins_.algorithms(), round.hashed);
  job_.stats.add(job_slot::kBytesDone, round.bytes);
}

bool PiecedFile::write_digests(std::byte* digests) noexcept { return open_->finish(digests); }

}  // namespace hashlane
