// Each instruction set's build of xxHash on its own, whichever of them the registry chose.
#include <gtest/gtest.h>

#include "bytes.h"
#include "kernels/cpu_features.h"
#include "kernels/xxhash_stream.h"
#include "oracles.h"

namespace hashlane {
namespace {

struct Target {
  const char* name;
  const HashlaneXxhash* functions;
};

std::vector<Target> targets_of_this_processor() {
  std::vector<Target> targets = {{"baseline", &hashlane_xxhash_baseline}, {"portable", &hashlane_xxhash_scalar}};
#if defined(__x86_64__)
  if (cpu_has(CpuFeature::kAvx2)) targets.push_back({"AVX2", &hashlane_xxhash_avx2});
  if (cpu_has(CpuFeature::kAvx512F)) targets.push_back({"AVX-512", &hashlane_xxhash_avx512});
#endif
  return targets;
}

struct State {
  alignas(HASHLANE_XXHASH_STATE_ALIGNMENT) std::byte bytes[HASHLANE_XXHASH_STATE_BYTES];
};

// In pieces of 1000 bytes, so that the library's buffer is filled, drained and by-passed.
std::string streamed(const HashlaneXxhashStream& stream, std::span<const std::byte> bytes, std::size_t digest_length) {
  State state;
  if (stream.reset(&state) == 0) return "reset failed";
  for (std::size_t offset = 0; offset < bytes.size(); offset += 1000) {
    const auto piece = bytes.subspan(offset, std::min<std::size_t>(1000, bytes.size() - offset));
    if (stream.update(&state, piece.data(), piece.size()) == 0) return "update failed";
  }
  Bytes digest(digest_length);
  stream.digest(&state, digest.data());
  return to_hex(digest);
}

TEST(XxhashTargets, AllGiveWhatThePrebuiltLibraryGives) {
  const Bytes bytes = noise(edge_lengths().back(), 51);
  for (const Target& target : targets_of_this_processor()) {
    for (const std::size_t length : edge_lengths()) {
      const auto input = std::span(bytes).first(length);
      const auto where = std::string(target.name) + ", " + std::to_string(length) + " bytes";
      EXPECT_EQ(streamed(target.functions->xxh32, input, 4), oracle_digest(AlgorithmId::kXxh32, input)) << where;
      EXPECT_EQ(streamed(target.functions->xxh64, input, 8), oracle_digest(AlgorithmId::kXxh64, input)) << where;
      EXPECT_EQ(streamed(target.functions->xxh3_64, input, 8), oracle_digest(AlgorithmId::kXxh3_64, input)) << where;
      EXPECT_EQ(streamed(target.functions->xxh3_128, input, 16), oracle_digest(AlgorithmId::kXxh3_128, input)) << where;
    }
  }
}

}  // namespace
}  // namespace hashlane
