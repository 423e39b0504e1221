// The seam between the streams (compiled for every processor of the platform) and the cores
// (compiled once per target, with that target's flags). Behind the seam there is nothing but
// templates over a target's own vector type: an inline function of the standard library compiled
// there could be picked by the linker for the whole program and fail on a lesser processor.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/kernel_target.h"

namespace hashlane {

/// What a core compresses. SHA-224 and SHA-256 share one; so do SHA-384, SHA-512 and its
/// shorter forms.
enum class Compression : std::uint8_t {
  kMd4,
  kMd5,
  kSha1,
  kSha256,
  kSha512,
  /// Keccak-f[1600] at the rate of SHA3-224, -256, -384, -512.
  kKeccak144,
  kKeccak136,
  kKeccak104,
  kKeccak72,
  kBlake2b,
  kBlake2s,
};
inline constexpr std::size_t kCompressions = 11;

/// Advances every lane by `count` whole blocks, blocks[lane] being the first of them and the others
/// following it. `chain` is a matrix of words in the machine's byte order, a row for each chaining
/// word and in it a column for each lane; 64-byte aligned. All lanes are computed, needed or not.
using CompressLanes = void (*)(std::byte* chain, const std::byte* const* blocks, std::size_t count);

struct LaneCore {
  Compression compression;
  /// At most kMaxLanes.
  std::size_t lanes;
  /// MB/s of all lanes together, measured on a Zen 5 (lanes_bench --cores). What counts is its ratio to
  /// that of the other cores of the same compression; core_speeds.h measures it anew where it matters.
  std::size_t speed;
  CompressLanes compress;
};

inline constexpr std::size_t kMaxLanes = 32;

/// The cores of one target.
struct LaneTarget {
  KernelTarget target;
  const LaneCore* cores;
  std::size_t core_count;
};

/// Plain integers, one lane or two: end what is left when too few streams remain for others.
extern const LaneTarget kScalarTarget;
#if defined(__x86_64__) || defined(_M_X64)
extern const LaneTarget kSse2Target;
extern const LaneTarget kSse4Target;
extern const LaneTarget kAvx2Target;
extern const LaneTarget kAvx512Target;
extern const LaneTarget kShaNiTarget;
#elif defined(__aarch64__) || defined(_M_ARM64)
extern const LaneTarget kNeonTarget;
extern const LaneTarget kArmShaTarget;
#if defined(HASHLANE_ARM_SHA3_KERNELS)
extern const LaneTarget kArmSha3Target;
#endif
#endif

}  // namespace hashlane
