#include "engine/walk/walker.h"

#include <utility>

#include "engine/walk/path_walk.h"

namespace hashlane {
namespace {

/// Files in a group: enough that taking one costs nothing beside them, few enough to share.
constexpr std::size_t kGroupFiles = 64;

class HashingVisitor final : public WalkVisitor {
 public:
  HashingVisitor(Job& job, Scheduler& scheduler, Devices& devices, StatsRegion stats)
      : job_(job), scheduler_(scheduler), devices_(devices), stats_(stats), next_group_(job.feeds_ahead()) {}

  void file(const WalkedEntry& entry) override {
    if (group_ &&
        (group_->directory != entry.folder || group_->follow != entry.follow || group_->files.size() == kGroupFiles)) {
      flush();
    }
    if (!group_) {
      group_ = std::make_shared<FileGroup>();
      group_->directory = entry.folder;
      group_->prefix = entry.folder->prefix();
      group_->follow = entry.follow;
      group_->first_entry_id = job_.next_entry_id();
    } else {
      static_cast<void>(job_.next_entry_id());
    }
    group_->files.push_back(
        {static_cast<std::uint32_t>(group_->names.size()), static_cast<std::uint32_t>(entry.name.size()), entry.root});
    group_->names.append(entry.name).push_back('\0');
    found();
  }

  void report(const WalkedEntry& entry, Status status, Error error) override {
    flush();
    const std::uint64_t number = next_group_++;
    if (!job_.enter_window(number)) return;
    const std::string prefix = entry.folder->prefix();
    // A name that no record can hold is cut, with its end kept: that is where it differs.
    const std::string_view shown =
        std::string_view(prefix).substr(0, kMaxNameBytes - std::min(entry.name.size(), kMaxNameBytes));
    job_.record({.entry_id = job_.next_entry_id(),
                 .prefix = shown,
                 .name = entry.name,
                 .status = status,
                 .error = std::move(error),
                 .root = entry.root});
    job_.leave_window(number);
    found();
  }

  void filtered() override {
    job_.stats.add(job_slot::kFilteredOut, 1);
    stats_.add(engine_slot::kFilteredOut, 1);
  }

  void folder_listed() override {
    job_.stats.add(job_slot::kFoldersListed, 1);
    stats_.add(engine_slot::kFoldersListed, 1);
  }

  bool keep_going() override { return job_.keep_going(); }

  void flush() {
    if (!group_) return;
    auto group = std::exchange(group_, nullptr);
    group->number = next_group_++;
    const auto count = static_cast<std::uint32_t>(group->files.size());
    group->remaining.store(count, std::memory_order_relaxed);
    if (!job_.enter_window(group->number)) return;
    Task task;
    task.device = device_of(*group);
    task.group = std::move(group);
    task.end = count;
    job_.add_work(1);
    // Dropped when the job was cancelled meanwhile; the walk still holds its own unit of work.
    if (!scheduler_.push(job_, std::move(task))) static_cast<void>(job_.take_work(1));
  }

 private:
  void found() const {
    if (!job_.spec.count_ahead) job_.stats.add(job_slot::kFilesFound, 1);
  }

  // Of the folder, or of the first file where the caller named files; null when it cannot be found out.
  Device* device_of(const FileGroup& group) {
    if (group.directory == folder_) return device_;
    folder_ = group.directory == Directory::current() ? nullptr : group.directory;
    Directory::Use use;
    Descriptor opened;
    FileFacts facts;
    device_ = nullptr;
    if (group.directory->use(use)) return nullptr;
    const char* const name = folder_ ? "." : group.files.empty() ? "." : group.name(0).data();
    if (open_file(use.descriptor(), name, group.follow, opened) || look(opened, facts)) return nullptr;
    return device_ = &devices_.of(opened, facts.device);
  }

  Job& job_;
  Scheduler& scheduler_;
  Devices& devices_;
  const StatsRegion stats_;
  /// The folder of the last group, and its device.
  std::shared_ptr<Directory> folder_;
  Device* device_ = nullptr;
  std::shared_ptr<FileGroup> group_;
  std::uint64_t next_group_;
};

class CountingVisitor final : public WalkVisitor {
 public:
  explicit CountingVisitor(Job& job) : job_(job) {}

  void file(const WalkedEntry& entry) override {
    if (folder_ != entry.folder) {
      folder_ = entry.folder;
      use_ = Directory::Use();
      usable_ = !folder_->use(use_);
    }
    FileFacts facts;
    if (usable_ && !look_at(use_.descriptor(), entry.name.data(), entry.follow, facts)) {
      job_.stats.add(job_slot::kBytesFound, facts.size);
    }
    job_.stats.add(job_slot::kFilesFound, 1);
  }
  void report(const WalkedEntry&, Status, Error) override { job_.stats.add(job_slot::kFilesFound, 1); }
  void filtered() override {}
  void folder_listed() override {}
  bool keep_going() override { return job_.keep_going(); }

 private:
  Job& job_;
  std::shared_ptr<Directory> folder_;
  Directory::Use use_;
  bool usable_ = false;
};

}  // namespace

void walk_for_hashing(const std::shared_ptr<Job>& job, Scheduler& scheduler, Listers& listers, Devices& devices,
                      StatsRegion stats, ThreadRegistry& threads) {
  const auto registration = threads.add(ThreadKind::kWalk);
  registration.stats().state(ThreadState::kListing);
  HashingVisitor visitor(*job, scheduler, devices, stats);
  PathWalk(*job, visitor, &listers).run();
  visitor.flush();
  if (!job->spec.count_ahead) job->stats.set(job_slot::kCountComplete, 1);
}

void walk_for_counting(const std::shared_ptr<Job>& job, ThreadRegistry& threads) {
  const auto registration = threads.add(ThreadKind::kCount);
  registration.stats().state(ThreadState::kListing);
  CountingVisitor visitor(*job);
  PathWalk(*job, visitor, nullptr).run();
  if (!job->cancelled()) job->stats.set(job_slot::kCountComplete, 1);
}

}  // namespace hashlane
