#include "tests/engine/test_engine.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "tests/engine/receiving.h"

namespace hashlane::testing {

thread_local bool receiving = false;

namespace {

constexpr std::size_t kSlabBytes = 256u << 10;

template <typename T>
std::span<T> aligned(std::vector<T>& memory, std::size_t count) {
  auto address = reinterpret_cast<std::uintptr_t>(memory.data());
  address = (address + 63) & ~std::uintptr_t{63};
  return {reinterpret_cast<T*>(address), count};
}

std::string hex(std::span<const std::byte> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    text += kDigits[std::to_integer<unsigned>(byte) >> 4];
    text += kDigits[std::to_integer<unsigned>(byte) & 15];
  }
  return text;
}

EngineOptions options(std::size_t threads, std::size_t memory_limit, std::vector<std::byte>& slabs,
                      std::vector<std::uint64_t>& stats, PressureSource* pressure, StallLimits stalls) {
  EngineOptions made;
  made.threads = threads;
  made.memory_limit = memory_limit;
  made.slabs = aligned(slabs, slabs.size() - 64);
  made.slab_bytes = kSlabBytes;
  made.stats = aligned(stats, kStatsSlots);
  made.stalls = stalls;
  made.pressure = pressure;
  return made;
}

}  // namespace

TestEngine::TestEngine(std::size_t threads, std::size_t memory_limit, std::size_t slab_count, PressureSource* pressure,
                       StallLimits stalls)
    : slab_memory_(slab_count * kSlabBytes + 64),
      stats_memory_(kStatsSlots + 8),
      stats_block(aligned(stats_memory_, kStatsSlots)),
      engine(options(threads, memory_limit, slab_memory_, stats_memory_, pressure, stalls), *this) {}

TestEngine::~TestEngine() { hold_slabs(false); }

void TestEngine::batch(JobId job, std::uint32_t slab, std::uint32_t length) noexcept {
  const Receiving here;
  {
    std::lock_guard lock(mutex_);
    const std::span<std::byte> memory = aligned(slab_memory_, slab_memory_.size() - 64);
    const auto bytes = memory.subspan(slab * kSlabBytes, length);
    BatchHeader header;
    std::memcpy(&header, bytes.data(), sizeof header);
    EXPECT_EQ(header.job_id, job);
    EXPECT_EQ(header.sequence, sequences_[job]++);
    read(bytes);
    if (hold_) {
      held_.push_back(slab);
      changed_.notify_all();
      return;
    }
  }
  engine.release_slab(slab);
  changed_.notify_all();
}

void TestEngine::read(std::span<const std::byte> bytes) {
  BatchHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  ASSERT_EQ(header.magic, kBatchMagic);
  ASSERT_EQ(header.cold_offset + header.cold_length, bytes.size());
  std::vector<std::byte> copy(bytes.begin(), bytes.end());
  std::memset(copy.data() + offsetof(BatchHeader, crc32c), 0, 4);
  ASSERT_EQ(crc32c(0, copy), header.crc32c);
  std::size_t digest_bytes = 0;
  for (const AlgorithmInfo& algorithm : kAlgorithms) {
    if (header.algorithms >> algorithm.id & 1) digest_bytes += algorithm.digest_length;
  }
  for (std::size_t index = 0; index < header.record_count; ++index) {
    HotRecord hot;
    std::memcpy(&hot, bytes.data() + header.hot_offset + index * sizeof hot, sizeof hot);
    const auto name = bytes.subspan(header.cold_offset + hot.name_offset, hot.name_length);
    const auto digests = bytes.subspan(header.digest_offset + hot.digest_offset, digest_bytes);
    results_[header.job_id].push_back({.entry_id = hot.entry_id,
                                       .size = hot.size,
                                       .name = std::string(reinterpret_cast<const char*>(name.data()), name.size()),
                                       .status = static_cast<Status>(hot.status),
                                       .error = static_cast<ErrorCode>(hot.error_number),
                                       .digests_hex = hex(digests),
                                       .flags = hot.flags,
                                       .root = hot.root});
  }
}

void TestEngine::feed_answered(FeedId feed, bool taken) noexcept {
  const Receiving here;
  std::lock_guard lock(mutex_);
  answers_[feed] = taken;
  changed_.notify_all();
}

void TestEngine::job_ended(const JobEnd& end) noexcept {
  const Receiving here;
  std::lock_guard lock(mutex_);
  ends_.emplace(end.job, end);
  changed_.notify_all();
}

JobEnd TestEngine::wait(JobId job) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return ends_.contains(job); });
  return ends_.at(job);
}

bool TestEngine::wait_for(JobId job, std::chrono::seconds most) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, most, [&] { return ends_.contains(job); });
}

void TestEngine::forget(JobId job) {
  std::lock_guard lock(mutex_);
  results_.erase(job);
  ends_.erase(job);
  sequences_.erase(job);
}

bool TestEngine::wait_for_feed(FeedId feed) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return answers_.contains(feed); });
  return answers_.extract(feed).mapped();
}

std::uint64_t TestEngine::reasons() const {
  std::uint64_t sum = 0;
  for (std::size_t code = 0; code < kErrorCodes; ++code) sum += stats_block.reason(static_cast<ErrorCode>(code));
  return sum;
}

std::multiset<std::string> TestEngine::names(ThreadKind kind) const {
  std::multiset<std::string> found;
  for (std::size_t index = 0; index < kMaxThreads; ++index) {
    const ThreadStats thread = stats_block.thread(index);
    if (thread.get(thread_slot::kKind) != static_cast<std::uint64_t>(kind)) continue;
    const std::uint64_t version = thread.get(thread_slot::kNameVersion);
    std::atomic_thread_fence(std::memory_order_acquire);
    std::string name;
    for (std::size_t at = 0; at < thread.get(thread_slot::kNameLength); ++at) {
      name += static_cast<char>(thread.get(thread_slot::kName + at / 8) >> at % 8 * 8 & 0xff);
    }
    std::atomic_thread_fence(std::memory_order_acquire);
    if (version % 2 == 0 && thread.get(thread_slot::kNameVersion) == version) found.insert(name);
  }
  return found;
}

std::multiset<ThreadState> TestEngine::states(ThreadKind kind) const {
  std::multiset<ThreadState> found;
  for (std::size_t index = 0; index < kMaxThreads; ++index) {
    const ThreadStats thread = stats_block.thread(index);
    if (thread.get(thread_slot::kKind) != static_cast<std::uint64_t>(kind)) continue;
    found.insert(static_cast<ThreadState>(thread.get(thread_slot::kState)));
  }
  return found;
}

std::vector<Result> TestEngine::run(JobSpec spec) {
  const auto started = engine.start(std::move(spec));
  EXPECT_EQ(started.error, StartError::kNone);
  wait(started.job);
  return results(started.job);
}

std::vector<Result> TestEngine::results(JobId job) {
  std::lock_guard lock(mutex_);
  return results_[job];
}

void TestEngine::wait_for_results(JobId job, std::size_t count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return results_[job].size() >= count; });
}

std::vector<std::pair<std::uint64_t, std::uint64_t>> TestEngine::events(EventKind kind) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> found;
  const std::uint64_t count = engine_stat(engine_slot::kEventCount);
  for (std::uint64_t number = count > kMaxEvents ? count - kMaxEvents : 0; number < count; ++number) {
    const StatsRegion event = stats_block.event(number % kMaxEvents);
    if (event.get(event_slot::kKind) != static_cast<std::uint64_t>(kind)) continue;
    found.emplace_back(event.get(event_slot::kValue), event.get(event_slot::kDetail));
  }
  return found;
}

void TestEngine::hold_slabs(bool hold) {
  std::vector<std::uint32_t> release;
  {
    std::lock_guard lock(mutex_);
    hold_ = hold;
    if (!hold) release.swap(held_);
  }
  for (const std::uint32_t slab : release) engine.release_slab(slab);
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "hashlane-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::path(const std::string& below) const {
  return below.empty() ? path_.string() : (path_ / below).string();
}

void TemporaryFolder::write(const std::string& below, std::string_view content) const {
  std::filesystem::create_directories((path_ / below).parent_path());
  std::ofstream(path_ / below, std::ios::binary) << content;
}

void TemporaryFolder::make_folder(const std::string& below) const {
  std::filesystem::create_directories(path_ / below);
}

void TemporaryFolder::make_sparse(const std::string& below, std::uint64_t bytes) const {
  write(below, {});
  std::filesystem::resize_file(path_ / below, bytes);
}

std::uint64_t mask_of(std::initializer_list<AlgorithmId> algorithms) {
  std::uint64_t mask = 0;
  for (const AlgorithmId algorithm : algorithms) mask |= std::uint64_t{1} << static_cast<unsigned>(algorithm);
  return mask;
}

std::string digest_hex(AlgorithmId algorithm, std::string_view content, std::string_view name) {
  auto hasher = make_hasher(algorithm);
  hasher->reset();
  if (!name.empty() || algorithm != AlgorithmId::kBtih) hasher->identify(name, content.size());
  hasher->update(std::as_bytes(std::span(content)));
  std::vector<std::byte> digest(kAlgorithms[static_cast<std::size_t>(algorithm)].digest_length);
  EXPECT_TRUE(hasher->finish(digest.data()));
  return hex(digest);
}

}  // namespace hashlane::testing
