#include "oracles.h"

// MD4() is deprecated, not gone; nothing but this test calls it.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <gcrypt.h>
#include <openssl/md4.h>
#include <rhash.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <bit>

#include "bytes.h"

namespace hashlane {
namespace {

std::optional<unsigned> rhash_id(AlgorithmId algorithm) {
  switch (algorithm) {
    case AlgorithmId::kCrc32:
      return RHASH_CRC32;
    case AlgorithmId::kCrc32c:
      return RHASH_CRC32C;
    case AlgorithmId::kMd5:
      return RHASH_MD5;
    case AlgorithmId::kSha1:
      return RHASH_SHA1;
    case AlgorithmId::kSha224:
      return RHASH_SHA224;
    case AlgorithmId::kSha256:
      return RHASH_SHA256;
    case AlgorithmId::kSha384:
      return RHASH_SHA384;
    case AlgorithmId::kSha512:
    case AlgorithmId::kC4:
      return RHASH_SHA512;
    case AlgorithmId::kSha3_224:
      return RHASH_SHA3_224;
    case AlgorithmId::kSha3_256:
      return RHASH_SHA3_256;
    case AlgorithmId::kSha3_384:
      return RHASH_SHA3_384;
    case AlgorithmId::kSha3_512:
      return RHASH_SHA3_512;
    case AlgorithmId::kBlake2b:
      return RHASH_BLAKE2B;
    case AlgorithmId::kBlake2s:
      return RHASH_BLAKE2S;
    case AlgorithmId::kBtih:
      return RHASH_BTIH;
    default:
      return std::nullopt;
  }
}

std::optional<int> gcrypt_id(AlgorithmId algorithm) {
  switch (algorithm) {
    case AlgorithmId::kSha512_224:
      return GCRY_MD_SHA512_224;
    case AlgorithmId::kSha512_256:
      return GCRY_MD_SHA512_256;
    case AlgorithmId::kTiger:
      // libgcrypt's plain TIGER has the bytes of each word the other way round.
      return GCRY_MD_TIGER1;
    case AlgorithmId::kWhirlpool:
      return GCRY_MD_WHIRLPOOL;
    case AlgorithmId::kRipemd160:
      return GCRY_MD_RMD160;
    case AlgorithmId::kSm3:
      return GCRY_MD_SM3;
    case AlgorithmId::kGost12_256:
      return GCRY_MD_STRIBOG256;
    case AlgorithmId::kGost12_512:
      return GCRY_MD_STRIBOG512;
    case AlgorithmId::kGost94:
      return GCRY_MD_GOSTR3411_94;
    case AlgorithmId::kGost94Cryptopro:
      return GCRY_MD_GOSTR3411_CP;
    default:
      return std::nullopt;
  }
}

void hash_by_gcrypt(int id, std::span<const std::byte> bytes, void* digest) {
  static const bool ready = gcry_check_version(GCRYPT_VERSION) != nullptr;
  ASSERT_TRUE(ready);
  gcry_md_hash_buffer(id, digest, bytes.empty() ? "" : static_cast<const void*>(bytes.data()), bytes.size());
}

template <typename Word>
Word crc_bit_by_bit(Word polynomial, Word crc, std::span<const std::byte> bytes) {
  crc = ~crc;
  for (const std::byte byte : bytes) {
    crc ^= std::to_integer<Word>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? polynomial : 0);
  }
  return ~crc;
}

// RFC 1950, section 9.
std::uint32_t adler32_byte_by_byte(std::span<const std::byte> bytes) {
  std::uint32_t low = 1;
  std::uint32_t high = 0;
  for (const std::byte byte : bytes) {
    low = (low + std::to_integer<std::uint32_t>(byte)) % 65521;
    high = (high + low) % 65521;
  }
  return high << 16 | low;
}

using TigerDigest = std::array<std::byte, 24>;

// The Tree Hash Exchange format (THEX): leaves of 1,024 bytes behind a 0, nodes behind a 1, the left
// branch as large a power of two as leaves something for the right one.
TigerDigest tiger_tree(std::span<const std::byte> bytes) {
  constexpr std::size_t kLeaf = 1024;
  Bytes message;
  if (bytes.size() <= kLeaf) {
    message.push_back(std::byte{0});
    message.insert(message.end(), bytes.begin(), bytes.end());
  } else {
    const std::size_t left = std::bit_floor((bytes.size() - 1) / kLeaf) * kLeaf;
    message.push_back(std::byte{1});
    for (const TigerDigest& branch : {tiger_tree(bytes.first(left)), tiger_tree(bytes.subspan(left))}) {
      message.insert(message.end(), branch.begin(), branch.end());
    }
  }
  TigerDigest digest;
  hash_by_gcrypt(GCRY_MD_TIGER1, message, digest.data());
  return digest;
}

template <typename Word>
void write_big_endian(Word value, std::byte* out) {
  for (std::size_t index = 0; index < sizeof(Word); ++index) {
    out[index] = static_cast<std::byte>(value >> (8 * (sizeof(Word) - 1 - index)));
  }
}

// RHash would otherwise load the machine's libcrypto.so and compute with that.
void use_rhash_alone() {
  static const bool done = [] {
    rhash_set_openssl_mask(0);
    rhash_library_init();
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace

std::optional<std::string> oracle_digest(AlgorithmId algorithm, std::span<const std::byte> bytes) {
  std::array<std::byte, 64> digest{};
  auto* const out = reinterpret_cast<unsigned char*>(digest.data());
  // Some of the oracles refuse a null pointer even for no bytes.
  const void* const data = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
  if (const auto id = rhash_id(algorithm)) {
    use_rhash_alone();
    if (rhash_msg(*id, data, bytes.size(), out) != 0) return "the oracle failed";
  } else if (const auto gcrypt = gcrypt_id(algorithm)) {
    hash_by_gcrypt(*gcrypt, bytes, out);
  } else if (algorithm == AlgorithmId::kTth) {
    std::ranges::copy(tiger_tree(bytes), digest.begin());
  } else if (algorithm == AlgorithmId::kCrc64Xz) {
    // ECMA-182's polynomial, reflected.
    write_big_endian(crc_bit_by_bit<std::uint64_t>(0xc96c5795d7870f42u, 0, bytes), digest.data());
  } else if (algorithm == AlgorithmId::kCrc64Nvme) {
    write_big_endian(crc64_nvme_bit_by_bit(0, bytes), digest.data());
  } else if (algorithm == AlgorithmId::kAdler32) {
    write_big_endian(adler32_byte_by_byte(bytes), digest.data());
  } else if (algorithm == AlgorithmId::kXxh32) {
    XXH32_canonicalFromHash(reinterpret_cast<XXH32_canonical_t*>(out), XXH32(data, bytes.size(), 0));
  } else if (algorithm == AlgorithmId::kMd4) {
    MD4(static_cast<const unsigned char*>(data), bytes.size(), out);
  } else if (algorithm == AlgorithmId::kXxh64) {
    XXH64_canonicalFromHash(reinterpret_cast<XXH64_canonical_t*>(out), XXH64(data, bytes.size(), 0));
  } else if (algorithm == AlgorithmId::kXxh3_64) {
    XXH64_canonicalFromHash(reinterpret_cast<XXH64_canonical_t*>(out), XXH3_64bits(data, bytes.size()));
  } else if (algorithm == AlgorithmId::kXxh3_128) {
    XXH128_canonicalFromHash(reinterpret_cast<XXH128_canonical_t*>(out), XXH3_128bits(data, bytes.size()));
  } else {
    return std::nullopt;
  }
  return to_hex(std::span(digest).first(kAlgorithms[static_cast<std::size_t>(algorithm)].digest_length));
}

std::uint64_t crc64_nvme_bit_by_bit(std::uint64_t crc, std::span<const std::byte> bytes) {
  return crc_bit_by_bit<std::uint64_t>(0x9a6c9329ac4bc9b5u, crc, bytes);
}

std::uint32_t crc32c_bit_by_bit(std::uint32_t crc, std::span<const std::byte> bytes) {
  return crc_bit_by_bit<std::uint32_t>(0x82f63b78u, crc, bytes);
}

}  // namespace hashlane
