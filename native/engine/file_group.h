// The unit of scheduling: some files of one folder, or a piece of a feed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/entry_hash.h"
#include "io/directory.h"

namespace hashlane {

class Feed;

/// Files of one folder whose entry ids follow one another. Made by the walk, immutable afterwards
/// but for `remaining`.
struct FileGroup {
  struct File {
    std::uint32_t offset;
    std::uint32_t length;
    /// Index of the job's root that it was found under.
    std::uint16_t root;
  };

  std::shared_ptr<Directory> directory;
  std::string prefix;
  /// Each name followed by a NUL.
  std::string names;
  std::vector<File> files;
  std::uint64_t first_entry_id = 0;
  /// Number of the group within its job.
  std::uint64_t number = 0;
  /// Links are followed when the files are opened.
  bool follow = false;
  /// Files not done with; several workers may have parts of a group.
  std::atomic<std::uint32_t> remaining = 0;

  [[nodiscard]] std::string_view name(std::uint32_t index) const {
    return std::string_view(names).substr(files[index].offset, files[index].length);
  }
};

/// A file that is open and partly hashed.
struct OpenFile {
  Descriptor descriptor;
  FileFacts facts;
  EntryHash hash;
  std::uint64_t entry_id = 0;
  std::uint64_t done = 0;
  std::uint64_t spent_ns = 0;
};

/// Files [next, end) of a group, or a feed that has something to take in. Moves between threads: a
/// paused job's tasks wait with the file in hand, and no worker waits with them.
struct Task {
  std::shared_ptr<FileGroup> group;
  std::uint32_t next = 0;
  std::uint32_t end = 0;
  /// The file `next`, when it is begun.
  std::unique_ptr<OpenFile> in_hand;
  std::shared_ptr<Feed> feed;
  /// Units of the job's work that will not be done: feeds that a cancelled job will never see.
  std::uint64_t abandoned = 0;
};

}  // namespace hashlane
