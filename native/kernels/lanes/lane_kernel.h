// Many independent messages hashed side by side, one in each lane of the processor's vectors. A
// single stream of MD5 or SHA-1 waits for its own last result most of the time; sixteen of them in
// the lanes of one register wait no longer than one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "contract/contract.h"

namespace hashlane {

/// One stream among several, between two updates. Opaque; may be moved by memcpy while no update
/// runs. Usable by any kernel of the algorithm that reset() it, whatever its target.
struct alignas(64) LaneState {
  /// The widest chain is Keccak's: 25 words of 64 bits.
  static constexpr std::size_t kChainBytes = 200;
  /// The longest padding is SHA-512's: two blocks of 128 bytes.
  static constexpr std::size_t kPartialBytes = 256;

  std::byte chain[kChainBytes];
  std::uint64_t count;
  std::byte partial[kPartialBytes];
};
static_assert(sizeof(LaneState) == 512);

/// Bytes of one stream for one step. They are read in place and must not change meanwhile.
struct LanePiece {
  LaneState* state;
  std::span<const std::byte> bytes;
};

/// One algorithm for one target. Has no state of its own: any number of threads may use it at once,
/// each with its own LaneStates.
class LaneKernel {
 public:
  virtual ~LaneKernel() = default;
  /// Streams that advance together. More of them than this are welcome: they queue for lanes. With
  /// fewer, other cores take over where they are faster.
  virtual std::size_t lanes() const noexcept = 0;
  /// Instruction set and, where it is not plain vectors, the way: "AVX-512", "SHA-NI".
  virtual const char* target() const noexcept = 0;
  /// Begins a new digest of a stream of `size` bytes, which counts only where the digest covers it, see
  /// covers_size(): it must then be right, for nothing else notices.
  virtual void reset(LaneState& state, std::uint64_t size) const noexcept = 0;
  /// Takes in bytes of many streams. Lengths differ freely, empty ones included; a lane that runs
  /// dry goes on with the next piece. Pieces of one stream are taken in the order given.
  virtual void update(std::span<const LanePiece> pieces) const noexcept = 0;
  /// Ends many different streams and writes digest_length bytes for each, states[i] to digests[i].
  /// Only reset() may follow on these states.
  virtual void finish(std::span<LaneState* const> states, std::span<std::byte* const> digests) const noexcept = 0;
};

/// The lane kernel to use for an algorithm on this machine: the fastest whose target the processor and
/// the system offer and that gave the known answers. Null when there is none, or none that is faster
/// than one lane; the single stream serves then. HASHLANE_KERNELS set to a target's name allows only that one,
/// "portable" allows none, see kernels_choice.h. Chosen at the first call for an algorithm: its cores are measured,
/// which takes a millisecond or two, unless a target is forced. Thread-safe.
const LaneKernel* lane_kernel(AlgorithmId algorithm);

/// A kernel that this machine can run.
struct LaneKernelInfo {
  const LaneKernel* kernel;
  /// Whether it gave the known answers.
  bool self_test_passed;
  /// MB/s with every lane busy, and whether that was measured here or is what another machine did.
  double speed;
  bool speed_measured;
  /// False where narrow vectors bring nothing: lane_kernel() passes over the kernel then.
  bool faster_than_one_lane;
};

/// Every kernel for an algorithm that the processor runs, best first, whatever HASHLANE_KERNELS
/// says: for diagnostics, benchmarks and tests. Runs the self-tests at every call. The one in use is
/// lane_kernel(algorithm).
std::vector<LaneKernelInfo> lane_kernels(AlgorithmId algorithm);

}  // namespace hashlane
