#include "engine/large/large_file.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/jobs/job.h"
#include "engine/jobs/scheduler.h"
#include "system/clock.h"

namespace hashlane {
namespace {

/// Blocks read ahead of the slowest algorithm, so that it never waits for the device.
constexpr std::size_t kAhead = 64;
/// With fewer than these before the slowest algorithm, reading comes first.
constexpr std::uint64_t kLowWater = 8;
/// Others are called when there is this much to read: less is not worth waking them.
constexpr std::size_t kWorthReading = 16;
/// Enough to read one block while another is hashed.
constexpr std::size_t kSmallestWindow = 4;

std::uint64_t total_of(std::span<const std::span<const std::byte>> blocks) {
  std::uint64_t bytes = 0;
  for (const auto block : blocks) bytes += block.size();
  return bytes;
}

}  // namespace

LargeFile::LargeFile(Job& job, OpenFile file, Device* device, std::uint64_t most_bytes)
    : SharedFile(job, std::move(file), device),
      block_count_((file_.facts.size + kSegmentBytes - 1) / kSegmentBytes),
      readers_(device == nullptr ? std::numeric_limits<std::size_t>::max() : device->readers) {
  advise_sequential(file_.descriptor);
  if (!make_consumers(most_bytes)) fail({ErrorCode::kEnomem, {}});
}

bool LargeFile::make_consumers(std::uint64_t most_bytes) {
  window_ = std::max(static_cast<std::size_t>(most_bytes / kSegmentBytes), kSmallestWindow);
  const std::uint64_t for_pieces = (window_ - std::min(window_ / 2, kAhead)) * kSegmentBytes;
  std::size_t appetite = 0;
  const Division division = divide(job_.writer.layout());
  for (const PieceJoins& joins : division.pieces) {
    std::unique_ptr<OpenJoins> open = joins.open();
    if (!open) return false;
    consumers_.push_back(
        {.work = std::make_unique<PieceConsumer>(joins, std::move(open), file_.facts.size, for_pieces)});
    appetite = std::max(appetite, consumers_.back().work->appetite());
  }
  window_ = std::min(window_, appetite + kAhead);
  for (const PlacedAlgorithm& algorithm : division.others) {
    // The root of a tree of one segment is computed in another way.
    if (const SegmentKernel* const kernel = block_count_ > 1 ? segment_kernel(algorithm.id) : nullptr) {
      segments_.push_back({kernel, kernel->join(), algorithm});
      if (!segments_.back().join) return false;
      continue;
    }
    std::unique_ptr<Hasher> hasher = make_hasher(algorithm.id);
    if (!hasher) return false;
    hasher->identify(leaf_of(file_.name()), file_.facts.size);
    consumers_.push_back({.work = std::make_unique<SerialConsumer>(std::move(hasher), algorithm)});
  }
  return true;
}

void LargeFile::work(const Participant& who, std::unique_lock<std::mutex>& lock) {
  while (!interrupted(who) && !failed() && !done()) {
    Unit unit = choose(who);
    if (unit.kind == Unit::Kind::kNone) {
      if (!who.owner) return want_help(false, who.scheduler);
      // All that was read is hashed, and the job has read its share.
      if (participants() == 1 && job_.throttled()) return;
      // What comes next is in somebody else's hands.
      wait(who, lock);
      continue;
    }
    if (unit.kind == Unit::Kind::kRead) read(unit, who, lock);
    if (unit.kind == Unit::Kind::kConsume) consume(unit, who, lock);
    retire(who);
    if (first_ == block_count_) end();
    changed_.notify_all();
    want_help(!done() && has_work_for_others(), who.scheduler);
    if (!who.owner && who.scheduler.has_tasks_before(job_)) return;
  }
}

// Algorithms that are ahead of the oldest block skip what is read for them once more.
void LargeFile::rest() {
  if (!job_.cancelled() && !failed()) feed_the_hungry();
  blocks_.clear();
  ready_end_ = first_;
}

// Who waits for many blocks at once takes what there is: a file that is put back again and again before there are
// enough of them would never get on.
void LargeFile::feed_the_hungry() {
  for (Consumer& consumer : consumers_) {
    if (consumer.work->appetite() == 1) continue;
    const Unit unit = consumption(consumer, true);
    if (unit.kind == Unit::Kind::kNone) continue;
    const auto bytes = bytes_of(unit);
    consumer.work->take(bytes);
    consumer.work->count(total_of(bytes), job_.hashed);
    consumer.cursor += unit.blocks;
  }
}

// The slowest algorithm decides how long all takes: it never waits for a worker, nor for bytes. One
// worker alone lets every algorithm have a block while it is in the cache, and then reads the next.
LargeFile::Unit LargeFile::choose(const Participant& who) {
  Consumer* const longest = slowest();
  if (longest != nullptr && !longest->claimed) {
    if (Unit unit = consumption(*longest, false); unit.kind != Unit::Kind::kNone) return unit;
  }
  const std::uint64_t begun = first_ + blocks_.size();
  if (consumers_.empty() || (participants() > 1 && longest != nullptr && begun < longest->cursor + kLowWater)) {
    if (Unit unit = reading(who); unit.kind != Unit::Kind::kNone) return unit;
  }
  if (Unit unit = consumption_of_the_hindmost(false); unit.kind != Unit::Kind::kNone) return unit;
  if (Unit unit = reading(who); unit.kind != Unit::Kind::kNone) return unit;
  // Pieces that cannot wait for more of them: the file ends, or memory does.
  if (all_read() || (reading_ == 0 && claimed_ == 0)) return consumption_of_the_hindmost(true);
  return {};
}

LargeFile::Unit LargeFile::consumption(Consumer& consumer, bool whatever_there_is) noexcept {
  if (consumer.claimed || ready_end_ <= consumer.cursor) return {};
  const auto there = static_cast<std::size_t>(ready_end_ - consumer.cursor);
  const std::size_t appetite = consumer.work->appetite();
  if (there < appetite && !whatever_there_is) return {};
  return {.kind = Unit::Kind::kConsume, .consumer = &consumer, .blocks = std::min(there, appetite), .lease = {}};
}

LargeFile::Unit LargeFile::consumption_of_the_hindmost(bool whatever_there_is) noexcept {
  Unit best;
  for (Consumer& consumer : consumers_) {
    if (best.consumer != nullptr && best.consumer->cursor <= consumer.cursor) continue;
    if (Unit unit = consumption(consumer, whatever_there_is); unit.kind != Unit::Kind::kNone) best = std::move(unit);
  }
  return best;
}

LargeFile::Unit LargeFile::reading(const Participant& who) {
  if (!may_read()) return {};
  Unit unit{.kind = Unit::Kind::kRead, .consumer = nullptr, .blocks = 1, .lease = who.pools.try_lease(kSegmentBytes)};
  // Who has no block yet may wait for one: nobody waits for him meanwhile.
  if (!unit.lease && !(who.owner && blocks_.empty())) return {};
  return unit;
}

void LargeFile::read(Unit& unit, const Participant& who, std::unique_lock<std::mutex>& lock) {
  const std::uint64_t index = first_ + blocks_.size();
  const std::uint64_t begin = index * kSegmentBytes;
  Block& block = *blocks_.emplace_back(std::make_unique<Block>());
  block.lease = std::move(unit.lease);
  block.length = static_cast<std::size_t>(std::min<std::uint64_t>(kSegmentBytes, file_.facts.size - begin));
  block.results.resize(segments_.size());
  ++reading_;
  lock.unlock();
  job_.rate.used(block.length);
  Error error;
  if (!block.lease) {
    who.stats.state(ThreadState::kWaitingForMemory);
    block.lease = who.pools.lease(kSegmentBytes);
    if (!block.lease) error = {ErrorCode::kEnomem, {}};
  }
  who.stats.state(ThreadState::kReading);
  for (std::size_t got = 0; got < block.length && !error;) {
    std::size_t count = 0;
    const std::size_t wanted = whole_pages(block.length - got, job_.spec.medium);
    const auto into = block.lease.bytes().subspan(got).first(std::min(wanted, block.lease.bytes().size() - got));
    error = who.thread.watched([&] { return read_at(file_.descriptor, begin + got, into, count); });
    if (!error && count == 0) error = {ErrorCode::kShrank, {}};
    got += std::min(count, block.length - got);
  }
  if (!error) {
    who.stats.state(ThreadState::kHashing);
    const auto bytes = block.lease.bytes().first(block.length);
    for (std::size_t i = 0; i < segments_.size(); ++i) {
      segments_[i].kernel->hash(index, bytes, block.results[i]);
      job_.hashed.parts({&segments_[i].algorithm.id, 1}, block.length);
    }
    who.stats.add_own(thread_slot::kBytes, block.length);
    who.engine_stats.add(engine_slot::kBytesRead, block.length);
    if (device_ != nullptr) device_->answered(block.length);
  }
  lock.lock();
  --reading_;
  block.ready = !error;
  if (error) fail(std::move(error));
  while (ready_end_ < first_ + blocks_.size() && blocks_[static_cast<std::size_t>(ready_end_ - first_)]->ready) {
    ++ready_end_;
  }
}

std::vector<std::span<const std::byte>> LargeFile::bytes_of(const Unit& unit) const {
  std::vector<std::span<const std::byte>> bytes;
  for (std::size_t i = 0; i < unit.blocks; ++i) {
    const Block& block = *blocks_[static_cast<std::size_t>(unit.consumer->cursor - first_) + i];
    bytes.push_back(block.lease.bytes().first(block.length));
  }
  return bytes;
}

void LargeFile::consume(const Unit& unit, const Participant& who, std::unique_lock<std::mutex>& lock) {
  Consumer& consumer = *unit.consumer;
  const std::vector<std::span<const std::byte>> bytes = bytes_of(unit);
  consumer.claimed = true;
  ++claimed_;
  lock.unlock();
  who.stats.state(ThreadState::kHashing);
  const std::uint64_t began = now_ns();
  consumer.work->take(bytes);
  const std::uint64_t spent = now_ns() - began;
  consumer.work->count(total_of(bytes), job_.hashed);
  lock.lock();
  --claimed_;
  consumer.claimed = false;
  consumer.cursor += unit.blocks;
  consumer.spent_ns += spent;
}

void LargeFile::retire(const Participant& who) {
  const auto is_needed = [&](const Consumer& consumer) { return consumer.cursor <= first_; };
  while (!blocks_.empty() && blocks_.front()->ready && std::ranges::none_of(consumers_, is_needed)) {
    const Block& block = *blocks_.front();
    for (std::size_t i = 0; i < segments_.size(); ++i) segments_[i].join->add(block.results[i], block.length);
    job_.stats.add(job_slot::kBytesDone, block.length);
    blocks_.pop_front();
    ++first_;
  }
  who.stats.set(thread_slot::kEntryDone, std::min(first_ * kSegmentBytes, file_.facts.size));
}

bool LargeFile::may_read() const noexcept {
  return first_ + blocks_.size() < block_count_ && blocks_.size() < window_ && reading_ < readers_ && !job_.throttled();
}

LargeFile::Consumer* LargeFile::slowest() noexcept {
  Consumer* longest = nullptr;
  double most = -1;
  for (Consumer& consumer : consumers_) {
    if (consumer.work->appetite() > 1) continue;
    // Who has not begun is not known yet, and shall be.
    const double each = consumer.cursor == 0
                            ? std::numeric_limits<double>::max()
                            : static_cast<double>(consumer.spent_ns) / static_cast<double>(consumer.cursor);
    const double remaining = each * static_cast<double>(block_count_ - consumer.cursor);
    if (remaining > most) {
      most = remaining;
      longest = &consumer;
    }
  }
  return longest;
}

bool LargeFile::has_work_for_others() noexcept {
  if (consumption_of_the_hindmost(false).kind != Unit::Kind::kNone) return true;
  if (!may_read()) return false;
  const std::uint64_t unread = block_count_ - first_ - blocks_.size();
  return window_ - blocks_.size() >= std::min<std::uint64_t>(kWorthReading, unread);
}

bool LargeFile::write_digests(std::byte* digests) noexcept {
  for (const Segments& segments : segments_) segments.join->finish(digests + segments.algorithm.digest_offset);
  return std::ranges::all_of(consumers_, [&](const Consumer& consumer) { return consumer.work->finish(digests); });
}

}  // namespace hashlane
