// ARM's instructions for SHA-1 and SHA-256. They are bound by latency, as those of x86 are: several
// streams in turn take little longer than one. No ARM machine was at hand: the speeds are SHA-NI's;
// core_speeds.h measures.
#include <arm_neon.h>

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/algorithms/sha1.h"
#include "kernels/lanes/algorithms/sha2.h"
#include "kernels/lanes/lane_core.h"

namespace hashlane {
namespace {

/// Four chaining words from row `row` of the chain on, the first lowest.
template <std::size_t lanes>
HASHLANE_INLINE uint32x4_t chain_words(const std::byte* chain, std::size_t lane, std::size_t row) {
  const auto* const words = reinterpret_cast<const std::uint32_t*>(chain) + row * lanes + lane;
  uint32x4_t four = vdupq_n_u32(words[0]);
  four = vsetq_lane_u32(words[lanes], four, 1);
  four = vsetq_lane_u32(words[2 * lanes], four, 2);
  return vsetq_lane_u32(words[3 * lanes], four, 3);
}

template <std::size_t lanes>
HASHLANE_INLINE void set_chain_words(std::byte* chain, std::size_t lane, std::size_t row, uint32x4_t four) {
  auto* const words = reinterpret_cast<std::uint32_t*>(chain) + row * lanes + lane;
  words[0] = vgetq_lane_u32(four, 0);
  words[lanes] = vgetq_lane_u32(four, 1);
  words[2 * lanes] = vgetq_lane_u32(four, 2);
  words[3 * lanes] = vgetq_lane_u32(four, 3);
}

HASHLANE_INLINE uint32x4_t load_message(const std::byte* from) {
  return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(reinterpret_cast<const std::uint8_t*>(from))));
}

/// Four words of the schedule are one register; the last four registers are kept.
template <std::size_t lanes>
void sha256_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  uint32x4_t abcd[lanes];
  uint32x4_t efgh[lanes];
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    abcd[lane] = chain_words<lanes>(chain, lane, 0);
    efgh[lane] = chain_words<lanes>(chain, lane, 4);
  }
  for (std::size_t block = 0; block < count; ++block) {
    uint32x4_t abcd_before[lanes];
    uint32x4_t efgh_before[lanes];
    uint32x4_t message[lanes][4];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      abcd_before[lane] = abcd[lane];
      efgh_before[lane] = efgh[lane];
    }
    HASHLANE_UNROLL
    for (std::size_t group = 0; group < 16; ++group) {
      const uint32x4_t constants = vld1q_u32(kSha256Constants + 4 * group);
      HASHLANE_UNROLL
      for (std::size_t lane = 0; lane < lanes; ++lane) {
        uint32x4_t* const words = message[lane];
        uint32x4_t& current = words[group % 4];
        if (group < 4) {
          current = load_message(blocks[lane] + block * 64 + group * 16);
        } else {
          current = vsha256su1q_u32(vsha256su0q_u32(current, words[(group + 1) % 4]), words[(group + 2) % 4],
                                    words[(group + 3) % 4]);
        }
        const uint32x4_t summands = vaddq_u32(current, constants);
        const uint32x4_t abcd_last = abcd[lane];
        abcd[lane] = vsha256hq_u32(abcd_last, efgh[lane], summands);
        efgh[lane] = vsha256h2q_u32(efgh[lane], abcd_last, summands);
      }
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      abcd[lane] = vaddq_u32(abcd[lane], abcd_before[lane]);
      efgh[lane] = vaddq_u32(efgh[lane], efgh_before[lane]);
    }
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    set_chain_words<lanes>(chain, lane, 0, abcd[lane]);
    set_chain_words<lanes>(chain, lane, 4, efgh[lane]);
  }
}

/// Four steps with the function of the phase: Ch, Parity, Maj, Parity.
template <int phase>
HASHLANE_INLINE uint32x4_t sha1_steps(uint32x4_t abcd, std::uint32_t e, uint32x4_t summands) {
  if constexpr (phase == 0) {
    return vsha1cq_u32(abcd, e, summands);
  } else if constexpr (phase == 2) {
    return vsha1mq_u32(abcd, e, summands);
  } else {
    return vsha1pq_u32(abcd, e, summands);
  }
}

template <std::size_t lanes>
struct Sha1Registers {
  uint32x4_t abcd[lanes];
  std::uint32_t e[lanes];
  uint32x4_t message[lanes][4];
};

/// Twenty steps in five groups of four.
template <std::size_t lanes, int phase>
HASHLANE_INLINE void sha1_phase(Sha1Registers<lanes>& registers, const std::byte* const* blocks, std::size_t offset) {
  const uint32x4_t constant = vdupq_n_u32(kSha1Constants[phase]);
  HASHLANE_UNROLL
  for (std::size_t group = phase * 5; group < phase * 5 + 5; ++group) {
    HASHLANE_UNROLL
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      uint32x4_t* const words = registers.message[lane];
      uint32x4_t& current = words[group % 4];
      if (group < 4) {
        current = load_message(blocks[lane] + offset + group * 16);
      } else {
        current = vsha1su1q_u32(vsha1su0q_u32(current, words[(group + 1) % 4], words[(group + 2) % 4]),
                                words[(group + 3) % 4]);
      }
      const std::uint32_t e_next = vsha1h_u32(vgetq_lane_u32(registers.abcd[lane], 0));
      registers.abcd[lane] = sha1_steps<phase>(registers.abcd[lane], registers.e[lane], vaddq_u32(current, constant));
      registers.e[lane] = e_next;
    }
  }
}

template <std::size_t lanes>
void sha1_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  auto* const e_row = reinterpret_cast<std::uint32_t*>(chain) + 4 * lanes;
  Sha1Registers<lanes> registers;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    registers.abcd[lane] = chain_words<lanes>(chain, lane, 0);
    registers.e[lane] = e_row[lane];
  }
  for (std::size_t block = 0; block < count; ++block) {
    uint32x4_t abcd_before[lanes];
    std::uint32_t e_before[lanes];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      abcd_before[lane] = registers.abcd[lane];
      e_before[lane] = registers.e[lane];
    }
    sha1_phase<lanes, 0>(registers, blocks, block * 64);
    sha1_phase<lanes, 1>(registers, blocks, block * 64);
    sha1_phase<lanes, 2>(registers, blocks, block * 64);
    sha1_phase<lanes, 3>(registers, blocks, block * 64);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      registers.abcd[lane] = vaddq_u32(registers.abcd[lane], abcd_before[lane]);
      registers.e[lane] += e_before[lane];
    }
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    set_chain_words<lanes>(chain, lane, 0, registers.abcd[lane]);
    e_row[lane] = registers.e[lane];
  }
}

constexpr LaneCore kCores[] = {
    {Compression::kSha1, 4, 5150, sha1_compress<4>},     {Compression::kSha1, 3, 4700, sha1_compress<3>},
    {Compression::kSha1, 2, 3950, sha1_compress<2>},     {Compression::kSha1, 1, 2200, sha1_compress<1>},
    {Compression::kSha256, 4, 3490, sha256_compress<4>}, {Compression::kSha256, 3, 3500, sha256_compress<3>},
    {Compression::kSha256, 2, 3120, sha256_compress<2>}, {Compression::kSha256, 1, 2120, sha256_compress<1>},
};

}  // namespace

const LaneTarget kArmShaTarget = {KernelTarget::kArmSha, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
