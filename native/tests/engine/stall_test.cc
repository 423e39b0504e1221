// Devices that do not answer: nothing else waits for them, and no file is lost without a word.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <memory>
#include <new>
#include <span>
#include <thread>

#include "tests/engine/hanging_calls.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

using namespace std::chrono_literals;

constexpr std::uint64_t kMs = 1'000'000;
/// Long enough that a machine under load is not taken for a device that hangs for good.
constexpr StallLimits kPatient{.notice_ns = 60 * kMs, .give_up_ns = 600'000 * kMs};
constexpr StallLimits kImpatient{.notice_ns = 60 * kMs, .give_up_ns = 500 * kMs};

const std::uint64_t kMd5AndSha = mask_of({AlgorithmId::kMd5, AlgorithmId::kSha256});

std::string content_of(std::size_t number, std::size_t length) {
  std::string content(length, '\0');
  std::uint32_t state = static_cast<std::uint32_t>(number) * 2654435761u + 1;
  for (char& byte : content) byte = static_cast<char>((state = state * 1664525u + 1013904223u) >> 24);
  return content;
}

std::string digests_of(const std::string& content) {
  return digest_hex(AlgorithmId::kMd5, content) + digest_hex(AlgorithmId::kSha256, content);
}

const Result* find(const std::vector<Result>& results, std::string_view end) {
  const auto found = std::ranges::find_if(results, [&](const Result& result) { return result.name.ends_with(end); });
  return found == results.end() ? nullptr : &*found;
}

class Stalls : public ::testing::Test {
 protected:
  ~Stalls() override { answer(); }

  /// `count` files of this length, `file0` and so on, below a folder.
  void write_files(const std::string& below, std::size_t count, std::size_t length) const {
    for (std::size_t number = 0; number < count; ++number) {
      folder_.write(below + "/file" + std::to_string(number), content_of(number, length));
    }
  }

  [[nodiscard]] JobSpec spec(std::vector<std::string> below, std::uint64_t mask = kMd5AndSha) const {
    JobSpec made;
    for (const std::string& root : below) made.roots.push_back(folder_.path(root));
    made.algorithm_mask = mask;
    return made;
  }

  /// All files that write_files() made are there with their digests, but for one.
  static void expect_all_but(const std::vector<Result>& results, std::size_t count, std::size_t length,
                             std::string_view but) {
    ASSERT_EQ(results.size(), count);
    for (std::size_t number = 0; number < count; ++number) {
      const std::string name = "/file" + std::to_string(number);
      if (name.substr(1) == but) continue;
      const Result* const result = find(results, name);
      ASSERT_NE(result, nullptr) << name;
      EXPECT_EQ(result->status, Status::kOk) << name;
      EXPECT_EQ(result->digests_hex, digests_of(content_of(number, length))) << name;
    }
  }

  static std::uint64_t engine_stat(const TestEngine& engine, std::size_t slot) {
    return engine.stats_block.engine().get(slot);
  }
  template <class Condition>
  static void wait_until(Condition condition) {
    while (!condition()) std::this_thread::sleep_for(1ms);
  }
  static std::vector<EventKind> events(const TestEngine& engine) {
    std::vector<EventKind> kinds;
    for (std::uint64_t event = 0;
         event < std::min<std::uint64_t>(engine_stat(engine, engine_slot::kEventCount), kMaxEvents); ++event) {
      kinds.push_back(static_cast<EventKind>(engine.stats_block.event(event).get(event_slot::kKind)));
    }
    return kinds;
  }
  static bool happened(const TestEngine& engine, EventKind kind) {
    return std::ranges::count(events(engine), kind) > 0;
  }

  TemporaryFolder folder_;
};

struct FileCall {
  Call call;
  std::uint64_t offset;
  const char* name;
};
void PrintTo(const FileCall& call, std::ostream* out) { *out << call.name; }

class StallsOfAFile : public Stalls, public ::testing::WithParamInterface<FileCall> {
 protected:
  static constexpr std::size_t kFiles = 150, kLength = 40'000;
  void SetUp() override {
    write_files("all", kFiles, kLength);
    hang(GetParam().call, "file77", GetParam().offset);
  }
};

TEST_P(StallsOfAFile, HoldUpNoOtherFile) {
  TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
  const auto started = engine.engine.start(spec({"all"}));
  engine.wait_for_results(started.job, kFiles - 1);
  EXPECT_EQ(find(engine.results(started.job), "/file77"), nullptr);
  wait_until([&] { return engine_stat(engine, engine_slot::kStalledThreads) > 0; });
  std::string names;
  for (std::size_t index = 0; index < kMaxThreads; ++index) {
    const ThreadStats thread = engine.stats_block.thread(index);
    if (thread.get(thread_slot::kState) != static_cast<std::uint64_t>(ThreadState::kStalled)) continue;
    wait_until([&] { return thread.get(thread_slot::kStalledNs) > 0; });
    std::string name(kThreadNameBytes, '\0');
    for (std::size_t at = 0; at < kThreadNameBytes; at += 8) {
      const std::uint64_t word = thread.get(thread_slot::kName + at / 8);
      std::memcpy(name.data() + at, &word, 8);
    }
    names += name.substr(0, thread.get(thread_slot::kNameLength)) + "\n";
  }
  EXPECT_NE(names.find("/file77\n"), std::string::npos) << names;
  EXPECT_GE(engine_stat(engine, engine_slot::kStalls), 1u);
  EXPECT_GE(engine.stats_block.device(0).get(device_slot::kStalled), 1u);
  EXPECT_TRUE(happened(engine, EventKind::kStalled));

  answer();
  const JobEnd end = engine.wait(started.job);
  EXPECT_EQ(end.ok, kFiles);
  expect_all_but(engine.results(started.job), kFiles, kLength, {});
  wait_until([&] { return engine_stat(engine, engine_slot::kStalledThreads) == 0; });
  EXPECT_TRUE(happened(engine, EventKind::kAnswered));
  EXPECT_EQ(engine_stat(engine, engine_slot::kStallsGivenUp), 0u);
}

TEST_P(StallsOfAFile, AreGivenUpAfterAWhile) {
  TestEngine engine(2, 64u << 20, 4, nullptr, kImpatient);
  const auto results = engine.run(spec({"all"}));
  expect_all_but(results, kFiles, kLength, "file77");
  const Result* const hung = find(results, "/file77");
  ASSERT_NE(hung, nullptr);
  EXPECT_EQ(hung->status, Status::kUnreadable);
  EXPECT_EQ(hung->error, ErrorCode::kStalled);
  EXPECT_GE(engine_stat(engine, engine_slot::kStallsGivenUp), 1u);
  EXPECT_TRUE(happened(engine, EventKind::kGivenUp));

  // Nothing more comes of it when it answers after all, and the engine works as before.
  answer();
  wait_until([&] { return engine_stat(engine, engine_slot::kStalledThreads) == 0; });
  expect_all_but(engine.run(spec({"all"})), kFiles, kLength, {});
}

TEST_P(StallsOfAFile, EndWithTheirJobWhenItIsCancelled) {
  TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
  const auto started = engine.engine.start(spec({"all"}));
  engine.wait_for_results(started.job, kFiles - 1);
  engine.engine.cancel(started.job);
  const JobEnd end = engine.wait(started.job);
  EXPECT_TRUE(end.cancelled);
  const auto results = engine.results(started.job);
  const Result* const hung = find(results, "/file77");
  ASSERT_NE(hung, nullptr);
  EXPECT_EQ(hung->status, Status::kCancelled);
}

TEST_P(StallsOfAFile, AreLeftBehindByAnEngineThatCloses) {
  {
    TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
    const auto started = engine.engine.start(spec({"all"}));
    wait_for_hanging(1);
    static_cast<void>(started);
  }
  EXPECT_GE(hanging(), 1u);
  // Whatever these threads touch now, the sanitizers see.
  answer();
}

INSTANTIATE_TEST_SUITE_P(, StallsOfAFile,
                         ::testing::Values(FileCall{Call::kOpen, 0, "open"}, FileCall{Call::kFacts, 0, "facts"},
                                           FileCall{Call::kRead, 0, "first_read"},
                                           FileCall{Call::kRead, 20'000, "later_read"}),
                         [](const auto& of) { return std::string(of.param.name); });

TEST_F(Stalls, OfClosingCostNoDigest) {
  write_files("all", 100, 1000);
  hang(Call::kClose, "file50");
  TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
  const auto results = engine.run(spec({"all"}));
  expect_all_but(results, 100, 1000, {});
}

class StallsOfALargeFile : public Stalls, public ::testing::WithParamInterface<bool> {
 protected:
  /// In pieces, or in blocks.
  void SetUp() override {
    mask_ = GetParam() ? mask_of({AlgorithmId::kEd2k}) : mask_of({AlgorithmId::kMd5, AlgorithmId::kBlake3});
    content_ = content_of(1, GetParam() ? 45u << 20 : 12u << 20);
    folder_.write("all/large", content_);
    write_files("all", 60, 100);
    hang(Call::kRead, "large", 5u << 20);
  }
  [[nodiscard]] std::string digests() const {
    return GetParam() ? digest_hex(AlgorithmId::kEd2k, content_)
                      : digest_hex(AlgorithmId::kMd5, content_) + digest_hex(AlgorithmId::kBlake3, content_);
  }
  std::uint64_t mask_ = 0;
  std::string content_;
};

TEST_P(StallsOfALargeFile, HoldUpNoOtherFile) {
  TestEngine engine(3, 64u << 20, 4, nullptr, kPatient);
  const auto started = engine.engine.start(spec({"all"}, mask_));
  engine.wait_for_results(started.job, 60);
  wait_until([&] { return engine_stat(engine, engine_slot::kStalls) > 0; });
  answer();
  engine.wait(started.job);
  const auto results = engine.results(started.job);
  ASSERT_EQ(results.size(), 61u);
  const Result* const large = find(results, "/large");
  ASSERT_NE(large, nullptr);
  EXPECT_EQ(large->status, Status::kOk);
  EXPECT_EQ(large->digests_hex.substr(0, digests().size()), digests());
}

TEST_P(StallsOfALargeFile, AreGivenUpOnce) {
  TestEngine engine(3, 64u << 20, 4, nullptr, kImpatient);
  const auto results = engine.run(spec({"all"}, mask_));
  ASSERT_EQ(results.size(), 61u);
  const Result* const large = find(results, "/large");
  ASSERT_NE(large, nullptr);
  EXPECT_EQ(large->error, ErrorCode::kStalled);
  EXPECT_EQ(std::ranges::count(results, Status::kOk, &Result::status), 60);
}

TEST_P(StallsOfALargeFile, EndWithTheirJobWhenItIsCancelled) {
  TestEngine engine(3, 64u << 20, 4, nullptr, kPatient);
  const auto started = engine.engine.start(spec({"all"}, mask_));
  wait_for_hanging(1);
  engine.engine.cancel(started.job);
  EXPECT_TRUE(engine.wait(started.job).cancelled);
}

TEST_P(StallsOfALargeFile, AreLeftBehindByAnEngineThatCloses) {
  {
    TestEngine engine(3, 64u << 20, 4, nullptr, kPatient);
    static_cast<void>(engine.engine.start(spec({"all"}, mask_)));
    wait_for_hanging(1);
  }
  answer();
}

INSTANTIATE_TEST_SUITE_P(, StallsOfALargeFile, ::testing::Bool(),
                         [](const auto& of) { return of.param ? "in_pieces" : "in_blocks"; });

class StallsOfAFolder : public Stalls, public ::testing::WithParamInterface<Call> {
 protected:
  void SetUp() override {
    for (const char* const name : {"a", "b", "hung", "y", "z"}) {
      write_files(std::string("all/") + name, 20, 100);
    }
    write_files("all/hung/deeper", 20, 100);
    hang(GetParam(), "hung");
  }
};

TEST_P(StallsOfAFolder, HoldUpNoOtherFolder) {
  TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
  JobSpec counted = spec({"all"});
  counted.count_ahead = true;
  const auto started = engine.engine.start(counted);
  engine.wait_for_results(started.job, 80);
  answer();
  EXPECT_EQ(engine.wait(started.job).ok, 120u);
  EXPECT_EQ(engine.results(started.job).size(), 120u);
}

TEST_P(StallsOfAFolder, AreGivenUpAfterAWhileInEveryOrder) {
  for (const bool walk_order : {false, true}) {
    TestEngine engine(2, 64u << 20, 4, nullptr, kImpatient);
    JobSpec ordered = spec({"all"});
    ordered.walk_order = walk_order;
    ordered.count_ahead = true;
    auto results = engine.run(ordered);
    ASSERT_EQ(results.size(), 81u);
    const Result* const hung = find(results, "/hung");
    ASSERT_NE(hung, nullptr);
    EXPECT_EQ(hung->error, ErrorCode::kStalled);
    EXPECT_EQ(std::ranges::count(results, Status::kOk, &Result::status), 80);
    if (!walk_order) continue;
    std::ranges::sort(results, {}, &Result::entry_id);
    EXPECT_TRUE(results[40].name.ends_with("/hung")) << results[40].name;
  }
}

TEST_P(StallsOfAFolder, EndWithTheirJobWhenItIsCancelled) {
  TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
  const auto started = engine.engine.start(spec({"all"}));
  wait_for_hanging(1);
  engine.engine.cancel(started.job);
  EXPECT_TRUE(engine.wait(started.job).cancelled);
}

TEST_P(StallsOfAFolder, AreLeftBehindByAnEngineThatCloses) {
  {
    TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
    JobSpec counted = spec({"all"});
    counted.count_ahead = true;
    static_cast<void>(engine.engine.start(counted));
    wait_for_hanging(1);
  }
  answer();
}

INSTANTIATE_TEST_SUITE_P(, StallsOfAFolder, ::testing::Values(Call::kOpen, Call::kList),
                         [](const auto& of) { return of.param == Call::kOpen ? "open" : "list"; });

TEST_F(Stalls, OfARootHoldUpNoOtherRoot) {
  write_files("good", 50, 100);
  write_files("hung", 10, 100);
  hang(Call::kLook, "hung");
  TestEngine engine(2, 64u << 20, 4, nullptr, kImpatient);
  const auto results = engine.run(spec({"hung", "good"}));
  ASSERT_EQ(results.size(), 51u);
  const Result* const hung = find(results, "/hung");
  ASSERT_NE(hung, nullptr);
  EXPECT_EQ(hung->status, Status::kUnreadable);
  EXPECT_EQ(hung->error, ErrorCode::kStalled);
  EXPECT_EQ(hung->root, 0);
}

TEST_F(Stalls, OfADeadDeviceEndSoonHoweverMuchWaits) {
  write_files("dead", 400, 100);
  // The folder still lists, its files do not open.
  for (std::size_t number = 0; number < 400; ++number) hang(Call::kOpen, "file" + std::to_string(number));
  TestEngine engine(2, 64u << 20, 4, nullptr, kImpatient);
  const auto results = engine.run(spec({"dead"}));
  EXPECT_EQ(results.size(), 400u);
  EXPECT_EQ(std::ranges::count(results, ErrorCode::kStalled, &Result::error), 400);
  EXPECT_EQ(engine.stats_block.device(0).get(device_slot::kGivenUp), 1u);
  EXPECT_LE(hanging(), 8u) << "few threads are lost to it";

  // Once it answers it is a device like any other.
  answer();
  wait_until([&] { return engine_stat(engine, engine_slot::kStalledThreads) == 0; });
  expect_all_but(engine.run(spec({"dead"})), 400, 100, {});
}

TEST_F(Stalls, AreNotWaitedForByAPause) {
  write_files("all", 100, 100);
  hang(Call::kRead, "file5");
  TestEngine engine(2, 64u << 20, 4, nullptr, kPatient);
  const auto started = engine.engine.start(spec({"all"}));
  engine.wait_for_results(started.job, 99);
  engine.engine.pause(started.job);
  answer();
  engine.engine.resume(started.job);
  EXPECT_EQ(engine.wait(started.job).ok, 100u);
}

TEST_F(Stalls, OfAWalkLoseNothingWhereNoThreadIsToBeHad) {
  write_files("stuck", 3, 100);
  write_files("tree/after", 3, 100);
  folder_.write("tree/before", "abc");
  // Noticed so late that no thread is refused too late.
  TestEngine test(2, 64u << 20, 4, nullptr, {.notice_ns = 400 * kMs, .give_up_ns = 600'000 * kMs});
  if (!refuse_threads(false)) GTEST_SKIP() << "sanitizers make the threads";
  hang(Call::kList, "stuck");
  const auto started = test.engine.start(spec({"stuck", "tree"}));
  wait_for_hanging(1);
  refuse_threads(true);
  // The watch looks several times in vain; only when there are threads again does it part the walk.
  std::this_thread::sleep_for(1200ms);
  EXPECT_EQ(test.engine_stat(engine_slot::kStalledThreads), 0u);
  refuse_threads(false);
  test.wait_for_results(started.job, 4);
  answer();
  EXPECT_TRUE(eventually([&] {
    return test.job_stat(started.slot, job_slot::kState) == static_cast<std::uint64_t>(JobState::kFinished);
  }));
  EXPECT_EQ(test.results(started.job).size(), 7u);
}

TEST_F(Stalls, AreNotMadeOfTheTimeThatTheProcessWasStopped) {
  write_files("folder", 1, 1000);
  TestEngine test(2, 64u << 20, 4, nullptr, kImpatient);
  hang(Call::kRead, "file0");
  const auto started = test.engine.start(spec({"folder"}));
  wait_for_hanging(1);
  const pid_t helper = ::fork();
  if (helper == 0) {
    ::kill(::getppid(), SIGSTOP);
    ::usleep(1'500'000);
    ::kill(::getppid(), SIGCONT);
    ::_exit(0);
  }
  ::waitpid(helper, nullptr, 0);
  EXPECT_TRUE(eventually([&] { return test.engine_stat(engine_slot::kStalls) > 0; }));
  answer();
  test.wait(started.job);
  EXPECT_EQ(test.engine_stat(engine_slot::kStallsGivenUp), 0u);
  EXPECT_EQ(test.results(started.job).at(0).status, Status::kOk);
}

/// Counts what the watch takes for a call that hangs.
class Unconcerned final : public Watched {
 public:
  [[nodiscard]] bool unwanted() const override { return false; }
  void show() override {}
  [[nodiscard]] Device* device() override { return nullptr; }
  [[nodiscard]] Successor relieve() override {
    ++relieved;
    return {};
  }
  [[nodiscard]] Successor give_up(ErrorCode) override { return {}; }
  void answered() override {}

  std::atomic<int> relieved = 0;
};

TEST(StallWatch, TakesNoCallThatEndedWithAnExceptionForOneThatHangs) {
  std::vector<std::uint64_t> memory(kStatsSlots + 8);
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory.data()) + 63) / 64 * 64;
  const StatsBlock stats(std::span(reinterpret_cast<std::uint64_t*>(begin), kStatsSlots));
  ThreadRegistry registry(stats);
  EventRing events(stats);
  Unconcerned watched;
  std::atomic<bool> ended = false;
  const auto watch = std::make_shared<StallWatch>(
      stats, registry, events, StallLimits{.notice_ns = 20 * kMs, .give_up_ns = 40 * kMs}, nullptr, [] { return true; },
      [] {});
  watch->start(ThreadKind::kWorker, [&](WatchedThread& thread) {
    thread.answer_for(&watched);
    EXPECT_THROW(thread.watched([] { throw std::bad_alloc(); }), std::bad_alloc);
    std::this_thread::sleep_for(200ms);
    thread.answer_for(nullptr);
    ended = true;
  });
  watch->wake();
  EXPECT_TRUE(eventually([&] { return ended.load(); }));
  watch->close();
  EXPECT_EQ(watched.relieved, 0);
}

}  // namespace
}  // namespace hashlane::testing
