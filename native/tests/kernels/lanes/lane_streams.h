// Several streams fed to a lane kernel, and what the single stream makes of each of them.
#pragma once

#include <string>
#include <vector>

#include "bytes.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {

/// Algorithms that have lane kernels on this processor.
std::vector<AlgorithmId> lane_algorithms();

/// Every kernel for the algorithm that this processor runs, and one more for each of its cores that has
/// nothing else: which core a kernel would take for how many streams depends on the machine.
std::vector<const LaneKernel*> kernels_of(AlgorithmId algorithm);

/// Messages of the given lengths. Each has its own allocation, so that a sanitizer sees a read past
/// its end.
std::vector<Bytes> messages_of(const std::vector<std::size_t>& lengths, std::uint64_t seed);

std::vector<std::size_t> sizes_of(const std::vector<Bytes>& messages);

/// The digests by the single stream, as hex.
std::vector<std::string> single_stream_digests(AlgorithmId algorithm, const std::vector<Bytes>& messages);

/// Streams of one kernel that are all at the same place in their lives.
class LaneStreams {
 public:
  /// One for each size, in bytes.
  LaneStreams(const LaneKernel& kernel, AlgorithmId algorithm, const std::vector<std::size_t>& sizes);

  /// One update of the kernel, piece i being for stream i.
  void update(const std::vector<std::span<const std::byte>>& pieces);
  /// Moves every state to another place by memcpy and overwrites the old one.
  void move();
  LaneState& state(std::size_t stream) { return states_[stream]; }
  /// As hex.
  std::vector<std::string> finish();

 private:
  const LaneKernel& kernel_;
  AlgorithmId algorithm_;
  std::vector<LaneState> states_;
};

/// The digests of whole messages by one update.
std::vector<std::string> lane_digests(const LaneKernel& kernel, AlgorithmId algorithm,
                                      const std::vector<Bytes>& messages);

}  // namespace hashlane
