#include "kernels/cpu_features.h"

#include <array>
#include <string>
#include <vector>

#include "kernels/hasher.h"

#if defined(_M_X64) || defined(__x86_64__)
#define HASHLANE_X86_64
#elif defined(_M_ARM64) || defined(__aarch64__)
#define HASHLANE_ARM64
#endif

#if defined(HASHLANE_X86_64) && defined(_MSC_VER)
#include <intrin.h>
#elif defined(HASHLANE_X86_64)
#include <cpuid.h>
#elif defined(HASHLANE_ARM64) && defined(_WIN32)
#include <windows.h>
#elif defined(HASHLANE_ARM64) && defined(__linux__)
#include <sys/auxv.h>
#elif defined(HASHLANE_ARM64) && defined(__APPLE__)
#include <sys/sysctl.h>
#endif

namespace hashlane {
namespace {

#if defined(HASHLANE_X86_64)

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

#if defined(_MSC_VER)

std::uint64_t saved_states() { return _xgetbv(0); }

/// EAX to EDX of a leaf's first subleaf; false when the processor has no such leaf.
bool read_leaf(unsigned leaf, unsigned (&registers)[4]) {
  int values[4];
  __cpuid(values, 0);
  if (static_cast<unsigned>(values[0]) < leaf) return false;
  __cpuidex(values, static_cast<int>(leaf), 0);
  for (int i = 0; i < 4; ++i) registers[i] = static_cast<unsigned>(values[i]);
  return true;
}

#else

// XGETBV by its opcode's mnemonic: the intrinsic would need -mxsave for the whole file.
std::uint64_t saved_states() {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (std::uint64_t{high} << 32) | low;
}

/// EAX to EDX of a leaf's first subleaf; false when the processor has no such leaf.
bool read_leaf(unsigned leaf, unsigned (&registers)[4]) {
  return __get_cpuid_count(leaf, 0, &registers[0], &registers[1], &registers[2], &registers[3]) != 0;
}

#endif

class Detector {
 public:
  Detector() {
    unsigned registers[4];
    if (read_leaf(1, registers)) {
      registers_[kLeaf1Ecx] = registers[2];
      registers_[kLeaf1Edx] = registers[3];
    }
    if (read_leaf(7, registers)) {
      registers_[kLeaf7Ebx] = registers[1];
      registers_[kLeaf7Ecx] = registers[2];
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

#elif defined(HASHLANE_ARM64) && defined(__linux__)

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

#elif defined(HASHLANE_ARM64) && defined(__APPLE__)

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

#elif defined(HASHLANE_ARM64) && defined(_WIN32)

struct FeatureBit {
  CpuFeature feature;
  const char* name;
  unsigned long number;
};

// The PF_ARM_* of winnt.h by their numbers: older SDKs lack names of newer ones. NEON is part of what
// Windows on ARM64 requires; one number stands for the first version's cryptography as a whole.
constexpr unsigned long kNeonAvailable = 19;
constexpr unsigned long kCryptographyAvailable = 30;
constexpr unsigned long kCrc32Available = 31;
constexpr unsigned long kSha3Available = 64;
constexpr unsigned long kSha512Available = 65;
constexpr FeatureBit kFeatureBits[] = {
    {CpuFeature::kNeon, "NEON", kNeonAvailable},
    {CpuFeature::kArmCrc32, "CRC32", kCrc32Available},
    {CpuFeature::kArmAes, "AES", kCryptographyAvailable},
    {CpuFeature::kArmPmull, "PMULL", kCryptographyAvailable},
    {CpuFeature::kArmSha1, "SHA1", kCryptographyAvailable},
    {CpuFeature::kArmSha2, "SHA2", kCryptographyAvailable},
    {CpuFeature::kArmSha3, "SHA3", kSha3Available},
    {CpuFeature::kArmSha512, "SHA512", kSha512Available},
};

class Detector {
 public:
  bool offers(const FeatureBit& wanted) const { return IsProcessorFeaturePresent(wanted.number) != 0; }
};

#else

struct FeatureBit {
  CpuFeature feature;
  const char* name;
};

// Nothing is known of other systems: the portable kernels serve there.
constexpr std::array<FeatureBit, 0> kFeatureBits;

class Detector {
 public:
  bool offers(const FeatureBit&) const { return false; }
};

#endif

struct Detected {
  std::uint64_t mask = 0;
  std::vector<std::string> names;
};

Detected detect() {
  Detected detected;
  const Detector detector;
  for (const FeatureBit& wanted : kFeatureBits) {
    if (detector.offers(wanted)) {
      detected.mask |= std::uint64_t{1} << static_cast<unsigned>(wanted.feature);
      detected.names.emplace_back(wanted.name);
    }
  }
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
