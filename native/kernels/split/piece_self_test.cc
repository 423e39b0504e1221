#include "kernels/split/piece_self_test.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "kernels/kernel.h"
#include "kernels/split/digest_literal.h"

namespace hashlane {
namespace {

// The longest is SHA-256's.
using Digest = std::array<std::byte, 32>;

template <std::size_t length>
consteval Digest known(std::array<std::byte, length> bytes) {
  Digest digest{};
  std::ranges::copy(bytes, digest.begin());
  return digest;
}

// Of as many zero bytes: a whole piece of ED2K, one and the last one of a chunk of AICH, whole parts of S3 and a block
// of Dropbox, and a byte.
struct KnownPiece {
  AlgorithmId inner;
  std::uint64_t length;
  Digest digest;
};

constexpr KnownPiece kPieces[] = {
    {AlgorithmId::kMd4, 9'728'000, known(digest_literal("d7def262a127cd79096a108e7a9fc138"))},
    {AlgorithmId::kMd4, 1, known(digest_literal("47c61a0fa8738ba77308a8a600f88e4b"))},
    {AlgorithmId::kSha1, 184'320, known(digest_literal("fed87d14724a6291bc5c2dea8d0594ab4dfbd3e6"))},
    {AlgorithmId::kSha1, 143'360, known(digest_literal("d87e1556593b17c10facada78fe3b3a35c0f7552"))},
    {AlgorithmId::kSha1, 1, known(digest_literal("5ba93c9db0cff93f52b521d7420e43f6eda2784f"))},
    {AlgorithmId::kMd5, 5242880, known(digest_literal("5f363e0e58a95f06cbe9bbc662c5dfb6"))},
    {AlgorithmId::kMd5, 8388608, known(digest_literal("96995b58d4cbf6aaa9041b4f00c7f6ae"))},
    {AlgorithmId::kMd5, 15728640, known(digest_literal("14b17234e237505421b6492b8d757507"))},
    {AlgorithmId::kMd5, 16777216, known(digest_literal("2c7ab85a893283e98c931e9511add182"))},
    {AlgorithmId::kMd5, 1, known(digest_literal("93b885adfe0da089cdf634904fd59f71"))},
    {AlgorithmId::kSha256, 4194304,
     known(digest_literal("bb9f8df61474d25e71fa00722318cd387396ca1736605e1248821cc0de3d3af8"))},
    {AlgorithmId::kSha256, 1,
     known(digest_literal("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"))},
};

// Computed by RHash 1.4.3; ED2K's blue ones at multiples of a piece by their definition with OpenSSL's MD4, those of
// S3 and Dropbox by theirs with Python's hashlib.
struct KnownFile {
  AlgorithmId algorithm;
  std::uint64_t length;
  Digest digest;
};

constexpr KnownFile kFiles[] = {
    {AlgorithmId::kEd2k, 0, known(digest_literal("31d6cfe0d16ae931b73c59d7e0c089c0"))},
    {AlgorithmId::kEd2k, 9'728'000, known(digest_literal("fc21d9af828f92a8df64beac3357425d"))},
    {AlgorithmId::kEd2k, 19'456'000, known(digest_literal("114b21c63a74b6ca922291a11177dd5c"))},
    {AlgorithmId::kEd2k, 48'640'001, known(digest_literal("84b9c99e9fe6da30c3451d9956b17b95"))},
    {AlgorithmId::kEd2kBlue, 0, known(digest_literal("31d6cfe0d16ae931b73c59d7e0c089c0"))},
    {AlgorithmId::kEd2kBlue, 9'728'000, known(digest_literal("d7def262a127cd79096a108e7a9fc138"))},
    {AlgorithmId::kEd2kBlue, 19'456'000, known(digest_literal("194ee9e4fa79b2ee9f8829284c466051"))},
    {AlgorithmId::kEd2kBlue, 48'640'001, known(digest_literal("84b9c99e9fe6da30c3451d9956b17b95"))},
    {AlgorithmId::kAich, 0, known(digest_literal("da39a3ee5e6b4b0d3255bfef95601890afd80709"))},
    {AlgorithmId::kAich, 9'728'000, known(digest_literal("e8f6de1e0745190fa29f0760b7ad1e89e56747e1"))},
    {AlgorithmId::kAich, 19'456'000, known(digest_literal("212f1bc415ec9096f51a2226a405e2bc3d0b1b84"))},
    {AlgorithmId::kAich, 48'640'001, known(digest_literal("b45458e272a8d608d442949d0847d1b3d3f94ab4"))},
    {AlgorithmId::kS3Etag5MiB, 0, known(digest_literal("d41d8cd98f00b204e9800998ecf8427e00000000"))},
    {AlgorithmId::kS3Etag5MiB, 1, known(digest_literal("93b885adfe0da089cdf634904fd59f7100000000"))},
    {AlgorithmId::kS3Etag5MiB, 5242880, known(digest_literal("81485c0e873d222199469076b60f30e900000001"))},
    {AlgorithmId::kS3Etag5MiB, 10485761, known(digest_literal("c0d402ec58411a8e65a7b2232f5b3e8e00000003"))},
    {AlgorithmId::kS3Etag8MiB, 0, known(digest_literal("d41d8cd98f00b204e9800998ecf8427e00000000"))},
    {AlgorithmId::kS3Etag8MiB, 1, known(digest_literal("93b885adfe0da089cdf634904fd59f7100000000"))},
    {AlgorithmId::kS3Etag8MiB, 8388608, known(digest_literal("9ed977000dc166f25a9b9ef26fb3c3fc00000001"))},
    {AlgorithmId::kS3Etag8MiB, 16777217, known(digest_literal("a067ca1673f93d2ddca7a249189c4dd400000003"))},
    {AlgorithmId::kS3Etag15MiB, 0, known(digest_literal("d41d8cd98f00b204e9800998ecf8427e00000000"))},
    {AlgorithmId::kS3Etag15MiB, 1, known(digest_literal("93b885adfe0da089cdf634904fd59f7100000000"))},
    {AlgorithmId::kS3Etag15MiB, 15728640, known(digest_literal("fcea6b824b198394ae4c2c717e40221600000001"))},
    {AlgorithmId::kS3Etag15MiB, 31457281, known(digest_literal("29de5ec27c3a159ca577d1f7954977f100000003"))},
    {AlgorithmId::kS3Etag16MiB, 0, known(digest_literal("d41d8cd98f00b204e9800998ecf8427e00000000"))},
    {AlgorithmId::kS3Etag16MiB, 1, known(digest_literal("93b885adfe0da089cdf634904fd59f7100000000"))},
    {AlgorithmId::kS3Etag16MiB, 16777216, known(digest_literal("3692065fc617ab1acea6dc7e886dc48a00000001"))},
    {AlgorithmId::kS3Etag16MiB, 33554433, known(digest_literal("43146238733cbdc91d3e93bb76c975bb00000003"))},
    {AlgorithmId::kDropbox, 0,
     known(digest_literal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))},
    {AlgorithmId::kDropbox, 1,
     known(digest_literal("1406e05881e299367766d313e26c05564ec91bf721d31726bd6e46e60689539a"))},
    {AlgorithmId::kDropbox, 4194304,
     known(digest_literal("c7e946d101855255d919ef0c70718633adf77d3dfb3adeeecf5d0cb4e951be58"))},
    {AlgorithmId::kDropbox, 8388609,
     known(digest_literal("0abd0f48fe25004ce9ca2e45df928ba9b1052f20666d7dde21ecdbeb7aa96482"))},
};

bool gives(const PiecePlan& plan, PieceJoin& join, const KnownFile& file) noexcept {
  join.reset();
  for (std::uint64_t offset = 0; offset < file.length;) {
    const std::uint64_t end = plan.piece_end(offset, file.length);
    if (end <= offset) return false;
    const std::uint64_t length = std::min(end, file.length) - offset;
    const auto piece = std::ranges::find_if(kPieces, [&](const KnownPiece& candidate) {
      return candidate.inner == plan.inner() && candidate.length == length;
    });
    if (piece == std::end(kPieces)) return false;
    join.add(std::span(piece->digest).first(digest_length(plan.inner())), length);
    offset += length;
  }
  Digest digest{};
  return join.finish(digest.data()) && digest == file.digest;
}

}  // namespace

bool passes_known_answers(const PiecePlan& plan, AlgorithmId algorithm) noexcept {
  const std::unique_ptr<PieceJoin> join = plan.join();
  if (!join) return false;
  bool known = false;
  for (const KnownFile& file : kFiles) {
    if (file.algorithm != algorithm) continue;
    known = true;
    if (!gives(plan, *join, file)) return false;
  }
  return known;
}

}  // namespace hashlane
