#include "binding/speed_worker.h"

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

#include "binding/arguments.h"
#include "binding/limits.h"
#include "kernels/speed.h"

namespace hashlane {
namespace {

/// One measurement on a thread of its own: Node waits for those of its pool when a process exits or a worker ends.
/// Owned by its thread-safe function, which deletes it last.
class Measurement {
 public:
  Measurement(Napi::Env env, AlgorithmId algorithm, std::chrono::milliseconds time, const Napi::Value& stop)
      : algorithm_(algorithm),
        time_(time),
        stop_bytes_(shared_bytes_of(stop)),
        stop_(Napi::Reference<Napi::Value>::New(stop, 1)),
        promise_(env) {}
  Measurement(const Measurement&) = delete;
  Measurement& operator=(const Measurement&) = delete;

  static Napi::Promise start(Napi::Env env, std::unique_ptr<Measurement> measurement) {
    const Napi::Promise promise = measurement->promise_.Promise();
    Measurement* const self = measurement.get();
    const Napi::String name = Napi::String::New(env, "hashlane.measureSpeed");
    NAPI_THROW_IF_FAILED(
        env,
        napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, self, &Measurement::finalize, self,
                                        &Measurement::call, &self->function_),
        promise);
    static_cast<void>(measurement.release());
    NAPI_THROW_IF_FAILED(env, napi_add_env_cleanup_hook(env, &Measurement::on_teardown, self), promise);
    try {
      self->thread_ = std::thread([self] { self->measure(); });
    } catch (const std::system_error&) {
      napi_remove_env_cleanup_hook(env, &Measurement::on_teardown, self);
      napi_release_threadsafe_function(self->function_, napi_tsfn_abort);
      throw coded_error(env, "EAGAIN", "The system has no thread to spare");
    }
    return promise;
  }

 private:
  void measure() noexcept {
    try {
      speed_ = measure_speed(algorithm_, time_, [this, flag = std::atomic_ref(stop_bytes_.front())] {
        return ended_.load(std::memory_order_relaxed) || flag.load(std::memory_order_relaxed) != std::byte{0};
      });
    } catch (const std::bad_alloc&) {
      // Without a speed the promise is rejected.
    }
    napi_call_threadsafe_function(function_, nullptr, napi_tsfn_nonblocking);
  }

  /// On the JavaScript thread, with a null environment when that is being torn down.
  static void call(napi_env raw_env, napi_value, void* self, void*) {
    if (raw_env != nullptr) static_cast<Measurement*>(self)->settle(raw_env);
  }

  void settle(Napi::Env env) {
    thread_.join();
    napi_remove_env_cleanup_hook(env, &Measurement::on_teardown, this);
    const Napi::HandleScope scope(env);
    if (speed_) {
      Napi::Object result = Napi::Object::New(env);
      result["singleStream"] = Napi::Number::New(env, speed_->single_stream);
      result["lanes"] = Napi::Number::New(env, speed_->lanes);
      promise_.Resolve(result);
    } else {
      promise_.Reject(coded_error(env, "ENOMEM", "There is not enough memory").Value());
    }
    napi_release_threadsafe_function(function_, napi_tsfn_release);
  }

  /// The measuring ends within one of its spans, a hundredth of a second.
  static void on_teardown(void* raw) {
    auto* const self = static_cast<Measurement*>(raw);
    self->ended_.store(true, std::memory_order_relaxed);
    self->thread_.join();
  }

  static void finalize(napi_env, void* self, void*) { delete static_cast<Measurement*>(self); }

  const AlgorithmId algorithm_;
  const std::chrono::milliseconds time_;
  const std::span<std::byte> stop_bytes_;
  // Kept so that the byte outlives the measuring.
  Napi::Reference<Napi::Value> stop_;
  Napi::Promise::Deferred promise_;
  napi_threadsafe_function function_ = nullptr;
  std::atomic<bool> ended_ = false;
  std::optional<KernelSpeed> speed_;
  std::thread thread_;
};

}  // namespace

Napi::Value measure_speed_async(const Napi::CallbackInfo& info) {
  return coded(info.Env(), [&]() -> Napi::Value {
    const std::uint64_t algorithm = integer_of(info[0], std::size(kAlgorithms) - 1);
    const std::uint64_t milliseconds = integer_of(info[1], kMaxMeasuringMs);
    if (shared_bytes_of(info[2]).empty()) throw Napi::RangeError::New(info.Env(), "Expected a byte to stop by");
    return Measurement::start(info.Env(),
                              std::make_unique<Measurement>(info.Env(), static_cast<AlgorithmId>(algorithm),
                                                            std::chrono::milliseconds(milliseconds), info[2]));
  });
}

}  // namespace hashlane
