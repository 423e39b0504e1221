#include "kernels/cpu_features.h"

#include <string>
#include <vector>

#include "kernels/hasher.h"

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__) && defined(__linux__)
#include <sys/auxv.h>
#elif defined(__aarch64__) && defined(__APPLE__)
#include <sys/sysctl.h>
#endif

namespace hashlane {
namespace {

#if defined(__x86_64__)

enum Register : std::uint8_t { kLeaf1Ecx, kLeaf1Edx, kLeaf7Ebx, kLeaf7Ecx, kRegisterCount };

// Bits of XCR0: what the system saves when it switches threads. Intel SDM volume 1, section 13.3.
constexpr std::uint64_t kNoExtendedState = 0;
constexpr std::uint64_t kYmmState = 0x06;  // SSE and AVX
constexpr std::uint64_t kZmmState = 0xe6;  // and opmask, upper halves of ZMM0-15, ZMM16-31

struct FeatureBit {
  CpuFeature feature;
  const char* name;
  Register source;
  unsigned bit;
  std::uint64_t state;
};

// Intel SDM volume 2, instruction CPUID, leaves 1 and 7.
constexpr FeatureBit kFeatureBits[] = {
    {CpuFeature::kSse2, "SSE2", kLeaf1Edx, 26, kNoExtendedState},
    {CpuFeature::kSsse3, "SSSE3", kLeaf1Ecx, 9, kNoExtendedState},
    {CpuFeature::kSse41, "SSE4.1", kLeaf1Ecx, 19, kNoExtendedState},
    {CpuFeature::kSse42, "SSE4.2", kLeaf1Ecx, 20, kNoExtendedState},
    {CpuFeature::kPclmul, "PCLMULQDQ", kLeaf1Ecx, 1, kNoExtendedState},
    {CpuFeature::kAes, "AES-NI", kLeaf1Ecx, 25, kNoExtendedState},
    {CpuFeature::kAvx, "AVX", kLeaf1Ecx, 28, kYmmState},
    {CpuFeature::kAvx2, "AVX2", kLeaf7Ebx, 5, kYmmState},
    {CpuFeature::kBmi2, "BMI2", kLeaf7Ebx, 8, kNoExtendedState},
    {CpuFeature::kSha, "SHA", kLeaf7Ebx, 29, kNoExtendedState},
    {CpuFeature::kGfni, "GFNI", kLeaf7Ecx, 8, kNoExtendedState},
    {CpuFeature::kVaes, "VAES", kLeaf7Ecx, 9, kYmmState},
    {CpuFeature::kVpclmul, "VPCLMULQDQ", kLeaf7Ecx, 10, kYmmState},
    {CpuFeature::kAvx512F, "AVX-512F", kLeaf7Ebx, 16, kZmmState},
    {CpuFeature::kAvx512Dq, "AVX-512DQ", kLeaf7Ebx, 17, kZmmState},
    {CpuFeature::kAvx512Ifma, "AVX-512IFMA", kLeaf7Ebx, 21, kZmmState},
    {CpuFeature::kAvx512Bw, "AVX-512BW", kLeaf7Ebx, 30, kZmmState},
    {CpuFeature::kAvx512Vl, "AVX-512VL", kLeaf7Ebx, 31, kZmmState},
    {CpuFeature::kAvx512Vbmi, "AVX-512VBMI", kLeaf7Ecx, 1, kZmmState},
    {CpuFeature::kAvx512Vbmi2, "AVX-512VBMI2", kLeaf7Ecx, 6, kZmmState},
};

// XGETBV by its opcode's mnemonic: the intrinsic would need -mxsave for the whole file.
std::uint64_t saved_states() {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (std::uint64_t{high} << 32) | low;
}

class Detector {
 public:
  Detector() {
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0) {
      registers_[kLeaf1Ecx] = ecx;
      registers_[kLeaf1Edx] = edx;
    }
    if (__get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0) {
      registers_[kLeaf7Ebx] = ebx;
      registers_[kLeaf7Ecx] = ecx;
    }
    constexpr unsigned kOsxsave = 27;
    states_ = ((registers_[kLeaf1Ecx] >> kOsxsave) & 1) != 0 ? saved_states() : kNoExtendedState;
  }
  bool offers(const FeatureBit& wanted) const {
    return ((registers_[wanted.source] >> wanted.bit) & 1) != 0 && (states_ & wanted.state) == wanted.state;
  }

 private:
  std::uint32_t registers_[kRegisterCount] = {};
  std::uint64_t states_ = 0;
};

#elif defined(__aarch64__) && defined(__linux__)

struct FeatureBit {
  CpuFeature feature;
  const char* name;
  unsigned bit;
};

// Linux, arch/arm64/include/uapi/asm/hwcap.h: a stable interface.
constexpr FeatureBit kFeatureBits[] = {
    {CpuFeature::kNeon, "NEON", 1},      {CpuFeature::kArmCrc32, "CRC32", 7},    {CpuFeature::kArmAes, "AES", 3},
    {CpuFeature::kArmPmull, "PMULL", 4}, {CpuFeature::kArmSha1, "SHA1", 5},      {CpuFeature::kArmSha2, "SHA2", 6},
    {CpuFeature::kArmSha3, "SHA3", 17},  {CpuFeature::kArmSha512, "SHA512", 21},
};

class Detector {
 public:
  bool offers(const FeatureBit& wanted) const { return ((capabilities_ >> wanted.bit) & 1) != 0; }

 private:
  unsigned long capabilities_ = getauxval(AT_HWCAP);
};

#elif defined(__aarch64__) && defined(__APPLE__)

struct FeatureBit {
  CpuFeature feature;
  const char* name;
  const char* key;
};

constexpr FeatureBit kFeatureBits[] = {
    {CpuFeature::kNeon, "NEON", "hw.optional.neon"},
    {CpuFeature::kArmCrc32, "CRC32", "hw.optional.armv8_crc32"},
    {CpuFeature::kArmAes, "AES", "hw.optional.arm.FEAT_AES"},
    {CpuFeature::kArmPmull, "PMULL", "hw.optional.arm.FEAT_PMULL"},
    {CpuFeature::kArmSha1, "SHA1", "hw.optional.arm.FEAT_SHA1"},
    {CpuFeature::kArmSha2, "SHA2", "hw.optional.arm.FEAT_SHA256"},
    {CpuFeature::kArmSha3, "SHA3", "hw.optional.arm.FEAT_SHA3"},
    {CpuFeature::kArmSha512, "SHA512", "hw.optional.arm.FEAT_SHA512"},
};

class Detector {
 public:
  bool offers(const FeatureBit& wanted) const {
    int value = 0;
    std::size_t length = sizeof value;
    return sysctlbyname(wanted.key, &value, &length, nullptr, 0) == 0 && value != 0;
  }
};

#endif

struct Detected {
  std::uint64_t mask = 0;
  std::vector<std::string> names;
};

Detected detect() {
  Detected detected;
#if defined(__x86_64__) || (defined(__aarch64__) && (defined(__linux__) || defined(__APPLE__)))
  const Detector detector;
  for (const FeatureBit& wanted : kFeatureBits) {
    if (detector.offers(wanted)) {
      detected.mask |= std::uint64_t{1} << static_cast<unsigned>(wanted.feature);
      detected.names.emplace_back(wanted.name);
    }
  }
#endif
  return detected;
}

// Never destroyed: threads may still ask while the process ends.
const Detected& detected() {
  static const Detected& once = *new Detected(detect());
  return once;
}

}  // namespace

bool cpu_has(CpuFeature feature) noexcept { return ((detected().mask >> static_cast<unsigned>(feature)) & 1) != 0; }

std::vector<std::string> cpu_features() { return detected().names; }

}  // namespace hashlane
