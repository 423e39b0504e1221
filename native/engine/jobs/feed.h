// A file whose bytes come from outside, such as an upload, in the same tasks and batches as files
// that the engine reads itself.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "engine/batches/delivery.h"
#include "engine/jobs/entry_hash.h"
#include "memory/buffer_pools.h"

namespace hashlane {

/// One operation at a time: the caller waits for Delivery::feed_answered() before the next. The
/// operation is handed over by give(); a worker takes it. Everything else is the worker's.
class Feed {
 public:
  enum class Kind : std::uint8_t { kWrite, kEnd, kAbort };
  struct Operation {
    Kind kind;
    /// For kWrite: the first `length` bytes of the block.
    Lease block;
    std::size_t length = 0;
    /// For kAbort.
    ErrorCode reason = ErrorCode::kNone;
  };

  Feed(FeedId feed_id, std::uint64_t entry, std::string feed_name, std::uint16_t feed_root,
       std::optional<std::uint64_t> feed_size)
      : id(feed_id), entry_id(entry), name(std::move(feed_name)), root(feed_root), expected_size(feed_size) {}

  const FeedId id;
  const std::uint64_t entry_id;
  const std::string name;
  const std::uint16_t root;
  /// Bytes that will come; nothing for a stream that does not tell.
  const std::optional<std::uint64_t> expected_size;

  /// False when the last operation is not done yet, or the feed has ended.
  [[nodiscard]] bool give(Operation operation);
  /// Aborts the feed as cancelled. True when a worker must be sent to take that; otherwise the one who has the last
  /// operation in hand does so, or the feed has ended.
  [[nodiscard]] bool cancel();
  [[nodiscard]] std::optional<Operation> take();
  /// The operation is done; `ended` lets no further one in. True when the feed was cancelled meanwhile: there is
  /// one more to take.
  bool done(bool ended);

  // The worker's own.
  EntryHash hash;
  bool begun = false;
  /// Why there will be no digest, whatever comes.
  ErrorCode unusable = ErrorCode::kNone;
  std::uint64_t size = 0;
  std::uint64_t spent_ns = 0;

 private:
  std::mutex mutex_;
  bool busy_ = false;
  bool ended_ = false;
  bool cancelled_ = false;
  std::optional<Operation> given_;
};

}  // namespace hashlane
