// The two 32-bit checksums: CRC-32 (IEEE 802.3) by libdeflate, CRC-32C by our own code.
#include <libdeflate.h>

#include <new>

#include "kernels/crc32c.h"
#include "kernels/kernel.h"

namespace hashlane {
namespace {

// An update with no bytes must not reach libdeflate: with a null pointer it answers 0, whatever
// the checksum was.
std::uint32_t crc32_by_libdeflate(std::uint32_t crc, std::span<const std::byte> bytes) noexcept {
  return bytes.empty() ? crc : libdeflate_crc32(crc, bytes.data(), bytes.size());
}

using Advance = std::uint32_t (*)(std::uint32_t crc, std::span<const std::byte> bytes) noexcept;

class CrcHasher final : public Hasher {
 public:
  explicit CrcHasher(Advance advance) noexcept : advance_(advance) {}

  void reset() noexcept override { crc_ = 0; }
  void update(std::span<const std::byte> bytes) noexcept override { crc_ = advance_(crc_, bytes); }
  bool finish(std::byte* digest) noexcept override {
    for (unsigned index = 0; index < 4; ++index) digest[index] = static_cast<std::byte>(crc_ >> (24 - 8 * index));
    return true;
  }

 private:
  const Advance advance_;
  std::uint32_t crc_ = 0;
};

std::unique_ptr<Hasher> make_crc32(AlgorithmId) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow) CrcHasher(crc32_by_libdeflate));
}

template <bool portable>
std::unique_ptr<Hasher> make_crc32c(AlgorithmId) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow) CrcHasher(crc32c_form(portable).function));
}

}  // namespace

std::vector<Kernel> crc_kernels(bool portable) {
  return {{AlgorithmId::kCrc32, "libdeflate " LIBDEFLATE_VERSION_STRING, make_crc32},
          {AlgorithmId::kCrc32c, std::string("Hashlane ") + crc32c_form(portable).instruction_set,
           portable ? make_crc32c<true> : make_crc32c<false>}};
}

}  // namespace hashlane
