// Lane kernels beside the single stream, one thread, bytes in the cache: GB/s and ratio for every
// algorithm and target of this processor, and for few streams, which shows where lanes break even.
//   cmake -S native -B build/bench -G Ninja -DHASHLANE_BENCH=ON && cmake --build build/bench --target lanes_bench
//   build/bench/kernels/lanes/lanes_bench [algorithm…]
//   build/bench/kernels/lanes/lanes_bench --cores [algorithm…]     each core alone: the speeds stored in targets/
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string_view>
#include <vector>

#include "kernels/hasher.h"
#include "kernels/lanes/lane_kernel.h"
#include "kernels/lanes/lane_targets.h"

namespace hashlane {
namespace {

constexpr std::size_t kPieceBytes = 16 * 1024;
constexpr std::size_t kMaxStreams = 32;
constexpr int kRounds = 5;
constexpr std::size_t kStreamCounts[] = {1, 2, 3, 4, 6, 8, 12, 16, 32};

using Bytes = std::vector<std::byte>;

struct Variant {
  const LaneKernel* kernel;
  std::size_t streams;
  std::vector<double> rates;
};

const char* name_of(AlgorithmId algorithm) { return kAlgorithms[static_cast<std::size_t>(algorithm)].name; }

// The processor's time and not the clock's: other programs would count as well.
double seconds_of(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// Doubles the repetitions until the clock has something to measure. In bytes a nanosecond: GB/s.
double rate_of(std::size_t bytes_a_time, const std::function<void()>& work) {
  for (std::size_t times = 1;; times *= 2) {
    const double seconds = seconds_of([&] {
      for (std::size_t time = 0; time < times; ++time) work();
    });
    if (seconds > 0.02) return static_cast<double>(times * bytes_a_time) / seconds / 1e9;
  }
}

double rate_of_single_stream(Hasher& hasher, const std::vector<Bytes>& inputs) {
  std::byte digest[64];
  return rate_of(inputs.size() * kPieceBytes, [&] {
    for (const Bytes& input : inputs) {
      hasher.reset();
      hasher.update(input);
      if (!hasher.finish(digest)) std::abort();
    }
  });
}

double rate_of_lanes(const LaneKernel& kernel, const std::vector<Bytes>& inputs, std::size_t streams) {
  std::vector<LaneState> states(streams);
  std::vector<Bytes> digests(streams, Bytes(64));
  std::vector<LanePiece> pieces;
  std::vector<LaneState*> state_pointers;
  std::vector<std::byte*> digest_pointers;
  for (std::size_t stream = 0; stream < streams; ++stream) {
    pieces.push_back({&states[stream], inputs[stream]});
    state_pointers.push_back(&states[stream]);
    digest_pointers.push_back(digests[stream].data());
  }
  return rate_of(streams * kPieceBytes, [&] {
    for (LaneState& state : states) kernel.reset(state, kPieceBytes);
    kernel.update(pieces);
    kernel.finish(state_pointers, digest_pointers);
  });
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure_cores(AlgorithmId algorithm, const std::vector<Bytes>& inputs) {
  const LaneAlgorithm* const lanes = lane_algorithm(algorithm);
  if (lanes == nullptr) return;
  const auto kernels = single_core_kernels(*lanes);
  std::vector<std::vector<double>> rates(kernels.size());
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t index = 0; index < kernels.size(); ++index) {
      rates[index].push_back(rate_of_lanes(*kernels[index], inputs, kernels[index]->lanes()));
    }
  }
  for (std::size_t index = 0; index < kernels.size(); ++index) {
    const double rate = median(rates[index]) * 1000;
    const auto count = kernels[index]->lanes();
    std::printf("%-11s %-8s x%-2zu %6.0f MB/s, %6.1f ns a block\n", name_of(algorithm), kernels[index]->target(), count,
                rate, static_cast<double>(count * lanes->block_bytes) / rate * 1000);
  }
}

void measure(AlgorithmId algorithm, const std::vector<Bytes>& inputs) {
  std::vector<Variant> variants;
  for (const LaneKernelInfo& info : lane_kernels(algorithm)) {
    for (const std::size_t streams : kStreamCounts) variants.push_back({info.kernel, streams, {}});
  }
  const auto single = make_hasher(algorithm);
  if (variants.empty() || !single) return;
  // In turn, so that a disturbance meets all of them.
  std::vector<double> single_rates;
  for (int round = 0; round < kRounds; ++round) {
    single_rates.push_back(rate_of_single_stream(*single, inputs));
    for (Variant& variant : variants) variant.rates.push_back(rate_of_lanes(*variant.kernel, inputs, variant.streams));
  }
  const double base = median(single_rates);
  std::printf("%-11s single stream %.2f\n", name_of(algorithm), base);
  const LaneKernel* last = nullptr;
  for (const Variant& variant : variants) {
    if (variant.kernel != last)
      std::printf("%s  %-8s x%-2zu", last ? "\n" : "", variant.kernel->target(), variant.kernel->lanes());
    last = variant.kernel;
    const double rate = median(variant.rates);
    std::printf(" | %zu: %.2f (%.1f)", variant.streams, rate, rate / base);
  }
  std::printf("\n");
}

}  // namespace
}  // namespace hashlane

int main(int argc, char** argv) {
  using namespace hashlane;
  std::vector<Bytes> inputs(kMaxStreams, Bytes(kPieceBytes));
  for (std::size_t input = 0; input < inputs.size(); ++input) {
    for (std::size_t i = 0; i < kPieceBytes; ++i) inputs[input][i] = static_cast<std::byte>((i * 31 + input * 7) % 251);
  }
  std::vector<std::string_view> names(argv + 1, argv + argc);
  const bool cores = std::erase(names, "--cores") != 0;
  if (!cores) std::printf("GB/s (and ratio to the single stream) by number of streams\n");
  for (const AlgorithmInfo& info : kAlgorithms) {
    if (!names.empty() && std::ranges::find(names, info.name) == names.end()) continue;
    (cores ? measure_cores : measure)(static_cast<AlgorithmId>(info.id), inputs);
  }
}
