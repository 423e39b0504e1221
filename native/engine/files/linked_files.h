// Files that have several names: each is read once a job, and its other names get the same digests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <random>
#include <unordered_map>
#include <vector>

#include "engine/files/open_file.h"

namespace hashlane {

/// One file by device and inode, from the first of its names on. Guarded by the table.
struct LinkedFile {
  struct Key {
    std::uint64_t device;
    std::uint64_t inode;
    bool operator==(const Key&) const = default;
  };
  Key key{};
  /// What it lies on; may be null. Written by whoever reads it.
  Device* device = nullptr;
  /// What was read, once it was and nothing of it changed meanwhile.
  FileFacts facts;
  std::unique_ptr<std::byte[]> digests;
  /// Names that came while the first was read; they are closed.
  std::vector<OpenFile> waiting;
  /// Names that may still come.
  std::uint64_t names_left = 0;
  /// Where `known_` has it, once it was read.
  std::size_t place = 0;
  bool read = false;
};

/// Thread-safe. Keeps at most `most_bytes`: a file that was forgotten is read again.
class LinkedFiles {
 public:
  static constexpr std::size_t kMostBytes = 32u << 20;
  /// Names that may wait for others at a time; any beyond are read as if they were the only ones.
  static constexpr std::size_t kMostWaiting = 1u << 16;

  /// `digest_bytes`: of one file.
  explicit LinkedFiles(std::size_t digest_bytes, std::size_t most_bytes = kMostBytes);

  enum class Meeting : std::uint8_t {
    /// The file is to be read. `OpenFile::linked` says for how many; then conclude() must follow.
    kRead,
    /// Another name of it is being read: the file was taken along, all but its descriptor, and conclude() gives it
    /// back.
    kWaits,
    /// Another name of it was read: `digests` are the file's.
    kKnown,
  };
  /// A file that was opened and looked at. `digests` has room for one file's.
  [[nodiscard]] Meeting meet(OpenFile& file, std::byte* digests);

  /// How a file ended that was met with kRead; gives back who waited for it. Where digests_shared() says so of the
  /// record, those with the same facts get its digests; all others are to be opened again.
  [[nodiscard]] std::vector<OpenFile> conclude(const OpenFile& file, const ResultRecord& record);

  /// Files that are remembered.
  [[nodiscard]] std::size_t size();

 private:
  using Key = LinkedFile::Key;
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return static_cast<std::size_t>((key.inode ^ (key.device << 32 | key.device >> 32)) * 0x9E3779B97F4A7C15u);
    }
  };
  using Table = std::unordered_map<Key, std::shared_ptr<LinkedFile>, KeyHash>;

  /// Has the file read, and its other names wait for it.
  void begin_locked(OpenFile& file);
  void forget_locked(Table::iterator entry);
  void make_room_locked();

  const std::size_t digest_bytes_;
  const std::size_t most_files_;
  std::mutex mutex_;
  Table table_;
  /// Those that were read, in no order.
  std::vector<Key> known_;
  std::minstd_rand random_;
  std::size_t waiting_ = 0;
};

/// Whether another look at the file with these facts means that it has the same contents.
[[nodiscard]] bool same_contents(const FileFacts& a, const FileFacts& b) noexcept;

/// Whether other names of the file may have the digests of this record: its times tell of every write.
[[nodiscard]] bool digests_shared(const OpenFile& file, const ResultRecord& record) noexcept;

/// The record of a name whose file was read by another name, without entry and name.
[[nodiscard]] ResultRecord linked_record(const OpenFile& file, const std::byte* digests) noexcept;

}  // namespace hashlane
