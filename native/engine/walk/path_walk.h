// One way through a job's roots: depth first, names in the order of their bytes. What is done with
// the files found is the visitor's affair; hashing and counting take the same way.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/jobs/job.h"
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
};

class WalkVisitor {
 public:
  virtual ~WalkVisitor() = default;
  /// A file to hash.
  virtual void file(const WalkedEntry& entry) = 0;
  /// Something that gets a record at once: skipped, missing, unreadable.
  virtual void report(const WalkedEntry& entry, Status status, Error error) = 0;
  /// Left out by the caller's own wish.
  virtual void filtered() = 0;
  virtual void folder_listed() = 0;
  /// Waits while the job is paused; false ends the walk.
  virtual bool keep_going() = 0;
};

/// Used once, by one thread.
class PathWalk {
 public:
  /// `listers` may be null: folders are then read when the walk comes to them.
  PathWalk(const Job& job, WalkVisitor& visitor, Listers* listers) : job_(job), visitor_(visitor), listers_(listers) {}

  /// Walks all roots of the job.
  void run();

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

  void walk_root(std::string_view path, std::uint16_t root);
  void walk_folder(std::shared_ptr<PendingListing> pending, std::uint16_t root);
  /// Puts the folder on the stack; reports it when it could not be read, or not to its end.
  void enter(PendingListing& pending, std::uint16_t root);
  void visit(const ListedEntry& entry, std::uint16_t root);
  void visit_link(const WalkedEntry& entry);
  void descend(const WalkedEntry& entry, std::shared_ptr<PendingListing> pending);
  [[nodiscard]] bool wants_folder(std::string_view name);
  [[nodiscard]] bool wants_file(std::string_view name);
  /// The path below the root, only made when a pattern asks for it.
  [[nodiscard]] std::string_view below_root(std::string_view name);
  void read_ahead(Frame& frame);
  [[nodiscard]] std::shared_ptr<PendingListing> take_ahead(std::size_t index);

  const Job& job_;
  WalkVisitor& visitor_;
  Listers* const listers_;
  std::vector<Frame> stack_;
  std::size_t outstanding_ = 0;
  std::uint64_t root_device_ = 0;
  std::string scratch_;
};

}  // namespace hashlane
