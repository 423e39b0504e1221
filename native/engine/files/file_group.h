// The unit of scheduling: some files of one folder, or a piece of a feed.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/files/devices.h"
#include "io/directory.h"

namespace hashlane {

class Feed;
class LaneGroup;
class SharedFile;
struct OpenFile;

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

/// Files [next, end) of a group and what was begun of files before them, or a feed that has something to
/// take in. Moves between threads: a paused job's tasks wait with all they have in hand, and no worker
/// waits with them.
struct Task {
  Task();
  Task(Task&&) noexcept;
  Task& operator=(Task&&) noexcept;
  ~Task();

  /// Null when no files are left to be opened.
  std::shared_ptr<FileGroup> group;
  std::uint32_t next = 0;
  std::uint32_t end = 0;
  /// Files before this one were asked for ahead. Guarded by the scheduler.
  std::uint32_t fetched = 0;
  /// Files under way side by side.
  std::unique_ptr<LaneGroup> lanes;
  /// A large file under way.
  std::shared_ptr<SharedFile> shared;
  /// Large files that are open and wait for their turn.
  std::vector<OpenFile> large;
  /// Files that are open and were read while somebody had them open for writing: to be settled and read again.
  std::vector<OpenFile> unsettled;
  /// Where the files lie; null when that could not be found out.
  Device* device = nullptr;

  std::shared_ptr<Feed> feed;
  /// Units of the job's work that will not be done: feeds that a cancelled job will never see.
  std::uint64_t abandoned = 0;
  /// Files that a thread hangs on: they get a record with this error, and are not touched.
  std::vector<OpenFile> lost;
  ErrorCode lost_to = ErrorCode::kNone;

  [[nodiscard]] std::uint32_t files_left() const noexcept { return end - next; }
};

}  // namespace hashlane
