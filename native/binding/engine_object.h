// The engine as a JavaScript object. main/engine/native-engine.ts is its only user.
#pragma once

#include <napi.h>

#include <memory>

#include "binding/script_delivery.h"
#include "engine/engine.h"

namespace hashlane {

class EngineObject final : public Napi::ObjectWrap<EngineObject> {
 public:
  static Napi::Function constructor(Napi::Env env);

  /// new Engine({threads, memoryLimit, slabs, slabBytes, stats, listener})
  explicit EngineObject(const Napi::CallbackInfo& info);
  ~EngineObject() override;

 private:
  Napi::Value start(const Napi::CallbackInfo& info);
  void pause(const Napi::CallbackInfo& info);
  void resume(const Napi::CallbackInfo& info);
  void cancel(const Napi::CallbackInfo& info);
  Napi::Value open_feed(const Napi::CallbackInfo& info);
  Napi::Value write_feed(const Napi::CallbackInfo& info);
  Napi::Value end_feed(const Napi::CallbackInfo& info);
  Napi::Value abort_feed(const Napi::CallbackInfo& info);
  void release_slab(const Napi::CallbackInfo& info);
  void unref(const Napi::CallbackInfo& info);
  void close(const Napi::CallbackInfo& info);

  Engine& engine(const Napi::CallbackInfo& info) const;
  static void on_teardown(void* self);
  void shut() noexcept;

  // Kept so that the memory the engine writes to outlives it.
  Napi::Reference<Napi::Value> slabs_;
  Napi::Reference<Napi::Value> stats_;
  std::unique_ptr<ScriptDelivery> delivery_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace hashlane
