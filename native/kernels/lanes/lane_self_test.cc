#include "kernels/lanes/lane_self_test.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "kernels/known_answers.h"

namespace hashlane {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::string_view kAbc = "abc";
// Inside a block, at and across block edges; what is left goes in one piece.
constexpr std::array<std::size_t, 5> kUnevenPieces = {1, 62, 66, 895, 1025};

std::string to_hex(Bytes bytes) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::string hex;
  for (const std::byte byte : bytes) {
    hex += kHexDigits[std::to_integer<std::size_t>(byte >> 4)];
    hex += kHexDigits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return hex;
}

struct Stream {
  LaneState state;
  Bytes remaining;
  std::string_view expected;
  std::array<std::byte, 64> digest;
};

// One step for all streams: the next uneven piece of each, or all that is left.
void step(const LaneKernel& kernel, std::vector<Stream>& streams, std::size_t most) {
  std::vector<LanePiece> pieces;
  for (Stream& stream : streams) {
    const std::size_t length = std::min(most, stream.remaining.size());
    pieces.push_back({&stream.state, stream.remaining.first(length)});
    stream.remaining = stream.remaining.subspan(length);
  }
  kernel.update(pieces);
}

bool streams_give_known_answers(const LaneKernel& kernel, const KnownAnswers& answers, std::size_t count) {
  std::array<std::byte, kPatternBytes> pattern;
  for (std::size_t index = 0; index < pattern.size(); ++index) pattern[index] = static_cast<std::byte>(index % 251);
  // Three kinds in turn, so that no two neighbours are alike and no lane is like the one four on.
  const std::array<Bytes, 3> inputs = {Bytes(pattern), std::as_bytes(std::span(kAbc)), Bytes{}};
  const std::array<std::string_view, 3> expected = {answers.of_pattern, answers.of_abc, answers.of_nothing};
  std::vector<Stream> streams(count);
  for (std::size_t index = 0; index < count; ++index) {
    streams[index].remaining = inputs[index % inputs.size()];
    streams[index].expected = expected[index % expected.size()];
    kernel.reset(streams[index].state, streams[index].remaining.size());
  }
  for (const std::size_t most : kUnevenPieces) step(kernel, streams, most);
  step(kernel, streams, kPatternBytes);

  std::vector<LaneState*> states;
  std::vector<std::byte*> digests;
  for (Stream& stream : streams) {
    states.push_back(&stream.state);
    digests.push_back(stream.digest.data());
  }
  kernel.finish(states, digests);
  return std::ranges::all_of(streams, [](const Stream& stream) {
    return to_hex(Bytes(stream.digest).first(stream.expected.size() / 2)) == stream.expected;
  });
}

}  // namespace

bool passes_known_answers(const LaneKernel& kernel, AlgorithmId algorithm) {
  const auto answers = std::ranges::find(known_answers(), algorithm, &KnownAnswers::algorithm);
  if (answers == known_answers().end()) return false;
  // Every lane works on the pattern at one time, and every lane idles beside one that does.
  return streams_give_known_answers(kernel, *answers, 1) &&
         streams_give_known_answers(kernel, *answers, 3 * kernel.lanes() + 1);
}

}  // namespace hashlane
