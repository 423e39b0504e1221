#include "engine/jobs/feed.h"

#include <utility>

namespace hashlane {

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

void Feed::done(bool ended) {
  std::lock_guard lock(mutex_);
  busy_ = false;
  ended_ = ended;
}

}  // namespace hashlane
