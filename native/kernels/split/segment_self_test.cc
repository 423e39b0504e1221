#include "kernels/split/segment_self_test.h"

#include <algorithm>
#include <array>
#include <memory>
#include <new>

#include "kernels/split/digest_literal.h"

namespace hashlane {
namespace {

// Two segments and a short one that ends inside a chunk: there is a pair to join below the root.
constexpr std::size_t kSegments = 3;
constexpr std::size_t kTextBytes = 2 * kSegmentBytes + 1000;

struct KnownAnswer {
  AlgorithmId algorithm;
  std::size_t length;
  std::array<std::byte, 32> digest;
};

template <std::size_t length>
consteval KnownAnswer answer(AlgorithmId algorithm, std::array<std::byte, length> digest) {
  KnownAnswer known{algorithm, length, {}};
  std::ranges::copy(digest, known.digest.begin());
  return known;
}

// Of kTextBytes bytes, byte i being i % 251. Computed by RHash 1.4.3 without OpenSSL, Python's zlib
// (Adler-32), xz 5.4.1, b3sum 1.2.0 and Python by their definitions (CRC-64/NVME, QuickXorHash).
constexpr KnownAnswer kAnswers[] = {
    answer(AlgorithmId::kCrc32, digest_literal("3f3a25ed")),
    answer(AlgorithmId::kCrc32c, digest_literal("1d37c27e")),
    answer(AlgorithmId::kCrc64Xz, digest_literal("94001bd41c75a29a")),
    answer(AlgorithmId::kCrc64Nvme, digest_literal("a5253dea5ec10c46")),
    answer(AlgorithmId::kQuickxor, digest_literal("9cfc71da87e7cd6e650c86bbb1a03a02c2eb20a5")),
    answer(AlgorithmId::kAdler32, digest_literal("ee7f0df1")),
    answer(AlgorithmId::kTth, digest_literal("7ec5af36dca6dc74a50712c274c54da18c1d0469495e5ce7")),
    answer(AlgorithmId::kBlake3, digest_literal("e763b8a06ceff6ddb46e264fd7b83ef29bfaa58dc4a04b1421cdbfad34fa5fd8")),
};

}  // namespace

bool passes_known_answers(const SegmentKernel& kernel, AlgorithmId algorithm) noexcept {
  const auto known = std::ranges::find(kAnswers, algorithm, &KnownAnswer::algorithm);
  if (known == std::end(kAnswers)) return false;
  const std::unique_ptr<SegmentJoin> join = kernel.join();
  const std::unique_ptr<std::byte[]> text(new (std::nothrow) std::byte[kTextBytes]);
  if (!join || !text) return false;
  for (std::size_t index = 0; index < kTextBytes; ++index) text[index] = static_cast<std::byte>(index % 251);

  const auto segment = [&](std::size_t index) {
    const std::size_t begin = index * kSegmentBytes;
    return std::span<const std::byte>(text.get() + begin, std::min(kSegmentBytes, kTextBytes - begin));
  };
  std::array<SegmentResult, kSegments> results;
  for (std::size_t index = kSegments; index-- > 0;) kernel.hash(index, segment(index), results[index]);
  // Twice: a join must forget the file before.
  for (int round = 0; round < 2; ++round) {
    join->reset();
    for (std::size_t index = 0; index < kSegments; ++index) join->add(results[index], segment(index).size());
    std::array<std::byte, 32> digest{};
    join->finish(digest.data());
    if (digest != known->digest) return false;
  }
  return true;
}

}  // namespace hashlane
