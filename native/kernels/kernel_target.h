// The instruction sets that kernels are written for.
#pragma once

#include <cstdint>

// MSVC's own compiler does not know the intrinsics for SHA-512 everywhere.
#if (defined(__aarch64__) || defined(_M_ARM64)) && (!defined(_MSC_VER) || defined(__clang__))
#define HASHLANE_ARM_SHA3_KERNELS
#endif

namespace hashlane {

enum class KernelTarget : std::uint8_t {
  /// Plain integers: every processor of the platform.
  kPortable,
  kSse2,
  /// SSE4.1 and, for CRC-32C, SSE4.2.
  kSse4,
  kAvx2,
  /// AVX-512F and BW, for BLAKE3 also VL.
  kAvx512,
  /// The SHA instructions of x86, with SSE4.1.
  kShaNi,
  kNeon,
  /// The SHA-1 and SHA-256 instructions of ARM, with NEON.
  kArmSha,
  /// Those for SHA-512, SHA-3 and three-way logic besides (ARMv8.2).
  kArmSha3,
};

}  // namespace hashlane
