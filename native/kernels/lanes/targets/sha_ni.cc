// The SHA instructions. They are bound by latency: several streams in turn take little longer
// than one.
// The chain is the matrix of lane_core.h; the instructions want SHA-256's words in two registers as
// (A, B, E, F) and (C, D, G, H), SHA-1's in one as (A, B, C, D), first word highest.
#include <immintrin.h>

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/algorithms/sha2.h"
#include "kernels/lanes/lane_core.h"

namespace hashlane {
namespace {

template <std::size_t lanes>
HASHLANE_INLINE __m128i chain_words(const std::byte* chain, std::size_t lane, int word3, int word2, int word1,
                                    int word0) {
  const auto* const words = reinterpret_cast<const int*>(chain) + lane;
  constexpr int stride = static_cast<int>(lanes);
  return _mm_set_epi32(words[word3 * stride], words[word2 * stride], words[word1 * stride], words[word0 * stride]);
}

template <std::size_t lanes>
HASHLANE_INLINE void set_chain_words(std::byte* chain, std::size_t lane, int word3, int word2, int word1, int word0,
                                     __m128i from) {
  auto* const words = reinterpret_cast<int*>(chain) + lane;
  constexpr int stride = static_cast<int>(lanes);
  words[word0 * stride] = _mm_extract_epi32(from, 0);
  words[word1 * stride] = _mm_extract_epi32(from, 1);
  words[word2 * stride] = _mm_extract_epi32(from, 2);
  words[word3 * stride] = _mm_extract_epi32(from, 3);
}

HASHLANE_INLINE __m128i load_message(const std::byte* from, __m128i order) {
  return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)), order);
}

/// Four words of the schedule are one register; the last four registers are kept.
template <std::size_t lanes>
void sha256_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  const __m128i order = _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
  __m128i abef[lanes];
  __m128i cdgh[lanes];
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    abef[lane] = chain_words<lanes>(chain, lane, 0, 1, 4, 5);
    cdgh[lane] = chain_words<lanes>(chain, lane, 2, 3, 6, 7);
  }
  for (std::size_t block = 0; block < count; ++block) {
    __m128i abef_before[lanes];
    __m128i cdgh_before[lanes];
    __m128i message[lanes][4];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      abef_before[lane] = abef[lane];
      cdgh_before[lane] = cdgh[lane];
    }
    HASHLANE_UNROLL
    for (std::size_t group = 0; group < 16; ++group) {
      const __m128i constants = _mm_loadu_si128(reinterpret_cast<const __m128i*>(kSha256Constants + 4 * group));
      HASHLANE_UNROLL
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        __m128i* const words = message[lane];
        __m128i& current = words[group % 4];
        if (group < 4) {
          current = load_message(blocks[lane] + block * 64 + group * 16, order);
        } else {
          const __m128i last = words[(group + 3) % 4];
          const __m128i seventh = _mm_alignr_epi8(last, words[(group + 2) % 4], 4);
          current =
              _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(current, words[(group + 1) % 4]), seventh), last);
        }
        const __m128i summands = _mm_add_epi32(current, constants);
        cdgh[lane] = _mm_sha256rnds2_epu32(cdgh[lane], abef[lane], summands);
        abef[lane] = _mm_sha256rnds2_epu32(abef[lane], cdgh[lane], _mm_shuffle_epi32(summands, 0x0e));
      }
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      abef[lane] = _mm_add_epi32(abef[lane], abef_before[lane]);
      cdgh[lane] = _mm_add_epi32(cdgh[lane], cdgh_before[lane]);
    }
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    set_chain_words<lanes>(chain, lane, 0, 1, 4, 5, abef[lane]);
    set_chain_words<lanes>(chain, lane, 2, 3, 6, 7, cdgh[lane]);
  }
}

/// One block's worth of SHA-1's registers.
template <std::size_t lanes>
struct Sha1Registers {
  __m128i abcd[lanes];
  /// The words A to D four steps ago, of which the instruction makes E.
  __m128i abcd_last[lanes];
  __m128i message[lanes][4];
};

/// Twenty steps in five groups of four; `phase` picks function and constant.
template <std::size_t lanes, int phase>
HASHLANE_INLINE void sha1_phase(Sha1Registers<lanes>& registers, const __m128i* e, const std::byte* const* blocks,
                                std::size_t offset, __m128i order) {
  HASHLANE_UNROLL
  for (std::size_t group = phase * 5; group < phase * 5 + 5; ++group) {
    HASHLANE_UNROLL
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      __m128i* const words = registers.message[lane];
      __m128i& current = words[group % 4];
      if (group < 4) {
        current = load_message(blocks[lane] + offset + group * 16, order);
      } else {
        current = _mm_sha1msg2_epu32(
            _mm_xor_si128(_mm_sha1msg1_epu32(current, words[(group + 1) % 4]), words[(group + 2) % 4]),
            words[(group + 3) % 4]);
      }
      const __m128i summands =
          group == 0 ? _mm_add_epi32(e[lane], current) : _mm_sha1nexte_epu32(registers.abcd_last[lane], current);
      registers.abcd_last[lane] = registers.abcd[lane];
      registers.abcd[lane] = _mm_sha1rnds4_epu32(registers.abcd[lane], summands, phase);
    }
  }
}

template <std::size_t lanes>
void sha1_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  const __m128i order = _mm_setr_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  constexpr std::size_t e_row = 4 * lanes;
  auto* const words = reinterpret_cast<int*>(chain);
  Sha1Registers<lanes> registers;
  __m128i e[lanes];
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    registers.abcd[lane] = chain_words<lanes>(chain, lane, 0, 1, 2, 3);
    e[lane] = _mm_set_epi32(words[e_row + lane], 0, 0, 0);
  }
  for (std::size_t block = 0; block < count; ++block) {
    __m128i before[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) before[lane] = registers.abcd[lane];
    sha1_phase<lanes, 0>(registers, e, blocks, block * 64, order);
    sha1_phase<lanes, 1>(registers, e, blocks, block * 64, order);
    sha1_phase<lanes, 2>(registers, e, blocks, block * 64, order);
    sha1_phase<lanes, 3>(registers, e, blocks, block * 64, order);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      e[lane] = _mm_sha1nexte_epu32(registers.abcd_last[lane], e[lane]);
      registers.abcd[lane] = _mm_add_epi32(registers.abcd[lane], before[lane]);
    }
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    set_chain_words<lanes>(chain, lane, 0, 1, 2, 3, registers.abcd[lane]);
    words[e_row + lane] = _mm_extract_epi32(e[lane], 3);
  }
}

constexpr LaneCore kCores[] = {
    {Compression::kSha1, 4, 5290, sha1_compress<4>},     {Compression::kSha1, 3, 4730, sha1_compress<3>},
    {Compression::kSha1, 2, 3870, sha1_compress<2>},     {Compression::kSha1, 1, 2240, sha1_compress<1>},
    {Compression::kSha256, 4, 3630, sha256_compress<4>}, {Compression::kSha256, 3, 3520, sha256_compress<3>},
    {Compression::kSha256, 2, 2960, sha256_compress<2>}, {Compression::kSha256, 1, 2080, sha256_compress<1>},
};

}  // namespace

const LaneTarget kShaNiTarget = {KernelTarget::kShaNi, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
