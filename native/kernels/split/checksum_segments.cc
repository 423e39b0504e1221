// CRC-32, CRC-32C, CRC-64/XZ, CRC-64/NVME and Adler-32: checksums of segments, combined by the segments' lengths.
#include <cstring>
#include <limits>
#include <new>

#include "kernels/checksums.h"
#include "kernels/hasher.h"
#include "kernels/split/crc_combine.h"
#include "kernels/split/segment_kernels.h"

namespace hashlane {
namespace {

template <typename Word>
using Advance = Word (*)(Word sum, std::span<const std::byte> bytes) noexcept;

template <AlgorithmId id, typename WordType, WordType polynomial, Advance<WordType> advance>
struct Crc {
  using Word = WordType;
  static constexpr AlgorithmId kAlgorithm = id;
  static constexpr Word kOfNothing = 0;

  static Word of(std::span<const std::byte> bytes) noexcept { return advance(kOfNothing, bytes); }

  static Word combined(Word before, Word after, std::size_t after_bytes) noexcept {
    using Field = CrcField<Word, polynomial>;
    constexpr Word kOverSegment = Field::over_bytes(kSegmentBytes);
    const Word over = after_bytes == kSegmentBytes ? kOverSegment : Field::over_bytes(after_bytes);
    return Field::product(before, over) ^ after;
  }
};

using Crc32 = Crc<AlgorithmId::kCrc32, std::uint32_t, 0xedb88320, crc32>;
using Crc32c = Crc<AlgorithmId::kCrc32c, std::uint32_t, 0x82f63b78, crc32c>;
using Crc64Xz = Crc<AlgorithmId::kCrc64Xz, std::uint64_t, 0xc96c5795d7870f42, crc64_xz>;
using Crc64Nvme = Crc<AlgorithmId::kCrc64Nvme, std::uint64_t, 0x9a6c9329ac4bc9b5, crc64_nvme>;

// RFC 1950, section 2.2: the low half is 1 plus the sum of the bytes, the high half the sum of the low
// half's values after each byte, both modulo 65521. Behind other bytes the low half begins with theirs
// instead of 1, and each of the later bytes adds the difference to the high half.
struct Adler32 {
  using Word = std::uint32_t;
  static constexpr AlgorithmId kAlgorithm = AlgorithmId::kAdler32;
  static constexpr Word kOfNothing = 1;

  static Word of(std::span<const std::byte> bytes) noexcept { return adler32(kOfNothing, bytes); }

  static Word combined(Word before, Word after, std::size_t after_bytes) noexcept {
    constexpr std::uint64_t kModulus = 65521;
    const std::uint64_t more = (before & 0xffff) + kModulus - 1;
    const std::uint64_t low = (more + (after & 0xffff)) % kModulus;
    const std::uint64_t high = ((before >> 16) + (after >> 16) + after_bytes % kModulus * more) % kModulus;
    return static_cast<Word>(high << 16 | low);
  }
};

template <typename Checksum>
class ChecksumJoin final : public SegmentJoin {
 public:
  using Word = typename Checksum::Word;

  void reset() noexcept override { sum_ = Checksum::kOfNothing; }

  void add(const SegmentResult& result, std::size_t length) noexcept override {
    Word of_segment;
    std::memcpy(&of_segment, result.bytes, sizeof of_segment);
    sum_ = Checksum::combined(sum_, of_segment, length);
  }

  void finish(std::byte* digest) noexcept override { write_big_endian(sum_, digest); }

  bool save(StateWriter& to) const noexcept override {
    to.number(sum_);
    return true;
  }

  bool restore(StateReader& from) noexcept override {
    sum_ = static_cast<Word>(from.number_to(std::numeric_limits<Word>::max()));
    return from.whole();
  }

 private:
  Word sum_ = Checksum::kOfNothing;
};

template <typename Checksum>
class ChecksumSegments final : public SegmentKernel {
 public:
  const char* implementation() const noexcept override { return stream_implementation(Checksum::kAlgorithm); }

  void hash(std::uint64_t, std::span<const std::byte> bytes, SegmentResult& result) const noexcept override {
    const typename Checksum::Word sum = Checksum::of(bytes);
    std::memcpy(result.bytes, &sum, sizeof sum);
  }

  std::unique_ptr<SegmentJoin> join() const noexcept override {
    return std::unique_ptr<SegmentJoin>(new (std::nothrow) ChecksumJoin<Checksum>);
  }
};

}  // namespace

const SegmentKernel* checksum_segments(AlgorithmId algorithm) noexcept {
  static const ChecksumSegments<Crc32> of_crc32;
  static const ChecksumSegments<Crc32c> of_crc32c;
  static const ChecksumSegments<Crc64Xz> of_crc64_xz;
  static const ChecksumSegments<Crc64Nvme> of_crc64_nvme;
  static const ChecksumSegments<Adler32> of_adler32;
  switch (algorithm) {
    case AlgorithmId::kCrc32:
      return &of_crc32;
    case AlgorithmId::kCrc32c:
      return &of_crc32c;
    case AlgorithmId::kCrc64Xz:
      return &of_crc64_xz;
    case AlgorithmId::kCrc64Nvme:
      return &of_crc64_nvme;
    case AlgorithmId::kAdler32:
      return &of_adler32;
    default:
      return nullptr;
  }
}

}  // namespace hashlane
