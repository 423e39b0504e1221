#include "oracles.h"

// MD4() is deprecated, not gone; nothing but this test calls it.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/md4.h>
#include <rhash.h>
#include <xxhash.h>

#include <array>

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
    default:
      return std::nullopt;
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

std::uint32_t crc32c_bit_by_bit(std::uint32_t crc, std::span<const std::byte> bytes) {
  crc = ~crc;
  for (const std::byte byte : bytes) {
    crc ^= std::to_integer<std::uint32_t>(byte);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82f63b78u : 0u);
  }
  return ~crc;
}

}  // namespace hashlane
