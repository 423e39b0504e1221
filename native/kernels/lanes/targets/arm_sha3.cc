// ARMv8.2's instructions for SHA-512 (FEAT_SHA512), several streams in turn, and NEON with the
// three-way logic of FEAT_SHA3 for Keccak. No ARM machine was at hand: the speeds are guesses by the
// count of instructions; core_speeds.h measures.
#define HASHLANE_NEON_NAMESPACE neon_sha3
#define HASHLANE_NEON_SHA3
#include <arm_neon.h>

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/algorithms/sha2.h"
#include "kernels/lanes/algorithms/sha3.h"
#include "kernels/lanes/lane_core.h"
#include "kernels/lanes/vectors/neon.h"

namespace hashlane {
namespace {

using neon_sha3::U64;

HASHLANE_INLINE uint64x2_t load_message(const std::byte* from) { return byte_swap(U64::load(from)).value; }

/// Two rounds. Of the eight words in four registers, the older half of each register's neighbours is
/// what the instructions want; afterwards a register has moved one place on.
HASHLANE_INLINE void sha512_two_rounds(uint64x2_t* state, uint64x2_t summands) {
  const uint64x2_t ab = state[0];
  const uint64x2_t cd = state[1];
  const uint64x2_t ef = state[2];
  const uint64x2_t gh = state[3];
  const uint64x2_t sum = vaddq_u64(vextq_u64(summands, summands, 1), gh);
  const uint64x2_t first = vsha512hq_u64(sum, vextq_u64(ef, gh, 1), vextq_u64(cd, ef, 1));
  state[0] = vsha512h2q_u64(first, cd, ab);
  state[1] = ab;
  state[2] = vaddq_u64(cd, first);
  state[3] = ef;
}

template <std::size_t lanes>
void sha512_compress(std::byte* chain, const std::byte* const* blocks, std::size_t count) {
  auto* const words = reinterpret_cast<std::uint64_t*>(chain);
  uint64x2_t state[lanes][4];
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    for (std::size_t pair = 0; pair < 4; ++pair) {
      state[lane][pair] =
          vcombine_u64(vcreate_u64(words[2 * pair * lanes + lane]), vcreate_u64(words[(2 * pair + 1) * lanes + lane]));
    }
  }
  for (std::size_t block = 0; block < count; ++block) {
    uint64x2_t before[lanes][4];
    uint64x2_t message[lanes][8];
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (std::size_t pair = 0; pair < 4; ++pair) before[lane][pair] = state[lane][pair];
    }
    for (std::size_t step = 0; step < 40; step += 8) {
      HASHLANE_UNROLL
      for (std::size_t i = 0; i < 8; ++i) {
        const uint64x2_t constants = vld1q_u64(kSha512Constants + 2 * (step + i));
        HASHLANE_UNROLL
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          uint64x2_t* const pairs = message[lane];
          if (step == 0) {
            pairs[i] = load_message(blocks[lane] + block * 128 + i * 16);
          } else {
            const uint64x2_t seventh = vextq_u64(pairs[(i + 4) % 8], pairs[(i + 5) % 8], 1);
            pairs[i] = vsha512su1q_u64(vsha512su0q_u64(pairs[i], pairs[(i + 1) % 8]), pairs[(i + 7) % 8], seventh);
          }
          sha512_two_rounds(state[lane], vaddq_u64(pairs[i], constants));
        }
      }
    }
    for (std::size_t lane = 0; lane < lanes; ++lane) {
      for (std::size_t pair = 0; pair < 4; ++pair) {
        state[lane][pair] = vaddq_u64(state[lane][pair], before[lane][pair]);
      }
    }
  }
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    for (std::size_t pair = 0; pair < 4; ++pair) {
      words[2 * pair * lanes + lane] = vgetq_lane_u64(state[lane][pair], 0);
      words[(2 * pair + 1) * lanes + lane] = vgetq_lane_u64(state[lane][pair], 1);
    }
  }
}

constexpr LaneCore kCores[] = {
    {Compression::kSha512, 3, 2600, sha512_compress<3>},
    {Compression::kSha512, 2, 2300, sha512_compress<2>},
    {Compression::kSha512, 1, 1500, sha512_compress<1>},
    {Compression::kKeccak144, U64::kLanes, 1060, keccak_compress<144, U64>},
    {Compression::kKeccak136, U64::kLanes, 1000, keccak_compress<136, U64>},
    {Compression::kKeccak104, U64::kLanes, 770, keccak_compress<104, U64>},
    {Compression::kKeccak72, U64::kLanes, 540, keccak_compress<72, U64>},
};

}  // namespace

const LaneTarget kArmSha3Target = {KernelTarget::kArmSha3, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
