// CRC-32C by the processor's instruction where there is one. The instruction takes 8 bytes a cycle
// but answers only after three, so three neighbouring lanes of a block run side by side; their
// checksums are joined by moving the earlier ones over the bytes of the later ones, which is a
// linear map on 32 bits (a matrix over GF(2)) and therefore four table look-ups.
#include "kernels/crc32c.h"

#include <array>
#include <cstring>

#include "kernels/cpu_features.h"
#include "kernels/kernel.h"
#include "kernels/kernels_choice.h"

#if defined(_MSC_VER) && !defined(__clang__) && (defined(_M_X64) || defined(_M_ARM64))
#include <intrin.h>
#define HASHLANE_HARDWARE_CRC32C
#elif defined(__x86_64__) || defined(_M_X64)
#include <nmmintrin.h>
#define HASHLANE_HARDWARE_CRC32C __attribute__((target("sse4.2")))
#elif defined(__aarch64__) && defined(__clang__)
#include <arm_acle.h>
#define HASHLANE_HARDWARE_CRC32C __attribute__((target("crc")))
#elif defined(__aarch64__)
#include <arm_acle.h>
#define HASHLANE_HARDWARE_CRC32C __attribute__((target("+crc")))
#endif

namespace hashlane {
namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78;

using Table = std::array<std::uint32_t, 256>;

// slices[n][b]: the checksum of byte b followed by n zero bytes, without the inversions.
constexpr std::array<Table, 8> make_slices() {
  std::array<Table, 8> slices{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? kPolynomial : 0);
    slices[0][byte] = crc;
  }
  for (std::size_t slice = 1; slice < slices.size(); ++slice) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = slices[slice - 1][byte];
      slices[slice][byte] = (before >> 8) ^ slices[0][before & 0xff];
    }
  }
  return slices;
}

constexpr std::array<Table, 8> kSlices = make_slices();

std::uint32_t little_endian_32(const std::byte* from) {
  return std::to_integer<std::uint32_t>(from[0]) | std::to_integer<std::uint32_t>(from[1]) << 8 |
         std::to_integer<std::uint32_t>(from[2]) << 16 | std::to_integer<std::uint32_t>(from[3]) << 24;
}

#if defined(HASHLANE_HARDWARE_CRC32C)

constexpr std::size_t kLaneBytes = 1024;

// Moves a checksum over kLaneBytes * Lanes zero bytes: one table for each of its four bytes.
template <std::size_t Lanes>
constexpr std::array<Table, 4> make_shift() {
  std::array<Table, 4> shift{};
  for (std::size_t position = 0; position < 32; ++position) {
    std::uint32_t crc = std::uint32_t{1} << position;
    for (std::size_t byte = 0; byte < kLaneBytes * Lanes; ++byte) crc = (crc >> 8) ^ kSlices[0][crc & 0xff];
    shift[position / 8][std::size_t{1} << (position % 8)] = crc;
  }
  for (Table& table : shift) {
    for (std::size_t byte = 1; byte < 256; ++byte) {
      const std::size_t lowest = byte & (~byte + 1);
      table[byte] = table[lowest] ^ table[byte ^ lowest];
    }
  }
  return shift;
}

constexpr std::array<Table, 4> kOverOneLane = make_shift<1>();
constexpr std::array<Table, 4> kOverTwoLanes = make_shift<2>();

std::uint32_t shifted(const std::array<Table, 4>& shift, std::uint32_t crc) {
  return shift[0][crc & 0xff] ^ shift[1][(crc >> 8) & 0xff] ^ shift[2][(crc >> 16) & 0xff] ^ shift[3][crc >> 24];
}

HASHLANE_HARDWARE_CRC32C inline std::uint32_t step_8(std::uint32_t crc, const std::byte* from) {
  std::uint64_t word;
  std::memcpy(&word, from, sizeof word);
#if defined(__x86_64__) || defined(_M_X64)
  return static_cast<std::uint32_t>(_mm_crc32_u64(crc, word));
#else
  return __crc32cd(crc, word);
#endif
}

HASHLANE_HARDWARE_CRC32C inline std::uint32_t step_1(std::uint32_t crc, std::byte byte) {
#if defined(__x86_64__) || defined(_M_X64)
  return _mm_crc32_u8(crc, std::to_integer<std::uint8_t>(byte));
#else
  return __crc32cb(crc, std::to_integer<std::uint8_t>(byte));
#endif
}

HASHLANE_HARDWARE_CRC32C std::uint32_t crc32c_hardware(std::uint32_t crc, std::span<const std::byte> bytes) noexcept {
  crc = ~crc;
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 3 * kLaneBytes; at += 3 * kLaneBytes, left -= 3 * kLaneBytes) {
    std::uint32_t second = 0;
    std::uint32_t third = 0;
    for (std::size_t offset = 0; offset < kLaneBytes; offset += 8) {
      crc = step_8(crc, at + offset);
      second = step_8(second, at + kLaneBytes + offset);
      third = step_8(third, at + 2 * kLaneBytes + offset);
    }
    crc = shifted(kOverTwoLanes, crc) ^ shifted(kOverOneLane, second) ^ third;
  }
  for (; left >= 8; at += 8, left -= 8) crc = step_8(crc, at);
  for (; left > 0; ++at, --left) crc = step_1(crc, *at);
  return ~crc;
}

#endif

}  // namespace

std::uint32_t crc32c_portable(std::uint32_t crc, std::span<const std::byte> bytes) noexcept {
  crc = ~crc;
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= 8; at += 8, left -= 8) {
    const std::uint32_t low = crc ^ little_endian_32(at);
    const std::uint32_t high = little_endian_32(at + 4);
    crc = kSlices[7][low & 0xff] ^ kSlices[6][(low >> 8) & 0xff] ^ kSlices[5][(low >> 16) & 0xff] ^
          kSlices[4][low >> 24] ^ kSlices[3][high & 0xff] ^ kSlices[2][(high >> 8) & 0xff] ^
          kSlices[1][(high >> 16) & 0xff] ^ kSlices[0][high >> 24];
  }
  for (; left > 0; ++at, --left) crc = (crc >> 8) ^ kSlices[0][(crc ^ std::to_integer<std::uint32_t>(*at)) & 0xff];
  return ~crc;
}

Crc32cForm crc32c_form([[maybe_unused]] bool portable) noexcept {
#if defined(__x86_64__) || defined(_M_X64)
  if (!portable && may_use(KernelTarget::kSse4) && cpu_has(CpuFeature::kSse42)) return {crc32c_hardware, "SSE4.2"};
#elif defined(HASHLANE_HARDWARE_CRC32C)
  if (!portable && may_use(KernelTarget::kNeon) && cpu_has(CpuFeature::kArmCrc32)) return {crc32c_hardware, "ARMv8"};
#endif
  return {crc32c_portable, "portable"};
}

std::uint32_t crc32c(std::uint32_t crc, std::span<const std::byte> bytes) noexcept {
  static const Crc32cFunction chosen = crc32c_form(portable_forced()).function;
  return chosen(crc, bytes);
}

}  // namespace hashlane
