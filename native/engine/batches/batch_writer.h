// Collects a job's records and seals them into result batches (layout: shared/batch/layout.ts).
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"
#include "engine/batches/delivery.h"
#include "engine/batches/slab_pool.h"
#include "io/system_errors.h"

namespace hashlane {

/// Everything that is known of one entry once it is done with.
struct ResultRecord {
  std::uint64_t entry_id = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  /// The name is `prefix` followed by `name`.
  std::string_view prefix{};
  std::string_view name{};
  /// digest_stride bytes, or null when there are none.
  const std::byte* digests = nullptr;
  std::uint64_t hash_time_ns = 0;
  Status status = Status::kOk;
  Error error{};
  std::uint8_t flags = 0;
  std::uint16_t root = 0;
  /// What else tells the file from another; see kFlagIdentity. 0 where that cannot be relied on.
  std::int64_t changed_ns = 0;
  std::uint64_t inode = 0;
};

/// Where each algorithm's digest lies in a record.
class DigestLayout {
 public:
  explicit DigestLayout(std::uint64_t algorithm_mask);
  [[nodiscard]] std::uint64_t mask() const noexcept { return mask_; }
  /// Bytes per record: the sum of the digests, rounded up to 8.
  [[nodiscard]] std::uint32_t stride() const noexcept { return stride_; }
  /// In ascending id.
  [[nodiscard]] const std::vector<AlgorithmId>& algorithms() const noexcept { return algorithms_; }

 private:
  std::uint64_t mask_;
  std::uint32_t stride_ = 0;
  std::vector<AlgorithmId> algorithms_;
};

/// Longest name that a record may have, bytes; a slab always holds several.
inline constexpr std::size_t kMaxNameBytes = engine_limit::kNameBytes;

/// Thread-safe; append() waits when the receiver holds all slabs.
class BatchWriter {
 public:
  /// `identities`: records tell which file they are of, beyond its name.
  BatchWriter(JobId job, DigestLayout layout, SlabPool& slabs, Delivery& delivery, StatsRegion engine_stats,
              bool identities = false);

  void append(const ResultRecord& record);
  /// Seals what is open if its first record came before `before_ns` and that needs no waiting.
  void seal_older_than(std::uint64_t before_ns);
  void flush();

  /// Records that are not sealed, and when the first of them came; 0 when there is none. Without the lock.
  [[nodiscard]] std::uint64_t open_records() const noexcept { return open_records_.load(std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t opened_ns() const noexcept { return opened_ns_.load(std::memory_order_relaxed); }

  [[nodiscard]] const DigestLayout& layout() const noexcept { return layout_; }

 private:
  [[nodiscard]] bool fits_locked(const ResultRecord& record) const noexcept;
  void add_locked(const ResultRecord& record);
  void seal_locked(std::optional<std::uint32_t> slab);

  const JobId job_;
  const DigestLayout layout_;
  SlabPool& slabs_;
  Delivery& delivery_;
  const StatsRegion stats_;
  const bool identities_;

  std::mutex mutex_;
  std::vector<HotRecord> hot_;
  std::vector<std::byte> digests_;
  std::string cold_;
  std::uint32_t sequence_ = 0;
  // Written with the lock held, read without it by the housekeeper.
  std::atomic<std::uint64_t> open_records_ = 0;
  std::atomic<std::uint64_t> opened_ns_ = 0;
};

}  // namespace hashlane
