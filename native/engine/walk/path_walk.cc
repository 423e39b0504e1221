#include "engine/walk/path_walk.h"

#include <algorithm>
#include <utility>

#include "engine/stats/this_thread.h"
#include "system/clock.h"

namespace hashlane {
namespace {

/// Folders of one level that are read ahead, and of all levels together: listings are memory.
constexpr std::size_t kAheadPerFolder = 8;
constexpr std::size_t kAheadInAll = 64;
/// With so much of them no more are read ahead; what is under way may still come on top.
constexpr std::size_t kAheadBytes = 64u << 20;

/// Open folders on the way down; those farther up are closed until the walk is back.
constexpr std::size_t kOpenFolders = 32;

/// Parts of a walk that wait for calls that hang while the rest goes on; then the rest waits too.
constexpr std::size_t kMostStalled = 4;

/// Paths up to here go to the system as they are; longer ones by way of their folder.
constexpr std::size_t kShortPath = 1000;

/// How long is waited for descriptors, and how often they are asked for.
constexpr std::uint64_t kDescriptorWait = 10'000'000'000;
constexpr std::uint64_t kDescriptorNap = 2'000'000;

bool wants_descriptors(const Error& error) {
  return error.code == ErrorCode::kEmfile || error.code == ErrorCode::kEnfile;
}

}  // namespace

PathWalk::PathWalk(std::shared_ptr<Job> job, std::unique_ptr<WalkVisitor> visitor, Listers* listers,
                   std::shared_ptr<WalkParts> parts)
    : job_(std::move(job)), visitor_(std::move(visitor)), listers_(listers), parts_(std::move(parts)) {}

Successor PathWalk::walk() {
  return [self = shared_from_this()](WatchedThread& thread) { self->run(thread); };
}

void PathWalk::run(WatchedThread& thread) {
  thread_ = &thread;
  thread.answer_for(this);
  if (job_->spec.idle) read_when_idle(true);
  try {
    walk_all();
  } catch (const Abandoned&) {
    throw;
  } catch (...) {
    parts_->fail();
  }
  thread.stats().entry(0, 0, {}, {});
  thread.answer_for(nullptr);
  if (parts_->unfinished.fetch_sub(1) == 1) parts_->end();
}

void PathWalk::walk_all() {
  if (lost_to_ != ErrorCode::kNone && lost_.folder) {
    const Status status = status_for(lost_to_);
    if (lost_.name.empty()) {
      report_folder(lost_.folder, status, {lost_to_, {}});
    } else if (is_ours(lost_.folder->prefix(), lost_.name)) {
      visitor_->report({lost_.folder, lost_.name, root_, false}, status, {lost_to_, {}});
    }
  }
  walk_folders();
  while (!thread_->relieved() && next_root_ < job_->spec.roots.size() && visitor_->keep_going()) {
    root_ = job_->spec.listed ? 0 : static_cast<std::uint16_t>(std::min<std::size_t>(next_root_, UINT16_MAX));
    walk_root(job_->spec.roots[next_root_++]);
    walk_folders();
  }
  visitor_->end();
}

void PathWalk::walk_root(std::string_view path) {
  std::shared_ptr<Directory> base = Directory::current();
  root_prefix_ = path.find_last_of('/') + 1;
  if (path.size() > kMaxNameBytes) {
    const std::string_view cut = path.substr(0, kMaxNameBytes);
    return visitor_->report({base, cut, root_, true}, Status::kUnreadable, {ErrorCode::kEnametoolong});
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
  // What the caller names is followed when it is a link: it was named on purpose. What was met is not, or twice.
  const bool listed = job_->spec.listed;
  bool follow = !listed;
  FileFacts facts;
  bool is_mount_point = false;
  called_ = {base, name};
  thread_->stats().state(ThreadState::kOpening);
  Error error = thread_->watched([&]() -> Error {
    Directory::Use use;
    if (Error unusable = base->use(use)) return unusable;
    Error failed = look_at(use.descriptor(), name.c_str(), follow, facts);
    if (!failed && listed && job_->spec.one_file_system && facts.kind == EntryKind::kFolder) {
      FileFacts parent;
      const std::size_t slash = name.rfind('/');
      const std::string above = slash == std::string::npos ? "." : name.substr(0, std::max<std::size_t>(slash, 1));
      is_mount_point = !look_at(use.descriptor(), above.c_str(), true, parent) && parent.device != facts.device;
    }
    if (failed || follow || facts.kind != EntryKind::kSymlink || !job_->spec.follow_symlinks) return failed;
    follow = true;
    return look_at(use.descriptor(), name.c_str(), true, facts);
  });
  if (!error && facts.kind == EntryKind::kFile) meet(base, name, facts.device);
  called_ = {};
  const bool is_folder = !error && facts.kind == EntryKind::kFolder;
  if (!is_folder && !is_ours(base->prefix(), name)) return;
  const WalkedEntry entry{base, name, root_, follow, facts.device, &facts};
  if (error) {
    const Status status = status_for(error.code);
    return visitor_->report(entry, status, std::move(error));
  }
  switch (facts.kind) {
    case EntryKind::kFile:
      if (!listed && job_->spec.filter_roots && !keeps_root(path)) return visitor_->filtered();
      if (!listed && !wants_facts(facts)) return visitor_->filtered();
      if (is_known(*base, name, facts)) return;
      return visitor_->file(entry, *thread_);
    case EntryKind::kFolder: {
      // The walk goes through any other folder that a link leads to.
      if (listed && follow) return visitor_->report(entry, Status::kSkipped, {ErrorCode::kFolderLoop});
      if (is_mount_point) return visitor_->report(entry, Status::kSkipped, {ErrorCode::kOtherFileSystem});
      if (listed) return visit_listed_folder(path);
      if (job_->spec.files_only) return visitor_->report(entry, Status::kUnreadable, {ErrorCode::kEisdir});
      root_device_ = facts.device;
      PendingListing pending(Directory::root(std::string(path)));
      root_prefix_ = pending.directory()->prefix_length();
      return enter(pending);
    }
    default:
      return visitor_->report(entry, Status::kSkipped, {skip_code(facts.kind)});
  }
}

void PathWalk::visit_listed_folder(std::string_view path) {
  const std::shared_ptr<Directory> folder = Directory::root(std::string(path));
  called_ = {folder, {}};
  Listing listing = thread_->watched([&] { return folder->list([thread = thread_] { thread->answered_in_part(); }); });
  called_ = {};
  // Nobody has what is in it: it must not look as if all had been read.
  if (!listing.error) return report_folder(folder, Status::kChanged, {ErrorCode::kReplaced});
  report_folder(folder, status_for(listing.error.code), listing.error);
}

bool PathWalk::is_ours(const std::string& prefix, std::string_view name) const {
  const Shard& shard = job_->spec.shard;
  if (!shard) return true;
  std::string below = prefix;
  below.append(name);
  return shard.holds(std::string_view(below).substr(std::min(root_prefix_, below.size())));
}

bool PathWalk::keeps_root(std::string_view path) const noexcept {
  while (path.starts_with("./")) path.remove_prefix(2);
  return job_->filter.keeps_named_file(path.substr(path.find_last_of('/') + 1), path);
}

void PathWalk::walk_folders() {
  while (!stack_.empty()) {
    if (!visitor_->keep_going()) {
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
    visit(entry);
  }
}

void PathWalk::enter(PendingListing& pending) {
  const std::shared_ptr<Directory>& folder = pending.directory();
  // Those farther up are closed until the walk is back.
  const std::shared_ptr<Directory> above =
      stack_.size() >= kOpenFolders ? stack_[stack_.size() - kOpenFolders].folder : nullptr;
  called_ = {folder, {}};
  thread_->stats().entry(job_->id, 0, folder->prefix(), {});
  thread_->stats().state(ThreadState::kListing);
  Listing listing = thread_->watched([&] {
    if (above) above->rest();
    const auto answered = [thread = thread_] { thread->answered_in_part(); };
    Listing taken = pending.take(answered);
    // As workers do: those who have files open give some back soon.
    for (auto waited = kDescriptorNap; wants_descriptors(taken.error) && waited < kDescriptorWait;
         waited += kDescriptorNap) {
      sleep_ns(kDescriptorNap);
      answered();
      taken = pending.directory()->list(answered);
    }
    return taken;
  });
  if (!listing.error) {
    meet(folder, ".", folder->device());
    if (job_->spec.follow_symlinks) entered_.emplace(folder->device(), folder->inode());
  }
  called_ = {};
  if (listing.error) {
    // The folder stands for what could not be seen in it. What was read before the error is walked.
    const Status status =
        listing.error.code == ErrorCode::kReplaced ? Status::kChanged : status_for(listing.error.code);
    report_folder(folder, status, listing.error);
  } else {
    visitor_->folder_listed();
  }
  Frame frame;
  frame.folder = folder;
  frame.listing = std::move(listing);
  stack_.push_back(std::move(frame));
}

void PathWalk::meet(const std::shared_ptr<Directory>& folder, const std::string& name, std::uint64_t device) {
  if (visitor_->knows(device)) return;
  DeviceFacts facts;
  // The visitor is not asked in here: it may have been gone for long when an answer comes.
  const bool seen = thread_->watched([&] {
    Directory::Use use;
    Descriptor on_it;
    if (folder->use(use) || open_file(use.descriptor(), name.c_str(), true, on_it)) return false;
    facts = {device_class(on_it, device), mount_point(on_it, device)};
    return true;
  });
  if (seen) visitor_->meet(device, facts);
}

void PathWalk::report_folder(const std::shared_ptr<Directory>& folder, Status status, Error error) {
  std::string path = folder->prefix();
  if (path.size() > 1) path.pop_back();
  if (!is_ours(path, {})) return;
  visitor_->report({Directory::current(), path, root_, false}, status, std::move(error));
}

void PathWalk::visit(const ListedEntry& listed) {
  Frame& frame = stack_.back();
  const WalkedEntry entry{frame.folder, frame.listing.name(listed), root_, false};
  if (frame.folder->prefix_length() + entry.name.size() > kMaxNameBytes) {
    if (!is_ours(entry.folder->prefix(), entry.name)) return;
    return visitor_->report(entry, Status::kUnreadable, {ErrorCode::kEnametoolong});
  }
  switch (listed.kind) {
    case EntryKind::kFolder: {
      std::shared_ptr<PendingListing> pending = take_ahead(frame.next - 1);
      if (!wants_folder(*entry.folder, entry.name)) return visitor_->filtered();
      return descend(entry, std::move(pending));
    }
    case EntryKind::kSymlink:
      if (job_->spec.follow_symlinks) return visit_link(entry);
      [[fallthrough]];
    default:
      if (!wants_file(*entry.folder, entry.name)) return visitor_->filtered();
      if (job_->spec.min_depth && entry.folder->depth() < *job_->spec.min_depth) return visitor_->filtered();
      if (job_->spec.shard && !is_ours(entry.folder->prefix(), entry.name)) return;
      if (listed.kind == EntryKind::kFile || listed.kind == EntryKind::kUnknown) {
        if (asks_for_facts()) return visit_looking(entry);
        return visitor_->file(entry, *thread_);
      }
      return visitor_->report(entry, Status::kSkipped, {skip_code(listed.kind)});
  }
}

void PathWalk::visit_looking(const WalkedEntry& found) {
  const std::shared_ptr<Directory> folder = found.folder;
  const std::string name(found.name);
  FileFacts facts;
  Error error = look_through({folder, name, root_, found.follow}, facts);
  const WalkedEntry entry{folder, name, root_, found.follow, {}, &facts};
  if (job_->spec.list_only && (error || facts.kind != EntryKind::kFile)) {
    if (!error) return visitor_->report(entry, Status::kSkipped, {skip_code(facts.kind)});
    const Status status = status_for(error.code);
    return visitor_->report(entry, status, std::move(error));
  }
  // What cannot be looked at, or is another thing by now, is for those who open it to report.
  if (!error && facts.kind == EntryKind::kFile) {
    if (!wants_facts(facts)) return visitor_->filtered();
    if (is_known(*folder, name, facts)) return;
  }
  visitor_->file(entry, *thread_);
}

Error PathWalk::look_through(const WalkedEntry& entry, FileFacts& facts) {
  called_ = {entry.folder, std::string(entry.name)};
  Error error = thread_->watched([&, folder = entry.folder, name = called_.name, follow = entry.follow]() -> Error {
    Directory::Use use;
    Error unusable = folder->use(use);
    for (auto waited = kDescriptorNap; wants_descriptors(unusable) && waited < kDescriptorWait;
         waited += kDescriptorNap) {
      sleep_ns(kDescriptorNap);
      unusable = folder->use(use);
    }
    if (unusable) return unusable;
    return look_at(use.descriptor(), name.c_str(), follow, facts);
  });
  called_ = {};
  return error;
}

void PathWalk::visit_link(const WalkedEntry& found) {
  const std::shared_ptr<Directory> folder = found.folder;
  const std::string name(found.name);
  FileFacts facts;
  const WalkedEntry entry{folder, name, root_, true, {}, &facts};
  Error error = look_through(entry, facts);
  if (!error && facts.kind == EntryKind::kFolder) {
    if (!wants_folder(*folder, name)) return visitor_->filtered();
    // Each folder once by way of links: cross-linked folders have more ways through them than can be walked.
    if (folder->is_within(facts.device, facts.inode) || entered_.contains({facts.device, facts.inode})) {
      if (!is_ours(folder->prefix(), name)) return;
      return visitor_->report(entry, Status::kSkipped, {ErrorCode::kFolderLoop});
    }
    return descend(entry, nullptr);
  }
  if (!wants_file(*folder, name)) return visitor_->filtered();
  if (!is_ours(folder->prefix(), name)) return;
  if (error) {
    const Status status = status_for(error.code);
    return visitor_->report(entry, status, std::move(error));
  }
  if (job_->spec.min_depth && folder->depth() < *job_->spec.min_depth) return visitor_->filtered();
  if (facts.kind == EntryKind::kFile) {
    if (!wants_facts(facts)) return visitor_->filtered();
    if (is_known(*folder, name, facts)) return;
    return visitor_->file(entry, *thread_);
  }
  visitor_->report(entry, Status::kSkipped, {skip_code(facts.kind)});
}

void PathWalk::descend(const WalkedEntry& entry, std::shared_ptr<PendingListing> pending) {
  if (job_->spec.max_depth && entry.folder->depth() >= *job_->spec.max_depth) return visitor_->filtered();
  if (!pending) pending = std::make_shared<PendingListing>(Directory::child(entry.folder, entry.name, entry.follow));
  if (visitor_->given_up(entry.folder->device())) {
    return report_folder(pending->directory(), Status::kUnreadable, {ErrorCode::kStalled, {}});
  }
  if (job_->spec.one_file_system) {
    FileFacts facts;
    // A mount point is looked at, never opened: it may be a dead server's.
    const Error error = look_through(entry, facts);
    if (!error && facts.device != root_device_) {
      if (!is_ours(entry.folder->prefix(), entry.name)) return;
      return visitor_->report(entry, Status::kSkipped, {ErrorCode::kOtherFileSystem});
    }
  }
  enter(*pending);
}

bool PathWalk::wants_folder(const Directory& folder, std::string_view name) {
  return job_->filter.keeps_folder(name, below_root(folder, name));
}

bool PathWalk::wants_file(const Directory& folder, std::string_view name) {
  return job_->filter.keeps_file(name, below_root(folder, name));
}

bool PathWalk::asks_for_facts() const noexcept {
  const JobSpec& spec = job_->spec;
  return spec.list_only || spec.known || spec.min_size || spec.max_size || spec.newer_than_ms || spec.older_than_ms;
}

bool PathWalk::is_known(const Directory& folder, std::string_view name, const FileFacts& facts) const {
  return job_->spec.known && job_->spec.known->contains(folder.prefix(), name, root_, facts);
}

bool PathWalk::wants_facts(const FileFacts& facts) const noexcept {
  const JobSpec& spec = job_->spec;
  const std::int64_t modified_ms = facts.modified_ns / 1'000'000;
  if (spec.min_size && facts.size < *spec.min_size) return false;
  if (spec.max_size && facts.size > *spec.max_size) return false;
  if (spec.newer_than_ms && modified_ms <= static_cast<std::int64_t>(*spec.newer_than_ms)) return false;
  return !spec.older_than_ms || modified_ms < static_cast<std::int64_t>(*spec.older_than_ms);
}

std::string_view PathWalk::below_root(const Directory& folder, std::string_view name) {
  if (!job_->filter.needs_path()) return {};
  scratch_ = folder.prefix();
  scratch_.erase(0, root_prefix_);
  scratch_.append(name);
  return scratch_;
}

std::size_t PathWalk::bytes_ahead() const noexcept {
  std::size_t bytes = 0;
  for (const Frame& frame : stack_) {
    for (const auto& [index, pending] : frame.ahead) bytes += pending->bytes();
  }
  return bytes;
}

void PathWalk::read_ahead(Frame& frame) {
  // Where folders may be left out without being opened, the walk decides when it comes to them.
  // Listers read for all jobs, also for such as do not give way.
  if (listers_ == nullptr || job_->spec.one_file_system || job_->spec.max_depth || job_->spec.idle) return;
  const auto& entries = frame.listing.entries;
  std::size_t index = std::max(frame.ahead_until, frame.next);
  if (index == entries.size() || frame.ahead.size() >= kAheadPerFolder || bytes_ahead() >= kAheadBytes) return;
  for (; index < entries.size() && frame.ahead.size() < kAheadPerFolder && outstanding_ < kAheadInAll; ++index) {
    if (entries[index].kind != EntryKind::kFolder || !wants_folder(*frame.folder, frame.listing.name(entries[index])))
      continue;
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

void PathWalk::show() {
  if (called_.folder) thread_->stats().entry(job_->id, 0, called_.folder->prefix(), called_.name);
}

std::pair<std::shared_ptr<PathWalk>, Successor> PathWalk::another() {
  auto other = std::make_shared<PathWalk>(job_, visitor_->another(), listers_, parts_);
  Successor walk = other->walk();
  return {std::move(other), std::move(walk)};
}

void PathWalk::hand_over(PathWalk& other) noexcept {
  visitor_->hand_over(*other.visitor_);
  other.next_root_ = std::exchange(next_root_, job_->spec.roots.size());
  other.root_ = root_;
  other.root_device_ = root_device_;
  other.root_prefix_ = root_prefix_;
  other.stack_.swap(stack_);
  other.entered_.swap(entered_);
  other.outstanding_ = std::exchange(outstanding_, 0);
}

Successor PathWalk::relieve() {
  // In walk order nothing may come before what hangs.
  if (parts_->stalled >= kMostStalled || job_->spec.walk_order) {
    ++parts_->stalled;
    return {};
  }
  auto [other, walk] = another();
  ++parts_->stalled;
  ++parts_->unfinished;
  hand_over(*other);
  return walk;
}

Successor PathWalk::give_up(ErrorCode error) {
  auto [other, walk] = another();
  --parts_->stalled;
  hand_over(*other);
  // The call has a copy.
  std::swap(other->lost_, called_);
  other->lost_to_ = error;
  job_.reset();
  return walk;
}

}  // namespace hashlane
