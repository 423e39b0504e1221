// BLAKE3 by its authors' C library. It asks the processor by itself what to use; on x86-64 it is told
// beforehand when HASHLANE_KERNELS forces less. On ARM64 it has NEON compiled in for good.
#include <blake3.h>

#include <new>
#include <span>

#include "kernels/kernel.h"
#include "kernels/kernels_choice.h"

#if !defined(BLAKE3_NO_SSE2) && !defined(BLAKE3_USE_NEON)
extern "C" {
// The library's door for its own tests, under names of ours (blake3.cmake).
extern int hashlane_blake3_cpu_features;
int hashlane_blake3_get_cpu_features(void);
}
#endif

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

  bool save(StateWriter& to) const noexcept override {
    for (const std::uint32_t word : state_.chunk.cv) to.number(word);
    to.number(state_.chunk.chunk_counter);
    to.number(state_.chunk.buf_len);
    to.number(state_.chunk.blocks_compressed);
    to.number(state_.cv_stack_len);
    to.bytes(std::as_bytes(std::span(state_.chunk.buf)).first(state_.chunk.buf_len));
    to.bytes(std::as_bytes(std::span(state_.cv_stack)).first(std::size_t{state_.cv_stack_len} * BLAKE3_OUT_LEN));
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    reset();
    for (std::uint32_t& word : state_.chunk.cv) word = static_cast<std::uint32_t>(from.number_to(UINT32_MAX));
    state_.chunk.chunk_counter = from.number();
    state_.chunk.buf_len = static_cast<std::uint8_t>(from.number_to(BLAKE3_BLOCK_LEN));
    state_.chunk.blocks_compressed = static_cast<std::uint8_t>(from.number_to(BLAKE3_CHUNK_LEN / BLAKE3_BLOCK_LEN));
    state_.cv_stack_len = static_cast<std::uint8_t>(from.number_to(BLAKE3_MAX_DEPTH));
    from.bytes(std::as_writable_bytes(std::span(state_.chunk.buf)).first(state_.chunk.buf_len));
    from.bytes(
        std::as_writable_bytes(std::span(state_.cv_stack)).first(std::size_t{state_.cv_stack_len} * BLAKE3_OUT_LEN));
    return from.whole() && is_sound();
  }

 private:
  /// Whether the library can go on with what was restored: it checks nothing itself.
  [[nodiscard]] bool is_sound() const noexcept {
    constexpr std::uint64_t kMostChunks = std::uint64_t{1} << BLAKE3_MAX_DEPTH;
    const std::size_t in_chunk =
        std::size_t{state_.chunk.blocks_compressed} * BLAKE3_BLOCK_LEN + std::size_t{state_.chunk.buf_len};
    return in_chunk <= BLAKE3_CHUNK_LEN && state_.chunk.chunk_counter < kMostChunks &&
           (in_chunk != 0 || state_.cv_stack_len != 1);
  }

  blake3_hasher state_;
};

std::unique_ptr<Hasher> make(AlgorithmId) noexcept { return std::unique_ptr<Hasher>(new (std::nothrow) Blake3Hasher); }

#if defined(BLAKE3_USE_NEON) && BLAKE3_USE_NEON == 1

const char* choose_instruction_set() { return "NEON"; }

#elif defined(BLAKE3_NO_SSE2)

const char* choose_instruction_set() { return "portable"; }

#else

// The bits of blake3_dispatch.c.
constexpr int kSse41 = 1 << 2;
constexpr int kAvx2 = 1 << 4;
constexpr int kAvx512F = 1 << 5;
constexpr int kAvx512Vl = 1 << 6;

// In the library's own order of preference (blake3_dispatch.c, blake3_hash_many). What the library
// found out is only ever made less.
const char* choose_instruction_set() {
  const int offered = hashlane_blake3_get_cpu_features();
  if (!forced_target()) {
    // It keeps what it found: later calls of any thread only read it.
  } else if (!may_use(KernelTarget::kSse2)) {
    hashlane_blake3_cpu_features = 0;
  } else if (!may_use(KernelTarget::kSse4)) {
    hashlane_blake3_cpu_features = offered & (kSse41 - 1);
  } else if (!may_use(KernelTarget::kAvx2)) {
    hashlane_blake3_cpu_features = offered & (kAvx2 - 1);
  } else if (!may_use(KernelTarget::kAvx512)) {
    hashlane_blake3_cpu_features = offered & (kAvx512F - 1);
  }
  const int used = hashlane_blake3_cpu_features;
  if ((used & kAvx512F) != 0 && (used & kAvx512Vl) != 0) return "AVX-512";
  if ((used & kAvx2) != 0) return "AVX2";
  if ((used & kSse41) != 0) return "SSE4.1";
  return used != 0 ? "SSE2" : "portable";
}

#endif

}  // namespace

std::vector<Kernel> blake3_kernels() {
  static const char* const instruction_set = choose_instruction_set();
  return {{AlgorithmId::kBlake3, std::string("BLAKE3 ") + blake3_version() + " " + instruction_set, make}};
}

}  // namespace hashlane
