// BLAKE3's tree (J. O'Connor, J.-P. Aumasson, S. Neves, Z. Wilcox-O'Hearn, "BLAKE3", sections 2.4 and
// 2.5) over the compression of its C library: chunks of 1 KiB, nodes over pairs of chaining values.
#include <algorithm>
#include <array>
#include <cstring>
#include <new>

#include "kernels/split/segment_kernels.h"
#include "kernels/tree_stack.h"

// C declarations in a header without `extern "C"`; what it includes must come before.
#include <cassert>
#include <cstdbool>
#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif
extern "C" {
#include <blake3_impl.h>
}

namespace hashlane {
namespace {

constexpr std::size_t kChunksInSegment = kSegmentBytes / BLAKE3_CHUNK_LEN;
constexpr std::size_t kBlocksInChunk = BLAKE3_CHUNK_LEN / BLAKE3_BLOCK_LEN;

using ChainingValue = std::array<std::uint8_t, BLAKE3_OUT_LEN>;
static_assert(sizeof(ChainingValue) == sizeof(SegmentResult));

// A chaining value on its way through compressions.
class Chain {
 public:
  Chain() noexcept { std::ranges::copy(IV, words_); }

  void compress(const std::uint8_t* block, std::size_t length, std::uint64_t counter, int flags) noexcept {
    blake3_compress_in_place(words_, block, static_cast<std::uint8_t>(length), counter,
                             static_cast<std::uint8_t>(flags));
  }

  [[nodiscard]] ChainingValue value() noexcept {
    ChainingValue value;
    store_cv_words(value.data(), words_);
    return value;
  }

 private:
  std::uint32_t words_[8];
};

// A chunk that is not full: at least a byte.
ChainingValue short_chunk(std::span<const std::uint8_t> bytes, std::uint64_t number) noexcept {
  Chain chain;
  int start = CHUNK_START;
  for (; bytes.size() > BLAKE3_BLOCK_LEN; bytes = bytes.subspan(BLAKE3_BLOCK_LEN)) {
    chain.compress(bytes.data(), BLAKE3_BLOCK_LEN, number, start);
    start = 0;
  }
  std::array<std::uint8_t, BLAKE3_BLOCK_LEN> last{};
  std::ranges::copy(bytes, last.begin());
  chain.compress(last.data(), bytes.size(), number, start | CHUNK_END);
  return chain.value();
}

ChainingValue parent(const ChainingValue& left, const ChainingValue& right, int flags) noexcept {
  std::array<std::uint8_t, BLAKE3_BLOCK_LEN> block;
  std::ranges::copy(right, std::ranges::copy(left, block.begin()).out);
  Chain chain;
  chain.compress(block.data(), block.size(), 0, PARENT | flags);
  return chain.value();
}

ChainingValue inner_parent(const ChainingValue& left, const ChainingValue& right) noexcept {
  return parent(left, right, 0);
}

ChainingValue root_parent(const ChainingValue& left, const ChainingValue& right) noexcept {
  return parent(left, right, ROOT);
}

// One level of a segment's tree, and where the next one is written.
using Level = std::array<ChainingValue, kChunksInSegment>;

// As many chunks at a time as the library's vectors hold.
std::size_t hash_chunks(std::span<const std::uint8_t> bytes, std::uint64_t first, Level& values) noexcept {
  const std::size_t whole = bytes.size() / BLAKE3_CHUNK_LEN;
  std::array<const std::uint8_t*, kChunksInSegment> chunks{};
  for (std::size_t chunk = 0; chunk < whole; ++chunk) chunks[chunk] = bytes.data() + chunk * BLAKE3_CHUNK_LEN;
  blake3_hash_many(chunks.data(), whole, kBlocksInChunk, IV, first, true, 0, CHUNK_START, CHUNK_END,
                   values.front().data());
  const auto rest = bytes.subspan(whole * BLAKE3_CHUNK_LEN);
  if (rest.empty()) return whole;
  values[whole] = short_chunk(rest, first + whole);
  return whole + 1;
}

// A value without a neighbour rises unchanged.
std::size_t join_pairs(const Level& values, std::size_t count, Level& parents) noexcept {
  const std::size_t pairs = count / 2;
  std::array<const std::uint8_t*, kChunksInSegment / 2> blocks{};
  for (std::size_t pair = 0; pair < pairs; ++pair) blocks[pair] = values[2 * pair].data();
  blake3_hash_many(blocks.data(), pairs, 1, IV, 0, false, PARENT, 0, 0, parents.front().data());
  if (count % 2 == 0) return pairs;
  parents[pairs] = values[count - 1];
  return pairs + 1;
}

class Blake3Join final : public SegmentJoin {
 public:
  void reset() noexcept override { stack_.clear(); }

  void add(const SegmentResult& result, std::size_t) noexcept override {
    ChainingValue value;
    std::memcpy(value.data(), result.bytes, value.size());
    stack_.push(value, inner_parent);
  }

  void finish(std::byte* digest) noexcept override {
    const ChainingValue root = stack_.root(inner_parent, root_parent);
    std::memcpy(digest, root.data(), root.size());
  }

  bool save(StateWriter& to) const noexcept override {
    stack_.save(to);
    return true;
  }

  bool restore(StateReader& from) noexcept override { return stack_.restore(from); }

 private:
  TreeStack<ChainingValue> stack_;
};

class Blake3Segments final : public SegmentKernel {
 public:
  const char* implementation() const noexcept override { return stream_implementation(AlgorithmId::kBlake3); }

  void hash(std::uint64_t index, std::span<const std::byte> bytes, SegmentResult& result) const noexcept override {
    Level levels[2];
    const std::span text(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    std::size_t count = hash_chunks(text, index * kChunksInSegment, levels[0]);
    std::size_t level = 0;
    for (; count > 1; level ^= 1) count = join_pairs(levels[level], count, levels[level ^ 1]);
    std::memcpy(result.bytes, levels[level][0].data(), sizeof result.bytes);
  }

  std::unique_ptr<SegmentJoin> join() const noexcept override {
    return std::unique_ptr<SegmentJoin>(new (std::nothrow) Blake3Join);
  }
};

}  // namespace

const SegmentKernel* blake3_segments(AlgorithmId algorithm) noexcept {
  static const Blake3Segments kernel;
  return algorithm == AlgorithmId::kBlake3 ? &kernel : nullptr;
}

}  // namespace hashlane
