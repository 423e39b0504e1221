// Git's name of a file's content: the digest of "blob ", the length in decimal, a zero byte and the content.
// The length goes first, so a file that has another one when it ends has no such name.
#include <new>
#include <string_view>
#include <utility>

#include "kernels/git_blob.h"
#include "kernels/kernel.h"

namespace hashlane {
namespace {

class GitBlobHasher final : public Hasher {
 public:
  explicit GitBlobHasher(std::unique_ptr<Hasher> inner) noexcept : inner_(std::move(inner)) {}

  void reset() noexcept override {
    inner_->reset();
    identified_ = false;
    size_ = count_ = 0;
  }

  void identify(std::string_view, std::uint64_t size) noexcept override {
    const GitBlobHeader header(size);
    inner_->update(header.bytes());
    identified_ = true;
    size_ = size;
  }

  void update(std::span<const std::byte> bytes) noexcept override {
    inner_->update(bytes);
    count_ += bytes.size();
  }

  bool finish(std::byte* digest) noexcept override { return inner_->finish(digest) && identified_ && count_ == size_; }

  bool save(StateWriter& to) const noexcept override {
    to.number(identified_ ? 1 : 0);
    to.number(size_);
    to.number(count_);
    return inner_->save(to);
  }

  bool restore(StateReader& from) noexcept override {
    identified_ = from.number_to(1) == 1;
    size_ = from.number();
    count_ = from.number();
    return inner_->restore(from);
  }

 private:
  const std::unique_ptr<Hasher> inner_;
  bool identified_ = false;
  std::uint64_t size_ = 0;
  std::uint64_t count_ = 0;
};

std::unique_ptr<Hasher> make(AlgorithmId algorithm) noexcept {
  std::unique_ptr<Hasher> inner =
      make_openssl_hasher(algorithm == AlgorithmId::kGitBlob ? AlgorithmId::kSha1 : AlgorithmId::kSha256);
  return make_git_blob_hasher(std::move(inner));
}

}  // namespace

std::unique_ptr<Hasher> make_git_blob_hasher(std::unique_ptr<Hasher> inner) noexcept {
  if (!inner) return nullptr;
  return std::unique_ptr<Hasher>(new (std::nothrow) GitBlobHasher(std::move(inner)));
}

std::vector<Kernel> git_blob_kernels() {
  return {{AlgorithmId::kGitBlob, openssl_implementation(), make},
          {AlgorithmId::kGitBlobSha256, openssl_implementation(), make}};
}

}  // namespace hashlane
