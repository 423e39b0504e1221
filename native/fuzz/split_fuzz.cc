// A file in parts must have the digest that it has as one stream, and as RHash has it. The input decides
// the algorithm, the file's length and bytes, where it lies in memory, in which order parts are computed,
// and how the stream is cut.
#include <rhash.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "fuzz_input.h"
#include "split_file.h"

namespace hashlane {
namespace {

constexpr std::size_t kMostSegments = 6;
constexpr std::size_t kBlockBytes = 184'320;
constexpr std::size_t kChunkBytes = 9'728'000;
constexpr std::size_t kMostChunks = 2;
constexpr std::size_t kMostBytes = kMostChunks * kChunkBytes + kChunkBytes;

// Lengths cluster around multiples of a unit, where things begin and end.
std::size_t around(FuzzInput& input, std::size_t multiple) {
  constexpr std::size_t kNear = 3;
  switch (input.below(4)) {
    case 0:
      return multiple + input.below(2 * kNear + 1) - std::min(multiple, kNear);
    case 1:
      return multiple + input.below(1100);
    case 2:
      return multiple + 1024 * input.below(256) + input.below(3);
    default:
      return multiple + input.below(kSegmentBytes);
  }
}

// Noise, and in it, here and there, what is left of the input.
Bytes make_file(FuzzInput& input, std::size_t length) {
  static const Bytes kNoise = noise(kMostBytes, 111);
  Bytes file(kNoise.begin(), kNoise.begin() + static_cast<std::ptrdiff_t>(length));
  if (input.below(8) == 0) std::ranges::fill(file, static_cast<std::byte>(input.below(256)));
  const std::size_t every = 1 + input.below(1u << 16);
  const auto rest = input.rest();
  for (std::size_t at = 0; !rest.empty() && at + rest.size() <= length; at += every + rest.size()) {
    std::ranges::copy(rest, file.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return file;
}

std::string by_stream(AlgorithmId algorithm, std::span<const std::byte> file, FuzzInput& input) {
  const auto hasher = make_hasher(algorithm);
  if (input.below(4) == 0) {
    hasher->update(file.first(input.below(file.size() + 1)));
    hasher->reset();
  }
  auto rest = file;
  for (std::size_t cuts = input.below(32); cuts > 0 && !rest.empty(); --cuts) {
    const std::size_t magnitude = std::size_t{1} << input.below(21);
    const std::size_t length = std::min(input.below(magnitude + 1), rest.size());
    hasher->update(rest.first(length));
    rest = rest.subspan(length);
  }
  hasher->update(rest);
  return finished(*hasher, algorithm);
}

std::optional<unsigned> rhash_id(AlgorithmId algorithm) {
  switch (algorithm) {
    case AlgorithmId::kCrc32:
      return RHASH_CRC32;
    case AlgorithmId::kCrc32c:
      return RHASH_CRC32C;
    case AlgorithmId::kTth:
      return RHASH_TTH;
    case AlgorithmId::kEd2k:
      return RHASH_ED2K;
    case AlgorithmId::kAich:
      return RHASH_AICH;
    default:
      return std::nullopt;
  }
}

std::size_t file_length(AlgorithmId algorithm, FuzzInput& input) {
  if (segment_kernel(algorithm) != nullptr) {
    return std::max(around(input, (1 + input.below(kMostSegments)) * kSegmentBytes), kSegmentBytes + 1);
  }
  // Most files are short: a chunk takes milliseconds.
  const std::size_t chunks = input.below(8) == 0 ? input.below(kMostChunks + 1) : 0;
  return around(input, chunks * kChunkBytes + input.below(16) * kBlockBytes);
}

std::string by_parts(AlgorithmId algorithm, std::span<const std::byte> file, FuzzInput& input) {
  std::mt19937_64 random(input.below(1u << 16));
  if (const SegmentKernel* const kernel = segment_kernel(algorithm)) {
    const auto join = kernel->join();
    for (std::size_t abandoned = input.below(4); abandoned > 0; --abandoned) join->add({}, kSegmentBytes);
    return by_segments(*kernel, *join, algorithm, file, shuffled(segments_of(file.size()), random));
  }
  return by_pieces(*piece_plan(algorithm), algorithm, file, random);
}

void expect_equal(const char* what, AlgorithmId algorithm, std::size_t length, const std::string& parts,
                  const std::string& other) {
  if (parts == other) return;
  std::fprintf(stderr, "%s of %zu bytes: %s in parts, %s %s\n", name_of(algorithm).c_str(), length, parts.c_str(),
               other.c_str(), what);
  std::abort();
}

void fuzz(FuzzInput input) {
  constexpr std::size_t kSegmentedCount = std::size(kSegmented);
  const std::size_t choice = input.below(kSegmentedCount + std::size(kPieced));
  const AlgorithmId algorithm = choice < kSegmentedCount ? kSegmented[choice] : kPieced[choice - kSegmentedCount];
  if (segment_kernel(algorithm) == nullptr && piece_plan(algorithm) == nullptr) {
    std::fprintf(stderr, "%s failed its known answers\n", name_of(algorithm).c_str());
    std::abort();
  }
  const std::size_t offset = input.below(65);
  const Bytes memory = make_file(input, std::min(file_length(algorithm, input), kMostBytes - offset) + offset);
  const auto file = std::span(memory).subspan(offset);

  const std::string parts = by_parts(algorithm, file, input);
  expect_equal("as a stream", algorithm, file.size(), parts, by_stream(algorithm, file, input));
  if (const auto id = rhash_id(algorithm)) {
    expect_equal("by RHash", algorithm, file.size(), parts, by_rhash(*id, file));
  }
  // More than the digest was written.
  if (testing::Test::HasFailure()) std::abort();
}

}  // namespace
}  // namespace hashlane

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  hashlane::fuzz({data, size});
  return 0;
}
