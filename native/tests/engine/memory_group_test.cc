// A real memory group with an engine in it, and something beside it that eats what the group may take.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>

#include "memory/pressure/linux/memory_groups.h"
#include "system/linux/text.h"
#include "tests/engine/known_files.h"

namespace hashlane::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t kMiB = 1u << 20;
constexpr std::size_t kGroupBytes = 256 * kMiB;
constexpr std::size_t kCeiling = 128 * kMiB;
constexpr std::size_t kThreads = 2;
constexpr std::uint64_t kLeast = kThreads * BufferPools::kLargest;

/// A group below the outermost one that this process sees; removed at the end.
class Group {
 public:
  Group() {
    auto groups = memory_groups(read_text("/proc/self/cgroup"), read_text("/proc/self/mountinfo"));
    std::ranges::reverse(groups);
    for (const MemoryGroup& outermost : groups) {
      std::error_code error;
      if (!fs::exists(outermost.folder + "/memory.stat", error)) continue;
      const fs::path folder = fs::path(outermost.folder) / ("hashlane-test-" + std::to_string(::getpid()));
      if (!fs::create_directory(folder, error)) return;
      const std::string limit = outermost.version == 2 ? "memory.max" : "memory.limit_in_bytes";
      if (put(folder / limit, std::to_string(kGroupBytes))) {
        group_ = MemoryGroup{folder.string(), outermost.version};
        // What is eaten must not go elsewhere; where there is no such file there is no swap to count.
        static_cast<void>(outermost.version == 2 ? put(folder / "memory.swap.max", "0")
                                                 : put(folder / "memory.swappiness", "0"));
      } else {
        fs::remove(folder, error);
      }
      return;
    }
  }
  ~Group() {
    if (group_) ::rmdir(group_->folder.c_str());
  }
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  explicit operator bool() const { return group_.has_value(); }
  [[nodiscard]] bool enter() const {
    return put(fs::path(group_->folder) / "cgroup.procs", std::to_string(::getpid()));
  }
  [[nodiscard]] std::uint64_t free() const { return memory_of("", *group_)->free; }

 private:
  static bool put(const fs::path& file, const std::string& text) {
    std::ofstream stream(file);
    stream << text << std::flush;
    return stream.good();
  }

  std::optional<MemoryGroup> group_;
};

/// Memory that is taken, and given back at the end.
class Eater {
 public:
  explicit Eater(const Group& group) : group_(group) {}
  ~Eater() { ::munmap(memory_, kGroupBytes); }
  Eater(const Eater&) = delete;
  Eater& operator=(const Eater&) = delete;
  /// Takes a MiB at a time until the group has no more than this free.
  void leave(std::size_t free) {
    while (eaten_ + kMiB <= kGroupBytes && group_.free() > free + kMiB) {
      std::memset(static_cast<char*>(memory_) + eaten_, 1, kMiB);
      eaten_ += kMiB;
    }
  }

 private:
  const Group& group_;
  void* const memory_ = ::mmap(nullptr, kGroupBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  std::size_t eaten_ = 0;
};

/// The whole of it, in a process in the group.
void live_in(const Group& group) {
  ASSERT_TRUE(group.enter());
  const KnownFiles files(4);
  TestEngine engine(kThreads, kCeiling);
  const auto stat = [&](std::size_t slot) { return engine.engine_stat(slot); };
  const auto hash_until = [&](auto holds) {
    for (const auto deadline = steady_clock::now() + seconds(60); !holds() && steady_clock::now() < deadline;) {
      files.expect_right(engine);
    }
    return holds();
  };
  EXPECT_EQ(stat(engine_slot::kGroupLimit), kGroupBytes);
  EXPECT_EQ(stat(engine_slot::kMemoryAllowed), kGroupBytes / 4);
  files.expect_right(engine);
  EXPECT_EQ(stat(engine_slot::kPressure), static_cast<std::uint64_t>(PressureLevel::kNone));
  {
    Eater eater(group);
    // Critical from a sixteenth, 16 MiB, on; what the pools give back is eaten as well.
    EXPECT_TRUE(hash_until([&] {
      eater.leave(12 * kMiB);
      return stat(engine_slot::kMemoryAllowed) == kLeast && stat(engine_slot::kMemoryHeld) <= kLeast;
    }));
    EXPECT_EQ(stat(engine_slot::kPressure), static_cast<std::uint64_t>(PressureLevel::kCritical));
    EXPECT_GE(stat(engine_slot::kPressureRises), 1u);
    files.expect_right(engine);
  }
  EXPECT_TRUE(hash_until([&] { return stat(engine_slot::kMemoryAllowed) == kGroupBytes / 4; }));
  EXPECT_EQ(stat(engine_slot::kPressure), static_cast<std::uint64_t>(PressureLevel::kNone));
}

TEST(MemoryGroup, ThatIsEatenUpShrinksThePoolsAndLetsThemRecover) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer takes more memory than the group may";
#endif
  const Group group;
  if (!group) GTEST_SKIP() << "this process may not make a memory group here";
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    live_in(group);
    ::_exit(HasFailure() ? 1 : 0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
  EXPECT_EQ(WEXITSTATUS(status), 0) << "see above";
}

}  // namespace
}  // namespace hashlane::testing
