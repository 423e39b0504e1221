#include "engine/walk/walker.h"

#include <atomic>
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

  void file(const WalkedEntry& entry, WatchedThread&) override {
    if (job_.spec.list_only) {
      return record(entry, {.size = entry.facts->size, .modified_ns = entry.facts->modified_ns});
    }
    const std::uint64_t device = entry.device.value_or(entry.folder->device());
    if (group_ && (group_->directory != entry.folder || group_->follow != entry.follow || device_ != device ||
                   group_->files.size() == kGroupFiles)) {
      flush();
    }
    device_ = device;
    if (!group_) {
      group_ = std::make_shared<FileGroup>();
      group_->directory = entry.folder;
      group_->prefix = entry.folder->prefix();
      group_->follow = entry.follow;
    }
    group_->files.push_back(
        {static_cast<std::uint32_t>(group_->names.size()), static_cast<std::uint32_t>(entry.name.size()), entry.root});
    group_->names.append(entry.name).push_back('\0');
    found();
  }

  void report(const WalkedEntry& entry, Status status, Error error) override {
    record(entry, {.status = status, .error = std::move(error)});
  }

  void filtered() override {
    job_.filter_out();
    stats_.add(engine_slot::kFilteredOut, 1);
  }

  void folder_listed() override {
    job_.stats.add(job_slot::kFoldersListed, 1);
    stats_.add(engine_slot::kFoldersListed, 1);
  }

  bool keep_going() override { return job_.keep_going(); }

  bool knows(std::uint64_t device) const override { return devices_.known(device) != nullptr; }
  void meet(std::uint64_t device, const DeviceFacts& facts) override { devices_.add(device, facts); }

  bool given_up(std::uint64_t number) const override {
    const Device* const device = devices_.known(number);
    return device != nullptr && device->given_up();
  }

  std::unique_ptr<WalkVisitor> another() override {
    return std::make_unique<HashingVisitor>(job_, scheduler_, devices_, stats_);
  }
  void hand_over(WalkVisitor& to) noexcept override {
    auto& other = static_cast<HashingVisitor&>(to);
    other.device_ = device_;
    other.group_ = std::exchange(group_, nullptr);
    other.next_group_ = next_group_;
  }

  void end() override { flush(); }

 private:
  /// Writes what is known of the entry at once.
  void record(const WalkedEntry& entry, ResultRecord known) {
    flush();
    const std::uint64_t number = next_group_++;
    if (!job_.enter_window(number)) return;
    const std::string prefix = entry.folder->prefix();
    // A name that no record can hold is cut, with its end kept: that is where it differs.
    known.prefix = std::string_view(prefix).substr(0, kMaxNameBytes - std::min(entry.name.size(), kMaxNameBytes));
    known.name = entry.name;
    known.root = entry.root;
    known.entry_id = job_.next_entry_ids(1);
    job_.record(known);
    job_.leave_window(number);
    found();
  }

  void flush() {
    if (!group_) return;
    auto group = std::exchange(group_, nullptr);
    group->number = next_group_++;
    // Only now: feeds that are opened while a group is filled take ids as well.
    group->first_entry_id = job_.next_entry_ids(group->files.size());
    const auto count = static_cast<std::uint32_t>(group->files.size());
    group->remaining.store(count, std::memory_order_relaxed);
    if (!job_.enter_window(group->number)) return;
    Task task;
    task.device = devices_.known(device_);
    task.group = std::move(group);
    task.end = count;
    job_.add_work(1);
    // Dropped when the job was cancelled meanwhile; the walk still holds its own unit of work.
    if (!scheduler_.push(job_, std::move(task))) static_cast<void>(job_.take_work(1));
  }

  void found() const {
    if (!job_.spec.count_ahead) job_.stats.add(job_slot::kFilesFound, 1);
  }

  Job& job_;
  Scheduler& scheduler_;
  Devices& devices_;
  const StatsRegion stats_;
  /// The number of the device that the group lies on.
  std::uint64_t device_ = 0;
  std::shared_ptr<FileGroup> group_;
  std::uint64_t next_group_;
};

class CountingVisitor final : public WalkVisitor {
 public:
  explicit CountingVisitor(Job& job) : job_(job) {}

  void file(const WalkedEntry& entry, WatchedThread& thread) override {
    job_.stats.add(job_slot::kFilesFound, 1);
    FileFacts facts;
    const bool seen = thread.watched([&, folder = entry.folder, name = std::string(entry.name), follow = entry.follow] {
      if (folder_ != folder) {
        folder_ = folder;
        use_ = Directory::Use();
        usable_ = !folder->use(use_);
      }
      return usable_ && !look_at(use_.descriptor(), name.c_str(), follow, facts);
    });
    if (seen) job_.stats.add(job_slot::kBytesFound, facts.size);
  }
  void report(const WalkedEntry&, Status, Error) override { job_.stats.add(job_slot::kFilesFound, 1); }
  void filtered() override {}
  void folder_listed() override {}
  bool keep_going() override { return job_.keep_going(); }
  // The other walk finds out: it alone needs devices.
  bool knows(std::uint64_t) const override { return true; }
  void meet(std::uint64_t, const DeviceFacts&) override {}
  bool given_up(std::uint64_t) const override { return false; }
  std::unique_ptr<WalkVisitor> another() override { return std::make_unique<CountingVisitor>(job_); }
  void hand_over(WalkVisitor&) noexcept override {}
  void end() override {}

 private:
  Job& job_;
  std::shared_ptr<Directory> folder_;
  Directory::Use use_;
  bool usable_ = false;
};

}  // namespace

Successor hashing_walk(std::shared_ptr<Job> job, Scheduler& scheduler, Listers& listers, Devices& devices,
                       StatsRegion stats, std::function<void()> end) {
  auto parts = std::make_shared<WalkParts>();
  parts->end = [&job = *job, end = std::move(end)] {
    if (!job.spec.count_ahead) job.stats.set(job_slot::kCountComplete, 1);
    end();
  };
  parts->fail = [&job = *job, &scheduler] { scheduler.fail(job); };
  auto visitor = std::make_unique<HashingVisitor>(*job, scheduler, devices, stats);
  return std::make_shared<PathWalk>(std::move(job), std::move(visitor), &listers, std::move(parts))->walk();
}

Successor counting_walk(const std::shared_ptr<Job>& job) {
  auto parts = std::make_shared<WalkParts>();
  // Without memory the total stays unknown; the results are none the worse.
  auto failed = std::make_shared<std::atomic<bool>>(false);
  parts->fail = [failed] { *failed = true; };
  parts->end = [&job = *job, failed] {
    if (!job.cancelled() && !*failed) job.stats.set(job_slot::kCountComplete, 1);
  };
  return std::make_shared<PathWalk>(job, std::make_unique<CountingVisitor>(*job), nullptr, std::move(parts))->walk();
}

}  // namespace hashlane
