#include "kernels/lanes/resumable_hasher.h"

#include <algorithm>
#include <new>
#include <utility>

#include "kernels/kernel.h"
#include "kernels/lanes/one_lane.h"
#include "kernels/split/pieces.h"
#include "kernels/tiger/tiger_stream.h"

namespace hashlane {
namespace {

/// One lane by the kernel that is the fastest for one on this machine.
class OneLaneHasher final : public Hasher {
 public:
  OneLaneHasher(AlgorithmId algorithm, const LaneKernel& kernel) noexcept : lane_(algorithm, kernel) {}

  void reset() noexcept override { lane_.reset(); }
  void update(std::span<const std::byte> bytes) noexcept override { lane_.update(bytes); }
  bool finish(std::byte* digest) noexcept override {
    lane_.finish(digest);
    return true;
  }
  bool save(StateWriter& to) const noexcept override {
    lane_.save(to);
    return true;
  }
  bool restore(StateReader& from) noexcept override { return lane_.restore(from); }

 private:
  OneLane lane_;
};

class TigerHasher final : public Hasher {
 public:
  void reset() noexcept override { stream_.reset(); }
  void update(std::span<const std::byte> bytes) noexcept override { stream_.update(bytes); }
  bool finish(std::byte* digest) noexcept override {
    const TigerDigest made = stream_.finish();
    std::ranges::copy(made, digest);
    return true;
  }
  bool save(StateWriter& to) const noexcept override {
    stream_.save(to);
    return true;
  }
  bool restore(StateReader& from) noexcept override { return stream_.restore(from); }

 private:
  TigerStream stream_;
};

bool saves(const Hasher& hasher) noexcept {
  StateWriter nowhere;
  return hasher.save(nowhere);
}

std::unique_ptr<Hasher> one_lane(AlgorithmId algorithm) noexcept {
  const LaneKernel* kernel = nullptr;
  try {
    kernel = lane_kernel(algorithm);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
  if (kernel == nullptr) kernel = one_portable_lane(algorithm);
  if (kernel == nullptr) return nullptr;
  return std::unique_ptr<Hasher>(new (std::nothrow) OneLaneHasher(algorithm, *kernel));
}

std::unique_ptr<Hasher> in_its_place(AlgorithmId algorithm) noexcept {
  switch (algorithm) {
    case AlgorithmId::kTiger:
      return std::unique_ptr<Hasher>(new (std::nothrow) TigerHasher);
    case AlgorithmId::kBtih:
      return make_btih_hasher(one_lane(AlgorithmId::kSha1), one_lane(AlgorithmId::kSha1));
    case AlgorithmId::kGitBlob:
      return make_git_blob_hasher(one_lane(AlgorithmId::kSha1));
    case AlgorithmId::kGitBlobSha256:
      return make_git_blob_hasher(one_lane(AlgorithmId::kSha256));
    default:
      break;
  }
  const PiecePlan* const plan = piece_plan(algorithm);
  return plan != nullptr ? make_piece_hasher(*plan, one_lane(plan->inner())) : one_lane(algorithm);
}

}  // namespace

bool is_resumable(AlgorithmId algorithm) noexcept { return make_resumable_hasher(algorithm) != nullptr; }

std::unique_ptr<Hasher> make_resumable_hasher(AlgorithmId algorithm) noexcept {
  try {
    std::unique_ptr<Hasher> usual = make_hasher(algorithm);
    if (!usual || saves(*usual)) return usual;
    return in_its_place(algorithm);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

}  // namespace hashlane
