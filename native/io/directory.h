// A folder in a walk: a name below a parent, opened when needed, so that a path may be longer than
// the system's limit and a deep walk needs few descriptors.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "io/file.h"

namespace hashlane {

/// One name in a folder; the bytes lie in the listing's `names`, followed by a NUL.
struct ListedEntry {
  std::uint32_t offset;
  std::uint32_t length;
  EntryKind kind;
};

/// A folder's entries in the order of their names' bytes, without `.` and `..`.
struct Listing {
  std::string names;
  std::vector<ListedEntry> entries;
  /// Set when the folder could not be opened or read to its end; `entries` are then what was seen.
  Error error;

  [[nodiscard]] std::string_view name(const ListedEntry& entry) const {
    return std::string_view(names).substr(entry.offset, entry.length);
  }
};

/// Called for each answer of the system while there are more to come; empty for nobody.
using Answered = std::function<void()>;

/// Thread-safe. Children keep their parents alive.
class Directory : public std::enable_shared_from_this<Directory> {
 public:
  /// A root: `path` as the caller gave it, links in it followed.
  static std::shared_ptr<Directory> root(std::string path);
  /// The folder that relative paths refer to: the base of roots that are files. Never listed.
  static const std::shared_ptr<Directory>& current();
  static std::shared_ptr<Directory> child(std::shared_ptr<Directory> parent, std::string_view name, bool follow);

  /// Keeps the descriptor open while it lives.
  class Use {
   public:
    Use() = default;
    Use(Use&& other) noexcept : directory_(std::move(other.directory_)) {}
    Use& operator=(Use&& other) noexcept;
    ~Use() { end(); }
    [[nodiscard]] Handle descriptor() const noexcept;

   private:
    friend class Directory;
    explicit Use(std::shared_ptr<Directory> directory) : directory_(std::move(directory)) {}
    void end() noexcept;
    std::shared_ptr<Directory> directory_;
  };

  /// Opens the folder if it is not open. When it had been open before and another folder is there
  /// now, the error is REPLACED.
  Error use(Use& use);
  /// Closes the descriptor if nobody uses it; the next use() opens it again.
  void rest();

  /// The path as it is shown: the root as given, then the names, ending in `/`. Empty for current().
  [[nodiscard]] std::string prefix() const;
  /// Bytes of prefix().
  [[nodiscard]] std::size_t prefix_length() const noexcept { return prefix_length_; }
  /// Folders between this and its root.
  [[nodiscard]] std::uint32_t depth() const noexcept { return depth_; }
  [[nodiscard]] const std::shared_ptr<Directory>& parent() const noexcept { return parent_; }
  /// Valid after the first successful use().
  [[nodiscard]] std::uint64_t device() const noexcept { return device_; }
  [[nodiscard]] std::uint64_t inode() const noexcept { return inode_; }
  /// Whether this folder or one above it is the folder (device, inode): going there would be a loop.
  [[nodiscard]] bool is_within(std::uint64_t device, std::uint64_t inode) const noexcept;

  /// Reads all names. Entries whose kind the file system does not tell are looked at.
  Listing list(const Answered& answered = {});

 private:
  Directory(std::shared_ptr<Directory> parent, std::string name, bool follow);
  ~Directory();
  static void dispose(Directory* directory) noexcept;
  [[nodiscard]] bool is_open();
  Error open_locked(Handle parent);
  void close_unused_locked();

  std::shared_ptr<Directory> parent_;
  const std::string name_;
  const bool follow_;
  const bool current_;
  std::size_t prefix_length_ = 0;
  std::uint32_t depth_ = 0;

  std::mutex mutex_;
  Descriptor descriptor_;
  std::uint32_t users_ = 0;
  /// Set last, and once: whoever sees it may read the two below without the lock.
  std::atomic<bool> known_ = false;
  std::uint64_t device_ = 0;
  std::uint64_t inode_ = 0;
  Directory* disposed_next_ = nullptr;
};

}  // namespace hashlane
