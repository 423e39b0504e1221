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

/// A measuring on a thread of its own. Node's pool would not do: an environment that ends waits for what runs there
/// before it runs any hook by which it could be told to end.
class Measuring {
 public:
  Measuring(Napi::Env env, AlgorithmId algorithm, std::chrono::milliseconds time, const Napi::Value& stop)
      : stop_byte_(shared_bytes_of(stop).front()), stop_(Napi::Reference<Napi::Value>::New(stop, 1)), promise_(env) {
    const Napi::String name = Napi::String::New(env, "hashlane.measureSpeed");
    NAPI_THROW_IF_FAILED_VOID(env, napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr,
                                                                   this, &Measuring::answer, &function_));
    try {
      thread_ = std::thread([this, algorithm, time] { run(algorithm, time); });
    } catch (...) {
      napi_release_threadsafe_function(function_, napi_tsfn_abort);
      throw;
    }
    napi_add_env_cleanup_hook(env, &Measuring::tear_down, this);
  }
  Measuring(const Measuring&) = delete;
  Measuring& operator=(const Measuring&) = delete;
  /// On JavaScript's thread. Waits for the thread, which is done or was told to stop.
  ~Measuring() {
    thread_.join();
    napi_release_threadsafe_function(function_, napi_tsfn_abort);
  }

  Napi::Promise promise() const { return promise_.Promise(); }

 private:
  [[nodiscard]] bool stopped() const {
    return leaves_.load(std::memory_order_relaxed) ||
           std::atomic_ref(stop_byte_).load(std::memory_order_relaxed) != std::byte{0};
  }

  void run(AlgorithmId algorithm, std::chrono::milliseconds time) noexcept {
    try {
      speed_ = measure_speed(algorithm, time, [this] { return stopped(); });
    } catch (...) {
      // No memory: told by a speed that is not there.
    }
    napi_call_threadsafe_function(function_, nullptr, napi_tsfn_nonblocking);
  }

  static void answer(napi_env raw_env, napi_value, void* self, void*) {
    // Being torn down: tear_down() has it.
    if (raw_env == nullptr) return;
    const Napi::Env env(raw_env);
    const Napi::HandleScope scope(env);
    const std::unique_ptr<Measuring> measuring(static_cast<Measuring*>(self));
    napi_remove_env_cleanup_hook(env, &Measuring::tear_down, self);
    if (!measuring->speed_) {
      measuring->promise_.Reject(Napi::Error::New(env, "No memory to measure with").Value());
      return;
    }
    Napi::Object result = Napi::Object::New(env);
    result["singleStream"] = Napi::Number::New(env, measuring->speed_->single_stream);
    result["lanes"] = Napi::Number::New(env, measuring->speed_->lanes);
    measuring->promise_.Resolve(result);
  }

  static void tear_down(void* self) {
    const std::unique_ptr<Measuring> measuring(static_cast<Measuring*>(self));
    measuring->leaves_ = true;
    measuring->stop_.SuppressDestruct();
  }

  std::byte& stop_byte_;
  std::atomic<bool> leaves_ = false;
  // Kept so that the byte outlives the measuring.
  Napi::Reference<Napi::Value> stop_;
  Napi::Promise::Deferred promise_;
  /// Nothing where there was no memory. Read once the thread has answered.
  std::optional<KernelSpeed> speed_;
  napi_threadsafe_function function_ = nullptr;
  std::thread thread_;
};

}  // namespace

Napi::Value measure_speed_async(const Napi::CallbackInfo& info) {
  const std::uint64_t algorithm = integer_of(info[0], std::size(kAlgorithms) - 1);
  const std::uint64_t milliseconds = integer_of(info[1], kMaxMeasuringMs);
  if (shared_bytes_of(info[2]).empty()) throw Napi::RangeError::New(info.Env(), "Expected a byte to stop by");
  // Deletes itself once it has answered, or with its environment.
  const auto* const measuring = new Measuring(info.Env(), static_cast<AlgorithmId>(algorithm),
                                              std::chrono::milliseconds(milliseconds), info[2]);
  return measuring->promise();
}

}  // namespace hashlane
