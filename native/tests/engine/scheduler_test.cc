#include "engine/jobs/scheduler.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <limits>
#include <thread>
#include <vector>

namespace hashlane::testing {
namespace {

class NoDelivery final : public Delivery {
 public:
  void batch(JobId, std::uint32_t, std::uint32_t) noexcept override {}
  void feed_answered(FeedId, bool) noexcept override {}
  void job_ended(const JobEnd&) noexcept override {}
};

/// A scheduler without workers: the test takes the tasks.
class SchedulerTest : public ::testing::Test {
 protected:
  std::shared_ptr<Job> add_job(JobPriority priority) {
    JobSpec spec;
    spec.algorithm_mask = 1;
    spec.priority = priority;
    auto job = std::make_shared<Job>(next_job_, next_job_, std::move(spec), block_, slabs_, delivery_);
    ++next_job_;
    scheduler.add(job);
    return job;
  }
  std::shared_ptr<Job> background() { return add_job(JobPriority::kBackground); }
  std::shared_ptr<Job> interactive() { return add_job(JobPriority::kInteractive); }

  void push(Job& job, std::size_t tasks = 1, Device* device = nullptr) {
    for (std::size_t task = 0; task < tasks; ++task) {
      Task made;
      made.group = std::make_shared<FileGroup>();
      made.device = device;
      scheduler.push_now(job, std::move(made));
    }
  }

  /// The jobs of the next tasks, by id.
  std::vector<JobId> take(std::size_t tasks) {
    std::vector<JobId> ids;
    for (std::size_t task = 0; task < tasks; ++task) ids.push_back(scheduler.take()->job->id);
    return ids;
  }

  [[nodiscard]] std::uint64_t overtakes() const { return block_.engine().get(engine_slot::kOvertakes); }

 private:
  alignas(64) std::array<std::uint64_t, kStatsSlots> slots_{};
  std::vector<std::byte> memory_ = std::vector<std::byte>(512u << 10);
  NoDelivery delivery_;
  JobId next_job_ = 1;

 protected:
  const StatsBlock block_{slots_};

 private:
  SlabPool slabs_{memory_, 256u << 10, block_.engine()};

 protected:
  Scheduler scheduler{block_.engine()};
};

TEST_F(SchedulerTest, TakesInteractiveTasksFirstAndJobsOfOneClassInTurn) {
  const auto first = background();
  const auto second = interactive();
  const auto third = background();
  const auto fourth = interactive();
  for (const auto& job : {first, second, third, fourth}) push(*job, 2);
  EXPECT_EQ(take(8), (std::vector<JobId>{2, 4, 2, 4, 1, 3, 1, 3}));
  EXPECT_EQ(block_.engine().get(engine_slot::kQueueDepth), 0u);
}

TEST_F(SchedulerTest, PassesOverAPausedInteractiveJob) {
  const auto first = background();
  const auto second = interactive();
  push(*first);
  push(*second);
  second->pause();
  scheduler.job_changed();
  Task task;
  EXPECT_FALSE(scheduler.make_way(*first, task));
  EXPECT_EQ(take(1), std::vector<JobId>{1});
}

TEST_F(SchedulerTest, LetsBackgroundWorkMakeWayForInteractiveWork) {
  const auto first = background();
  const auto second = interactive();
  push(*first);
  auto work = scheduler.take();
  EXPECT_FALSE(scheduler.make_way(*first, work->task)) << "nothing waits";
  push(*first);
  EXPECT_FALSE(scheduler.make_way(*first, work->task)) << "only background work waits";
  push(*second);
  Task other;
  EXPECT_FALSE(scheduler.make_way(*second, other)) << "interactive work makes way for nobody";
  EXPECT_EQ(overtakes(), 0u);
  work->task.next = 7;
  EXPECT_TRUE(scheduler.make_way(*first, work->task));
  EXPECT_EQ(overtakes(), 1u);
  EXPECT_EQ(take(1), std::vector<JobId>{2});
  const auto again = scheduler.take();
  EXPECT_EQ(again->task.next, 7u) << "what was put back is taken up first";
}

TEST_F(SchedulerTest, DisturbsNobodyWhileAWorkerIsFree) {
  const auto first = background();
  const auto second = interactive();
  push(*first);
  auto work = scheduler.take();
  push(*second);
  EXPECT_FALSE(scheduler.overtaken(*first, nullptr, 1)) << "somebody comes by himself";
  EXPECT_TRUE(scheduler.overtaken(*first, nullptr, 0));
}

TEST_F(SchedulerTest, MakesWayWithTheTurnOfADeviceThatInteractiveWorkWaitsFor) {
  const auto first = background();
  const auto second = interactive();
  std::vector<std::uint64_t> stats(2 * kDeviceRegionSlots);
  Device disk(1, DeviceClass::kRotational, StatsRegion(stats.data()));
  Device other(2, DeviceClass::kRotational, StatsRegion(stats.data() + kDeviceRegionSlots));
  push(*first, 1, &disk);
  auto work = scheduler.take();
  push(*second, 1, &disk);
  EXPECT_FALSE(scheduler.has_tasks_before(*first)) << "the disk has no turn left";
  EXPECT_FALSE(scheduler.overtaken(*first, &other)) << "that would not help";
  EXPECT_TRUE(scheduler.overtaken(*first, &disk, 1)) << "whoever is free cannot take it either";
  EXPECT_TRUE(scheduler.make_way(*first, work->task));
  scheduler.done(&disk);
  EXPECT_EQ(take(1), std::vector<JobId>{2});
}

TEST_F(SchedulerTest, LeavesNoBackgroundJobWithoutATurn) {
  const auto first = background();
  const auto second = interactive();
  push(*first, 2);
  push(*second, 64);
  EXPECT_EQ(take(3), (std::vector<JobId>{2, 2, 2}));
  std::this_thread::sleep_for(std::chrono::milliseconds(101));
  auto work = scheduler.take();
  EXPECT_EQ(work->job->id, 1u) << "it has waited for long enough";
  EXPECT_FALSE(scheduler.make_way(*first, work->task)) << "its turn has only begun";
  EXPECT_EQ(take(2), (std::vector<JobId>{2, 2})) << "one turn, for one worker";
  std::this_thread::sleep_for(std::chrono::milliseconds(11));
  EXPECT_TRUE(scheduler.make_way(*first, work->task)) << "its turn is over";
}

TEST_F(SchedulerTest, AddsNothingToBackgroundWorkWhileInteractiveWorkWaits) {
  const auto first = background();
  const auto second = interactive();
  push(*first, 2);
  EXPECT_TRUE(scheduler.take_more(*first, nullptr));
  push(*second);
  EXPECT_FALSE(scheduler.take_more(*first, nullptr));
  EXPECT_TRUE(scheduler.take_more(*second, nullptr));
  EXPECT_TRUE(scheduler.take_more(*first, nullptr));
}

TEST_F(SchedulerTest, AsksAheadForInteractiveFilesFirst) {
  const auto first = background();
  const auto second = interactive();
  for (const auto& job : {first, second}) {
    Task task;
    task.group = std::make_shared<FileGroup>();
    task.end = 3;
    scheduler.push_now(*job, std::move(task));
  }
  EXPECT_EQ(scheduler.take_ahead()->job->id, 2u);
  EXPECT_EQ(scheduler.take_ahead()->job->id, 1u);
  EXPECT_FALSE(scheduler.take_ahead());
}

}  // namespace
}  // namespace hashlane::testing
