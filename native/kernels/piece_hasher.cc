// ED2K, AICH, Dropbox's hash and S3's ETags as streams: one piece after the other by the inner algorithm's kernel, and
// a join.
#include <algorithm>
#include <array>
#include <new>

#include "kernels/kernel.h"
#include "kernels/split/pieces.h"

namespace hashlane {
namespace {

class PieceHasher final : public Hasher {
 public:
  PieceHasher(const PiecePlan& plan, std::unique_ptr<Hasher> inner, std::unique_ptr<PieceJoin> join) noexcept
      : plan_(plan), inner_(std::move(inner)), join_(std::move(join)) {}

  void reset() noexcept override {
    inner_->reset();
    join_->reset();
    begin_ = offset_ = size_ = 0;
    end_ = plan_.piece_end(0, size_);
    ok_ = true;
  }

  void identify(std::string_view, std::uint64_t size) noexcept override {
    size_ = size;
    end_ = plan_.piece_end(0, size_);
  }

  void update(std::span<const std::byte> bytes) noexcept override {
    while (!bytes.empty()) {
      const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), end_ - offset_));
      inner_->update(bytes.first(taken));
      offset_ += taken;
      bytes = bytes.subspan(taken);
      if (offset_ == end_) close_piece();
    }
  }

  bool finish(std::byte* digest) noexcept override {
    if (offset_ != begin_) close_piece();
    return join_->finish(digest) && ok_;
  }

  bool save(StateWriter& to) const noexcept override {
    to.number(size_);
    to.number(begin_);
    to.number(offset_);
    return ok_ && inner_->save(to) && join_->save(to);
  }

  bool restore(StateReader& from) noexcept override {
    size_ = from.number();
    begin_ = from.number();
    offset_ = from.number();
    end_ = plan_.piece_end(begin_, size_);
    ok_ = true;
    return begin_ <= offset_ && offset_ < end_ && inner_->restore(from) && join_->restore(from);
  }

 private:
  void close_piece() noexcept {
    std::array<std::byte, 64> digest;
    ok_ = inner_->finish(digest.data()) && ok_;
    join_->add(std::span(digest).first(digest_length(plan_.inner())), offset_ - begin_);
    inner_->reset();
    begin_ = offset_;
    end_ = plan_.piece_end(offset_, size_);
  }

  const PiecePlan& plan_;
  const std::unique_ptr<Hasher> inner_;
  const std::unique_ptr<PieceJoin> join_;
  std::uint64_t begin_ = 0;
  std::uint64_t offset_ = 0;
  /// 0 where it is not known.
  std::uint64_t size_ = 0;
  std::uint64_t end_ = plan_.piece_end(0, 0);
  bool ok_ = true;
};

// The kernels of the pieces; the registry, which tests and names all kernels, is built from this file's.
const std::vector<Kernel>& inner_kernels() {
  static const std::vector<Kernel> all = [] {
    std::vector<Kernel> found = openssl_kernels();
    std::ranges::move(rhash_kernels(), std::back_inserter(found));
    return found;
  }();
  return all;
}

const Kernel* inner_kernel(const PiecePlan& plan) {
  const auto found = std::ranges::find(inner_kernels(), plan.inner(), &Kernel::algorithm);
  return found == inner_kernels().end() ? nullptr : &*found;
}

std::unique_ptr<Hasher> make(AlgorithmId algorithm) noexcept {
  const PiecePlan& plan = *piece_plan(algorithm);
  return make_piece_hasher(plan, inner_kernel(plan)->make(plan.inner()));
}

}  // namespace

std::unique_ptr<Hasher> make_piece_hasher(const PiecePlan& plan, std::unique_ptr<Hasher> inner) noexcept {
  std::unique_ptr<PieceJoin> join = plan.join();
  if (!inner || !join) return nullptr;
  return std::unique_ptr<Hasher>(new (std::nothrow) PieceHasher(plan, std::move(inner), std::move(join)));
}

std::vector<Kernel> piece_kernels() {
  std::vector<Kernel> kernels;
  for (const AlgorithmInfo& info : kAlgorithms) {
    const auto algorithm = static_cast<AlgorithmId>(info.id);
    const PiecePlan* const plan = piece_plan(algorithm);
    const Kernel* const inner = plan != nullptr ? inner_kernel(*plan) : nullptr;
    if (inner != nullptr) kernels.push_back({algorithm, inner->implementation, make});
  }
  return kernels;
}

}  // namespace hashlane
