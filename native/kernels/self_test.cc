#include "kernels/self_test.h"

#include <algorithm>
#include <array>

#include "kernels/known_answers.h"

namespace hashlane {
namespace {

constexpr std::string_view kAbc = "abc";
// Splits that end inside a word, at and across block edges; what is left goes in one piece.
constexpr std::array<std::size_t, 5> kUnevenPieces = {1, 62, 66, 895, 1025};

using Bytes = std::span<const std::byte>;

std::array<std::byte, kPatternBytes> make_pattern() {
  std::array<std::byte, kPatternBytes> pattern;
  for (std::size_t index = 0; index < pattern.size(); ++index) pattern[index] = static_cast<std::byte>(index % 251);
  return pattern;
}

// BTIH's answers are those of a file without a name and a size.
void identify(Hasher& hasher, AlgorithmId algorithm, std::size_t size) {
  if (algorithm != AlgorithmId::kBtih) hasher.identify({}, size);
}

bool finishes_with(Hasher& hasher, AlgorithmId algorithm, std::string_view expected_hex) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  std::array<std::byte, 64> digest{};
  if (!hasher.finish(digest.data())) return false;
  std::string hex;
  for (const std::byte byte : std::span(digest).first(digest_length(algorithm))) {
    hex += kHexDigits[std::to_integer<std::size_t>(byte >> 4)];
    hex += kHexDigits[std::to_integer<std::size_t>(byte & std::byte{15})];
  }
  return hex == expected_hex;
}

void update_in_uneven_pieces(Hasher& hasher, Bytes bytes) {
  for (const std::size_t piece : kUnevenPieces) {
    hasher.update(bytes.first(piece));
    bytes = bytes.subspan(piece);
  }
  hasher.update(bytes);
}

}  // namespace

bool passes_known_answers(const Kernel& kernel) {
  const auto answers = std::ranges::find(known_answers(), kernel.algorithm, &KnownAnswers::algorithm);
  if (answers == known_answers().end()) return false;
  const std::unique_ptr<Hasher> hasher = kernel.make(kernel.algorithm);
  if (!hasher) return false;
  static const auto whole_pattern = make_pattern();
  const Bytes pattern = Bytes(whole_pattern).first(answers->pattern_bytes);

  identify(*hasher, kernel.algorithm, 0);
  if (!finishes_with(*hasher, kernel.algorithm, answers->of_nothing)) return false;
  hasher->reset();
  identify(*hasher, kernel.algorithm, kAbc.size());
  hasher->update(std::as_bytes(std::span(kAbc)));
  if (!finishes_with(*hasher, kernel.algorithm, answers->of_abc)) return false;
  hasher->reset();
  identify(*hasher, kernel.algorithm, pattern.size());
  hasher->update(pattern);
  if (!finishes_with(*hasher, kernel.algorithm, answers->of_pattern)) return false;
  hasher->reset();
  identify(*hasher, kernel.algorithm, pattern.size());
  update_in_uneven_pieces(*hasher, pattern);
  return finishes_with(*hasher, kernel.algorithm, answers->of_pattern);
}

}  // namespace hashlane
