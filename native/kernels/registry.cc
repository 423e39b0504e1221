#include "kernels/registry.h"

#include <algorithm>
#include <iterator>

#include "kernels/kernels_choice.h"
#include "kernels/self_test.h"

namespace hashlane {
namespace {

// Never destroyed: worker threads may still make hashers while the process ends.
const Registry& registry() {
  static const Registry& once = *new Registry(all_kernels(portable_forced()));
  return once;
}

}  // namespace

Registry::Registry(std::vector<Kernel> kernels) {
  for (const AlgorithmInfo& info : kAlgorithms) {
    const auto algorithm = static_cast<AlgorithmId>(info.id);
    const auto kernel = std::ranges::find(kernels, algorithm, &Kernel::algorithm);
    if (kernel == kernels.end()) {
      infos_.push_back({algorithm, "none", false});
      continue;
    }
    const bool passed = passes_known_answers(*kernel);
    if (passed) makers_[info.id] = kernel->make;
    infos_.push_back({algorithm, kernel->implementation, passed});
  }
}

std::unique_ptr<Hasher> Registry::make(AlgorithmId algorithm) const noexcept {
  const auto id = static_cast<std::size_t>(algorithm);
  if (id >= makers_.size() || makers_[id] == nullptr) return nullptr;
  return makers_[id](algorithm);
}

std::vector<Kernel> all_kernels(bool portable) {
  std::vector<Kernel> all;
  for (std::vector<Kernel>& family :
       std::array{openssl_kernels(), blake3_kernels(), xxhash_kernels(portable), checksum_kernels(portable),
                  tth_kernels(portable || !may_use(KernelTarget::kAvx512)), piece_kernels(), btih_kernels(),
                  quickxor_kernels(), git_blob_kernels(), k12_kernels(portable), rhash_kernels()}) {
    std::ranges::move(family, std::back_inserter(all));
  }
  return all;
}

bool portable_forced() { return forced_target() == KernelTarget::kPortable; }

const std::vector<KernelInfo>& kernels() { return registry().kernels(); }

std::unique_ptr<Hasher> make_hasher(AlgorithmId algorithm) { return registry().make(algorithm); }

}  // namespace hashlane
