// Lets calls of the engine to the system fail, by the table of system/calls.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hashlane::testing {

enum class FaultCall : std::uint8_t {
  kOpen,
  kClose,
  kLook,
  kFacts,
  kFileSystem,
  kRead,
  kCachedRead,
  kList,
  kControl,
  kStore,
  kAdvise,
};
inline constexpr std::size_t kFaultCalls = 11;

/// What happens in place of the call, or just before it.
enum class FaultKind : std::uint8_t {
  /// `error` is what it fails with. close() closes all the same.
  kError,
  /// A read gives half of what was wanted.
  kShort,
  /// It takes a while.
  kSlow,
  /// The file loses its second half, gets longer, is another one under the same name, or is gone.
  kTruncate,
  kGrow,
  kReplace,
  kRemove,
};

struct Fault {
  FaultCall call = FaultCall::kOpen;
  FaultKind kind = FaultKind::kError;
  int error = 0;
  /// Counted from 1, among the calls for the plan's folder.
  std::uint64_t nth = 1;
  std::uint64_t times = 1;

  [[nodiscard]] std::string text() const;
};

/// Errors that the manual page of the call names, and such as file systems give besides.
std::span<const int> errors_of(FaultCall call);

/// From now on calls for what lies in `folder` meet these faults. No engine may be at work meanwhile.
void plan_faults(std::string folder, std::vector<Fault> faults);
/// The same for any call, one in `one_in`, and any fault that fits it.
void plan_random_faults(std::string folder, std::uint32_t seed, std::uint32_t one_in, bool change_files);
/// No more faults. Returns how many there were; the files that were changed go to `changed`.
std::uint64_t end_faults(std::vector<std::string>* changed = nullptr);

}  // namespace hashlane::testing
