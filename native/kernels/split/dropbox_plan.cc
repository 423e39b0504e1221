// Dropbox's content hash: the SHA-256 of the SHA-256s of blocks of 4 MiB, even of one block alone.
#include <new>

#include "kernels/lanes/one_lane.h"
#include "kernels/split/piece_plans.h"

namespace hashlane {
namespace {

constexpr std::uint64_t kBlockBytes = 4u << 20;

class DropboxJoin final : public PieceJoin {
 public:
  void reset() noexcept override { list_.reset(); }
  void add(std::span<const std::byte> digest, std::uint64_t) noexcept override { list_.update(digest); }
  bool finish(std::byte* digest) noexcept override {
    list_.finish(digest);
    return true;
  }
  bool save(StateWriter& to) const noexcept override {
    list_.save(to);
    return true;
  }
  bool restore(StateReader& from) noexcept override { return list_.restore(from); }

 private:
  OneLane list_{AlgorithmId::kSha256};
};

class DropboxPlan final : public PiecePlan {
 public:
  AlgorithmId inner() const noexcept override { return AlgorithmId::kSha256; }

  std::uint64_t piece_end(std::uint64_t offset, std::uint64_t) const noexcept override {
    return offset - offset % kBlockBytes + kBlockBytes;
  }

  std::unique_ptr<PieceJoin> join() const noexcept override {
    return std::unique_ptr<PieceJoin>(new (std::nothrow) DropboxJoin);
  }
};

}  // namespace

const PiecePlan& dropbox_plan() noexcept {
  static const DropboxPlan plan;
  return plan;
}

}  // namespace hashlane
