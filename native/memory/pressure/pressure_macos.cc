#include <dispatch/dispatch.h>

#include <atomic>

#include "memory/pressure/pressure.h"

namespace hashlane {
namespace {

/// The system calls when the level changes; a reading tells the last one.
class MacPressure final : public PressureSource {
 public:
  MacPressure()
      : source_(::dispatch_source_create(
            DISPATCH_SOURCE_TYPE_MEMORYPRESSURE, 0,
            DISPATCH_MEMORYPRESSURE_NORMAL | DISPATCH_MEMORYPRESSURE_WARN | DISPATCH_MEMORYPRESSURE_CRITICAL,
            ::dispatch_get_global_queue(QOS_CLASS_UTILITY, 0))) {
    if (source_ == nullptr) return;
    state_->source = source_;
    // The handler may still run when this object is gone: it has its own share of the state.
    ::dispatch_set_context(source_, new std::shared_ptr<State>(state_));
    ::dispatch_source_set_event_handler_f(source_, [](void* context) {
      State& state = **static_cast<std::shared_ptr<State>*>(context);
      const auto flags = ::dispatch_source_get_data(state.source);
      state.level = flags & DISPATCH_MEMORYPRESSURE_CRITICAL ? PressureLevel::kCritical
                    : flags & DISPATCH_MEMORYPRESSURE_WARN   ? PressureLevel::kSome
                                                             : PressureLevel::kNone;
    });
    ::dispatch_source_set_cancel_handler_f(source_,
                                           [](void* context) { delete static_cast<std::shared_ptr<State>*>(context); });
    ::dispatch_resume(source_);
  }
  ~MacPressure() override {
    if (source_ == nullptr) return;
    ::dispatch_source_cancel(source_);
    ::dispatch_release(source_);
  }
  MacPressure(const MacPressure&) = delete;
  MacPressure& operator=(const MacPressure&) = delete;

  PressureReading read(std::uint64_t) override { return {.level = state_->level, .group_limit = 0}; }

 private:
  struct State {
    dispatch_source_t source = nullptr;
    std::atomic<PressureLevel> level = PressureLevel::kNone;
  };

  const std::shared_ptr<State> state_ = std::make_shared<State>();
  const dispatch_source_t source_;
};

}  // namespace

std::unique_ptr<PressureSource> system_pressure() { return std::make_unique<MacPressure>(); }

}  // namespace hashlane
