#include "kernels/cpu_features.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "kernels/hasher.h"

namespace hashlane {
namespace {

bool listed(std::string_view name) {
  const std::vector<std::string> features = cpu_features();
  return std::ranges::find(features, name) != features.end();
}

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

// The kernel's own view; it leaves out what it does not save on a switch of threads.
std::vector<std::string> flags_of_the_system() {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  while (std::getline(file, line)) {
    if (!line.starts_with("flags") && !line.starts_with("Features")) continue;
    std::istringstream words(line.substr(line.find(':') + 1));
    return {std::istream_iterator<std::string>(words), {}};
  }
  return {};
}

struct Flag {
  const char* name;
  const char* flag;
};

#if defined(__x86_64__)
constexpr Flag kFlags[] = {
    {"SSE2", "sse2"},
    {"SSSE3", "ssse3"},
    {"SSE4.1", "sse4_1"},
    {"SSE4.2", "sse4_2"},
    {"PCLMULQDQ", "pclmulqdq"},
    {"AES-NI", "aes"},
    {"AVX", "avx"},
    {"AVX2", "avx2"},
    {"BMI2", "bmi2"},
    {"SHA", "sha_ni"},
    {"GFNI", "gfni"},
    {"VAES", "vaes"},
    {"VPCLMULQDQ", "vpclmulqdq"},
    {"AVX-512F", "avx512f"},
    {"AVX-512DQ", "avx512dq"},
    {"AVX-512IFMA", "avx512ifma"},
    {"AVX-512BW", "avx512bw"},
    {"AVX-512VL", "avx512vl"},
    {"AVX-512VBMI", "avx512vbmi"},
    {"AVX-512VBMI2", "avx512_vbmi2"},
};
#else
constexpr Flag kFlags[] = {
    {"NEON", "asimd"}, {"CRC32", "crc32"}, {"AES", "aes"},   {"PMULL", "pmull"},
    {"SHA1", "sha1"},  {"SHA2", "sha2"},   {"SHA3", "sha3"}, {"SHA512", "sha512"},
};
#endif

TEST(CpuFeatures, AreThoseTheSystemReports) {
  const std::vector<std::string> flags = flags_of_the_system();
  if (flags.empty()) GTEST_SKIP() << "no flags in /proc/cpuinfo";
  for (const Flag& known : kFlags) {
    EXPECT_EQ(listed(known.name), std::ranges::find(flags, known.flag) != flags.end()) << known.name;
  }
}

TEST(CpuFeatures, NothingElseIsListed) {
  for (const std::string& name : cpu_features()) {
    EXPECT_NE(std::ranges::find(kFlags, name, &Flag::name), std::end(kFlags)) << name;
  }
}

#endif

TEST(CpuFeatures, QuestionAndListAgree) {
  EXPECT_EQ(cpu_has(CpuFeature::kSse42), listed("SSE4.2"));
  EXPECT_EQ(cpu_has(CpuFeature::kAvx2), listed("AVX2"));
  EXPECT_EQ(cpu_has(CpuFeature::kAvx512F), listed("AVX-512F"));
  EXPECT_EQ(cpu_has(CpuFeature::kArmCrc32), listed("CRC32"));
}

}  // namespace
}  // namespace hashlane
