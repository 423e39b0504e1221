// ED2K: the MD4 of the MD4s of chunks of 9,728,000 bytes; one chunk's own MD4 when there is only
// one. Two conventions differ when the size is a positive multiple of the chunk: red (eMule, RHash)
// takes the empty rest as one more chunk, blue does not.
#include <algorithm>
#include <array>
#include <new>

#include "kernels/kernel.h"
#include "kernels/rhash_stream.h"

namespace hashlane {
namespace {

constexpr std::size_t kChunkBytes = 9'728'000;

class Ed2kHasher final : public Hasher {
 public:
  explicit Ed2kHasher(AlgorithmId convention) noexcept : red_(convention == AlgorithmId::kEd2k) {}

  bool ok() const noexcept { return chunk_.ok() && list_.ok(); }

  void reset() noexcept override {
    chunk_.reset();
    list_.reset();
    in_chunk_ = 0;
    full_chunks_ = 0;
    ok_ = true;
  }

  void update(std::span<const std::byte> bytes) noexcept override {
    while (!bytes.empty()) {
      const std::size_t taken = std::min(bytes.size(), kChunkBytes - in_chunk_);
      chunk_.update(bytes.first(taken));
      in_chunk_ += taken;
      bytes = bytes.subspan(taken);
      if (in_chunk_ == kChunkBytes) close_chunk();
    }
  }

  bool finish(std::byte* digest) noexcept override {
    if (full_chunks_ == 0) return chunk_.finish(digest) && ok_;
    if (in_chunk_ != 0 || red_) {
      close_chunk();
    } else if (full_chunks_ == 1) {
      std::ranges::copy(last_chunk_, digest);
      return ok_;
    }
    return list_.finish(digest) && ok_;
  }

 private:
  void close_chunk() noexcept {
    ok_ = chunk_.finish(last_chunk_.data()) && ok_;
    list_.update(last_chunk_);
    chunk_.reset();
    in_chunk_ = 0;
    ++full_chunks_;
  }

  RhashStream chunk_{RHASH_MD4};
  RhashStream list_{RHASH_MD4};
  std::array<std::byte, digest_length(AlgorithmId::kMd4)> last_chunk_{};
  std::size_t in_chunk_ = 0;
  std::uint64_t full_chunks_ = 0;
  bool ok_ = true;
  const bool red_;
};

std::unique_ptr<Hasher> make(AlgorithmId algorithm) noexcept {
  std::unique_ptr<Ed2kHasher> hasher(new (std::nothrow) Ed2kHasher(algorithm));
  if (!hasher || !hasher->ok()) return nullptr;
  return hasher;
}

}  // namespace

std::vector<Kernel> ed2k_kernels() {
  return {{AlgorithmId::kEd2k, rhash_implementation(), make}, {AlgorithmId::kEd2kBlue, rhash_implementation(), make}};
}

}  // namespace hashlane
