#include <windows.h>
// After windows.h.
#include <psapi.h>

#include <algorithm>

#include "memory/pressure/pressure.h"

namespace hashlane {
namespace {

class WindowsPressure final : public PressureSource {
 public:
  WindowsPressure() : low_(::CreateMemoryResourceNotification(LowMemoryResourceNotification)) {}
  ~WindowsPressure() override {
    if (low_ != nullptr) ::CloseHandle(low_);
  }
  WindowsPressure(const WindowsPressure&) = delete;
  WindowsPressure& operator=(const WindowsPressure&) = delete;

  PressureReading read(std::uint64_t) override {
    PressureReading reading;
    const auto say = [&](PressureLevel level) { reading.level = std::max(reading.level, level); };
    BOOL is_low = FALSE;
    if (low_ != nullptr && ::QueryMemoryResourceNotification(low_, &is_low) && is_low) say(PressureLevel::kSome);
    MEMORYSTATUSEX system{};
    system.dwLength = sizeof system;
    if (::GlobalMemoryStatusEx(&system)) {
      // Windows hands out no more than it can back by memory and page file.
      say(level_of_room(system.ullAvailPageFile, system.ullTotalPageFile));
    }
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION job{};
    if (!::QueryInformationJobObject(nullptr, JobObjectExtendedLimitInformation, &job, sizeof job, nullptr)) {
      return reading;
    }
    const DWORD flags = job.BasicLimitInformation.LimitFlags;
    if (flags & JOB_OBJECT_LIMIT_PROCESS_MEMORY) limited(reading, job.ProcessMemoryLimit, of_process());
    if (flags & JOB_OBJECT_LIMIT_JOB_MEMORY) limited(reading, job.JobMemoryLimit, of_process());
    return reading;
  }

 private:
  /// What this process has committed. Of a job's other processes nothing is known: Windows tells a job's peak only.
  static std::uint64_t of_process() noexcept {
    PROCESS_MEMORY_COUNTERS_EX counters{};
    counters.cb = sizeof counters;
    auto* const plain = reinterpret_cast<PROCESS_MEMORY_COUNTERS*>(&counters);
    return ::GetProcessMemoryInfo(::GetCurrentProcess(), plain, sizeof counters) ? counters.PrivateUsage : 0;
  }

  static void limited(PressureReading& reading, std::uint64_t limit, std::uint64_t taken) noexcept {
    reading.level = std::max(reading.level, level_of_room(limit - std::min(taken, limit), limit));
    reading.group_limit = reading.group_limit == 0 ? limit : std::min(reading.group_limit, limit);
  }

  const HANDLE low_;
};

}  // namespace

std::unique_ptr<PressureSource> system_pressure() { return std::make_unique<WindowsPressure>(); }

}  // namespace hashlane
