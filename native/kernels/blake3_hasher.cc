// BLAKE3 by its authors' C library, which chooses the instruction set by itself.
#include <blake3.h>

#include <new>

#include "kernels/cpu_features.h"
#include "kernels/kernel.h"

namespace hashlane {
namespace {

class Blake3Hasher final : public Hasher {
 public:
  Blake3Hasher() noexcept { blake3_hasher_init(&state_); }

  void reset() noexcept override { blake3_hasher_reset(&state_); }

  void update(std::span<const std::byte> bytes) noexcept override {
    if (!bytes.empty()) blake3_hasher_update(&state_, bytes.data(), bytes.size());
  }

  bool finish(std::byte* digest) noexcept override {
    blake3_hasher_finalize(&state_, reinterpret_cast<std::uint8_t*>(digest), digest_length(AlgorithmId::kBlake3));
    return true;
  }

 private:
  blake3_hasher state_;
};

std::unique_ptr<Hasher> make(AlgorithmId) noexcept { return std::unique_ptr<Hasher>(new (std::nothrow) Blake3Hasher); }

// The library's own order of preference (blake3_dispatch.c, blake3_hash_many), for people to read.
const char* instruction_set() {
#if defined(BLAKE3_USE_NEON)
  return "NEON";
#elif defined(BLAKE3_NO_SSE2)
  return "portable";
#else
  if (cpu_has(CpuFeature::kAvx512F) && cpu_has(CpuFeature::kAvx512Vl)) return "AVX-512";
  if (cpu_has(CpuFeature::kAvx2)) return "AVX2";
  if (cpu_has(CpuFeature::kSse41)) return "SSE4.1";
  return "SSE2";
#endif
}

}  // namespace

std::vector<Kernel> blake3_kernels() {
  return {{AlgorithmId::kBlake3, std::string("BLAKE3 ") + blake3_version() + " " + instruction_set(), make}};
}

}  // namespace hashlane
