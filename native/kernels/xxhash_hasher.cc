// xxHash: XXH64 and both widths of XXH3, in the widest form the processor takes.
#include <array>
#include <cstring>
#include <new>

#include "kernels/kernel.h"
#include "kernels/kernels_choice.h"
#include "kernels/xxhash_stream.h"

namespace hashlane {
namespace {

class XxhashHasher final : public Hasher {
 public:
  explicit XxhashHasher(const HashlaneXxhashStream& stream) noexcept : stream_(stream) { reset(); }

  void reset() noexcept override {
    // The library leaves its buffer as it was; nothing of another file, or of none, may be saved with the state.
    std::memset(state_, 0, sizeof state_);
    ok_ = stream_.reset(state_) != 0;
  }

  void update(std::span<const std::byte> bytes) noexcept override {
    if (!ok_ || bytes.empty()) return;
    ok_ = stream_.update(state_, bytes.data(), bytes.size()) != 0;
  }

  bool finish(std::byte* digest) noexcept override {
    if (ok_) stream_.digest(state_, digest);
    return ok_;
  }

  bool save(StateWriter& to) const noexcept override {
    std::array<std::byte, HASHLANE_XXHASH_STATE_BYTES> saved;
    stream_.save(state_, saved.data());
    to.number(hashlane_xxhash_baseline.version);
    to.number(ok_ ? 1 : 0);
    to.bytes(saved);
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    const bool known = from.number() == hashlane_xxhash_baseline.version;
    ok_ = from.number_to(1) == 1;
    std::array<std::byte, HASHLANE_XXHASH_STATE_BYTES> saved;
    from.bytes(saved);
    return known && from.whole() && stream_.restore(state_, saved.data()) != 0;
  }

 private:
  alignas(HASHLANE_XXHASH_STATE_ALIGNMENT) std::byte state_[HASHLANE_XXHASH_STATE_BYTES];
  const HashlaneXxhashStream& stream_;
  bool ok_ = false;
};

const HashlaneXxhashStream& stream_of(const HashlaneXxhash& target, AlgorithmId algorithm) {
  switch (algorithm) {
    case AlgorithmId::kXxh32:
      return target.xxh32;
    case AlgorithmId::kXxh64:
      return target.xxh64;
    case AlgorithmId::kXxh3_64:
      return target.xxh3_64;
    default:
      return target.xxh3_128;
  }
}

template <const HashlaneXxhash& target>
std::unique_ptr<Hasher> make(AlgorithmId algorithm) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow) XxhashHasher(stream_of(target, algorithm)));
}

struct Choice {
  const char* instruction_set;
  MakeHasher make;
};

Choice choose(bool portable) {
  if (portable) return {" portable", make<hashlane_xxhash_scalar>};
#if defined(__x86_64__) || defined(_M_X64)
  if (may_use(KernelTarget::kAvx512)) return {" AVX-512", make<hashlane_xxhash_avx512>};
  if (may_use(KernelTarget::kAvx2)) return {" AVX2", make<hashlane_xxhash_avx2>};
  return {" SSE2", make<hashlane_xxhash_baseline>};
#elif defined(__aarch64__) || defined(_M_ARM64)
  return {" NEON", make<hashlane_xxhash_baseline>};
#else
  return {"", make<hashlane_xxhash_baseline>};
#endif
}

std::string library() {
  const unsigned version = hashlane_xxhash_baseline.version;
  return "xxHash " + std::to_string(version / 10000) + "." + std::to_string(version / 100 % 100) + "." +
         std::to_string(version % 100);
}

}  // namespace

std::vector<Kernel> xxhash_kernels(bool portable) {
  const Choice choice = choose(portable);
  // XXH32 and XXH64 are four short chains of multiplications, for which wider vectors have no gain.
  return {{AlgorithmId::kXxh32, library(), make<hashlane_xxhash_baseline>},
          {AlgorithmId::kXxh64, library(), make<hashlane_xxhash_baseline>},
          {AlgorithmId::kXxh3_64, library() + choice.instruction_set, choice.make},
          {AlgorithmId::kXxh3_128, library() + choice.instruction_set, choice.make}};
}

}  // namespace hashlane
