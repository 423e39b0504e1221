#include "kernels/speed.h"

#include <time.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "kernels/hasher.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {
namespace {

using std::chrono::nanoseconds;
using Bytes = std::vector<std::byte>;

constexpr nanoseconds kLongestSpan = std::chrono::milliseconds(10);
constexpr int kSpansInTime = 16;
constexpr std::size_t kLongestDigest = 64;

/// Of this thread where the system counts that finely: then it does not matter who else wants the
/// processor.
nanoseconds time_taken() {
#ifdef CLOCK_THREAD_CPUTIME_ID
  timespec now{};
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) == 0) {
    return std::chrono::seconds(now.tv_sec) + nanoseconds(now.tv_nsec);
  }
#endif
  return std::chrono::steady_clock::now().time_since_epoch();
}

Bytes make_message(std::size_t stream) {
  Bytes message(kSpeedMessageBytes);
  for (std::size_t i = 0; i < message.size(); ++i) message[i] = static_cast<std::byte>((i * 31 + stream * 7) % 251);
  return message;
}

/// One kernel under the clock. `hash` takes in `bytes` bytes, and is false when the kernel failed.
class Meter {
 public:
  Meter(std::size_t bytes, nanoseconds time, std::function<bool()> hash)
      : bytes_(bytes), left_(time), span_(std::min(time / kSpansInTime, kLongestSpan)), hash_(std::move(hash)) {}

  bool done() const { return left_ <= nanoseconds::zero(); }

  /// Until a span is long enough for the clock, each takes twice as many repetitions as the one before.
  void measure_span() {
    const nanoseconds start = time_taken();
    for (std::size_t i = 0; i < repetitions_; ++i) {
      if (!hash_()) return give_up();
    }
    const nanoseconds took = std::max(time_taken() - start, nanoseconds(1));
    left_ -= took;
    if (!settled_) rates_.clear();
    rates_.push_back(static_cast<double>(bytes_ * repetitions_) / std::chrono::duration<double>(took).count());
    if (!settled_ && took < span_)
      repetitions_ *= 2;
    else
      settled_ = true;
  }

  /// The median, in bytes a second.
  double rate() const {
    if (rates_.empty()) return 0;
    std::vector<double> sorted = rates_;
    std::ranges::sort(sorted);
    return sorted[sorted.size() / 2];
  }

 private:
  void give_up() {
    rates_.clear();
    left_ = nanoseconds::zero();
  }

  std::size_t bytes_;
  nanoseconds left_;
  nanoseconds span_;
  std::function<bool()> hash_;
  std::size_t repetitions_ = 1;
  bool settled_ = false;
  std::vector<double> rates_;
};

/// As many streams as the kernel has lanes.
class LaneBatch {
 public:
  explicit LaneBatch(const LaneKernel& kernel)
      : kernel_(kernel), states_(kernel.lanes()), digests_(kernel.lanes() * kLongestDigest) {
    for (std::size_t stream = 0; stream < states_.size(); ++stream) {
      messages_.push_back(make_message(stream));
      pieces_.push_back({&states_[stream], messages_.back()});
      state_pointers_.push_back(&states_[stream]);
      digest_pointers_.push_back(digests_.data() + stream * kLongestDigest);
    }
  }

  std::size_t bytes() const { return states_.size() * kSpeedMessageBytes; }

  void hash() {
    for (LaneState& state : states_) kernel_.reset(state, kSpeedMessageBytes);
    kernel_.update(pieces_);
    kernel_.finish(state_pointers_, digest_pointers_);
  }

 private:
  const LaneKernel& kernel_;
  std::vector<LaneState> states_;
  std::vector<Bytes> messages_;
  Bytes digests_;
  std::vector<LanePiece> pieces_;
  std::vector<LaneState*> state_pointers_;
  std::vector<std::byte*> digest_pointers_;
};

}  // namespace

KernelSpeed measure_speed(AlgorithmId algorithm, nanoseconds time, const std::function<bool()>& stopped) {
  const auto hasher = make_hasher(algorithm);
  const Bytes message = make_message(0);
  std::byte digest[kLongestDigest];
  Meter single(message.size(), hasher ? time : nanoseconds::zero(), [&] {
    hasher->reset();
    hasher->identify({}, message.size());
    hasher->update(message);
    return hasher->finish(digest);
  });

  const LaneKernel* const kernel = lane_kernel(algorithm);
  std::optional<LaneBatch> batch;
  if (kernel != nullptr) batch.emplace(*kernel);
  Meter lanes(batch ? batch->bytes() : 0, batch ? time : nanoseconds::zero(), [&] {
    batch->hash();
    return true;
  });

  while (!(single.done() && lanes.done()) && !stopped()) {
    if (!single.done()) single.measure_span();
    if (!lanes.done()) lanes.measure_span();
  }
  return {single.rate(), lanes.rate()};
}

}  // namespace hashlane
