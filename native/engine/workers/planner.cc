#include "engine/workers/planner.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>

namespace hashlane {
namespace {

/// From here on a file keeps several workers busy by itself.
constexpr std::uint64_t kLargeBytes = 8u << 20;

/// Where heads would have to jump, only files that are read at once go side by side.
constexpr std::uint64_t kLargeInOrderBytes = 16u << 10;

/// With fewer large files than this each is better off with all workers.
constexpr std::ptrdiff_t kFewestAlike = 2;

}  // namespace

Way way_of(std::uint64_t size, const Device* device) noexcept {
  const bool in_order = device != nullptr && device->in_order();
  return size >= (in_order ? kLargeInOrderBytes : kLargeBytes) ? Way::kShared : Way::kSideBySide;
}

std::vector<OpenFile> take_alike(std::vector<OpenFile>& large, std::uint64_t under_way, const Device* device) {
  std::vector<OpenFile> alike;
  if (device != nullptr && device->in_order()) return alike;
  // The largest first: what remains at the end is then soon done.
  std::ranges::sort(large, std::greater{}, [](const OpenFile& file) { return file.facts.size; });
  std::uint64_t total = std::accumulate(large.begin(), large.end(), under_way,
                                        [](std::uint64_t sum, const OpenFile& file) { return sum + file.facts.size; });
  // One that is longer than all the rest together goes by itself.
  auto alone = large.begin();
  while (alone != large.end() && alone->facts.size > total - alone->facts.size) total -= (alone++)->facts.size;
  if (large.end() - alone < kFewestAlike && under_way == 0) return alike;
  std::move(alone, large.end(), std::back_inserter(alike));
  large.erase(alone, large.end());
  return alike;
}

}  // namespace hashlane
