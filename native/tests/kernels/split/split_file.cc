#include "split_file.h"

#include <rhash.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <numeric>
#include <thread>

namespace hashlane {
namespace {

constexpr std::byte kGuard{0xa5};

// Room for a digest, and behind it what must stay as it was.
class GuardedDigest {
 public:
  explicit GuardedDigest(AlgorithmId algorithm)
      : length_(kAlgorithms[static_cast<std::size_t>(algorithm)].digest_length) {
    bytes_.fill(kGuard);
  }
  std::byte* data() { return bytes_.data(); }
  std::string hex() const {
    const auto behind = std::span(bytes_).subspan(length_);
    EXPECT_TRUE(std::ranges::all_of(behind, [](std::byte byte) { return byte == kGuard; }));
    return to_hex(std::span(bytes_).first(length_));
  }

 private:
  std::size_t length_;
  std::array<std::byte, 80> bytes_;
};

// Every number of the order exactly once, by whichever thread comes first.
void work_off(const Order& order, std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  const auto take = [&] {
    for (std::size_t at = next++; at < order.size(); at = next++) work(order[at]);
  };
  std::vector<std::jthread> others;
  for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(take);
  take();
}

}  // namespace

Order shuffled(std::size_t count, std::mt19937_64& random) {
  Order order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::shuffle(order, random);
  return order;
}

std::size_t segments_of(std::size_t length) { return (length + kSegmentBytes - 1) / kSegmentBytes; }

std::string by_segments(const SegmentKernel& kernel, SegmentJoin& join, AlgorithmId algorithm,
                        std::span<const std::byte> file, const Order& order, std::size_t threads) {
  const auto segment = [&](std::size_t index) {
    const std::size_t begin = index * kSegmentBytes;
    return file.subspan(begin, std::min(kSegmentBytes, file.size() - begin));
  };
  std::vector<SegmentResult> results(order.size());
  work_off(order, threads, [&](std::size_t index) { kernel.hash(index, segment(index), results[index]); });
  join.reset();
  for (std::size_t index = 0; index < results.size(); ++index) join.add(results[index], segment(index).size());
  GuardedDigest digest(algorithm);
  join.finish(digest.data());
  return digest.hex();
}

std::string by_segments(AlgorithmId algorithm, std::span<const std::byte> file) {
  const SegmentKernel* const kernel = segment_kernel(algorithm);
  if (kernel == nullptr) return "no kernel";
  const auto join = kernel->join();
  Order order(segments_of(file.size()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  return by_segments(*kernel, *join, algorithm, file, order);
}

std::string by_pieces(const PiecePlan& plan, AlgorithmId algorithm, std::span<const std::byte> file,
                      std::mt19937_64& random, std::size_t threads) {
  std::vector<std::span<const std::byte>> pieces;
  for (std::uint64_t offset = 0; offset < file.size();) {
    const std::uint64_t end = std::min<std::uint64_t>(plan.piece_end(offset, file.size()), file.size());
    pieces.push_back(file.subspan(offset, end - offset));
    offset = end;
  }
  std::vector<std::array<std::byte, 64>> digests(pieces.size());
  work_off(shuffled(pieces.size(), random), threads, [&](std::size_t piece) {
    const auto hasher = make_hasher(plan.inner());
    hasher->update(pieces[piece]);
    EXPECT_TRUE(hasher->finish(digests[piece].data()));
  });
  const auto join = plan.join();
  const std::size_t length = kAlgorithms[static_cast<std::size_t>(plan.inner())].digest_length;
  for (std::size_t piece = 0; piece < pieces.size(); ++piece) {
    join->add(std::span(digests[piece]).first(length), pieces[piece].size());
  }
  GuardedDigest digest(algorithm);
  return join->finish(digest.data()) ? digest.hex() : "failed";
}

std::string by_rhash(unsigned hash_id, std::span<const std::byte> bytes) {
  static const bool alone = [] {
    rhash_set_openssl_mask(0);
    rhash_library_init();
    return true;
  }();
  std::array<std::byte, 64> digest{};
  const void* const data = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
  if (!alone || rhash_msg(hash_id, data, bytes.size(), reinterpret_cast<unsigned char*>(digest.data())) != 0) {
    return "the oracle failed";
  }
  return to_hex(std::span(digest).first(static_cast<std::size_t>(rhash_get_digest_size(static_cast<int>(hash_id)))));
}

}  // namespace hashlane
