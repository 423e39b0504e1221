#include "kernels/k12/turbo_shake.h"

#include <cstring>

#include "kernels/lanes/vectors/scalar.h"

namespace hashlane {

void TurboShake::permute() noexcept {
  scalar::U64 state[25];
  for (std::size_t word = 0; word < words_.size(); ++word) state[word].value = words_[word];
  turbo_shake_permute(state);
  for (std::size_t word = 0; word < words_.size(); ++word) words_[word] = state[word].value;
}

void TurboShake::update(std::span<const std::byte> bytes) noexcept {
  const std::byte* at = bytes.data();
  std::size_t left = bytes.size();
  while (left > 0) {
    if (used_ == 0 && left >= kTurboShakeRate) {
      for (std::size_t word = 0; word < kTurboShakeRate / 8; ++word) {
        std::uint64_t more;
        std::memcpy(&more, at + 8 * word, sizeof more);
        words_[word] ^= more;
      }
      at += kTurboShakeRate;
      left -= kTurboShakeRate;
      permute();
      continue;
    }
    add(used_, *at);
    ++at;
    --left;
    if (++used_ == kTurboShakeRate) {
      permute();
      used_ = 0;
    }
  }
}

void TurboShake::save(StateWriter& to) const noexcept {
  to.number(used_);
  for (const std::uint64_t word : words_) to.number(word);
}

bool TurboShake::restore(StateReader& from) noexcept {
  used_ = static_cast<std::size_t>(from.number_to(kTurboShakeRate - 1));
  for (std::uint64_t& word : words_) word = from.number();
  return from.whole();
}

void TurboShake::finish(std::byte domain, std::byte* out) noexcept {
  add(used_, domain);
  add(kTurboShakeRate - 1, std::byte{0x80});
  permute();
  std::memcpy(out, words_.data(), kK12ValueBytes);
}

}  // namespace hashlane
