#include "engine/batches/batch_writer.h"

#include <array>
#include <bit>
#include <cstring>

#include "engine/batches/ascii.h"
#include "engine/stats/this_thread.h"
#include "kernels/hasher.h"
#include "system/clock.h"

namespace hashlane {

static_assert(std::endian::native == std::endian::little, "batches are little endian and written as they lie");

DigestLayout::DigestLayout(std::uint64_t algorithm_mask) : mask_(algorithm_mask) {
  for (const AlgorithmInfo& algorithm : kAlgorithms) {
    if ((mask_ >> algorithm.id & 1) == 0) continue;
    stride_ += algorithm.digest_length;
    algorithms_.push_back(static_cast<AlgorithmId>(algorithm.id));
  }
  stride_ = (stride_ + 7u) & ~7u;
}

BatchWriter::BatchWriter(JobId job, DigestLayout layout, SlabPool& slabs, Delivery& delivery, StatsRegion engine_stats,
                         bool identities)
    : job_(job),
      layout_(std::move(layout)),
      slabs_(slabs),
      delivery_(delivery),
      stats_(engine_stats),
      identities_(identities) {}

bool BatchWriter::fits_locked(const ResultRecord& record) const noexcept {
  return sizeof(BatchHeader) + (hot_.size() + 1) * (sizeof(HotRecord) + layout_.stride()) + cold_.size() +
             record.prefix.size() + record.name.size() + kIdentityBytes + record.error.text.size() <=
         slabs_.slab_bytes();
}

void BatchWriter::append(const ResultRecord& record) {
  std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) {
    // Whoever holds the lock may be waiting for a slab.
    const ShownState shown(ThreadState::kWaiting);
    lock.lock();
  }
  if (!fits_locked(record)) seal_locked(slabs_.acquire());
  // All three sections get the record, or none of them does.
  const std::array sizes{hot_.size(), cold_.size(), digests_.size()};
  try {
    add_locked(record);
  } catch (...) {
    hot_.resize(sizes[0]);
    cold_.resize(sizes[1]);
    digests_.resize(sizes[2]);
    throw;
  }
}

void BatchWriter::add_locked(const ResultRecord& record) {
  if (hot_.empty()) opened_ns_.store(now_ns(), std::memory_order_relaxed);

  const std::size_t name_length = record.prefix.size() + record.name.size();
  HotRecord hot{};
  hot.entry_id = record.entry_id;
  hot.size = record.size;
  hot.modified_ns = record.modified_ns;
  hot.name_offset = static_cast<std::uint32_t>(cold_.size());
  hot.name_length = static_cast<std::uint32_t>(name_length);
  const std::size_t slash = record.name.rfind('/');
  hot.leaf_offset =
      static_cast<std::uint32_t>(record.prefix.size() + (slash == std::string_view::npos ? 0 : slash + 1));
  cold_.append(record.prefix).append(record.name);
  const bool identified = identities_ && record.status == Status::kOk && record.inode != 0;
  if (identified) {
    char identity[kIdentityBytes];
    std::memcpy(identity, &record.changed_ns, 8);
    std::memcpy(identity + 8, &record.inode, 8);
    cold_.append(identity, sizeof identity);
  }
  if (!record.error.text.empty()) {
    hot.error_text_offset = static_cast<std::uint32_t>(cold_.size());
    hot.error_text_length = static_cast<std::uint32_t>(record.error.text.size());
    cold_.append(record.error.text);
  }
  hot.digest_offset = static_cast<std::uint32_t>(digests_.size());
  hot.hash_time_ns = record.hash_time_ns;
  hot.status = static_cast<std::uint8_t>(record.status);
  hot.flags = record.flags;
  if (identified) hot.flags |= kFlagIdentity;
  if (is_ascii(record.prefix) && is_ascii(record.name)) hot.flags |= kFlagAsciiName;
  hot.root = record.root;
  hot.error_number = static_cast<std::uint32_t>(record.error.code);
  hot_.push_back(hot);
  open_records_.store(hot_.size(), std::memory_order_relaxed);
  digests_.resize(digests_.size() + layout_.stride());
  if (record.digests != nullptr && layout_.stride() > 0) {
    std::memcpy(digests_.data() + hot.digest_offset, record.digests, layout_.stride());
  }
}

void BatchWriter::seal_older_than(std::uint64_t before_ns) {
  const std::uint64_t opened = opened_ns();
  if (opened == 0 || opened >= before_ns) return;
  // Whoever holds the lock for long is sealing already.
  std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock || hot_.empty()) return;
  if (const auto slab = slabs_.try_acquire()) seal_locked(slab);
}

void BatchWriter::flush() {
  std::lock_guard lock(mutex_);
  if (!hot_.empty()) seal_locked(slabs_.acquire());
}

// The delivery happens under the lock, so that batches leave in the order of their sequence. No
// slab means that the engine is being torn down: nobody is left to read the records.
void BatchWriter::seal_locked(std::optional<std::uint32_t> slab) {
  if (slab) {
    BatchHeader header{};
    header.magic = kBatchMagic;
    header.version = static_cast<std::uint16_t>(kBatchLayoutVersion);
    header.header_length = sizeof(BatchHeader);
    header.job_id = job_;
    header.algorithms = layout_.mask();
    header.sequence = sequence_++;
    header.record_count = static_cast<std::uint32_t>(hot_.size());
    header.digest_stride = layout_.stride();
    header.hot_offset = sizeof(BatchHeader);
    header.hot_length = static_cast<std::uint32_t>(hot_.size() * sizeof(HotRecord));
    header.digest_offset = header.hot_offset + header.hot_length;
    header.digest_length = static_cast<std::uint32_t>(digests_.size());
    header.cold_offset = header.digest_offset + header.digest_length;
    header.cold_length = static_cast<std::uint32_t>(cold_.size());
    const std::uint32_t length = header.cold_offset + header.cold_length;

    const std::span<std::byte> bytes = slabs_.bytes(*slab).first(length);
    std::memcpy(bytes.data(), &header, sizeof header);
    std::memcpy(bytes.data() + header.hot_offset, hot_.data(), header.hot_length);
    std::memcpy(bytes.data() + header.digest_offset, digests_.data(), digests_.size());
    std::memcpy(bytes.data() + header.cold_offset, cold_.data(), cold_.size());
    const std::uint32_t checksum = crc32c(0, bytes);
    std::memcpy(bytes.data() + offsetof(BatchHeader, crc32c), &checksum, sizeof checksum);

    stats_.add(engine_slot::kBatchesSealed, 1);
    stats_.add(engine_slot::kBatchBytes, length);
    stats_.add(engine_slot::kRecordsDelivered, hot_.size());
    delivery_.batch(job_, *slab, length);
  }
  hot_.clear();
  digests_.clear();
  cold_.clear();
  open_records_.store(0, std::memory_order_relaxed);
  opened_ns_.store(0, std::memory_order_relaxed);
}

}  // namespace hashlane
