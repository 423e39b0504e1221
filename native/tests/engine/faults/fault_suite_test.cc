// Every call to the system fails, in every way that its manual page names, at any moment: the job ends, every entry is
// accounted for once, what is ok has the right digest, and nothing stays behind. HASHLANE_FAULTS sets how many faults
// the random run injects at least.
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include "tests/engine/faults/fault_plan.h"
#include "tests/engine/faults/fault_tree.h"
#include "tests/engine/test_clock.h"

namespace hashlane::testing {
namespace {

std::size_t entries_of(const char* folder) {
  std::size_t count = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++count;
  return count;
}

std::string bytes(std::size_t count, int seed) {
  std::string made(count, '\0');
  for (std::size_t at = 0; at < count; ++at)
    made[at] = static_cast<char>((at + static_cast<std::size_t>(seed)) * 2654435761u >> 13);
  return made;
}

/// A tree and what is wanted of it.
struct Scenario {
  const char* name;
  std::vector<AlgorithmId> algorithms;
  void (*fill)(FaultTree&);
  void (*choose)(JobSpec&);
  /// Files are as young as they are.
  bool young = false;
};

void small(FaultTree& tree) {
  for (int file = 0; file < 14; ++file) {
    tree.file(std::to_string(file % 3) + "/" + std::to_string(file), bytes(static_cast<std::size_t>(file * 211), file));
  }
}

void lanes(FaultTree& tree) {
  for (int file = 0; file < 80; ++file) {
    tree.file("f" + std::to_string(file), bytes(static_cast<std::size_t>(3000 + file * 307), file));
  }
}

void large(FaultTree& tree) {
  tree.file("large", bytes(9'000'001, 1));
  tree.file("small", bytes(10'000, 2));
}

void pieces(FaultTree& tree) { tree.file("pieces", bytes(40'000'000, 3)); }

void deep(FaultTree& tree) {
  std::string path;
  for (int level = 0; level < 8; ++level) {
    path += "d" + std::to_string(level) + "/";
    tree.file(path + "f", bytes(static_cast<std::size_t>(100 + level), level));
    tree.file(path + "e/g", bytes(static_cast<std::size_t>(200 + level), level));
  }
}

void linked(FaultTree& tree) {
  for (int file = 0; file < 6; ++file) {
    const std::string name = "a/" + std::to_string(file);
    tree.file(name, bytes(static_cast<std::size_t>(50'000 + file), file));
    for (int other = 0; other < 4; ++other) tree.hard_link(name, std::to_string(other) + "/" + std::to_string(file));
  }
}

void symlinked(FaultTree& tree) {
  small(tree);
  tree.symlink("0/3", "link");
}

const Scenario kScenarios[] = {
    {"small files", {AlgorithmId::kMd5}, small, [](JobSpec&) {}},
    {"small files in walk order",
     {AlgorithmId::kCrc32, AlgorithmId::kMd5},
     small,
     [](JobSpec& spec) { spec.walk_order = true; }},
    {"young files",
     {AlgorithmId::kMd5},
     [](FaultTree& tree) { tree.file("young", bytes(5000, 1)); },
     [](JobSpec&) {},
     true},
    {"lane groups", {AlgorithmId::kMd5, AlgorithmId::kSha1}, lanes, [](JobSpec&) {}},
    {"a large file in blocks", {AlgorithmId::kXxh3_64, AlgorithmId::kBlake3}, large, [](JobSpec&) {}},
    {"a large file in pieces", {AlgorithmId::kEd2k}, pieces, [](JobSpec&) {}},
    {"a deep walk that counts ahead", {AlgorithmId::kMd5}, deep, [](JobSpec& spec) { spec.count_ahead = true; }},
    {"a walk that looks at everything",
     {AlgorithmId::kMd5},
     symlinked,
     [](JobSpec& spec) {
       spec.follow_symlinks = spec.one_file_system = true;
       spec.max_size = 1'000'000'000;
     }},
    {"hard links", {AlgorithmId::kSha256}, linked, [](JobSpec&) {}},
    {"the medium", {AlgorithmId::kMd5}, large, [](JobSpec& spec) { spec.medium = true; }},
};

std::ostream& operator<<(std::ostream& out, const Scenario& scenario) { return out << scenario.name; }

class Faults : public ::testing::TestWithParam<Scenario> {
 protected:
  Faults() : descriptors_(entries_of("/proc/self/fd")), threads_(entries_of("/proc/self/task")) {
    if (!GetParam().young) clock_.age_files(60'000'000'000);
    tree_.emplace(GetParam().algorithms);
    GetParam().fill(*tree_);
    begin();
  }

  void begin() {
    engine_.emplace(2);
    // So that all that is made once is made.
    EXPECT_EQ(run().ok, tree_->size());
  }

  void TearDown() override {
    engine_.reset();
    EXPECT_TRUE(eventually([&] { return entries_of("/proc/self/task") == threads_; }));
    EXPECT_EQ(entries_of("/proc/self/fd"), descriptors_);
  }

  /// One job; the faults end with it.
  FaultTree::Verdict run() {
    JobSpec spec = tree_->spec();
    GetParam().choose(spec);
    const auto started = engine_->engine.start(std::move(spec));
    if (!engine_->wait_for(started.job, std::chrono::seconds(30))) {
      std::fprintf(stderr, "hung: %s\n", what_.c_str());
      std::abort();
    }
    std::vector<std::string> changed;
    injected_ = end_faults(&changed);
    const auto end = engine_->wait(started.job);
    EXPECT_FALSE(end.incomplete) << what_;
    auto verdict = tree_->judge(engine_->results(started.job), changed);
    engine_->forget(started.job);
    EXPECT_TRUE(verdict.wrong.empty()) << what_ << ": " << verdict.wrong.size() << " wrong, first "
                                       << (verdict.wrong.empty() ? "" : verdict.wrong[0]);
    tree_->restore(changed);
    return verdict;
  }

  void run_with(const Fault& fault, bool all_right) {
    what_ = std::string(GetParam().name) + ", " + fault.text();
    plan_faults(tree_->path(), {fault});
    const auto verdict = run();
    total_ += injected_;
    ++runs_;
    if (!all_right) return;
    EXPECT_EQ(verdict.ok, tree_->size()) << what_;
  }

  /// What the program may not even notice.
  static bool is_harmless(const Fault& fault) {
    switch (fault.call) {
      case FaultCall::kClose:
      case FaultCall::kAdvise:
      case FaultCall::kFileSystem:
      case FaultCall::kCachedRead:
        return true;
      case FaultCall::kStore:
        return fault.error != EIO && fault.error != ENOSPC && fault.error != EDQUOT;
      default:
        return fault.kind == FaultKind::kShort || fault.kind == FaultKind::kSlow || fault.error == EINTR ||
               (fault.call == FaultCall::kOpen && (fault.error == EMFILE || fault.error == ENFILE));
    }
  }

  TestClock clock_;
  const std::size_t descriptors_;
  const std::size_t threads_;
  std::optional<FaultTree> tree_;
  std::optional<TestEngine> engine_;
  std::string what_ = "no fault";
  std::uint64_t injected_ = 0;
  std::uint64_t total_ = 0;
  std::uint64_t runs_ = 0;
};

TEST_P(Faults, OfAnyCallLoseNothing) {
  const bool long_runs = GetParam().algorithms.front() == AlgorithmId::kEd2k;
  for (std::size_t call = 0; call < kFaultCalls && !HasFailure(); ++call) {
    const auto of = static_cast<FaultCall>(call);
    const auto errors = errors_of(of);
    for (const std::uint64_t nth : {1, 2, 7}) {
      for (std::size_t index = 0; index < errors.size(); ++index) {
        if (long_runs && index % 3 != nth % 3) continue;
        const Fault fault{.call = of, .error = errors[index], .nth = nth};
        run_with(fault, is_harmless(fault) && !GetParam().young);
      }
      for (const FaultKind kind : {FaultKind::kShort, FaultKind::kSlow}) {
        if (kind == FaultKind::kShort && of != FaultCall::kRead && of != FaultCall::kCachedRead) continue;
        run_with({.call = of, .kind = kind, .nth = nth}, true);
      }
    }
  }
  EXPECT_TRUE(eventually([&] { return entries_of("/proc/self/fd") == descriptors_; })) << entries_of("/proc/self/fd");
  std::printf("%lu faults in %lu jobs\n", total_, runs_);
}

TEST_P(Faults, ThatLastForAWhileLoseNothing) {
  for (const auto& [call, error] : std::initializer_list<std::pair<FaultCall, int>>{{FaultCall::kOpen, EMFILE},
                                                                                    {FaultCall::kOpen, EIO},
                                                                                    {FaultCall::kOpen, EINTR},
                                                                                    {FaultCall::kRead, EIO},
                                                                                    {FaultCall::kFacts, EIO},
                                                                                    {FaultCall::kList, EIO},
                                                                                    {FaultCall::kRead, EINTR}}) {
    const Fault fault{.call = call, .error = error, .nth = 2, .times = 9};
    run_with(fault, is_harmless(fault));
  }
}

TEST_P(Faults, OfFilesThatChangeAtAnyMomentGiveNoMixture) {
  if (GetParam().fill == linked || GetParam().fill == symlinked) GTEST_SKIP() << "several names, one file";
  // Not within fcntl(): whoever changes a file while the engine has a lease on it waits until it is given back.
  for (const FaultCall call :
       {FaultCall::kFacts, FaultCall::kRead, FaultCall::kCachedRead, FaultCall::kOpen, FaultCall::kClose}) {
    for (const FaultKind kind : {FaultKind::kTruncate, FaultKind::kGrow, FaultKind::kReplace, FaultKind::kRemove}) {
      for (const std::uint64_t nth : {1, 2, 5, 11}) {
        if (!HasFailure()) run_with({.call = call, .kind = kind, .nth = nth}, false);
      }
    }
  }
}

TEST_P(Faults, AtRandomLoseNothing) {
  const char* const wanted = std::getenv("HASHLANE_FAULTS");
  const std::uint64_t least = (wanted == nullptr ? 1000 : std::strtoull(wanted, nullptr, 10)) / std::size(kScenarios);
  const bool one_name = GetParam().fill != linked && GetParam().fill != symlinked;
  for (std::uint32_t seed = 1; total_ < least && runs_ < 100'000 && !HasFailure(); ++seed) {
    what_ = std::string(GetParam().name) + ", seed " + std::to_string(seed);
    plan_random_faults(tree_->path(), seed, 3 + seed % 37, one_name && seed % 3 == 0);
    run();
    total_ += injected_;
    ++runs_;
  }
  std::printf("%lu random faults in %lu jobs, 0 lost, 0 wrong, 0 hung\n", total_, runs_);
}

INSTANTIATE_TEST_SUITE_P(Each, Faults, ::testing::ValuesIn(kScenarios),
                         [](const ::testing::TestParamInfo<Scenario>& scenario) {
                           std::string name = scenario.param.name;
                           std::ranges::replace(name, ' ', '_');
                           return name;
                         });

}  // namespace
}  // namespace hashlane::testing
