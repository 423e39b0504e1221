#include "lane_streams.h"

#include <cstring>
#include <map>
#include <memory>

#include "kernels/lanes/lane_targets.h"

namespace hashlane {

std::vector<AlgorithmId> lane_algorithms() {
  std::vector<AlgorithmId> algorithms = all_algorithms();
  std::erase_if(algorithms, [](AlgorithmId algorithm) { return lane_kernels(algorithm).empty(); });
  return algorithms;
}

std::vector<const LaneKernel*> kernels_of(AlgorithmId algorithm) {
  static std::map<AlgorithmId, std::vector<std::unique_ptr<const StreamLanes>>> of_cores;
  std::vector<const LaneKernel*> kernels;
  for (const LaneKernelInfo& info : lane_kernels(algorithm)) kernels.push_back(info.kernel);
  const LaneAlgorithm* const lanes = lane_algorithm(algorithm);
  if (lanes == nullptr) return kernels;
  auto& single = of_cores[algorithm];
  if (single.empty()) single = single_core_kernels(*lanes);
  for (const auto& kernel : single) kernels.push_back(kernel.get());
  return kernels;
}

std::vector<Bytes> messages_of(const std::vector<std::size_t>& lengths, std::uint64_t seed) {
  std::vector<Bytes> messages;
  for (const std::size_t length : lengths) messages.push_back(noise(length, seed++));
  return messages;
}

std::vector<std::size_t> sizes_of(const std::vector<Bytes>& messages) {
  std::vector<std::size_t> sizes;
  for (const Bytes& message : messages) sizes.push_back(message.size());
  return sizes;
}

std::vector<std::string> single_stream_digests(AlgorithmId algorithm, const std::vector<Bytes>& messages) {
  std::vector<std::string> digests;
  for (const Bytes& message : messages) digests.push_back(digest_of(algorithm, message));
  return digests;
}

LaneStreams::LaneStreams(const LaneKernel& kernel, AlgorithmId algorithm, const std::vector<std::size_t>& sizes)
    : kernel_(kernel), algorithm_(algorithm), states_(sizes.size()) {
  // What was there before reset() must not matter.
  for (std::size_t stream = 0; stream < sizes.size(); ++stream) {
    std::memset(&states_[stream], 0xa5, sizeof states_[stream]);
    kernel.reset(states_[stream], sizes[stream]);
  }
}

void LaneStreams::update(const std::vector<std::span<const std::byte>>& pieces) {
  std::vector<LanePiece> lane_pieces;
  for (std::size_t stream = 0; stream < pieces.size(); ++stream) {
    lane_pieces.push_back({&states_[stream], pieces[stream]});
  }
  kernel_.update(lane_pieces);
}

void LaneStreams::move() {
  std::vector<LaneState> moved(states_.size());
  std::memcpy(moved.data(), states_.data(), states_.size() * sizeof(LaneState));
  std::memset(states_.data(), 0x5a, states_.size() * sizeof(LaneState));
  states_.swap(moved);
}

std::vector<std::string> LaneStreams::finish() {
  std::vector<Bytes> digests(states_.size(), Bytes(kAlgorithms[static_cast<std::size_t>(algorithm_)].digest_length));
  std::vector<LaneState*> state_pointers;
  std::vector<std::byte*> digest_pointers;
  for (std::size_t stream = 0; stream < states_.size(); ++stream) {
    state_pointers.push_back(&states_[stream]);
    digest_pointers.push_back(digests[stream].data());
  }
  kernel_.finish(state_pointers, digest_pointers);
  std::vector<std::string> hex;
  for (const Bytes& digest : digests) hex.push_back(to_hex(digest));
  return hex;
}

std::vector<std::string> lane_digests(const LaneKernel& kernel, AlgorithmId algorithm,
                                      const std::vector<Bytes>& messages) {
  LaneStreams streams(kernel, algorithm, sizes_of(messages));
  streams.update({messages.begin(), messages.end()});
  return streams.finish();
}

}  // namespace hashlane
