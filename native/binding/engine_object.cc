#include "binding/engine_object.h"

#include <algorithm>

#include "binding/arguments.h"
#include "binding/limits.h"

namespace hashlane {

Napi::Function EngineObject::constructor(Napi::Env env) {
  return DefineClass(
      env, "Engine",
      {InstanceMethod<&EngineObject::start>("start"), InstanceMethod<&EngineObject::pause>("pause"),
       InstanceMethod<&EngineObject::resume>("resume"), InstanceMethod<&EngineObject::cancel>("cancel"),
       InstanceMethod<&EngineObject::open_feed>("openFeed"), InstanceMethod<&EngineObject::write_feed>("writeFeed"),
       InstanceMethod<&EngineObject::end_feed>("endFeed"), InstanceMethod<&EngineObject::abort_feed>("abortFeed"),
       InstanceMethod<&EngineObject::release_slab>("releaseSlab"), InstanceMethod<&EngineObject::unref>("unref"),
       InstanceMethod<&EngineObject::close>("close")});
}

EngineObject::EngineObject(const Napi::CallbackInfo& info) : Napi::ObjectWrap<EngineObject>(info) {
  const Napi::Env env = info.Env();
  const Napi::Object options = object_of(info[0]);
  // Each member is asked for once: a getter may give another the next time.
  const Napi::Value slabs_value = options.Get("slabs");
  const Napi::Value stats_value = options.Get("stats");
  const Napi::Value listener = options.Get("listener");
  EngineOptions made;
  made.threads = integer_of(options.Get("threads"), kMaxWorkers);
  made.memory_limit = integer_of(options.Get("memoryLimit"), kMaxMemoryLimit);
  made.slab_bytes = integer_of(options.Get("slabBytes"));
  if (!listener.IsFunction()) throw Napi::TypeError::New(env, "Expected a function");
  const auto slabs = shared_bytes_of(slabs_value);
  const auto stats = shared_bytes_of(stats_value);
  made.slabs = slabs;
  made.stats = {reinterpret_cast<std::uint64_t*>(stats.data()), stats.size() / sizeof(std::uint64_t)};
  if (const Napi::Value limit = options.Get("giveUpAfterMs"); !limit.IsUndefined()) {
    made.stalls.give_up_ns = integer_of(limit, kMaxGiveUpMs) * 1'000'000;
    made.stalls.notice_ns = std::min(made.stalls.notice_ns, made.stalls.give_up_ns / 2);
  }
  // The engine writes past none of these however the caller erred.
  const auto aligned = [](const std::byte* data) { return reinterpret_cast<std::uintptr_t>(data) % 64 == 0; };
  if (made.threads == 0 || !aligned(slabs.data()) || !aligned(stats.data()) || made.stats.size() < kStatsSlots ||
      made.slab_bytes < (256u << 10) || made.slab_bytes > kMaxBatchBytes || made.slab_bytes % 64 != 0 ||
      slabs.size() % made.slab_bytes != 0 || slabs.size() / made.slab_bytes < 2) {
    throw Napi::RangeError::New(env, "The engine's slabs or stats block are too small or not aligned to 64 bytes");
  }
  slabs_ = Napi::Reference<Napi::Value>::New(slabs_value, 1);
  stats_ = Napi::Reference<Napi::Value>::New(stats_value, 1);
  coded(env, [&] {
    delivery_ = std::make_unique<ScriptDelivery>(env, listener.As<Napi::Function>());
    engine_ = std::make_unique<Engine>(made, *delivery_);
  });
  // An environment that ends with jobs under way takes its threads along, whether or not the
  // object is ever collected.
  NAPI_THROW_IF_FAILED_VOID(env, napi_add_env_cleanup_hook(env, &EngineObject::on_teardown, this));
}

EngineObject::~EngineObject() {
  if (engine_ != nullptr) napi_remove_env_cleanup_hook(Env(), &EngineObject::on_teardown, this);
  shut();
}

void EngineObject::on_teardown(void* self) { static_cast<EngineObject*>(self)->shut(); }

void EngineObject::shut() noexcept {
  engine_.reset();
  delivery_.reset();
}

Engine& EngineObject::engine(const Napi::CallbackInfo& info) const {
  if (!engine_) throw coded_error(info.Env(), "ENGINE_CLOSED", "The engine is closed");
  return *engine_;
}

Napi::Value EngineObject::start(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Engine::Started started = coded(env, [&] {
    JobSpec spec = job_spec_of(object_of(info[0]));
    // Only now: a getter may have closed the engine.
    return engine(info).start(std::move(spec));
  });
  if (started.error != StartError::kNone) {
    switch (started.error) {
      case StartError::kTooManyJobs:
        throw coded_error(env, "TOO_MANY_JOBS", "Too many jobs are running; wait for one to end");
      case StartError::kDuplicateId:
        throw coded_error(env, "DUPLICATE_JOB", "A job with this id is running already");
      default:
        throw coded_error(env, "KERNEL_UNAVAILABLE", "A kernel of the chosen algorithms failed its self-test");
    }
  }
  delivery_->ref(env);
  Napi::Object result = Napi::Object::New(env);
  result["id"] = Napi::Number::New(env, static_cast<double>(started.job));
  result["slot"] = Napi::Number::New(env, static_cast<double>(started.slot));
  return result;
}

void EngineObject::pause(const Napi::CallbackInfo& info) { engine(info).pause(integer_of(info[0])); }

void EngineObject::resume(const Napi::CallbackInfo& info) { engine(info).resume(integer_of(info[0])); }

void EngineObject::cancel(const Napi::CallbackInfo& info) { engine(info).cancel(integer_of(info[0])); }

Napi::Value EngineObject::open_feed(const Napi::CallbackInfo& info) {
  const auto name = bytes_of(info[1]);
  if (name.size() > kMaxNameBytes) throw Napi::RangeError::New(info.Env(), "A name is too long");
  std::optional<std::uint64_t> size;
  if (!info[3].IsUndefined()) size = integer_of(info[3]);
  const FeedId feed = coded(info.Env(), [&] {
    return engine(info).open_feed(integer_of(info[0]), {reinterpret_cast<const char*>(name.data()), name.size()},
                                  static_cast<std::uint16_t>(integer_of(info[2], UINT16_MAX)), size);
  });
  return Napi::Number::New(info.Env(), static_cast<double>(feed));
}

Napi::Value EngineObject::write_feed(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), engine(info).write_feed(integer_of(info[0]), bytes_of(info[1])));
}

Napi::Value EngineObject::end_feed(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), engine(info).end_feed(integer_of(info[0])));
}

Napi::Value EngineObject::abort_feed(const Napi::CallbackInfo& info) {
  const auto reason = static_cast<ErrorCode>(integer_of(info[1], kErrorCodes - 1));
  return Napi::Boolean::New(info.Env(), engine(info).abort_feed(integer_of(info[0]), reason));
}

void EngineObject::release_slab(const Napi::CallbackInfo& info) {
  // Slabs come back after close() as well; nobody waits for them any more.
  if (engine_) engine_->release_slab(static_cast<std::uint32_t>(integer_of(info[0], UINT32_MAX)));
}

void EngineObject::unref(const Napi::CallbackInfo& info) {
  if (delivery_) delivery_->unref(info.Env());
}

void EngineObject::close(const Napi::CallbackInfo& info) {
  if (engine_) napi_remove_env_cleanup_hook(info.Env(), &EngineObject::on_teardown, this);
  shut();
}

}  // namespace hashlane
