#include "engine/walk/path_walk.h"

#include <utility>

#include "engine/stats/this_thread.h"

namespace hashlane {
namespace {

/// Folders of one level that are read ahead, and of all levels together: listings are memory.
constexpr std::size_t kAheadPerFolder = 8;
constexpr std::size_t kAheadInAll = 64;

/// Open folders on the way down; those farther up are closed until the walk is back.
constexpr std::size_t kOpenFolders = 32;

/// Paths up to here go to the system as they are; longer ones by way of their folder.
constexpr std::size_t kShortPath = 1000;

}  // namespace

void PathWalk::run() {
  std::uint16_t root = 0;
  for (const std::string& path : job_.spec.roots) {
    if (!visitor_.keep_going()) return;
    walk_root(path, root);
    if (root < UINT16_MAX) ++root;
  }
}

void PathWalk::walk_root(std::string_view path, std::uint16_t root) {
  std::shared_ptr<Directory> base = Directory::current();
  if (path.size() > kMaxNameBytes) {
    const std::string_view cut = path.substr(0, kMaxNameBytes);
    return visitor_.report({base, cut, root, true}, Status::kUnreadable, {ErrorCode::kEnametoolong});
  }
  std::string name(path);
  if (name.size() > kShortPath) {
    while (name.size() > 1 && name.back() == '/') name.pop_back();
    const std::size_t slash = name.rfind('/');
    if (slash != std::string::npos && slash > 0) {
      base = Directory::root(name.substr(0, slash));
      name.erase(0, slash + 1);
    }
  }
  // What the caller names is followed when it is a link: it was named on purpose.
  const WalkedEntry entry{base, name, root, true};
  Directory::Use use;
  FileFacts facts;
  Error error = base->use(use);
  if (!error) error = look_at(use.descriptor(), name.c_str(), true, facts);
  if (error) {
    const Status status = status_for(error.code);
    return visitor_.report(entry, status, std::move(error));
  }
  switch (facts.kind) {
    case EntryKind::kFile:
      return visitor_.file(entry);
    case EntryKind::kFolder: {
      if (job_.spec.files_only) return visitor_.report(entry, Status::kUnreadable, {ErrorCode::kEisdir});
      root_device_ = facts.device;
      return walk_folder(std::make_shared<PendingListing>(Directory::root(std::string(path))), root);
    }
    default:
      return visitor_.report(entry, Status::kSkipped, {skip_code(facts.kind)});
  }
}

void PathWalk::walk_folder(std::shared_ptr<PendingListing> pending, std::uint16_t root) {
  enter(*pending, root);
  while (!stack_.empty()) {
    if (!visitor_.keep_going()) {
      stack_.clear();
      outstanding_ = 0;
      return;
    }
    Frame& frame = stack_.back();
    if (frame.next == frame.listing.entries.size()) {
      stack_.pop_back();
      continue;
    }
    read_ahead(frame);
    const ListedEntry entry = frame.listing.entries[frame.next++];
    visit(entry, root);
  }
}

void PathWalk::enter(PendingListing& pending, std::uint16_t root) {
  const std::shared_ptr<Directory>& folder = pending.directory();
  const ThreadStats thread = this_thread_stats();
  thread.entry(job_.id, 0, folder->prefix(), {});
  thread.state(ThreadState::kListing);
  Listing listing = pending.take();
  if (listing.error) {
    // The folder stands for what could not be seen in it. What was read before the error is walked.
    std::string path = folder->prefix();
    if (path.size() > 1) path.pop_back();
    const Status status =
        listing.error.code == ErrorCode::kReplaced ? Status::kChanged : status_for(listing.error.code);
    visitor_.report({Directory::current(), path, root, false}, status, listing.error);
  } else {
    visitor_.folder_listed();
  }
  if (stack_.size() >= kOpenFolders) stack_[stack_.size() - kOpenFolders].folder->rest();
  Frame frame;
  frame.folder = folder;
  frame.listing = std::move(listing);
  stack_.push_back(std::move(frame));
}

void PathWalk::visit(const ListedEntry& listed, std::uint16_t root) {
  Frame& frame = stack_.back();
  const WalkedEntry entry{frame.folder, frame.listing.name(listed), root, false};
  if (frame.folder->prefix_length() + entry.name.size() > kMaxNameBytes) {
    return visitor_.report(entry, Status::kUnreadable, {ErrorCode::kEnametoolong});
  }
  switch (listed.kind) {
    case EntryKind::kFolder: {
      std::shared_ptr<PendingListing> pending = take_ahead(frame.next - 1);
      if (!wants_folder(entry.name)) return visitor_.filtered();
      return descend(entry, std::move(pending));
    }
    case EntryKind::kSymlink:
      if (job_.spec.follow_symlinks) return visit_link(entry);
      [[fallthrough]];
    default:
      if (!wants_file(entry.name)) return visitor_.filtered();
      if (listed.kind == EntryKind::kFile || listed.kind == EntryKind::kUnknown) return visitor_.file(entry);
      return visitor_.report(entry, Status::kSkipped, {skip_code(listed.kind)});
  }
}

void PathWalk::visit_link(const WalkedEntry& entry) {
  Directory::Use use;
  FileFacts facts;
  Error error = entry.folder->use(use);
  if (!error) error = look_at(use.descriptor(), entry.name.data(), true, facts);
  if (!error && facts.kind == EntryKind::kFolder) {
    if (!wants_folder(entry.name)) return visitor_.filtered();
    if (entry.folder->is_within(facts.device, facts.inode)) {
      return visitor_.report(entry, Status::kSkipped, {ErrorCode::kFolderLoop});
    }
    return descend({entry.folder, entry.name, entry.root, true}, nullptr);
  }
  if (!wants_file(entry.name)) return visitor_.filtered();
  if (error) {
    const Status status = status_for(error.code);
    return visitor_.report(entry, status, std::move(error));
  }
  if (facts.kind == EntryKind::kFile) return visitor_.file({entry.folder, entry.name, entry.root, true});
  visitor_.report(entry, Status::kSkipped, {skip_code(facts.kind)});
}

void PathWalk::descend(const WalkedEntry& entry, std::shared_ptr<PendingListing> pending) {
  if (job_.spec.max_depth && entry.folder->depth() >= *job_.spec.max_depth) return visitor_.filtered();
  if (job_.spec.one_file_system) {
    Directory::Use use;
    FileFacts facts;
    Error error = entry.folder->use(use);
    // A mount point is looked at, never opened: it may be a dead server's.
    if (!error) error = look_at(use.descriptor(), entry.name.data(), entry.follow, facts);
    if (!error && facts.device != root_device_) return visitor_.filtered();
  }
  if (!pending) pending = std::make_shared<PendingListing>(Directory::child(entry.folder, entry.name, entry.follow));
  enter(*pending, entry.root);
}

bool PathWalk::wants_folder(std::string_view name) { return job_.filter.keeps_folder(name, below_root(name)); }

bool PathWalk::wants_file(std::string_view name) { return job_.filter.keeps_file(name, below_root(name)); }

std::string_view PathWalk::below_root(std::string_view name) {
  if (!job_.filter.needs_path()) return {};
  scratch_ = stack_.back().folder->prefix();
  scratch_.erase(0, stack_.front().folder->prefix_length());
  scratch_.append(name);
  return scratch_;
}

void PathWalk::read_ahead(Frame& frame) {
  // Where folders may be left out without being opened, the walk decides when it comes to them.
  if (listers_ == nullptr || job_.spec.one_file_system || job_.spec.max_depth) return;
  const auto& entries = frame.listing.entries;
  std::size_t index = std::max(frame.ahead_until, frame.next);
  for (; index < entries.size() && frame.ahead.size() < kAheadPerFolder && outstanding_ < kAheadInAll; ++index) {
    if (entries[index].kind != EntryKind::kFolder || !wants_folder(frame.listing.name(entries[index]))) continue;
    auto pending =
        std::make_shared<PendingListing>(Directory::child(frame.folder, frame.listing.name(entries[index]), false));
    frame.ahead.emplace_back(index, pending);
    ++outstanding_;
    listers_->read_ahead(std::move(pending));
  }
  frame.ahead_until = index;
}

std::shared_ptr<PendingListing> PathWalk::take_ahead(std::size_t index) {
  auto& ahead = stack_.back().ahead;
  if (ahead.empty() || ahead.front().first != index) return nullptr;
  auto pending = std::move(ahead.front().second);
  ahead.erase(ahead.begin());
  --outstanding_;
  return pending;
}

}  // namespace hashlane
