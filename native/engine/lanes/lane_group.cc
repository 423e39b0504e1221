#include "engine/lanes/lane_group.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "kernels/hasher.h"
#include "system/clock.h"

namespace hashlane {
namespace {

/// Pieces begin on cache lines of their own.
constexpr std::size_t kAlignment = 64;

/// Longest piece of one stream in a round: with few streams more would only leave the cache.
constexpr std::size_t kLongestPiece = 256u << 10;

/// How far ahead the system is asked to fetch what is not in memory.
constexpr std::uint64_t kFetchBytes = 1u << 20;

/// Files between two questions to a file system that cannot tell what is in memory.
constexpr std::size_t kUnasked = 255;

}  // namespace

LaneGroup::LaneGroup(const DigestLayout& layout)
    : layout_(layout), mask_(layout.mask()), columns_(digest_columns(layout)), slots_(kMaxStreams) {
  in_lanes_ = std::ranges::any_of(columns_, [](const auto& column) { return column->in_lanes(); });
  covers_size_ = std::ranges::any_of(layout.algorithms(), covers_size);
  // The padding of the stride is never written by a column and stays zero.
  digests_.assign(kMaxStreams * layout.stride(), std::byte{0});
  active_.reserve(kMaxStreams);
  for (std::size_t slot = kMaxStreams; slot-- > 0;) free_.push_back(slot);
}

std::uint64_t LaneGroup::remaining() const noexcept {
  std::uint64_t bytes = 0;
  for (const std::size_t slot : active_) {
    const LaneStream& stream = slots_[slot].stream;
    const std::uint64_t end = stream.part_of == nullptr ? stream.file.facts.size : stream.end;
    bytes += end > stream.offset ? end - stream.offset : 0;
  }
  return bytes;
}

const LaneStream* LaneGroup::oldest() const noexcept {
  return active_.empty() ? nullptr : &slots_[active_.front()].stream;
}

bool LaneGroup::add(LaneStream& stream) {
  const std::size_t slot = free_.back();
  const bool begun = std::ranges::all_of(columns_, [&](const auto& column) {
    return stream.part_of != nullptr ? column->begin(slot, {}, 0)
                                     : column->begin(slot, leaf_of(stream.file.name()), stream.file.size());
  });
  if (!begun) return false;
  free_.pop_back();
  active_.push_back(slot);
  slots_[slot] = {};
  slots_[slot].stream = std::move(stream);
  return true;
}

void LaneGroup::step(std::span<std::byte> arena, WatchedThread& thread, Round& round) {
  round.finished.clear();
  round.bytes = 0;
  round.hashed = 0;
  round.warm = 0;
  round.cold = 0;
  round.capacities.assign(columns_.size(), 0);
  if (active_.empty()) return;
  const std::uint64_t began = now_ns();
  thread.stats().state(ThreadState::kReading);
  read_all(arena, thread, round);
  look_at_ended(thread, round);
  calling_ = kMaxStreams;
  thread.stats().state(ThreadState::kHashing);
  hash_all(round);
  // Each stream's time is its part of the round's bytes; who had none had at least the asking.
  const std::uint64_t spent = now_ns() - began;
  const std::uint64_t parts = round.bytes + active_.size() + round.finished.size();
  const auto part_of_round = [&](std::uint64_t got) { return spent * (got + 1) / parts; };
  for (const std::size_t slot : active_) {
    slots_[slot].stream.file.spent_ns += part_of_round(std::exchange(slots_[slot].got, 0));
  }
  for (Finished& finished : round.finished) {
    finished.record.hash_time_ns = finished.stream.file.spent_ns + part_of_round(finished.record.hash_time_ns);
  }
}

// A call that hangs may leave nothing here but its own file: see others().
void LaneGroup::read_all(std::span<std::byte> arena, WatchedThread& thread, Round& round) {
  // The same for all, though short files leave room: pieces of like length fill the lanes best.
  const std::size_t alignment = slots_[active_.front()].stream.medium ? kPageBytes : kAlignment;
  const std::size_t share = std::min(arena.size() / active_.size() / alignment * alignment, kLongestPiece);
  std::size_t used = 0;
  std::array<std::size_t, kMaxStreams> waiting;
  std::size_t waiting_count = 0;
  const std::size_t count = active_.size();
  for (std::size_t index = 0; index < active_.size(); ++index) {
    const std::size_t number = active_[index];
    Slot& slot = slots_[number];
    const LaneStream& stream = slot.stream;
    std::uint64_t wanted = share;
    if (stream.part_of != nullptr) {
      wanted = std::min<std::uint64_t>(share, stream.end - stream.offset);
    } else if (stream.file.facts.size > stream.offset) {
      // One byte more than there should be, so that a file that has grown shows it.
      wanted = std::min<std::uint64_t>(share, stream.file.facts.size - stream.offset + 1);
    }
    slot.into = arena.subspan(used, whole_pages(static_cast<std::size_t>(wanted), stream.medium));
    used += (slot.into.size() + alignment - 1) / alignment * alignment;
    calling_ = number;
    if (!read_without_waiting(slot, thread)) waiting[waiting_count++] = number;
  }
  // By now the system fetches all of what was not in memory; the first has had most time.
  round.warm = count - waiting_count;
  for (const std::size_t number : std::span(waiting).first(waiting_count)) {
    if (active_.size() != count) return;
    if (!slots_[number].must_wait) ++round.cold;
    calling_ = number;
    read_waiting(slots_[number], thread);
  }
}

bool LaneGroup::read_without_waiting(Slot& slot, WatchedThread& thread) {
  const LaneStream& stream = slot.stream;
  // A file that says it is empty may be one of /proc: those only know plain reads.
  if (stream.part_of == nullptr && stream.file.facts.size == 0) slot.must_wait = true;
  if (stream.medium) slot.must_wait = true;
  if (unasked_ > 0 && stream.offset == 0) {
    --unasked_;
    slot.must_wait = true;
  }
  if (slot.must_wait) return false;
  std::size_t count = 0;
  switch (thread.watched([&] { return read_cached_at(stream.descriptor(), stream.offset, slot.into, count); })) {
    case CachedRead::kRead:
      took(slot, count);
      return true;
    case CachedRead::kWouldWait:
      advise_will_need(stream.descriptor(), stream.offset, kFetchBytes);
      return false;
    case CachedRead::kUnknown:
      slot.must_wait = true;
      // At the end of a file nothing can be told; at its beginning, nothing of its neighbours either.
      if (stream.offset == 0) unasked_ = kUnasked;
      return false;
  }
  return false;
}

void LaneGroup::read_waiting(Slot& slot, WatchedThread& thread) {
  std::size_t count = 0;
  const LaneStream& stream = slot.stream;
  slot.error = thread.watched([&] { return read_at(stream.descriptor(), stream.offset, slot.into, count); });
  if (!slot.error) took(slot, count);
}

void LaneGroup::took(Slot& slot, std::size_t count) {
  LaneStream& stream = slot.stream;
  // Whole pages may hold what comes after a part.
  if (stream.part_of != nullptr)
    count = static_cast<std::size_t>(std::min<std::uint64_t>(count, stream.end - stream.offset));
  slot.got = count;
  stream.offset += count;
  if (stream.part_of != nullptr) {
    slot.ended = stream.offset == stream.end;
    // The file has become shorter; whoever has it whole will see that too.
    if (count == 0) slot.error = {ErrorCode::kShrank, {}};
  } else {
    // Most files need no read that finds nothing: the last look tells whether that was all.
    const std::uint64_t size = stream.file.facts.size;
    slot.ended = count == 0 || (size > 0 && stream.offset >= size);
  }
}

void LaneGroup::look_at_ended(WatchedThread& thread, Round& round) {
  const std::size_t count = active_.size();
  for (std::size_t index = 0; index < active_.size(); ++index) {
    const std::size_t number = active_[index];
    const Slot& slot = slots_[number];
    if (!slot.error && !slot.ended) continue;
    if (slot.error || slot.stream.part_of != nullptr) {
      round.finished.emplace_back();
      continue;
    }
    calling_ = number;
    ResultRecord record = thread.watched([&] { return ending(slot.stream.file, slot.stream.offset); });
    // Those that ended as well went elsewhere.
    if (active_.size() != count) round.finished.clear();
    round.finished.emplace_back().record = std::move(record);
  }
}

void LaneGroup::hash_all(Round& round) {
  std::array<StreamPiece, kMaxStreams> pieces;
  std::size_t piece_count = 0;
  std::array<std::size_t, kMaxStreams> sound;
  std::size_t sound_count = 0;
  std::size_t kept = 0;
  std::array<std::size_t, kMaxStreams> gone;
  std::size_t gone_count = 0;
  for (const std::size_t number : active_) {
    Slot& slot = slots_[number];
    round.bytes += slot.got;
    if (!slot.error && !slot.ended) {
      if (slot.got > 0) pieces[piece_count++] = {number, slot.into.first(slot.got)};
      active_[kept++] = number;
      continue;
    }
    Finished& finished = round.finished[gone_count];
    gone[gone_count++] = number;
    if (slot.error) {
      finished.record = slot.stream.part_of == nullptr
                            ? ending(slot.stream.file, std::move(slot.error))
                            : ResultRecord{.status = Status::kUnreadable, .error = std::move(slot.error)};
    } else if (finished.record.status == Status::kOk) {
      if (slot.got > 0) pieces[piece_count++] = {number, slot.into.first(slot.got)};
      const bool measured = slot.stream.part_of != nullptr || slot.stream.offset == slot.stream.file.size();
      if (measured || !covers_size_) {
        finished.record.digests = digests_.data() + number * layout_.stride();
        sound[sound_count++] = number;
      }
    }
    // Carries the bytes of the round until step() knows what they cost.
    finished.record.hash_time_ns = slot.got;
    finished.stream = std::move(slot.stream);
  }
  active_.resize(kept);

  const auto all_pieces = std::span(pieces).first(piece_count);
  // The longest first: then few lanes are left with nothing to do at the end.
  std::ranges::sort(all_pieces, std::greater{}, [](const StreamPiece& piece) { return piece.bytes.size(); });
  const auto all_sound = std::span(sound).first(sound_count);
  bool computed = true;
  for (const StreamPiece& piece : all_pieces) round.hashed += piece.bytes.size();
  for (std::size_t index = 0; index < columns_.size(); ++index) {
    DigestColumn& column = *columns_[index];
    if (!all_pieces.empty()) round.capacities[index] = column.update(all_pieces);
    if (!all_sound.empty()) computed = column.finish(all_sound, digests_.data(), layout_.stride()) && computed;
  }
  if (!computed) {
    for (Finished& finished : round.finished) {
      if (finished.record.digests != nullptr) lose_digests(finished.record);
    }
  }
  free_.insert(free_.end(), gone.begin(), gone.begin() + static_cast<std::ptrdiff_t>(gone_count));
}

void LaneGroup::count(const Round& round, const HashStats& hashed) const noexcept {
  for (std::size_t index = 0; index < columns_.size(); ++index) {
    const DigestColumn& column = *columns_[index];
    if (column.in_lanes()) {
      hashed.lanes(column.algorithms(), round.hashed, round.capacities[index]);
    } else {
      hashed.stream(column.algorithms(), round.hashed);
    }
  }
}

template <class Leaves>
std::unique_ptr<LaneGroup> LaneGroup::part(Leaves leaves) {
  auto other = std::make_unique<LaneGroup>(layout_);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < active_.size(); ++i) {
    const std::size_t slot = active_[i];
    if (!leaves(i)) {
      active_[kept++] = slot;
      continue;
    }
    const std::size_t to = other->free_.back();
    other->free_.pop_back();
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      columns_[column]->move(slot, *other->columns_[column], to);
    }
    other->slots_[to] = std::move(slots_[slot]);
    other->active_.push_back(to);
    free_.push_back(slot);
  }
  active_.resize(kept);
  return other;
}

std::unique_ptr<LaneGroup> LaneGroup::split() {
  return part([](std::size_t index) { return index % 2 != 0; });
}

std::unique_ptr<LaneGroup> LaneGroup::others() {
  auto other = part([&](std::size_t index) { return active_[index] != calling_; });
  if (other->active_.empty()) return nullptr;
  for (const std::size_t number : other->active_) {
    Slot& slot = other->slots_[number];
    slot.stream.offset -= std::exchange(slot.got, 0);
    slot.error = {};
    slot.ended = false;
  }
  return other;
}

std::vector<LaneStream> LaneGroup::drop() {
  std::vector<LaneStream> streams;
  for (const std::size_t slot : active_) {
    streams.push_back(std::move(slots_[slot].stream));
    free_.push_back(slot);
  }
  active_.clear();
  return streams;
}

}  // namespace hashlane
