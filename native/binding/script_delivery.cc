#include "binding/script_delivery.h"

#include <chrono>
#include <memory>
#include <new>
#include <thread>
#include <utility>
#include <variant>

namespace hashlane {
namespace {

constexpr auto kMemoryNap = std::chrono::milliseconds(10);

struct BatchMessage {
  JobId job;
  std::uint32_t slab;
  std::uint32_t length;
};
struct FeedMessage {
  FeedId feed;
  bool taken;
};

Napi::Value number(Napi::Env env, std::uint64_t value) { return Napi::Number::New(env, static_cast<double>(value)); }

Napi::Object end_object(Napi::Env env, const JobEnd& end) {
  Napi::Object object = Napi::Object::New(env);
  object["state"] = Napi::String::New(env, end.incomplete ? "failed" : end.cancelled ? "cancelled" : "finished");
  object["files"] = number(env, end.files);
  object["bytes"] = number(env, end.bytes);
  object["ok"] = number(env, end.ok);
  object["failed"] = number(env, end.failed);
  object["skipped"] = number(env, end.skipped);
  object["filteredOut"] = number(env, end.filtered_out);
  object["elapsedMs"] = Napi::Number::New(env, end.elapsed_ms);
  return object;
}

}  // namespace

struct ScriptDelivery::Message {
  std::variant<BatchMessage, FeedMessage, JobEnd> content;
};

ScriptDelivery::ScriptDelivery(Napi::Env env, const Napi::Function& listener) {
  const Napi::String name = Napi::String::New(env, "hashlane.delivery");
  const napi_status status = napi_create_threadsafe_function(env, listener, nullptr, name, 0, 1, nullptr, nullptr,
                                                             nullptr, &ScriptDelivery::call, &function_);
  if (status != napi_ok) throw Napi::Error::New(env, "The engine could not be connected to JavaScript");
  NAPI_THROW_IF_FAILED_VOID(env, napi_unref_threadsafe_function(env, function_));
}

// No engine thread lives any more; what is still queued is dropped by call() with a null env, or
// finds a listener that knows its engine is closed.
ScriptDelivery::~ScriptDelivery() { napi_release_threadsafe_function(function_, napi_tsfn_abort); }

void ScriptDelivery::batch(JobId job, std::uint32_t slab, std::uint32_t length) noexcept {
  send({BatchMessage{job, slab, length}});
}

void ScriptDelivery::feed_answered(FeedId feed, bool taken) noexcept { send({FeedMessage{feed, taken}}); }

void ScriptDelivery::job_ended(const JobEnd& end) noexcept { send({end}); }

void ScriptDelivery::send(const Message& message) noexcept {
  // Without its message JavaScript would wait for ever: what cannot be made now is made when there is
  // memory again. Only this thread waits.
  std::unique_ptr<Message> copy(new (std::nothrow) Message(message));
  while (copy == nullptr) {
    std::this_thread::sleep_for(kMemoryNap);
    copy.reset(new (std::nothrow) Message(message));
  }
  // napi_closing: the environment is being torn down, nobody is there to be told.
  if (napi_call_threadsafe_function(function_, copy.get(), napi_tsfn_nonblocking) == napi_ok) {
    static_cast<void>(copy.release());
  }
}

// A throw in the listener must not end the process: it is JavaScript's own, and the listener is
// written so that it cannot; whatever comes through all the same is made an uncaught exception by
// Node, as for any callback.
void ScriptDelivery::call(napi_env raw_env, napi_value listener, void*, void* data) {
  const std::unique_ptr<Message> message(static_cast<Message*>(data));
  if (raw_env == nullptr || listener == nullptr) return;
  const Napi::Env env(raw_env);
  const Napi::HandleScope scope(env);
  const Napi::Function function(env, listener);
  try {
    if (const auto* batch = std::get_if<BatchMessage>(&message->content)) {
      function.Call({Napi::String::New(env, "batch"), number(env, batch->job), number(env, batch->slab),
                     number(env, batch->length)});
    } else if (const auto* feed = std::get_if<FeedMessage>(&message->content)) {
      function.Call({Napi::String::New(env, "feed"), number(env, feed->feed), Napi::Boolean::New(env, feed->taken)});
    } else if (const auto* end = std::get_if<JobEnd>(&message->content)) {
      function.Call({Napi::String::New(env, "end"), number(env, end->job), end_object(env, *end)});
    }
  } catch (const Napi::Error& error) {
    napi_fatal_exception(env, error.Value());
  }
}

void ScriptDelivery::ref(Napi::Env env) {
  if (holds_++ == 0) NAPI_THROW_IF_FAILED_VOID(env, napi_ref_threadsafe_function(env, function_));
}

void ScriptDelivery::unref(Napi::Env env) {
  if (holds_ > 0 && --holds_ == 0) NAPI_THROW_IF_FAILED_VOID(env, napi_unref_threadsafe_function(env, function_));
}

}  // namespace hashlane
