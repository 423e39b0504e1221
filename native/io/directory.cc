#include "io/directory.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>
#include <utility>

#include "io/directory_system.h"

namespace hashlane {
namespace {

/// Folders of the process that are open, and how many may stay so while nobody uses them.
std::atomic<std::size_t> open_folders = 0;
std::atomic<std::size_t> folder_budget = std::numeric_limits<std::size_t>::max();

}  // namespace

void add_entry(Listing& listing, std::string_view name, EntryKind kind) {
  if (name == "." || name == "..") return;
  if (listing.names.size() + name.size() >= std::numeric_limits<std::uint32_t>::max()) {
    listing.error = {ErrorCode::kEoverflow, {}};
    return;
  }
  listing.entries.push_back(
      {static_cast<std::uint32_t>(listing.names.size()), static_cast<std::uint32_t>(name.size()), kind});
  listing.names.append(name).push_back('\0');
}

Directory::Directory(std::shared_ptr<Directory> parent, std::string name, bool follow)
    : parent_(std::move(parent)),
      name_(std::move(name)),
      follow_(follow),
      current_(parent_ == nullptr && name_.empty()) {
  if (current_) return;
  const bool open = parent_ == nullptr && ends_open(name_);
  prefix_length_ = (parent_ ? parent_->prefix_length_ : 0) + name_.size() + (open ? 0 : 1);
  depth_ = parent_ ? parent_->depth_ + 1 : 0;
}

std::shared_ptr<Directory> Directory::root(std::string path) {
  // A quarter: the rest is for files, and for whatever else the process has open.
  folder_budget = std::max<std::size_t>(descriptor_limit() / 4, 1);
  // `folder//` is shown as `folder/a`, not `folder//a`.
  while (path.size() > 1 && is_separator(path.back()) && is_separator(path[path.size() - 2])) path.pop_back();
  return std::shared_ptr<Directory>(new Directory(nullptr, std::move(path), true), dispose);
}

const std::shared_ptr<Directory>& Directory::current() {
  static const std::shared_ptr<Directory> shared(new Directory(nullptr, {}, true), dispose);
  return shared;
}

std::shared_ptr<Directory> Directory::child(std::shared_ptr<Directory> parent, std::string_view name, bool follow) {
  return std::shared_ptr<Directory>(new Directory(std::move(parent), std::string(name), follow), dispose);
}

// Deleting a folder may let go of its parent, and that of the next: a chain of many thousands would
// overflow the stack, so the ones met on the way are put on a list. It runs in destructors and takes no
// memory.
void Directory::dispose(Directory* directory) noexcept {
  thread_local bool disposing = false;
  thread_local Directory* list = nullptr;
  directory->disposed_next_ = std::exchange(list, directory);
  if (std::exchange(disposing, true)) return;
  while (Directory* const first = list) {
    list = first->disposed_next_;
    delete first;
  }
  disposing = false;
}

Directory::Use& Directory::Use::operator=(Use&& other) noexcept {
  if (this != &other) {
    end();
    directory_ = std::move(other.directory_);
  }
  return *this;
}

void Directory::Use::end() noexcept {
  if (auto directory = std::exchange(directory_, nullptr)) {
    std::lock_guard lock(directory->mutex_);
    --directory->users_;
    if (open_folders > folder_budget) directory->close_unused_locked();
  }
}

Handle Directory::Use::descriptor() const noexcept {
  // Not locked: the descriptor cannot change while this use lives.
  return directory_->current_ ? current_folder() : directory_->descriptor_.get();
}

bool Directory::is_open() {
  std::lock_guard lock(mutex_);
  return current_ || static_cast<bool>(descriptor_);
}

Error Directory::use(Use& use) {
  {
    std::lock_guard lock(mutex_);
    if (current_ || descriptor_) {
      ++users_;
      use = Use(shared_from_this());
      return {};
    }
  }
  // Open what is closed above this from the outside in, each only as long as the next needs it.
  std::vector<std::shared_ptr<Directory>> closed;
  for (auto above = parent_; above && !above->is_open(); above = above->parent_) closed.push_back(above);
  Use outer;
  Error error;
  for (auto above = closed.rbegin(); above != closed.rend() && !error; ++above) {
    Use inner;
    error = (*above)->use(inner);
    outer = std::move(inner);
    if (above != closed.rbegin()) (*std::prev(above))->rest();
  }
  if (!error && parent_ && closed.empty()) error = parent_->use(outer);
  if (!error) {
    std::lock_guard lock(mutex_);
    if (!descriptor_) error = open_locked(parent_ ? outer.descriptor() : current_folder());
    if (!error) {
      ++users_;
      use = Use(shared_from_this());
    }
  }
  outer = Use();
  if (!closed.empty()) closed.front()->rest();
  return error;
}

Error Directory::open_locked(Handle parent) {
  Descriptor opened;
  Error error = parent_ ? open_folder(parent, name_.c_str(), follow_, opened) : open_long_folder(name_, opened);
  FileFacts facts;
  if (!error) error = look(opened, facts);
  if (error) return error;
  if (!known_) {
    device_ = facts.device;
    inode_ = facts.inode;
    known_ = true;
  } else if (facts.device != device_ || (facts.inode != inode_ && has_stable_inodes(opened))) {
    return {ErrorCode::kReplaced, {}};
  }
  descriptor_ = std::move(opened);
  ++open_folders;
  return {};
}

void Directory::rest() {
  std::lock_guard lock(mutex_);
  close_unused_locked();
}

void Directory::close_unused_locked() {
  if (users_ > 0 || !descriptor_) return;
  descriptor_.close();
  --open_folders;
}

Directory::~Directory() {
  if (descriptor_) --open_folders;
}

std::string Directory::prefix() const {
  std::string text(prefix_length_, '/');
  const Directory* folder = this;
  while (folder != nullptr && !folder->current_) {
    std::memcpy(text.data() + (folder->parent_ ? folder->parent_->prefix_length_ : 0), folder->name_.data(),
                folder->name_.size());
    folder = folder->parent_.get();
  }
  return text;
}

bool Directory::is_within(std::uint64_t device, std::uint64_t inode) const noexcept {
  for (const Directory* folder = this; folder != nullptr; folder = folder->parent_.get()) {
    if (folder->known_ && folder->device_ == device && folder->inode_ == inode) return true;
  }
  return false;
}

Listing Directory::list(const Answered& answered) {
  Listing listing;
  Use used;
  listing.error = use(used);
  if (listing.error) return listing;
  if (answered) answered();
  read_names(used.descriptor(), listing, answered);
  for (ListedEntry& entry : listing.entries) {
    if (entry.kind != EntryKind::kUnknown) continue;
    FileFacts facts;
    // What cannot be looked at is left unknown; opening it will tell why.
    if (!look_at(used.descriptor(), listing.names.data() + entry.offset, false, facts)) entry.kind = facts.kind;
    if (answered) answered();
  }
  // A million names take longer to sort than a device may take to answer.
  std::uint32_t compared = 0;
  std::sort(listing.entries.begin(), listing.entries.end(), [&](const ListedEntry& a, const ListedEntry& b) {
    if ((++compared & 0xffff) == 0 && answered) answered();
    return listing.name(a) < listing.name(b);
  });
  return listing;
}

}  // namespace hashlane
