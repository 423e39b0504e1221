#include <new>

#include "kernels/kernel.h"
#include "kernels/md4.h"

namespace hashlane {
namespace {

class Md4Hasher final : public Hasher {
 public:
  bool ok() const noexcept { return md4_.ok(); }
  void reset() noexcept override { md4_.reset(); }
  void update(std::span<const std::byte> bytes) noexcept override { md4_.update(bytes); }
  bool finish(std::byte* digest) noexcept override { return md4_.finish(digest); }

 private:
  Md4 md4_;
};

std::unique_ptr<Hasher> make(AlgorithmId) noexcept {
  std::unique_ptr<Md4Hasher> hasher(new (std::nothrow) Md4Hasher);
  if (!hasher || !hasher->ok()) return nullptr;
  return hasher;
}

}  // namespace

std::vector<Kernel> md4_kernels() { return {{AlgorithmId::kMd4, rhash_implementation(), make}}; }

}  // namespace hashlane
