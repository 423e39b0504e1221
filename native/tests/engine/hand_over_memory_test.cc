// Memory runs out while the work of a thread that hangs is handed over: nothing is lost, and nothing waits for ever.
#include <gtest/gtest.h>

#include "tests/engine/failing_allocations.h"
#include "tests/engine/hanging_calls.h"
#include "tests/engine/test_engine.h"

namespace hashlane::testing {
namespace {

constexpr std::uint64_t kMs = 1'000'000;

struct HandOver {
  const char* name;
  Call call;
  const char* hangs;
  /// The call answers after all; otherwise it is given up.
  bool answers;
};

class WithoutMemory : public ::testing::TestWithParam<HandOver> {
 protected:
  WithoutMemory() {
    for (int number = 0; number < 40; ++number) {
      folder_.write((number % 2 == 0 ? "a/" : "b/") + std::to_string(number), std::string(2000, 'a'));
    }
    digest_ = digest_hex(AlgorithmId::kMd5, std::string(2000, 'a'));
  }
  ~WithoutMemory() override { answer(); }

  /// The n-th allocation after a thread was found to hang fails; false where there were not so many.
  bool run(std::int64_t n) {
    const Spared guard;
    const HandOver& how = GetParam();
    failed = false;
    hang(how.call, how.hangs);
    TestEngine test(1, 64u << 20, 4, nullptr,
                    {.notice_ns = 40 * kMs, .give_up_ns = (how.answers ? 60'000 : 120) * kMs});
    JobSpec spec;
    spec.roots = {folder_.path()};
    spec.algorithm_mask = mask_of({AlgorithmId::kMd5});
    const auto started = test.engine.start(std::move(spec));
    wait_for_hanging(1);
    countdown = n;
    if (how.answers) {
      // The walk itself may have been without memory, and the job be over.
      const auto noticed = [&] {
        return test.engine_stat(engine_slot::kStalls) > 0 || test.wait_for(started.job, std::chrono::seconds(0));
      };
      EXPECT_TRUE(eventually(noticed)) << n;
      answer();
    }
    const bool ended = test.wait_for(started.job, std::chrono::seconds(30));
    countdown = 0;
    answer();
    EXPECT_TRUE(ended) << "allocation " << n;
    if (!ended) std::abort();
    const bool complete = !test.wait(started.job).incomplete;
    std::set<std::string> names;
    std::size_t ok = 0;
    // A file or folder for which there was no memory says so.
    bool told = false;
    for (const Result& result : test.results(started.job)) {
      EXPECT_TRUE(names.insert(result.name).second) << result.name << " twice, allocation " << n;
      if (result.status != Status::kOk) {
        told = told || result.error == ErrorCode::kEnomem;
        continue;
      }
      ++ok;
      EXPECT_EQ(result.digests_hex, digest_) << result.name;
    }
    // A folder that is given up stands for its files.
    const bool in_folder = how.call == Call::kList;
    if (complete && how.answers && !told) {
      EXPECT_EQ(ok, 40u) << "allocation " << n;
    }
    if (complete && !told) {
      EXPECT_GE(in_folder ? 20u + ok : names.size(), 40u) << "allocation " << n;
    }
    return failed;
  }

  TemporaryFolder folder_;
  std::string digest_;
};

TEST_P(WithoutMemory, NothingIsLost) {
  // The engine's other threads allocate, too, so that a run in which none failed does not mean that there are no more.
  for (std::int64_t n = 1; n <= 24 && !HasFailure(); ++n) run(n);
}

INSTANTIATE_TEST_SUITE_P(
    HandOver, WithoutMemory,
    ::testing::Values(HandOver{"open", Call::kOpen, "10", true}, HandOver{"open_given_up", Call::kOpen, "10", false},
                      HandOver{"read", Call::kRead, "12", true}, HandOver{"read_given_up", Call::kRead, "12", false},
                      HandOver{"list", Call::kList, "a", true}, HandOver{"list_given_up", Call::kList, "a", false}),
    [](const auto& how) { return how.param.name; });

}  // namespace
}  // namespace hashlane::testing
