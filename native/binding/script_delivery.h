// Carries what the engine says to JavaScript, over one thread-safe function.
#pragma once

#include <napi.h>

#include "engine/batches/delivery.h"

namespace hashlane {

/// Made and released on the JavaScript thread; the engine calls it from its own. The function's
/// queue is unbounded in name and bounded in fact: at most one message per slab, per feed and per
/// job is under way. It does not keep the process alive; ref() does, while jobs run.
class ScriptDelivery final : public Delivery {
 public:
  /// `listener(kind, id, a, b)`: see main/engine/addon.ts for what is said.
  ScriptDelivery(Napi::Env env, const Napi::Function& listener);
  ~ScriptDelivery() override;
  ScriptDelivery(const ScriptDelivery&) = delete;
  ScriptDelivery& operator=(const ScriptDelivery&) = delete;

  void batch(JobId job, std::uint32_t slab, std::uint32_t length) noexcept override;
  void feed_answered(FeedId feed, bool taken) noexcept override;
  void job_ended(const JobEnd& end) noexcept override;

  /// JavaScript thread: keep the process alive, or no longer.
  void ref(Napi::Env env);
  void unref(Napi::Env env);

 private:
  struct Message;
  static void call(napi_env env, napi_value listener, void* context, void* data);
  void send(const Message& message) noexcept;

  napi_threadsafe_function function_ = nullptr;
  std::size_t holds_ = 0;
};

}  // namespace hashlane
