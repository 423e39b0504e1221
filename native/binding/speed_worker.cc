#include "binding/speed_worker.h"

#include <atomic>

#include "binding/arguments.h"
#include "binding/limits.h"
#include "kernels/speed.h"

namespace hashlane {
namespace {

class SpeedWorker final : public Napi::AsyncWorker {
 public:
  SpeedWorker(Napi::Env env, AlgorithmId algorithm, std::chrono::milliseconds time, const Napi::Value& stop)
      : Napi::AsyncWorker(env, "hashlane:measureSpeed"),
        algorithm_(algorithm),
        time_(time),
        stop_bytes_(shared_bytes_of(stop)),
        stop_(Napi::Reference<Napi::Value>::New(stop, 1)),
        promise_(env) {
    // An environment that ends waits for its workers.
    NAPI_THROW_IF_FAILED_VOID(env, napi_add_env_cleanup_hook(env, &SpeedWorker::stop, this));
  }
  ~SpeedWorker() override { napi_remove_env_cleanup_hook(Env(), &SpeedWorker::stop, this); }
  SpeedWorker(const SpeedWorker&) = delete;
  SpeedWorker& operator=(const SpeedWorker&) = delete;

  Napi::Promise promise() const { return promise_.Promise(); }

  void Execute() override {
    speed_ = measure_speed(algorithm_, time_, [flag = std::atomic_ref(stop_bytes_.front())] {
      return flag.load(std::memory_order_relaxed) != std::byte{0};
    });
  }

  void OnOK() override {
    Napi::Object result = Napi::Object::New(Env());
    result["singleStream"] = Napi::Number::New(Env(), speed_.single_stream);
    result["lanes"] = Napi::Number::New(Env(), speed_.lanes);
    promise_.Resolve(result);
  }

  void OnError(const Napi::Error& error) override { promise_.Reject(error.Value()); }

 private:
  static void stop(void* self) {
    std::atomic_ref(static_cast<SpeedWorker*>(self)->stop_bytes_.front()).store(std::byte{1});
  }

  AlgorithmId algorithm_;
  std::chrono::milliseconds time_;
  std::span<std::byte> stop_bytes_;
  // Kept so that the byte outlives the measuring.
  Napi::Reference<Napi::Value> stop_;
  Napi::Promise::Deferred promise_;
  KernelSpeed speed_;
};

}  // namespace

Napi::Value measure_speed_async(const Napi::CallbackInfo& info) {
  const std::uint64_t algorithm = integer_of(info[0], std::size(kAlgorithms) - 1);
  const std::uint64_t milliseconds = integer_of(info[1], kMaxMeasuringMs);
  if (shared_bytes_of(info[2]).empty()) throw Napi::RangeError::New(info.Env(), "Expected a byte to stop by");
  auto* const worker = new SpeedWorker(info.Env(), static_cast<AlgorithmId>(algorithm),
                                       std::chrono::milliseconds(milliseconds), info[2]);
  const Napi::Promise promise = worker->promise();
  worker->Queue();
  return promise;
}

}  // namespace hashlane
