// A large file in blocks: read once, in order, a little ahead; every algorithm goes through the blocks
// at its own pace. What can be computed for each block by itself is computed by whoever read it, while
// it is in the cache; a serial algorithm is in the hands of one worker at a time, and the slowest
// never waits, so that the whole takes as long as it does.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "engine/large/block_consumer.h"
#include "engine/large/shared_file.h"
#include "kernels/split/segments.h"

namespace hashlane {

class LargeFile final : public SharedFile {
 public:
  /// `most_bytes`: what its blocks may take.
  LargeFile(Job& job, OpenFile file, Device* device, std::uint64_t most_bytes);

 private:
  struct Block {
    Lease lease;
    std::size_t length = 0;
    /// Read, and gone through the segment kernels.
    bool ready = false;
    std::vector<SegmentResult> results;
  };
  struct Consumer {
    std::unique_ptr<BlockConsumer> work;
    bool claimed = false;
    /// Blocks it has done with.
    std::uint64_t cursor = 0;
    std::uint64_t spent_ns = 0;
  };
  struct Segments {
    const SegmentKernel* kernel;
    std::unique_ptr<SegmentJoin> join;
    PlacedAlgorithm algorithm;
  };
  /// One step of one worker.
  struct Unit {
    enum class Kind : std::uint8_t { kNone, kRead, kConsume } kind = Kind::kNone;
    Consumer* consumer = nullptr;
    std::size_t blocks = 0;
    Lease lease;
  };

  [[nodiscard]] bool make_consumers(std::uint64_t most_bytes);
  [[nodiscard]] std::size_t way() const noexcept override { return engine_slot::kFilesInBlocks; }

  void work(const Participant& who, std::unique_lock<std::mutex>& lock) override;
  void rest() override;
  bool write_digests(std::byte* digests) noexcept override;

  // All of these with the lock held; read() and consume() let go of it while they work.
  [[nodiscard]] Unit choose(const Participant& who);
  [[nodiscard]] Unit consumption(Consumer& consumer, bool whatever_there_is) noexcept;
  [[nodiscard]] Unit consumption_of_the_hindmost(bool whatever_there_is) noexcept;
  [[nodiscard]] Unit reading(const Participant& who);
  void read(Unit& unit, const Participant& who, std::unique_lock<std::mutex>& lock);
  void consume(const Unit& unit, const Participant& who, std::unique_lock<std::mutex>& lock);
  void feed_the_hungry();
  [[nodiscard]] std::vector<std::span<const std::byte>> bytes_of(const Unit& unit) const;
  void retire(const Participant& who);
  [[nodiscard]] bool may_read() const noexcept;
  [[nodiscard]] bool all_read() const noexcept { return first_ + blocks_.size() == block_count_ && reading_ == 0; }
  /// The serial algorithm that will take longest; null when there is none.
  [[nodiscard]] Consumer* slowest() noexcept;
  [[nodiscard]] bool has_work_for_others() noexcept;

  const std::uint64_t block_count_;
  const std::size_t readers_;
  std::size_t window_ = 0;
  std::vector<Consumer> consumers_;
  std::vector<Segments> segments_;
  /// Blocks first_, first_ + 1, … that were begun and that somebody still needs.
  std::deque<std::unique_ptr<Block>> blocks_;
  std::uint64_t first_ = 0;
  /// The first block that is not ready.
  std::uint64_t ready_end_ = 0;
  std::size_t reading_ = 0;
  std::size_t claimed_ = 0;
};

}  // namespace hashlane
