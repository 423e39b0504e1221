// Files that have several names: see LinkedFiles.
#include <algorithm>
#include <tuple>
#include <utility>

#include "engine/workers/worker.h"

namespace hashlane {

bool Worker::reads_once(const Job& job) noexcept {
  // The digest of a torrent holds the file's name.
  return (job.spec.algorithm_mask >> static_cast<unsigned>(AlgorithmId::kBtih) & 1) == 0;
}

bool Worker::meet_name(const std::shared_ptr<Job>& job) {
  digests_.resize(job->writer.layout().stride());
  switch (job->linked.meet(opening_, digests_.data())) {
    case LinkedFiles::Meeting::kRead:
      if (opening_.linked) opening_.linked->device = task_.device;
      return false;
    case LinkedFiles::Meeting::kWaits:
      break;
    case LinkedFiles::Meeting::kKnown:
      record_name(job, opening_, digests_.data());
      break;
  }
  thread_.watched([&] { opening_.descriptor.close(); });
  return true;
}

void Worker::record_names(const std::shared_ptr<Job>& job, const OpenFile& file, const ResultRecord& result) {
  std::vector<OpenFile> names = job->linked.conclude(file, result);
  if (names.empty()) return;
  const bool shared = digests_shared(file, result);
  const auto others = std::ranges::partition(
      names, [&](const OpenFile& name) { return shared && same_contents(name.facts, file.facts); });
  for (auto name = names.begin(); name != others.begin(); ++name) record_name(job, *name, result.digests);
  names.erase(names.begin(), others.begin());
  if (names.empty()) return;
  if (!job->cancelled()) return read_names(*job, std::move(names), file.linked->device);
  for (const OpenFile& name : names) record(job, name, ending(name, Error{ErrorCode::kCancelled, {}}));
}

void Worker::record_name(const std::shared_ptr<Job>& job, const OpenFile& name, const std::byte* digests) {
  if (!job->spec.count_ahead) job->stats.add(job_slot::kBytesFound, name.facts.size);
  job->stats.add(job_slot::kBytesDone, name.facts.size);
  record(job, name, linked_record(name, digests));
}

void Worker::read_names(Job& job, std::vector<OpenFile> names, Device* device) {
  const auto place = [](const OpenFile& name) { return std::tuple(name.group->number, name.index); };
  std::ranges::sort(names, {}, place);
  for (std::size_t next = 0; next < names.size();) {
    // Neighbours together, for the queue is looked through often.
    Task task;
    task.group = names[next].group;
    task.device = device;
    task.next = names[next].index;
    task.end = task.next;
    while (next < names.size() && names[next].group == task.group && names[next].index == task.end) {
      ++task.end;
      ++next;
    }
    services_.scheduler.give_back(job, std::move(task));
  }
}

}  // namespace hashlane
