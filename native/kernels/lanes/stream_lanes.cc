#include "kernels/lanes/stream_lanes.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "kernels/git_blob.h"
#include "kernels/lanes/lane_flight.h"

namespace hashlane {
namespace {

static_assert(std::endian::native == std::endian::little, "chains are copied as bytes, and read as little endian");

// The lower half of a word comes first, so that the first 4 of the 8 bytes are the 32-bit word.
void set_chain_word(const LaneAlgorithm& algorithm, LaneState& state, std::size_t word, std::uint64_t value) {
  std::memcpy(state.chain + word * algorithm.word_bytes, &value, algorithm.word_bytes);
}

// Big endian words are printed from their highest byte: byte i of the digest is that much into the chain.
std::size_t place_in_chain(const LaneAlgorithm& algorithm, std::size_t i) {
  if (algorithm.padding != Padding::kBigEndianLength) return i;
  return i ^ (algorithm.word_bytes - 1);
}

// The padding after `used` bytes of an unfinished block. How many blocks there are then.
std::size_t pad_length(const LaneAlgorithm& algorithm, LaneState& state, std::size_t used) {
  const std::size_t length_bytes = 2 * algorithm.word_bytes;
  const std::size_t blocks = used + 1 + length_bytes <= algorithm.block_bytes ? 1 : 2;
  const std::size_t end = blocks * algorithm.block_bytes;
  std::memset(state.partial + used, 0, end - used);
  state.partial[used] = std::byte{0x80};
  // The length in bits takes 67 bits: whole bytes from the third bit of the count up, and the rest.
  const bool big_endian = algorithm.padding == Padding::kBigEndianLength;
  for (std::size_t i = 0; i < length_bytes; ++i) {
    std::uint64_t byte = 0;
    if (i < 8) byte = (state.count << 3) >> (8 * i);
    if (i == 8) byte = state.count >> 61;
    state.partial[big_endian ? end - 1 - i : end - length_bytes + i] = static_cast<std::byte>(byte & 0xff);
  }
  return blocks;
}

std::size_t pad_keccak(const LaneAlgorithm& algorithm, LaneState& state, std::size_t used) {
  std::memset(state.partial + used, 0, algorithm.block_bytes - used);
  state.partial[used] = std::byte{0x06};
  state.partial[algorithm.block_bytes - 1] |= std::byte{0x80};
  return 1;
}

// The block that was held back is filled with zeros. The core adds a whole block to the count and must
// arrive at the stream's bytes, so the count is set that much short, below zero if need be.
std::size_t pad_blake2(const LaneAlgorithm& algorithm, LaneState& state, std::size_t used) {
  std::memset(state.partial + used, 0, algorithm.block_bytes - used);
  const std::uint64_t low = state.count - algorithm.block_bytes;
  const std::uint64_t above = state.count < algorithm.block_bytes ? ~std::uint64_t{0} : 0;
  const std::uint64_t high = algorithm.word_bytes == 8 ? above : low >> 32;
  constexpr std::uint64_t kLast = ~std::uint64_t{0};
  std::size_t word = 8;
  for (const std::uint64_t value : {low, high, kLast}) set_chain_word(algorithm, state, word++, value);
  return 1;
}

std::size_t pad(const LaneAlgorithm& algorithm, LaneState& state) {
  const std::size_t used = waiting_bytes(algorithm, state);
  switch (algorithm.padding) {
    case Padding::kKeccak:
      return pad_keccak(algorithm, state, used);
    case Padding::kBlake2:
      return pad_blake2(algorithm, state, used);
    case Padding::kLittleEndianLength:
    case Padding::kBigEndianLength:
      break;
  }
  return pad_length(algorithm, state, used);
}

// Takes note of the bytes and tells what is to be compressed now; what is not is kept at once when
// there is nothing to compress, otherwise by the journey's end.
LaneJourney take_in(const LaneAlgorithm& algorithm, LaneState& state, std::span<const std::byte> bytes) {
  const std::size_t block_bytes = algorithm.block_bytes;
  const std::size_t held_back = algorithm.padding == Padding::kBlake2 ? 1 : 0;
  const std::size_t used = waiting_bytes(algorithm, state);
  state.count += bytes.size();
  LaneJourney journey;
  journey.state = &state;
  if (used + bytes.size() < block_bytes + held_back) {
    if (!bytes.empty()) std::memcpy(state.partial + used, bytes.data(), bytes.size());
    return journey;
  }
  if (used != 0) {
    const std::size_t missing = block_bytes - used;
    std::memcpy(state.partial + used, bytes.data(), missing);
    bytes = bytes.subspan(missing);
    journey.first = {state.partial, 1};
  }
  journey.second = {bytes.data(), (bytes.size() - held_back) / block_bytes};
  journey.tail = bytes.subspan(journey.second.count * block_bytes);
  return journey;
}

}  // namespace

// BLAKE2 holds a full block back: it may be the
// last, which is compressed in another way.
std::size_t waiting_bytes(const LaneAlgorithm& algorithm, const LaneState& state) noexcept {
  if (algorithm.padding != Padding::kBlake2) return state.count % algorithm.block_bytes;
  return state.count == 0 ? 0 : (state.count - 1) % algorithm.block_bytes + 1;
}

void StreamLanes::reset(LaneState& state, std::uint64_t size) const noexcept {
  for (std::size_t word = 0; word < algorithm_.chain_words; ++word) {
    set_chain_word(algorithm_, state, word, algorithm_.initial[word]);
  }
  state.count = 0;
  if (!algorithm_.git_blob) return;
  // Shorter than a block: it is kept with the first bytes.
  const GitBlobHeader header(size);
  std::ranges::copy(header.bytes(), state.partial);
  state.count = header.bytes().size();
}

void StreamLanes::update(std::span<const LanePiece> pieces) const noexcept {
  LaneFlight flight(algorithm_, plan_);
  for (const LanePiece& piece : pieces) {
    // A stream's pieces follow each other: its partial block is in use while it has a lane.
    if (flight.carries(piece.state)) flight.land_all();
    const LaneJourney journey = take_in(algorithm_, *piece.state, piece.bytes);
    if (journey.first.count + journey.second.count == 0) continue;
    flight.board(journey);
    flight.make_room();
  }
  flight.land_all();
}

void StreamLanes::finish(std::span<LaneState* const> states, std::span<std::byte* const> digests) const noexcept {
  LaneFlight flight(algorithm_, plan_);
  for (LaneState* const state : states) {
    flight.board({.state = state, .first = {state->partial, pad(algorithm_, *state)}, .second = {}, .tail = {}});
    flight.make_room();
  }
  flight.land_all();
  for (std::size_t stream = 0; stream < states.size(); ++stream) {
    for (std::size_t i = 0; i < algorithm_.digest_bytes; ++i) {
      digests[stream][i] = states[stream]->chain[place_in_chain(algorithm_, i)];
    }
  }
}

}  // namespace hashlane
