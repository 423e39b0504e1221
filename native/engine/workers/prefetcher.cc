#include "engine/workers/prefetcher.h"

#include <algorithm>
#include <chrono>

#include "engine/clock.h"
#include "engine/files/open_file.h"

namespace hashlane {
namespace {

constexpr std::size_t kThreads = 16;

/// Without a cold file for so long the rest is taken to be in memory.
constexpr std::uint64_t kWhileNs = 500'000'000;

/// While the queue has nothing new.
constexpr auto kNap = std::chrono::milliseconds(2);

/// What is asked for of one file: the rest follows by the system's own reading ahead.
constexpr std::uint64_t kMostBytes = 1u << 20;

/// Opens the file and asks for its beginning; returns the bytes that will come.
std::uint64_t fetch(Handle folder, const FileGroup& group, std::uint32_t index) {
  Descriptor file;
  FileFacts facts;
  if (open_file(folder, group.name(index).data(), group.follow, file) || look(file, facts)) return 0;
  if (facts.kind != EntryKind::kFile) return 0;
  const std::uint64_t bytes = std::min(facts.size, kMostBytes);
  if (bytes > 0) advise_will_need(file, 0, bytes);
  return bytes;
}

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
  if (wanted == 0) return;
  job.begin_fetching();
  {
    std::lock_guard lock(mutex_);
    if (stopped_) return;
    until_ns_ = now_ns() + kWhileNs;
    try {
      while (threads_.size() < wanted) {
        threads_.emplace_back([this] {
          const auto registration = registry_.add(ThreadKind::kPrefetcher);
          run(registration.stats());
        });
      }
    } catch (...) {
      // No further thread can be had: asking ahead is a help, no more.
    }
  }
  changed_.notify_all();
}

void Prefetcher::run(ThreadStats thread) {
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
    } catch (...) {
      // Whoever reads the file will see what is wrong with it.
    }
    lock.lock();
    if (!found) changed_.wait_for(lock, kNap, [&] { return stopped_; });
  }
}

bool Prefetcher::fetch_ahead(ThreadStats thread) {
  const auto ahead = scheduler_.take_ahead();
  if (!ahead) return false;
  fetch_all(*ahead, thread);
  return true;
}

void Prefetcher::fetch_all(const Scheduler::Ahead& ahead, ThreadStats thread) {
  const FileGroup& group = *ahead.group;
  Directory::Use folder;
  thread.entry(ahead.job->id, group.first_entry_id + ahead.next, group.prefix, group.name(ahead.next));
  thread.state(ThreadState::kOpening);
  const bool usable = !group.directory->use(folder);
  std::uint64_t files = 0;
  for (std::uint32_t index = ahead.next; usable && index < ahead.end; ++index) {
    if (index > ahead.next) thread.entry(ahead.job->id, group.first_entry_id + index, group.prefix, group.name(index));
    thread.state(ThreadState::kOpening);
    const std::uint64_t bytes = fetch(folder.descriptor(), group, index);
    ahead.job->fetched(bytes);
    thread.add_own(thread_slot::kBytes, bytes);
    if (bytes > 0) ++files;
  }
  thread.add_own(thread_slot::kFiles, files);
  stats_.add(engine_slot::kFilesPrefetched, files);
  thread.entry(0, 0, {}, {});
  thread.state(ThreadState::kIdle);
}

void Prefetcher::stop() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace hashlane
