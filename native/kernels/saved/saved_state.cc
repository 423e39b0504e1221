#include "kernels/saved/saved_state.h"

#include <array>
#include <limits>

#include "kernels/hasher.h"

namespace hashlane {
namespace {

constexpr std::uint32_t kMagic = 0x54534c48;  // "HLST"
constexpr std::size_t kHeaderBytes = 5 * sizeof(std::uint32_t);
constexpr std::size_t kChecksumBytes = sizeof(std::uint32_t);

using Header = std::array<std::uint32_t, 5>;

void append(std::vector<std::byte>& bytes, std::uint32_t value) {
  for (int byte = 0; byte < 4; ++byte) bytes.push_back(static_cast<std::byte>(value >> (8 * byte) & 0xff));
}

std::uint32_t word_at(std::span<const std::byte> bytes, std::size_t at) noexcept {
  std::uint32_t value = 0;
  for (std::size_t byte = 4; byte-- > 0;) value = value << 8 | std::to_integer<std::uint32_t>(bytes[at + byte]);
  return value;
}

Header header_of(SavedKind kind, AlgorithmId algorithm, std::size_t length) noexcept {
  return {kMagic, kSavedStateVersion, static_cast<std::uint32_t>(kind), static_cast<std::uint32_t>(algorithm),
          static_cast<std::uint32_t>(length)};
}

}  // namespace

std::optional<std::vector<std::byte>> saved_state(const Saveable& from, SavedKind kind,
                                                  AlgorithmId algorithm) noexcept {
  StateWriter writer;
  if (!from.save(writer) || !writer.whole()) return std::nullopt;
  const std::vector<std::byte> state = writer.take();
  if (state.size() > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  try {
    std::vector<std::byte> saved;
    saved.reserve(kHeaderBytes + state.size() + kChecksumBytes);
    for (const std::uint32_t word : header_of(kind, algorithm, state.size())) append(saved, word);
    saved.insert(saved.end(), state.begin(), state.end());
    append(saved, crc32c(0, saved));
    return saved;
  } catch (const std::bad_alloc&) {
    return std::nullopt;
  }
}

bool restore_state(Saveable& to, SavedKind kind, AlgorithmId algorithm, std::span<const std::byte> saved) noexcept {
  if (saved.size() < kHeaderBytes + kChecksumBytes) return false;
  const auto state = saved.subspan(kHeaderBytes, saved.size() - kHeaderBytes - kChecksumBytes);
  const Header expected = header_of(kind, algorithm, state.size());
  for (std::size_t word = 0; word < expected.size(); ++word) {
    if (word_at(saved, 4 * word) != expected[word]) return false;
  }
  const auto checked = saved.first(saved.size() - kChecksumBytes);
  if (word_at(saved, checked.size()) != crc32c(0, checked)) return false;
  StateReader reader(state);
  return to.restore(reader) && reader.whole() && reader.left() == 0;
}

}  // namespace hashlane
