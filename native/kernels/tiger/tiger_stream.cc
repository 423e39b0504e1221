#include "kernels/tiger/tiger_stream.h"

#include <algorithm>
#include <cstring>

namespace hashlane {

TigerDigest tiger_digest(const TigerChain& chain) noexcept {
  TigerDigest digest;
  std::memcpy(digest.data(), chain.data(), digest.size());
  return digest;
}

void TigerStream::compress(const std::byte* blocks, std::size_t count) noexcept {
  tiger_cores(true).back().compress(&chain_, &blocks, count);
}

void TigerStream::save(StateWriter& to) const noexcept {
  to.number(length_);
  for (const std::uint64_t word : chain_) to.number(word);
  to.bytes(std::span(partial_).first(length_ % kTigerBlockBytes));
}

bool TigerStream::restore(StateReader& from) noexcept {
  length_ = from.number();
  for (std::uint64_t& word : chain_) word = from.number();
  from.bytes(std::span(partial_).first(length_ % kTigerBlockBytes));
  return from.whole();
}

void TigerStream::reset() noexcept {
  chain_ = kTigerInitial;
  length_ = 0;
}

void TigerStream::update(std::span<const std::byte> bytes) noexcept {
  if (bytes.empty()) return;
  const std::size_t held = length_ % kTigerBlockBytes;
  length_ += bytes.size();
  if (held != 0) {
    const std::size_t taken = std::min(bytes.size(), kTigerBlockBytes - held);
    std::memcpy(partial_.data() + held, bytes.data(), taken);
    if (held + taken < kTigerBlockBytes) return;
    compress(partial_.data(), 1);
    bytes = bytes.subspan(taken);
  }
  const std::size_t whole = bytes.size() / kTigerBlockBytes;
  if (whole != 0) compress(bytes.data(), whole);
  std::ranges::copy(bytes.subspan(whole * kTigerBlockBytes), partial_.begin());
}

// Padding: a byte 1, zeros, and the length in bits in the last word, as in MD4.
TigerDigest TigerStream::finish() noexcept {
  constexpr std::size_t kLengthAt = kTigerBlockBytes - sizeof(std::uint64_t);
  std::size_t held = length_ % kTigerBlockBytes;
  partial_[held++] = std::byte{1};
  std::fill(partial_.begin() + static_cast<std::ptrdiff_t>(held), partial_.end(), std::byte{0});
  if (held > kLengthAt) {
    compress(partial_.data(), 1);
    partial_.fill(std::byte{0});
  }
  const std::uint64_t bits = length_ * 8;
  std::memcpy(partial_.data() + kLengthAt, &bits, sizeof bits);
  compress(partial_.data(), 1);
  return tiger_digest(chain_);
}

}  // namespace hashlane
