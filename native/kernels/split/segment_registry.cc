// Which segment kernel computes which algorithm, and whether it may.
#include <array>

#include "kernels/hasher.h"
#include "kernels/once.h"
#include "kernels/split/segment_kernels.h"
#include "kernels/split/segment_self_test.h"

namespace hashlane {
namespace {

const SegmentKernel* untested(AlgorithmId algorithm) noexcept {
  for (const auto family : {checksum_segments, quickxor_segments, blake3_segments, tth_segments}) {
    if (const SegmentKernel* const kernel = family(algorithm)) return kernel;
  }
  return nullptr;
}

struct Entry {
  Once choose_once;
  const SegmentKernel* chosen = nullptr;
};

}  // namespace

const SegmentKernel* segment_kernel(AlgorithmId algorithm) noexcept {
  static std::array<Entry, std::size(kAlgorithms)> entries;
  const auto id = static_cast<std::size_t>(algorithm);
  if (id >= entries.size()) return nullptr;
  entries[id].choose_once.call([&] {
    const SegmentKernel* const kernel = untested(algorithm);
    // Segments are computed by what computes streams, in the form that was chosen for them.
    if (kernel == nullptr || !kernels()[id].self_test_passed) return;
    if (passes_known_answers(*kernel, algorithm)) entries[id].chosen = kernel;
  });
  return entries[id].chosen;
}

const char* stream_implementation(AlgorithmId algorithm) noexcept {
  return kernels()[static_cast<std::size_t>(algorithm)].implementation.c_str();
}

}  // namespace hashlane
