#include "bytes.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace hashlane {
namespace {

constexpr std::size_t kEdgeLengths[] = {
    0,    1,    2,    3,    4,    7,    8,    9,    15,    16,    17,    31,    32,    33,    55,
    56,   57,   63,   64,   65,   71,   72,   73,   95,    96,    97,    103,   104,   105,   111,
    112,  113,  119,  120,  121,  127,  128,  129,  135,   136,   137,   143,   144,   145,   239,
    240,  241,  255,  256,  257,  511,  512,  513,  1023,  1024,  1025,  2047,  2048,  2049,  3071,
    3072, 3073, 4096, 4097, 6144, 8191, 8192, 8193, 16383, 16384, 16385, 31744, 65536, 65537, 102400,
};

}  // namespace

Bytes pattern(std::size_t length) {
  Bytes bytes(length);
  for (std::size_t index = 0; index < length; ++index) bytes[index] = static_cast<std::byte>(index % 251);
  return bytes;
}

Bytes noise(std::size_t length, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  Bytes bytes(length);
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(random());
  return bytes;
}

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

std::string to_hex(std::span<const std::byte> bytes) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::string hex;
  for (const std::byte byte : bytes) {
    hex += kHexDigits[std::to_integer<std::size_t>(byte >> 4)];
    hex += kHexDigits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return hex;
}

std::string finished(Hasher& hasher, AlgorithmId algorithm) {
  // Guards behind the digest show that no more than its length is written.
  constexpr std::byte kGuard{0xa5};
  const std::size_t length = kAlgorithms[static_cast<std::size_t>(algorithm)].digest_length;
  std::array<std::byte, 80> digest;
  digest.fill(kGuard);
  if (!hasher.finish(digest.data())) return "failed";
  const auto behind = std::span(digest).subspan(length);
  EXPECT_TRUE(std::ranges::all_of(behind, [](std::byte byte) { return byte == kGuard; })) << name_of(algorithm);
  return to_hex(std::span(digest).first(length));
}

void identify(Hasher& hasher, AlgorithmId algorithm, std::size_t size) {
  if (algorithm != AlgorithmId::kBtih) hasher.identify({}, size);
}

std::string digest_of(AlgorithmId algorithm, std::span<const std::byte> bytes) {
  const auto hasher = make_hasher(algorithm);
  if (!hasher) return "no hasher";
  identify(*hasher, algorithm, bytes.size());
  hasher->update(bytes);
  return finished(*hasher, algorithm);
}

void update_in_random_pieces(Hasher& hasher, std::span<const std::byte> bytes, std::mt19937_64& random) {
  while (!bytes.empty()) {
    // Lengths of every magnitude, so that words, blocks and chunks are all cut.
    const std::size_t magnitude = std::size_t{1} << (random() % 16);
    const std::size_t length = std::min<std::size_t>(random() % (2 * magnitude), bytes.size());
    hasher.update(bytes.first(length));
    bytes = bytes.subspan(length);
  }
}

std::string name_of(AlgorithmId algorithm) { return kAlgorithms[static_cast<std::size_t>(algorithm)].name; }

std::vector<AlgorithmId> all_algorithms() {
  std::vector<AlgorithmId> all;
  for (const AlgorithmInfo& info : kAlgorithms) all.push_back(static_cast<AlgorithmId>(info.id));
  return all;
}

std::string test_name(const testing::TestParamInfo<AlgorithmId>& info) {
  std::string name = name_of(info.param);
  std::ranges::replace_if(
      name, [](unsigned char letter) { return std::isalnum(letter) == 0; }, '_');
  return name;
}

std::span<const std::size_t> edge_lengths() { return kEdgeLengths; }

}  // namespace hashlane
