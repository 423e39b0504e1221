// The algorithms that RHash's library computes best, or alone.
#include <algorithm>
#include <iterator>
#include <new>

#include "kernels/kernel.h"
#include "kernels/rhash_stream.h"

namespace hashlane {
namespace {

struct RhashName {
  AlgorithmId algorithm;
  unsigned hash_id;
};

constexpr RhashName kNames[] = {
    {AlgorithmId::kMd4, RHASH_MD4},
    {AlgorithmId::kTiger, RHASH_TIGER},
    {AlgorithmId::kWhirlpool, RHASH_WHIRLPOOL},
    {AlgorithmId::kRipemd160, RHASH_RIPEMD160},
    {AlgorithmId::kGost12_256, RHASH_GOST12_256},
    {AlgorithmId::kGost12_512, RHASH_GOST12_512},
    {AlgorithmId::kGost94, RHASH_GOST94},
    {AlgorithmId::kGost94Cryptopro, RHASH_GOST94_CRYPTOPRO},
    {AlgorithmId::kHas160, RHASH_HAS160},
    {AlgorithmId::kEdonr256, RHASH_EDONR256},
    {AlgorithmId::kEdonr512, RHASH_EDONR512},
    {AlgorithmId::kSnefru128, RHASH_SNEFRU128},
    {AlgorithmId::kSnefru256, RHASH_SNEFRU256},
};

class RhashHasher final : public Hasher {
 public:
  explicit RhashHasher(unsigned hash_id) noexcept : stream_(hash_id) {}
  bool ok() const noexcept { return stream_.ok(); }
  void reset() noexcept override { stream_.reset(); }
  void update(std::span<const std::byte> bytes) noexcept override { stream_.update(bytes); }
  bool finish(std::byte* digest) noexcept override { return stream_.finish(digest); }

 private:
  RhashStream stream_;
};

std::unique_ptr<Hasher> make(AlgorithmId algorithm) noexcept {
  const auto known = std::ranges::find(kNames, algorithm, &RhashName::algorithm);
  if (known == std::end(kNames)) return nullptr;
  std::unique_ptr<RhashHasher> hasher(new (std::nothrow) RhashHasher(known->hash_id));
  if (!hasher || !hasher->ok()) return nullptr;
  return hasher;
}

}  // namespace

std::vector<Kernel> rhash_kernels() {
  std::vector<Kernel> kernels;
  for (const RhashName& known : kNames) kernels.push_back({known.algorithm, rhash_implementation(), make});
  return kernels;
}

}  // namespace hashlane
