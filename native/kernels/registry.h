// Which kernel computes which algorithm, and whether it may.
#pragma once

#include <array>

#include "kernels/kernel.h"

namespace hashlane {

/// Built once; after that only read, from any thread.
class Registry {
 public:
  /// Tests every kernel. An algorithm that no kernel offers is listed as failed.
  explicit Registry(std::vector<Kernel> kernels);

  const std::vector<KernelInfo>& kernels() const noexcept { return infos_; }
  /// Null when the algorithm's kernel failed or memory is short.
  std::unique_ptr<Hasher> make(AlgorithmId algorithm) const noexcept;

 private:
  std::vector<KernelInfo> infos_;
  /// By algorithm id; null where the kernel must not be used.
  std::array<MakeHasher, std::size(kAlgorithms)> makers_{};
};

/// Every kernel of this build, untested.
std::vector<Kernel> all_kernels(bool portable);

}  // namespace hashlane
