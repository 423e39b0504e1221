#include "kernels/quickxor.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "kernels/kernel.h"

namespace hashlane {
namespace {

constexpr std::size_t kBits = 160;
constexpr std::size_t kShift = 11;

void add_byte(QuickXorCircle& circle, std::byte byte, std::size_t bit) noexcept {
  const std::size_t at = bit / 8;
  const std::size_t shift = bit % 8;
  circle[at] ^= byte << shift;
  if (shift != 0) circle[(at + 1) % circle.size()] ^= byte >> (8 - shift);
}

// Words rather than bytes, so that every compiler makes vectors of them.
void add_period(std::byte* columns, const std::byte* from) noexcept {
  std::array<std::uint64_t, QuickXorSum::kPeriod / 8> sums;
  std::array<std::uint64_t, QuickXorSum::kPeriod / 8> more;
  std::memcpy(sums.data(), columns, sizeof sums);
  std::memcpy(more.data(), from, sizeof more);
  for (std::size_t word = 0; word < sums.size(); ++word) sums[word] ^= more[word];
  std::memcpy(columns, sums.data(), sizeof sums);
}

class QuickXorHasher final : public Hasher {
 public:
  void reset() noexcept override { sum_.reset(); }
  void update(std::span<const std::byte> bytes) noexcept override { sum_.add(bytes); }
  bool finish(std::byte* digest) noexcept override {
    std::ranges::copy(with_length(sum_.circle(), sum_.count()), digest);
    return true;
  }
  bool save(StateWriter& to) const noexcept override {
    sum_.save(to);
    return true;
  }
  bool restore(StateReader& from) noexcept override { return sum_.restore(from); }

 private:
  QuickXorSum sum_;
};

std::unique_ptr<Hasher> make(AlgorithmId) noexcept {
  return std::unique_ptr<Hasher>(new (std::nothrow) QuickXorHasher);
}

}  // namespace

void QuickXorSum::add(std::span<const std::byte> bytes) noexcept {
  while (!bytes.empty()) {
    const auto column = static_cast<std::size_t>(count_ % kPeriod);
    std::size_t taken = std::min(bytes.size(), kPeriod - column);
    if (column == 0 && taken == kPeriod) {
      taken = bytes.size() / kPeriod * kPeriod;
      for (std::size_t at = 0; at < taken; at += kPeriod) add_period(columns_.data(), bytes.data() + at);
    } else {
      for (std::size_t at = 0; at < taken; ++at) columns_[column + at] ^= bytes[at];
    }
    count_ += taken;
    bytes = bytes.subspan(taken);
  }
}

void QuickXorSum::save(StateWriter& to) const noexcept {
  to.number(count_);
  to.bytes(columns_);
}

bool QuickXorSum::restore(StateReader& from) noexcept {
  count_ = from.number();
  from.bytes(columns_);
  return from.whole();
}

QuickXorCircle QuickXorSum::circle() const noexcept {
  QuickXorCircle circle{};
  for (std::size_t column = 0; column < kPeriod; ++column) add_byte(circle, columns_[column], column * kShift % kBits);
  return circle;
}

void add_at(QuickXorCircle& circle, const QuickXorCircle& other, std::uint64_t offset) noexcept {
  const auto turn = static_cast<std::size_t>(offset % kBits * kShift);
  for (std::size_t byte = 0; byte < other.size(); ++byte) add_byte(circle, other[byte], (turn + 8 * byte) % kBits);
}

QuickXorCircle with_length(QuickXorCircle circle, std::uint64_t bytes) noexcept {
  for (std::size_t byte = 0; byte < 8; ++byte) circle[12 + byte] ^= static_cast<std::byte>(bytes >> (8 * byte) & 0xff);
  return circle;
}

std::vector<Kernel> quickxor_kernels() { return {{AlgorithmId::kQuickxor, "Hashlane", make}}; }

}  // namespace hashlane
