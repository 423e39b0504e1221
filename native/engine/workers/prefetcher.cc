#include "engine/workers/prefetcher.h"

#include <algorithm>
#include <utility>

#include "engine/files/open_file.h"
#include "system/clock.h"

namespace hashlane {
namespace {

constexpr std::size_t kThreads = 16;

/// Without a cold file for so long the rest is taken to be in memory.
constexpr std::uint64_t kWhileNs = 500'000'000;

/// While the queue has nothing new.
constexpr std::uint64_t kNapNs = 2'000'000;

/// What is asked for of one file: the rest follows by the system's own reading ahead.
constexpr std::uint64_t kMostBytes = 1u << 20;

/// Opens the file and asks for its beginning; returns the bytes that will come.
std::uint64_t fetch(Handle folder, const FileGroup& group, std::uint32_t index) {
  Descriptor file;
  FileFacts facts;
  if (open_file(folder, group.name(index).data(), group.follow, file) || look(file, facts)) return 0;
  // Asking for the bytes of what lies in a cloud would fetch them.
  if (facts.kind != EntryKind::kFile || facts.placeholder) return 0;
  const std::uint64_t bytes = std::min(facts.size, kMostBytes);
  if (bytes > 0) advise_will_need(file, 0, bytes);
  return bytes;
}

/// Files that one thread asks for, as the watch sees it. Whoever hashes them reports what is wrong with them.
class Fetching final : public Watched {
 public:
  Fetching(WatchedThread& thread, Scheduler::Ahead ahead) : thread_(thread), ahead_(std::move(ahead)) {
    thread_.answer_for(this);
  }
  ~Fetching() override { thread_.answer_for(nullptr); }

  /// How many files were there to be asked for.
  std::uint64_t run() {
    const ThreadStats stats = thread_.stats();
    std::uint64_t files = 0;
    show();
    stats.state(ThreadState::kOpening);
    bool usable = false;
    thread_.watched([&] { usable = !ahead_.group->directory->use(folder_); });
    for (; usable && ahead_.next < ahead_.end; ++ahead_.next) {
      show();
      stats.state(ThreadState::kOpening);
      const std::uint64_t bytes =
          thread_.watched([&] { return fetch(folder_.descriptor(), *ahead_.group, ahead_.next); });
      ahead_.job->fetched(bytes);
      stats.add_own(thread_slot::kBytes, bytes);
      if (bytes > 0) ++files;
    }
    stats.add_own(thread_slot::kFiles, files);
    stats.entry(0, 0, {}, {});
    stats.state(ThreadState::kIdle);
    // Letting go may close the folder, which may wait as well.
    thread_.watched([folder = std::move(folder_), group = std::move(ahead_.group)]() mutable {
      folder = {};
      group.reset();
    });
    return files;
  }

 private:
  [[nodiscard]] bool unwanted() const override { return ahead_.job->cancelled(); }
  void show() override {
    if (!ahead_.group) return;
    thread_.stats().entry(ahead_.job->id, ahead_.group->first_entry_id + ahead_.next, ahead_.group->prefix,
                          ahead_.group->name(ahead_.next));
  }
  [[nodiscard]] Device* device() override { return ahead_.device; }
  [[nodiscard]] Successor relieve() override { return {}; }
  [[nodiscard]] Successor give_up(ErrorCode) override {
    ahead_.job.reset();
    return {};
  }
  void answered() override {}

  WatchedThread& thread_;
  Scheduler::Ahead ahead_;
  Directory::Use folder_;
};

}  // namespace

std::size_t prefetchers_for(DeviceClass kind) noexcept {
  switch (kind) {
    case DeviceClass::kRotational:
    case DeviceClass::kMemory:
      return 0;
    case DeviceClass::kNetwork:
      return 4;
    default:
      return kThreads;
  }
}

void Prefetcher::cold(Job& job, const Device* device) {
  const std::size_t wanted = prefetchers_for(device == nullptr ? DeviceClass::kUnknown : device->kind);
  if (wanted == 0 || !job.may_read_ahead()) return;
  job.begin_fetching();
  {
    std::lock_guard lock(mutex_);
    if (stopped_) return;
    until_ns_ = now_ns() + kWhileNs;
    try {
      for (; threads_ < wanted; ++threads_) {
        watch_.start(ThreadKind::kPrefetcher, [this](WatchedThread& thread) { run(thread); });
      }
    } catch (...) {
      // No further thread can be had: asking ahead is a help, no more.
    }
  }
  changed_.notify_all();
}

void Prefetcher::run(WatchedThread& thread) {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    if (now_ns() >= until_ns_) {
      changed_.wait(lock, [&] { return stopped_ || now_ns() < until_ns_; });
      continue;
    }
    lock.unlock();
    bool found = false;
    try {
      found = fetch_ahead(thread);
    } catch (const Abandoned&) {
      throw;
    } catch (...) {
      // Whoever reads the file will see what is wrong with it.
    }
    lock.lock();
    if (!found) wait_ns(changed_, lock, kNapNs, [&] { return stopped_; });
  }
}

bool Prefetcher::fetch_ahead(WatchedThread& thread) {
  auto ahead = scheduler_.take_ahead();
  if (!ahead) return false;
  stats_.add(engine_slot::kFilesPrefetched, Fetching(thread, std::move(*ahead)).run());
  return true;
}

void Prefetcher::stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
}

}  // namespace hashlane
