// Segment kernels beside the stream of the same algorithm and, for TTH, RHash's library; one thread, a
// segment that stays in the cache: GB/s, medians of rounds in turn.
//   cmake -S native -B build/bench -G Ninja -DHASHLANE_BENCH=ON && cmake --build build/bench --target split_bench
//   build/bench/kernels/split/split_bench [algorithm…]
#include <rhash.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string_view>
#include <vector>

#include "kernels/hasher.h"
#include "kernels/split/segments.h"

namespace hashlane {
namespace {

constexpr int kRounds = 15;
constexpr double kRoundSeconds = 0.03;

struct Variant {
  const char* name;
  std::function<void()> hash_segment;
  std::vector<double> rates;
};

// GB/s of as many segments as fit into a round.
double rate_of(const std::function<void()>& hash_segment) {
  const auto start = std::chrono::steady_clock::now();
  double seconds = 0;
  std::size_t segments = 0;
  do {
    for (int repeat = 0; repeat < 8; ++repeat) hash_segment();
    segments += 8;
    seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  } while (seconds < kRoundSeconds);
  return static_cast<double>(segments * kSegmentBytes) / seconds / 1e9;
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure(const AlgorithmInfo& info, std::span<const std::byte> bytes) {
  const auto algorithm = static_cast<AlgorithmId>(info.id);
  const SegmentKernel* const kernel = segment_kernel(algorithm);
  if (kernel == nullptr) return;
  const auto stream = make_hasher(algorithm);
  if (!stream) std::abort();
  // Numbers go on, as they do in a file: BLAKE3's counters are part of the text.
  std::uint64_t index = 0;
  SegmentResult result;
  std::vector<Variant> variants = {{kernel->implementation(), [&] { kernel->hash(index++, bytes, result); }, {}},
                                   {"stream", [&] { stream->update(bytes); }, {}}};
  const rhash rhash_tth = rhash_init(RHASH_TTH);
  if (algorithm == AlgorithmId::kTth) {
    variants.push_back({"RHash", [&] { rhash_update(rhash_tth, bytes.data(), bytes.size()); }, {}});
  }
  for (int round = 0; round < kRounds; ++round) {
    for (Variant& variant : variants) variant.rates.push_back(rate_of(variant.hash_segment));
  }
  rhash_free(rhash_tth);
  const double of_segments = median(variants.front().rates);
  std::printf("%-9s segments %6.2f (%s)", info.name, of_segments, variants.front().name);
  for (const Variant& variant : std::span(variants).subspan(1)) {
    const double rate = median(variant.rates);
    std::printf(" | %s %6.2f (%.2f times)", variant.name, rate, of_segments / rate);
  }
  std::printf("\n");
}

}  // namespace
}  // namespace hashlane

int main(int argc, char** argv) {
  using namespace hashlane;
  rhash_set_openssl_mask(0);
  rhash_library_init();
  std::vector<std::byte> bytes(kSegmentBytes);
  for (std::size_t index = 0; index < bytes.size(); ++index) bytes[index] = static_cast<std::byte>(index * 31 % 251);
  std::printf("GB/s by one thread, and how many times as fast segments are\n");
  for (const AlgorithmInfo& info : kAlgorithms) {
    const bool wanted = argc == 1 || std::any_of(argv + 1, argv + argc,
                                                 [&](const char* name) { return std::string_view(name) == info.name; });
    if (wanted) measure(info, bytes);
  }
}
