// CRC-64/NVME, the checksum of NVM Express and Amazon S3, by multiplying polynomials where the processor
// does that.
//
// A register of 128 bits is "folded" over the bytes that follow it: its two halves, each times a power of x
// modulo P, are added to what lies that far ahead, and the remainder of the whole stays the same. Eight
// registers side by side hide how long a product takes. A product of two reflected words comes out one bit
// too low, that is, times x: the powers are one less than the distance.
#include "kernels/crc64.h"

#include <array>
#include <cstring>

#include "kernels/checksums.h"
#include "kernels/cpu_features.h"
#include "kernels/kernel.h"
#include "kernels/kernels_choice.h"
#include "kernels/split/crc_combine.h"

#if defined(_MSC_VER) && !defined(__clang__) && defined(_M_X64)
#include <intrin.h>
#define HASHLANE_FOLDING_CRC64
#elif defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#define HASHLANE_FOLDING_CRC64 __attribute__((target("pclmul,sse4.1")))
#elif defined(_MSC_VER) && !defined(__clang__) && defined(_M_ARM64)
#include <arm_neon.h>
#define HASHLANE_FOLDING_CRC64
#elif defined(__aarch64__) && defined(__clang__)
#include <arm_neon.h>
#define HASHLANE_FOLDING_CRC64 __attribute__((target("aes")))
#elif defined(__aarch64__)
#include <arm_neon.h>
#define HASHLANE_FOLDING_CRC64 __attribute__((target("+crypto")))
#endif

namespace hashlane {
namespace {

constexpr std::uint64_t kPolynomial = 0x9a6c9329ac4bc9b5;

using Table = std::array<std::uint64_t, 256>;

// slices[n][b]: the checksum of byte b followed by n zero bytes, without the inversions.
constexpr std::array<Table, 8> make_slices() {
  std::array<Table, 8> slices{};
  for (std::uint64_t byte = 0; byte < 256; ++byte) {
    std::uint64_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
    slices[0][byte] = crc;
  }
  for (std::size_t slice = 1; slice < slices.size(); ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint64_t before = slices[slice - 1][byte];
      slices[slice][byte] = (before >> 8) ^ slices[0][before & 0xff];
    }
  }
  return slices;
}

constexpr std::array<Table, 8> kSlices = make_slices();

std::uint64_t little_endian_64(const std::byte* from) {
  std::uint64_t word = 0;
  for (int byte = 7; byte >= 0; --byte) word = word << 8 | std::to_integer<std::uint64_t>(from[byte]);
  return word;
}

/// The register, not inverted, after bytes.
std::uint64_t advance(std::uint64_t crc, const std::byte* at, std::size_t left) {
  for (; left >= 8; at += 8, left -= 8) {
    const std::uint64_t word = crc ^ little_endian_64(at);
    crc = 0;
    for (std::size_t byte = 0; byte < 8; ++byte) crc ^= kSlices[7 - byte][word >> (8 * byte) & 0xff];
  }
  for (; left > 0; ++at, --left) crc = (crc >> 8) ^ kSlices[0][(crc ^ std::to_integer<std::uint64_t>(*at)) & 0xff];
  return crc;
}

#if defined(HASHLANE_FOLDING_CRC64)

constexpr std::size_t kRegisters = 8;
constexpr std::size_t kRegisterBytes = 16;
constexpr std::size_t kStrideBytes = kRegisters * kRegisterBytes;

using Field = CrcField<std::uint64_t, kPolynomial>;

/// x^(8 * bytes - 1).
constexpr std::uint64_t power_before(std::size_t bytes) {
  // Seven single steps behind the bytes before.
  std::uint64_t power = Field::over_bytes(bytes - 1);
  for (int bit = 0; bit < 7; ++bit) power = (power >> 1) ^ ((power & 1) != 0 ? kPolynomial : 0);
  return power;
}

/// What moves the earlier and the later half of a register over `bytes`.
struct Distance {
  std::uint64_t earlier;
  std::uint64_t later;
};
constexpr Distance over(std::size_t bytes) { return {power_before(bytes + 8), power_before(bytes)}; }
constexpr Distance kOverStride = over(kStrideBytes);
constexpr Distance kOverRegister = over(kRegisterBytes);

#if defined(__x86_64__) || defined(_M_X64)
using Register = __m128i;

HASHLANE_FOLDING_CRC64 inline Register load(const std::byte* from) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
}
HASHLANE_FOLDING_CRC64 inline void store(std::byte* to, Register value) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(to), value);
}
HASHLANE_FOLDING_CRC64 inline Register low_word(std::uint64_t word) {
  return _mm_set_epi64x(0, static_cast<long long>(word));
}
HASHLANE_FOLDING_CRC64 inline Register sum(Register a, Register b) { return _mm_xor_si128(a, b); }
HASHLANE_FOLDING_CRC64 inline Register folded(Register value, Distance distance) {
  const Register factors =
      _mm_set_epi64x(static_cast<long long>(distance.later), static_cast<long long>(distance.earlier));
  return sum(_mm_clmulepi64_si128(value, factors, 0x00), _mm_clmulepi64_si128(value, factors, 0x11));
}
#else
using Register = uint64x2_t;

HASHLANE_FOLDING_CRC64 inline Register load(const std::byte* from) {
  return vreinterpretq_u64_u8(vld1q_u8(reinterpret_cast<const std::uint8_t*>(from)));
}
HASHLANE_FOLDING_CRC64 inline void store(std::byte* to, Register value) {
  vst1q_u8(reinterpret_cast<std::uint8_t*>(to), vreinterpretq_u8_u64(value));
}
HASHLANE_FOLDING_CRC64 inline Register low_word(std::uint64_t word) {
  return vcombine_u64(vcreate_u64(word), vcreate_u64(0));
}
HASHLANE_FOLDING_CRC64 inline Register sum(Register a, Register b) { return veorq_u64(a, b); }
HASHLANE_FOLDING_CRC64 inline Register product(std::uint64_t a, std::uint64_t b) {
  return vreinterpretq_u64_p128(vmull_p64(static_cast<poly64_t>(a), static_cast<poly64_t>(b)));
}
HASHLANE_FOLDING_CRC64 inline Register folded(Register value, Distance distance) {
  return sum(product(vgetq_lane_u64(value, 0), distance.earlier), product(vgetq_lane_u64(value, 1), distance.later));
}
#endif

HASHLANE_FOLDING_CRC64 std::uint64_t crc64_nvme_folding(std::uint64_t crc, std::span<const std::byte> bytes) noexcept {
  crc = ~crc;
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  if (left < kStrideBytes) return ~advance(crc, at, left);
  Register registers[kRegisters];
  for (std::size_t i = 0; i < kRegisters; ++i) registers[i] = load(at + i * kRegisterBytes);
  registers[0] = sum(registers[0], low_word(crc));
  for (at += kStrideBytes, left -= kStrideBytes; left >= kStrideBytes; at += kStrideBytes, left -= kStrideBytes) {
    for (std::size_t i = 0; i < kRegisters; ++i) {
      registers[i] = sum(folded(registers[i], kOverStride), load(at + i * kRegisterBytes));
    }
  }
  Register all = registers[0];
  for (std::size_t i = 1; i < kRegisters; ++i) all = sum(folded(all, kOverRegister), registers[i]);
  for (; left >= kRegisterBytes; at += kRegisterBytes, left -= kRegisterBytes) {
    all = sum(folded(all, kOverRegister), load(at));
  }
  std::byte remainder[kRegisterBytes];
  store(remainder, all);
  return ~advance(advance(0, remainder, kRegisterBytes), at, left);
}

#endif

}  // namespace

std::uint64_t crc64_nvme_portable(std::uint64_t crc, std::span<const std::byte> bytes) noexcept {
  return ~advance(~crc, bytes.data(), bytes.size());
}

Crc64Form crc64_nvme_form([[maybe_unused]] bool portable) noexcept {
#if defined(__x86_64__) || defined(_M_X64)
  if (!portable && may_use(KernelTarget::kSse4) && cpu_has(CpuFeature::kPclmul)) {
    return {crc64_nvme_folding, "PCLMULQDQ"};
  }
#elif defined(HASHLANE_FOLDING_CRC64)
  if (!portable && may_use(KernelTarget::kNeon) && cpu_has(CpuFeature::kArmPmull)) {
    return {crc64_nvme_folding, "PMULL"};
  }
#endif
  return {crc64_nvme_portable, "portable"};
}

std::uint64_t crc64_nvme(std::uint64_t crc, std::span<const std::byte> bytes) noexcept {
  static const Crc64Function chosen = crc64_nvme_form(portable_forced()).function;
  return chosen(crc, bytes);
}

}  // namespace hashlane
