// The leaves of KangarooTwelve's tree (RFC 9861, section 3.2): TurboSHAKE128 of whole chunks of 8,192 bytes,
// one in each lane. A file that is compiled for a target holds nothing but templates, see lanes/lane_core.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "kernels/lanes/algorithms/sha3.h"

namespace hashlane {

inline constexpr std::size_t kK12ChunkBytes = 8192;
inline constexpr std::size_t kK12ValueBytes = 32;
/// TurboSHAKE128's: 1,600 bits less twice its strength.
inline constexpr std::size_t kTurboShakeRate = 168;
/// The first of the round constants that the twelve last rounds use.
inline constexpr int kTurboShakeFirstRound = 12;

template <typename V>
HASHLANE_INLINE void turbo_shake_permute(V* state) {
  for (int round = kTurboShakeFirstRound; round < 24; ++round) keccak_round(state, kKeccakRoundConstants[round]);
}

/// Chunk `lane` to values + lane * kK12ValueBytes; every lane has a chunk.
template <typename V>
void k12_leaves(const std::byte* const* chunks, std::byte* values) {
  constexpr std::size_t words = kTurboShakeRate / 8;
  constexpr std::size_t blocks = kK12ChunkBytes / kTurboShakeRate;
  constexpr std::size_t rest = (kK12ChunkBytes - blocks * kTurboShakeRate) / 8;
  V state[25];
  HASHLANE_UNROLL
  for (V& word : state) word = V::all(0);
  for (std::size_t block = 0; block < blocks; ++block) {
    V message[words];
    load_words<words>(message, chunks, block * kTurboShakeRate);
    HASHLANE_UNROLL
    for (std::size_t word = 0; word < words; ++word) state[word] = state[word] ^ message[word];
    turbo_shake_permute(state);
  }
  V message[rest];
  load_words<rest>(message, chunks, blocks * kTurboShakeRate);
  HASHLANE_UNROLL
  for (std::size_t word = 0; word < rest; ++word) state[word] = state[word] ^ message[word];
  // What says that this is a leaf, and the padding's last bit.
  state[rest] = state[rest] ^ V::all(0x0b);
  state[words - 1] = state[words - 1] ^ V::all(0x8000000000000000);
  turbo_shake_permute(state);
  alignas(64) std::byte rows[kK12ValueBytes / 8][V::kLanes * 8];
  HASHLANE_UNROLL
  for (std::size_t word = 0; word < kK12ValueBytes / 8; ++word) state[word].store(rows[word]);
  for (std::size_t lane = 0; lane < V::kLanes; ++lane) {
    for (std::size_t byte = 0; byte < kK12ValueBytes; ++byte) {
      values[lane * kK12ValueBytes + byte] = rows[byte / 8][lane * 8 + byte % 8];
    }
  }
}

/// One target's way.
struct K12Leaves {
  std::size_t lanes;
  void (*hash)(const std::byte* const* chunks, std::byte* values);
};

inline constexpr std::size_t kMaxK12Lanes = 8;

extern const K12Leaves kK12Scalar;
#if defined(__x86_64__) || defined(_M_X64)
extern const K12Leaves kK12Avx2;
extern const K12Leaves kK12Avx512;
#elif defined(__aarch64__) || defined(_M_ARM64)
extern const K12Leaves kK12Neon;
#endif

}  // namespace hashlane
