// Files side by side: each round reads the next bytes of every one of them into one arena and hashes
// them in lanes. A file that ends leaves its lane to the next.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/files/open_file.h"
#include "engine/lanes/digest_column.h"
#include "engine/stalls/watched_thread.h"
#include "engine/stats/hash_stats.h"

namespace hashlane {

/// A file, or a part of one, on its way through a lane.
struct LaneStream {
  /// The file; for a part of one only `part_of` has a descriptor.
  OpenFile file;
  const Descriptor* part_of = nullptr;
  /// The caller's number for the part.
  std::uint64_t part = 0;
  std::uint64_t offset = 0;
  /// Where the part ends; not used for whole files.
  std::uint64_t end = 0;
  /// Read from the medium: in whole pages.
  bool medium = false;

  [[nodiscard]] const Descriptor& descriptor() const { return part_of == nullptr ? file.descriptor : *part_of; }
};

/// Used by one thread at a time; moves between threads with its files. Keeps its memory.
class LaneGroup {
 public:
  explicit LaneGroup(const DigestLayout& layout);

  [[nodiscard]] std::uint64_t mask() const noexcept { return mask_; }
  /// Whether any algorithm gains from several streams at once.
  [[nodiscard]] bool in_lanes() const noexcept { return in_lanes_; }
  [[nodiscard]] std::size_t count() const noexcept { return active_.size(); }
  /// Bytes still to be read, as far as sizes are known.
  [[nodiscard]] std::uint64_t remaining() const noexcept;
  /// The file in hand that has gone through most rounds; null when there is none.
  [[nodiscard]] const LaneStream* oldest() const noexcept;

  /// While a call of step() hangs, for another thread: the file that it is for.
  [[nodiscard]] const LaneStream& called() const noexcept { return slots_[calling_].stream; }

  /// At most kMaxStreams in all. False, and `stream` is untouched, when memory is short.
  [[nodiscard]] bool add(LaneStream& stream);

  struct Finished {
    LaneStream stream;
    /// How the file ended; with digests, valid until the next step(), when all is well. For a part:
    /// digests, or an error.
    ResultRecord record;
  };
  struct Round {
    std::vector<Finished> finished;
    /// Read, and of these hashed: what turns out to have changed is not.
    std::uint64_t bytes = 0;
    std::uint64_t hashed = 0;
    /// What each column's lanes could have taken.
    std::vector<std::uint64_t> capacities;
    /// Files whose next bytes were in memory, and whose were not.
    std::size_t warm = 0;
    std::size_t cold = 0;
  };
  /// Reads and hashes once; `round` is overwritten. Descriptors of finished files are left open: closing one
  /// may wait as well.
  void step(std::span<std::byte> arena, WatchedThread& thread, Round& round);

  /// Counts what the round hashed.
  void count(const Round& round, const HashStats& hashed) const noexcept;

  /// Every second file to a group of their own, for another thread.
  [[nodiscard]] std::unique_ptr<LaneGroup> split();
  /// While a call of step() hangs, for another thread: all files but the one that it is for, as they were
  /// before the round. Null when there are none. The arena must stay: the system may still write into it.
  [[nodiscard]] std::unique_ptr<LaneGroup> others();
  /// Takes all files out, unfinished.
  [[nodiscard]] std::vector<LaneStream> drop();

 private:
  struct Slot {
    LaneStream stream;
    /// What this round brought; 0 between rounds.
    std::size_t got = 0;
    std::span<std::byte> into;
    Error error;
    bool ended = false;
    /// Reads that do not wait are of no use here.
    bool must_wait = false;
  };

  void read_all(std::span<std::byte> arena, WatchedThread& thread, Round& round);
  [[nodiscard]] bool read_without_waiting(Slot& slot, WatchedThread& thread);
  void read_waiting(Slot& slot, WatchedThread& thread);
  void took(Slot& slot, std::size_t count);
  /// Looks once more at the files that ended.
  void look_at_ended(WatchedThread& thread, Round& round);
  void hash_all(Round& round);
  /// Moves the streams that `leaves` names to a group of their own.
  template <class Leaves>
  [[nodiscard]] std::unique_ptr<LaneGroup> part(Leaves leaves);
  void release(std::size_t slot);

  const DigestLayout layout_;
  const std::uint64_t mask_;
  std::vector<std::unique_ptr<DigestColumn>> columns_;
  bool in_lanes_ = false;
  /// Digests that cover the size cannot be finished for a file that gave another than it said.
  bool covers_size_ = false;
  std::vector<Slot> slots_;
  /// Slot numbers; the oldest stream first.
  std::vector<std::size_t> active_;
  std::vector<std::size_t> free_;
  std::vector<std::byte> digests_;
  /// Files for which nobody asks whether they are in memory: the last ones' file system could not tell.
  std::size_t unasked_ = 0;
  /// Whose call is under way; kMaxStreams for nobody's.
  std::size_t calling_ = kMaxStreams;
};

}  // namespace hashlane
