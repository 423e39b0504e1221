// The checksums that are one word: CRC-32 (IEEE 802.3) and Adler-32 by libdeflate, CRC-64/XZ by
// liblzma, CRC-32C and CRC-64/NVME by our own code.
#include <libdeflate.h>
#include <lzma.h>

#include <limits>
#include <new>

#include "kernels/checksums.h"
#include "kernels/crc32c.h"
#include "kernels/crc64.h"
#include "kernels/kernel.h"

namespace hashlane {

// An update with no bytes must not reach libdeflate: with a null pointer it answers with the
// initial value, whatever the checksum was.
std::uint32_t crc32(std::uint32_t crc, std::span<const std::byte> bytes) noexcept {
  return bytes.empty() ? crc : libdeflate_crc32(crc, bytes.data(), bytes.size());
}

std::uint32_t adler32(std::uint32_t sum, std::span<const std::byte> bytes) noexcept {
  return bytes.empty() ? sum : libdeflate_adler32(sum, bytes.data(), bytes.size());
}

std::uint64_t crc64_xz(std::uint64_t crc, std::span<const std::byte> bytes) noexcept {
  return lzma_crc64(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size(), crc);
}

namespace {

template <typename Word>
using Advance = Word (*)(Word sum, std::span<const std::byte> bytes) noexcept;

template <typename Word>
class ChecksumHasher final : public Hasher {
 public:
  ChecksumHasher(Advance<Word> advance, Word initial) noexcept : advance_(advance), initial_(initial) {}

  void reset() noexcept override { sum_ = initial_; }
  void update(std::span<const std::byte> bytes) noexcept override { sum_ = advance_(sum_, bytes); }
  bool finish(std::byte* digest) noexcept override {
    write_big_endian(sum_, digest);
    return true;
  }
  bool save(StateWriter& to) const noexcept override {
    to.number(sum_);
    return true;
  }
  bool restore(StateReader& from) noexcept override {
    sum_ = static_cast<Word>(from.number_to(std::numeric_limits<Word>::max()));
    return from.whole();
  }

 private:
  const Advance<Word> advance_;
  const Word initial_;
  Word sum_ = initial_;
};

template <typename Word, Advance<Word> advance, Word initial = 0>
std::unique_ptr<Hasher> make(AlgorithmId) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow) ChecksumHasher<Word>(advance, initial));
}

template <bool portable>
std::unique_ptr<Hasher> make_crc32c(AlgorithmId) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow) ChecksumHasher<std::uint32_t>(crc32c_form(portable).function, 0));
}

template <bool portable>
std::unique_ptr<Hasher> make_crc64_nvme(AlgorithmId) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow)
                                     ChecksumHasher<std::uint64_t>(crc64_nvme_form(portable).function, 0));
}

}  // namespace

std::vector<Kernel> checksum_kernels(bool portable) {
  return {{AlgorithmId::kCrc32, "libdeflate " LIBDEFLATE_VERSION_STRING, make<std::uint32_t, crc32>},
          {AlgorithmId::kCrc32c, std::string("Hashlane ") + crc32c_form(portable).instruction_set,
           portable ? make_crc32c<true> : make_crc32c<false>},
          {AlgorithmId::kCrc64Xz, "liblzma " LZMA_VERSION_STRING, make<std::uint64_t, crc64_xz>},
          {AlgorithmId::kCrc64Nvme, std::string("Hashlane ") + crc64_nvme_form(portable).instruction_set,
           portable ? make_crc64_nvme<true> : make_crc64_nvme<false>},
          {AlgorithmId::kAdler32, "libdeflate " LIBDEFLATE_VERSION_STRING, make<std::uint32_t, adler32, 1>}};
}

}  // namespace hashlane
