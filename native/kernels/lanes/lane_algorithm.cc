#include "kernels/lanes/lane_algorithm.h"

#include <algorithm>
#include <iterator>

#include "kernels/lanes/lane_kernel.h"

namespace hashlane {
namespace {

// RFC 1320 and RFC 1321, section 3.3; the first four words of SHA-1's (FIPS 180-4, section 5.3.1).
constexpr std::uint64_t kSha1Words[] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
// FIPS 180-4, sections 5.3.2 to 5.3.6.
constexpr std::uint64_t kSha224Words[] = {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939,
                                          0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4};
constexpr std::uint64_t kSha256Words[] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr std::uint64_t kSha384Words[] = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17,
                                          0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
                                          0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};
constexpr std::uint64_t kSha512Words[] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                          0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                          0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
constexpr std::uint64_t kSha512_224Words[] = {0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82,
                                              0x679dd514582f9fcf, 0x0f6d2b697bd44da8, 0x77e36f7304c48942,
                                              0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1};
constexpr std::uint64_t kSha512_256Words[] = {0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151,
                                              0x963877195940eabd, 0x96283ee2a88effe3, 0xbe5e1e2553863992,
                                              0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2};
constexpr std::uint64_t kZeros[25] = {};
// SHA-2's words with the parameters in the first: digest length, no key, one tree (RFC 7693, section
// 2.5); then no bytes yet, and not the last block.
constexpr std::uint64_t kBlake2bWords[11] = {0x6a09e667f3bcc908 ^ 0x01010040,
                                             0xbb67ae8584caa73b,
                                             0x3c6ef372fe94f82b,
                                             0xa54ff53a5f1d36f1,
                                             0x510e527fade682d1,
                                             0x9b05688c2b3e6c1f,
                                             0x1f83d9abfb41bd6b,
                                             0x5be0cd19137e2179};
constexpr std::uint64_t kBlake2sWords[11] = {
    0x6a09e667 ^ 0x01010020, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

constexpr LaneAlgorithm kLaneAlgorithms[] = {
    {AlgorithmId::kMd4, Compression::kMd4, Padding::kLittleEndianLength, 4, 4, 64, 16, kSha1Words},
    {AlgorithmId::kMd5, Compression::kMd5, Padding::kLittleEndianLength, 4, 4, 64, 16, kSha1Words},
    {AlgorithmId::kSha1, Compression::kSha1, Padding::kBigEndianLength, 4, 5, 64, 20, kSha1Words},
    {AlgorithmId::kGitBlob, Compression::kSha1, Padding::kBigEndianLength, 4, 5, 64, 20, kSha1Words, true},
    {AlgorithmId::kSha224, Compression::kSha256, Padding::kBigEndianLength, 4, 8, 64, 28, kSha224Words},
    {AlgorithmId::kSha256, Compression::kSha256, Padding::kBigEndianLength, 4, 8, 64, 32, kSha256Words},
    {AlgorithmId::kGitBlobSha256, Compression::kSha256, Padding::kBigEndianLength, 4, 8, 64, 32, kSha256Words, true},
    {AlgorithmId::kSha384, Compression::kSha512, Padding::kBigEndianLength, 8, 8, 128, 48, kSha384Words},
    {AlgorithmId::kSha512, Compression::kSha512, Padding::kBigEndianLength, 8, 8, 128, 64, kSha512Words},
    {AlgorithmId::kC4, Compression::kSha512, Padding::kBigEndianLength, 8, 8, 128, 64, kSha512Words},
    {AlgorithmId::kSha512_224, Compression::kSha512, Padding::kBigEndianLength, 8, 8, 128, 28, kSha512_224Words},
    {AlgorithmId::kSha512_256, Compression::kSha512, Padding::kBigEndianLength, 8, 8, 128, 32, kSha512_256Words},
    {AlgorithmId::kSha3_224, Compression::kKeccak144, Padding::kKeccak, 8, 25, 144, 28, kZeros},
    {AlgorithmId::kSha3_256, Compression::kKeccak136, Padding::kKeccak, 8, 25, 136, 32, kZeros},
    {AlgorithmId::kSha3_384, Compression::kKeccak104, Padding::kKeccak, 8, 25, 104, 48, kZeros},
    {AlgorithmId::kSha3_512, Compression::kKeccak72, Padding::kKeccak, 8, 25, 72, 64, kZeros},
    {AlgorithmId::kBlake2b, Compression::kBlake2b, Padding::kBlake2, 8, 11, 128, 64, kBlake2bWords},
    {AlgorithmId::kBlake2s, Compression::kBlake2s, Padding::kBlake2, 4, 11, 64, 32, kBlake2sWords},
};

constexpr std::size_t padding_bytes(const LaneAlgorithm& algorithm) {
  return algorithm.padding == Padding::kKeccak || algorithm.padding == Padding::kBlake2 ? algorithm.block_bytes
                                                                                        : 2 * algorithm.block_bytes;
}
constexpr bool fits(const LaneAlgorithm& algorithm) {
  return algorithm.word_bytes * algorithm.chain_words <= LaneState::kChainBytes &&
         padding_bytes(algorithm) <= LaneState::kPartialBytes &&
         algorithm.digest_bytes == kAlgorithms[static_cast<std::size_t>(algorithm.id)].digest_length;
}
static_assert(std::ranges::all_of(kLaneAlgorithms, fits));

}  // namespace

const LaneAlgorithm* lane_algorithm(AlgorithmId id) noexcept {
  const auto* const found = std::ranges::find(kLaneAlgorithms, id, &LaneAlgorithm::id);
  return found == std::end(kLaneAlgorithms) ? nullptr : found;
}

}  // namespace hashlane
