// Instruction sets that matter for hashing, as the processor and the system offer them.
#pragma once

#include <cstdint>

namespace hashlane {

enum class CpuFeature : std::uint8_t {
  kSse2,
  kSsse3,
  kSse41,
  kSse42,
  kPclmul,
  kAes,
  kAvx,
  kAvx2,
  kBmi2,
  kSha,
  kGfni,
  kVaes,
  kVpclmul,
  kAvx512F,
  kAvx512Dq,
  kAvx512Ifma,
  kAvx512Bw,
  kAvx512Vl,
  kAvx512Vbmi,
  kAvx512Vbmi2,
  kNeon,
  kArmCrc32,
  kArmAes,
  kArmPmull,
  kArmSha1,
  kArmSha2,
  kArmSha3,
  kArmSha512,
};

/// True when the processor has the feature and the system saves the registers it needs.
bool cpu_has(CpuFeature feature) noexcept;

}  // namespace hashlane
