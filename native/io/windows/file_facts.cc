#include "io/windows/file_facts.h"

#include <algorithm>
#include <limits>

namespace hashlane {
namespace {

// winnt.h. [MS-FSCC] 2.6 has the attributes, 2.1.2.1 the tags.
constexpr std::uint32_t kAttributeFolder = 0x10;
constexpr std::uint32_t kAttributeDevice = 0x40;
constexpr std::uint32_t kAttributeReparsePoint = 0x400;
constexpr std::uint32_t kAttributeOffline = 0x1000;
constexpr std::uint32_t kAttributeRecallOnDataAccess = 0x400000;

/// Set in tags that stand for a name elsewhere: symbolic links, junctions.
constexpr std::uint32_t kTagNameSurrogate = 0x20000000;
constexpr std::uint32_t kTagAppExecutionLink = 0x8000001B;
constexpr std::uint32_t kTagLinuxSymlink = 0xA000001D;
constexpr std::uint32_t kTagUnixSocket = 0x80000023;
constexpr std::uint32_t kTagLinuxFifo = 0x80000024;
constexpr std::uint32_t kTagLinuxCharacterDevice = 0x80000025;
constexpr std::uint32_t kTagLinuxBlockDevice = 0x80000026;

/// Mixes all bits into all (SplitMix64's last steps; Steele, Lea and Flood, OOPSLA 2014).
std::uint64_t mix(std::uint64_t bits) noexcept {
  bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
  bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
  return bits ^ bits >> 31;
}

std::uint64_t little_endian(const std::uint8_t* bytes) noexcept {
  std::uint64_t number = 0;
  for (int at = 7; at >= 0; --at) number = number << 8 | bytes[at];
  return number;
}

/// The beginning of an object's name that names its volume.
std::u16string_view volume_of(std::u16string_view object_name) noexcept {
  constexpr std::u16string_view kNetwork = u"\\Device\\Mup\\";
  std::size_t names = 2;
  if (object_name.starts_with(kNetwork)) {
    object_name.remove_prefix(kNetwork.size() - 1);
    // A drive letter's way: `\;LanmanRedirector\;Z:0000000000012345\server\share`.
    while (object_name.starts_with(u"\\;")) {
      object_name.remove_prefix(std::min(object_name.find(u'\\', 1), object_name.size()));
    }
  }
  std::size_t end = 0;
  while (names-- > 0 && end < object_name.size()) end = std::min(object_name.find(u'\\', end + 1), object_name.size());
  return object_name.substr(0, end);
}

}  // namespace

std::int64_t unix_ns(std::int64_t file_time) noexcept {
  // 369 years with 89 leap days.
  constexpr std::int64_t kUnixEpoch = 116'444'736'000'000'000;
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 100;
  return std::clamp(std::max(file_time, std::int64_t{0}) - kUnixEpoch, -kMost, kMost) * 100;
}

EntryKind kind_of(std::uint32_t attributes, std::uint32_t reparse_tag) noexcept {
  if ((attributes & kAttributeReparsePoint) != 0) {
    switch (reparse_tag) {
      case kTagAppExecutionLink:
      case kTagLinuxSymlink:
        return EntryKind::kSymlink;
      case kTagUnixSocket:
        return EntryKind::kSocket;
      case kTagLinuxFifo:
        return EntryKind::kFifo;
      case kTagLinuxCharacterDevice:
        return EntryKind::kCharacterDevice;
      case kTagLinuxBlockDevice:
        return EntryKind::kBlockDevice;
      default:
        if ((reparse_tag & kTagNameSurrogate) != 0) return EntryKind::kSymlink;
    }
  }
  if ((attributes & kAttributeFolder) != 0) return EntryKind::kFolder;
  return (attributes & kAttributeDevice) != 0 ? EntryKind::kCharacterDevice : EntryKind::kFile;
}

bool is_placeholder(std::uint32_t attributes) noexcept {
  return (attributes & (kAttributeOffline | kAttributeRecallOnDataAccess)) != 0;
}

void set_identity(const FileId& id, std::uint32_t links, FileFacts& facts) noexcept {
  const std::uint64_t low = little_endian(id.data()), high = little_endian(id.data() + 8);
  facts.inode = high == 0 ? low : mix(low ^ mix(high));
  facts.links = high == 0 ? links : 1;
}

std::uint64_t volume_number(std::uint64_t serial, std::u16string_view object_name) noexcept {
  std::uint64_t number = mix(serial);
  for (const char16_t unit : volume_of(object_name)) number = mix(number ^ unit);
  return number;
}

}  // namespace hashlane
