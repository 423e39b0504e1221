#include "engine/jobs/feed.h"

#include <utility>

namespace hashlane {

namespace {

Feed::Operation cancelling() { return {.kind = Feed::Kind::kAbort, .block = {}, .reason = ErrorCode::kCancelled}; }

}  // namespace

bool Feed::give(Operation operation) {
  std::lock_guard lock(mutex_);
  if (busy_ || ended_) return false;
  busy_ = true;
  given_ = std::move(operation);
  return true;
}

std::optional<Feed::Operation> Feed::take() {
  std::lock_guard lock(mutex_);
  return std::exchange(given_, std::nullopt);
}

bool Feed::cancel() {
  std::lock_guard lock(mutex_);
  cancelled_ = true;
  if (busy_ || ended_) return false;
  busy_ = true;
  given_ = cancelling();
  return true;
}

bool Feed::done(bool ended) {
  std::lock_guard lock(mutex_);
  ended_ = ended;
  busy_ = cancelled_ && !ended;
  if (busy_) given_ = cancelling();
  return busy_;
}

}  // namespace hashlane
