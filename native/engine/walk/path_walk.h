// One way through a job's roots: depth first, names in the order of their bytes. What is done with
// the files found is the visitor's affair; hashing and counting take the same way.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/job.h"
#include "engine/stalls/watched_thread.h"
#include "engine/walk/listers.h"
#include "io/directory.h"

namespace hashlane {

/// A name below a folder. `name` is followed by a NUL.
struct WalkedEntry {
  const std::shared_ptr<Directory>& folder;
  std::string_view name;
  std::uint16_t root;
  /// Links were followed to get here.
  bool follow;
  /// FileFacts::device where it was looked at; otherwise it is the folder's.
  std::optional<std::uint64_t> device = {};
  /// What is known of the file; null where it was not looked at.
  const FileFacts* facts = nullptr;
};

class WalkVisitor {
 public:
  virtual ~WalkVisitor() = default;
  /// A file to hash. The entry is gone once a call of the thread was found to hang.
  virtual void file(const WalkedEntry& entry, WatchedThread& thread) = 0;
  /// Something that gets a record at once: skipped, missing, unreadable.
  virtual void report(const WalkedEntry& entry, Status status, Error error) = 0;
  /// Left out by the caller's own wish.
  virtual void filtered() = 0;
  virtual void folder_listed() = 0;
  /// Waits while the job is paused; false ends the walk.
  virtual bool keep_going() = 0;
  /// Whether nothing needs to be told of the device with this number of FileFacts.
  [[nodiscard]] virtual bool knows(std::uint64_t device) const = 0;
  virtual void meet(std::uint64_t device, const DeviceFacts& facts) = 0;
  /// Whether the device was given up: nothing on it is to be touched.
  [[nodiscard]] virtual bool given_up(std::uint64_t device) const = 0;
  /// Another of its kind, for a walk that goes on with the rest; hand_over() gives it what this one has in hand.
  [[nodiscard]] virtual std::unique_ptr<WalkVisitor> another() = 0;
  virtual void hand_over(WalkVisitor& other) noexcept = 0;
  /// Nothing more comes.
  virtual void end() = 0;
};

/// What the parts of a walk share that was parted because a call of it hangs.
struct WalkParts {
  std::atomic<std::size_t> unfinished = 1;
  /// Parts that wait for a call that hangs. The watch's.
  std::size_t stalled = 0;
  /// Called by a part that cannot go on, for want of memory most likely.
  std::function<void()> fail;
  /// Called by the last part.
  std::function<void()> end;
};

/// Used once, by one thread. A folder that hangs is parted off: the rest goes on in another walk, at once or, in
/// walk order, when the folder is given up.
class PathWalk final : public Watched, public std::enable_shared_from_this<PathWalk> {
 public:
  /// `listers` may be null: folders are then read when the walk comes to them.
  PathWalk(std::shared_ptr<Job> job, std::unique_ptr<WalkVisitor> visitor, Listers* listers,
           std::shared_ptr<WalkParts> parts);

  /// Walks all roots of the job, on a thread of its own.
  [[nodiscard]] Successor walk();

 private:
  struct Frame {
    std::shared_ptr<Directory> folder;
    Listing listing;
    std::size_t next = 0;
    /// Folders of `listing` from `next` on that are being read ahead, by index.
    std::vector<std::pair<std::size_t, std::shared_ptr<PendingListing>>> ahead;
    std::size_t ahead_until = 0;
    bool follow = false;
  };
  /// What a call is for: a name below a folder, or the folder itself when the name is empty.
  struct Called {
    std::shared_ptr<Directory> folder;
    std::string name;
  };

  void run(WatchedThread& thread);
  void walk_all();
  /// Whether the filters keep a file that was named.
  [[nodiscard]] bool keeps_root(std::string_view path) const noexcept;
  void walk_root(std::string_view path);
  /// A folder where an earlier walk met none, or one that it could not read.
  void visit_listed_folder(std::string_view path);
  void walk_folders();
  /// Puts the folder on the stack; reports it when it could not be read, or not to its end.
  void enter(PendingListing& pending);
  void visit(const ListedEntry& entry);
  void visit_link(const WalkedEntry& entry);
  /// A file of which size and time must be known first.
  void visit_looking(const WalkedEntry& entry);
  void descend(const WalkedEntry& entry, std::shared_ptr<PendingListing> pending);
  /// Looks at an entry, following it when it says so. The entry is gone afterwards.
  Error look_through(const WalkedEntry& entry, FileFacts& facts);
  /// Finds out about the device that `name` lies on, below a folder, unless the visitor knows it.
  void meet(const std::shared_ptr<Directory>& folder, const std::string& name, std::uint64_t device);
  void report_folder(const std::shared_ptr<Directory>& folder, Status status, Error error);
  [[nodiscard]] bool wants_folder(const Directory& folder, std::string_view name);
  [[nodiscard]] bool wants_file(const Directory& folder, std::string_view name);
  /// Whether what is called so, `prefix` and `name` together, is of the job's shard.
  [[nodiscard]] bool is_ours(const std::string& prefix, std::string_view name) const;
  /// Whether somebody asked for files of some size or age only, so that each must be looked at.
  [[nodiscard]] bool asks_for_facts() const noexcept;
  [[nodiscard]] bool wants_facts(const FileFacts& facts) const noexcept;
  /// Whether an earlier run of the job read the very file, and nothing of it has changed.
  [[nodiscard]] bool is_known(const Directory& folder, std::string_view name, const FileFacts& facts) const;
  /// The path below the root, only made when a pattern asks for it.
  [[nodiscard]] std::string_view below_root(const Directory& folder, std::string_view name);
  void read_ahead(Frame& frame);
  /// Of listings that were read ahead and wait.
  [[nodiscard]] std::size_t bytes_ahead() const noexcept;
  [[nodiscard]] std::shared_ptr<PendingListing> take_ahead(std::size_t index);

  // What the watch asks and does.
  [[nodiscard]] bool unwanted() const override { return job_->cancelled(); }
  void show() override;
  [[nodiscard]] Device* device() override { return nullptr; }
  [[nodiscard]] Successor relieve() override;
  [[nodiscard]] Successor give_up(ErrorCode error) override;
  void answered() override { --parts_->stalled; }
  /// A walk that can take over, and what runs it. Until then all stays as it is.
  [[nodiscard]] std::pair<std::shared_ptr<PathWalk>, Successor> another();
  /// Gives it everything but what the call is for.
  void hand_over(PathWalk& other) noexcept;

  std::shared_ptr<Job> job_;
  const std::unique_ptr<WalkVisitor> visitor_;
  Listers* const listers_;
  const std::shared_ptr<WalkParts> parts_;
  WatchedThread* thread_ = nullptr;
  Called called_;
  /// What another part was given up with.
  Called lost_;
  ErrorCode lost_to_ = ErrorCode::kNone;

  std::size_t next_root_ = 0;
  std::uint16_t root_ = 0;
  std::uint64_t root_device_ = 0;
  std::size_t root_prefix_ = 0;
  std::vector<Frame> stack_;
  std::size_t outstanding_ = 0;
  /// Device and inode of the folders that were walked; kept only where links are followed.
  std::set<std::pair<std::uint64_t, std::uint64_t>> entered_;
  std::string scratch_;
};

}  // namespace hashlane
