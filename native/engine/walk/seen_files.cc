#include "engine/walk/seen_files.h"

#include <bit>
#include <cstring>
#include <string>

namespace hashlane {
namespace {

constexpr std::size_t kSlotWords = 4;

using Words = std::array<std::uint32_t, 2>;

/// HalfSipHash-2-4 with 64 bits of key and of result (Aumasson and Bernstein): names are anybody's, and who does not
/// know the key cannot choose two that collide.
class HalfSip {
 public:
  HalfSip(std::uint32_t key0, std::uint32_t key1) noexcept
      : v0_(key0), v1_(key1 ^ 0xee), v2_(0x6c796765 ^ key0), v3_(0x74656462 ^ key1) {}

  Words of(const char* bytes, std::size_t length) noexcept {
    std::size_t at = 0;
    for (; at + 4 <= length; at += 4) {
      std::uint32_t word = 0;
      std::memcpy(&word, bytes + at, 4);
      take(word);
    }
    std::uint32_t last = static_cast<std::uint32_t>(length) << 24;
    for (std::size_t rest = 0; at + rest < length; ++rest) {
      last |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + rest])) << (8 * rest);
    }
    take(last);
    v2_ ^= 0xee;
    rounds(4);
    const std::uint32_t low = v1_ ^ v3_;
    v1_ ^= 0xdd;
    rounds(4);
    return {low, v1_ ^ v3_};
  }

 private:
  void take(std::uint32_t word) noexcept {
    v3_ ^= word;
    rounds(2);
    v0_ ^= word;
  }

  void rounds(int count) noexcept {
    while (count-- > 0) {
      v0_ += v1_;
      v1_ = std::rotl(v1_, 5) ^ v0_;
      v0_ = std::rotl(v0_, 16);
      v2_ += v3_;
      v3_ = std::rotl(v3_, 8) ^ v2_;
      v0_ += v3_;
      v3_ = std::rotl(v3_, 7) ^ v0_;
      v2_ += v1_;
      v1_ = std::rotl(v1_, 13) ^ v2_;
      v2_ = std::rotl(v2_, 16);
    }
  }

  std::uint32_t v0_, v1_, v2_, v3_;
};

}  // namespace

SeenFiles::SeenFiles(std::span<const std::byte> table, std::span<const std::byte> key) {
  const std::size_t slots = table.size() / (kSlotWords * 4);
  valid_ = key.size() == sizeof key_ && std::has_single_bit(slots) && table.size() == slots * kSlotWords * 4;
  if (!valid_) return;
  words_.resize(slots * kSlotWords);
  std::memcpy(words_.data(), table.data(), table.size());
  std::memcpy(key_.data(), key.data(), key.size());
}

bool SeenFiles::contains(std::string_view prefix, std::string_view name, std::uint16_t root,
                         const FileFacts& facts) const {
  if (facts.inode == 0) return false;
  std::string path;
  path.reserve(prefix.size() + name.size() + sizeof root);
  path.append(prefix).append(name).append(reinterpret_cast<const char*>(&root), sizeof root);
  const Words place = HalfSip(key_[0], key_[1]).of(path.data(), path.size());
  char identity[32];
  std::memcpy(identity, &facts.size, 8);
  std::memcpy(identity + 8, &facts.modified_ns, 8);
  std::memcpy(identity + 16, &facts.changed_ns, 8);
  std::memcpy(identity + 24, &facts.inode, 8);
  const Words print = HalfSip(key_[2], key_[3]).of(identity, sizeof identity);
  const std::size_t mask = words_.size() / kSlotWords - 1;
  // As many steps as there are slots at most: a table without a free one must not hold the walk for ever.
  for (std::size_t step = 0, slot = place[0] & mask; step <= mask; ++step, slot = (slot + 1) & mask) {
    const std::uint32_t* const at = words_.data() + slot * kSlotWords;
    if ((at[0] | at[1] | at[2] | at[3]) == 0) return false;
    if (at[0] == place[0] && at[1] == place[1]) return at[2] == print[0] && at[3] == print[1];
  }
  return false;
}

}  // namespace hashlane
