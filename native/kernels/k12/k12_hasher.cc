// KangarooTwelve, KT128 of RFC 9861, with an empty customization and 32 bytes of output. The text and a zero
// byte, the length of no customization, are cut into chunks of 8,192 bytes. One chunk is hashed as it is; of
// more the first stands in the final node, followed by the values of all others, which are hashed side by side.
#include <algorithm>
#include <array>
#include <new>

#include "kernels/k12/turbo_shake.h"
#include "kernels/kernel.h"
#include "kernels/kernels_choice.h"

namespace hashlane {
namespace {

constexpr std::byte kLeaf{0x0b};
constexpr std::byte kFinalNode{0x06};
constexpr std::byte kOnlyChunk{0x07};

using Value = std::array<std::byte, kK12ValueBytes>;

class K12Hasher final : public Hasher {
 public:
  explicit K12Hasher(const K12Leaves& leaves) noexcept : leaves_(leaves) {}

  void reset() noexcept override {
    final_.reset();
    leaf_.reset();
    count_ = 0;
  }

  void update(std::span<const std::byte> bytes) noexcept override {
    if (count_ < kK12ChunkBytes) {
      const std::size_t taken = std::min(bytes.size(), static_cast<std::size_t>(kK12ChunkBytes - count_));
      final_.update(bytes.first(taken));
      count_ += taken;
      bytes = bytes.subspan(taken);
      // The zero byte is still to come, so there will be another chunk.
      if (count_ == kK12ChunkBytes && taken != 0) final_.update(kBehindFirst);
    }
    while (!bytes.empty()) {
      const auto used = static_cast<std::size_t>(count_ % kK12ChunkBytes);
      std::size_t taken = 0;
      if (used == 0 && bytes.size() / kK12ChunkBytes >= fewest_for_lanes()) {
        taken = side_by_side(bytes);
      } else {
        taken = std::min(bytes.size(), kK12ChunkBytes - used);
        leaf_.update(bytes.first(taken));
        if (used + taken == kK12ChunkBytes) end_leaf();
      }
      count_ += taken;
      bytes = bytes.subspan(taken);
    }
  }

  bool finish(std::byte* digest) noexcept override {
    constexpr std::array<std::byte, 1> kNoCustomization{};
    if (count_ < kK12ChunkBytes) {
      final_.update(kNoCustomization);
      final_.finish(kOnlyChunk, digest);
      return true;
    }
    leaf_.update(kNoCustomization);
    end_leaf();
    const std::uint64_t leaves = count_ / kK12ChunkBytes;
    // As many bytes as the number needs, the highest first, and how many they are.
    std::array<std::byte, 8 + 1 + 2> ending{};
    std::size_t length = 0;
    for (int byte = 7; byte >= 0; --byte) {
      if (leaves >> (8 * byte) != 0) ending[length++] = static_cast<std::byte>(leaves >> (8 * byte) & 0xff);
    }
    ending[length] = static_cast<std::byte>(length);
    ending[length + 1] = ending[length + 2] = std::byte{0xff};
    final_.update(std::span(ending).first(length + 3));
    final_.finish(kFinalNode, digest);
    return true;
  }

  bool save(StateWriter& to) const noexcept override {
    to.number(count_);
    final_.save(to);
    leaf_.save(to);
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    count_ = from.number();
    return final_.restore(from) && leaf_.restore(from);
  }

 private:
  static constexpr std::array<std::byte, 8> kBehindFirst = {std::byte{0x03}};

  /// With fewer chunks, lanes that nobody needs would cost more than they bring.
  [[nodiscard]] std::size_t fewest_for_lanes() const noexcept { return leaves_.lanes / 2 + leaves_.lanes % 2; }

  /// Whole chunks from the start of `bytes`; how many bytes they are.
  std::size_t side_by_side(std::span<const std::byte> bytes) noexcept {
    const std::size_t chunks = std::min(bytes.size() / kK12ChunkBytes, leaves_.lanes);
    std::array<const std::byte*, kMaxK12Lanes> rows{};
    for (std::size_t lane = 0; lane < leaves_.lanes; ++lane) {
      rows[lane] = bytes.data() + std::min(lane, chunks - 1) * kK12ChunkBytes;
    }
    std::array<std::byte, kMaxK12Lanes * kK12ValueBytes> values;
    leaves_.hash(rows.data(), values.data());
    final_.update(std::span(values).first(chunks * kK12ValueBytes));
    return chunks * kK12ChunkBytes;
  }

  void end_leaf() noexcept {
    Value value;
    leaf_.finish(kLeaf, value.data());
    leaf_.reset();
    final_.update(value);
  }

  const K12Leaves& leaves_;
  TurboShake final_;
  TurboShake leaf_;
  std::uint64_t count_ = 0;
};

/// Whether every lane gives what a stream does.
bool sound(const K12Leaves& leaves) noexcept {
  const std::unique_ptr<std::byte[]> text(new (std::nothrow) std::byte[kK12ChunkBytes + kMaxK12Lanes]);
  if (!text) return false;
  for (std::size_t at = 0; at < kK12ChunkBytes + kMaxK12Lanes; ++at) text[at] = static_cast<std::byte>(at % 251);
  std::array<const std::byte*, kMaxK12Lanes> rows{};
  for (std::size_t lane = 0; lane < leaves.lanes; ++lane) rows[lane] = text.get() + lane;
  std::array<std::byte, kMaxK12Lanes * kK12ValueBytes> values;
  leaves.hash(rows.data(), values.data());
  for (std::size_t lane = 0; lane < leaves.lanes; ++lane) {
    TurboShake stream;
    stream.update({rows[lane], kK12ChunkBytes});
    Value value;
    stream.finish(kLeaf, value.data());
    if (!std::ranges::equal(value, std::span(values).subspan(lane * kK12ValueBytes, kK12ValueBytes))) return false;
  }
  return true;
}

struct K12Form {
  KernelTarget target;
  const K12Leaves* leaves;
};

/// The widest that this processor runs and that computes right.
K12Form form(bool portable) noexcept {
  constexpr K12Form kForms[] = {
#if defined(__x86_64__) || defined(_M_X64)
    {KernelTarget::kAvx512, &kK12Avx512},
    {KernelTarget::kAvx2, &kK12Avx2},
#elif defined(__aarch64__) || defined(_M_ARM64)
    {KernelTarget::kNeon, &kK12Neon},
#endif
  };
  for (const K12Form& wide : kForms) {
    if (!portable && may_use(wide.target) && sound(*wide.leaves)) return wide;
  }
  return {KernelTarget::kPortable, &kK12Scalar};
}

template <bool portable>
std::unique_ptr<Hasher> make(AlgorithmId) noexcept {
  static const K12Form chosen = form(portable);
  return std::unique_ptr<Hasher>(new (std::nothrow) K12Hasher(*chosen.leaves));
}

}  // namespace

std::vector<Kernel> k12_kernels(bool portable) {
  return {{AlgorithmId::kK12, std::string("Hashlane ") + name_of(form(portable).target),
           portable ? make<true> : make<false>}};
}

}  // namespace hashlane
