#include "binding/arguments.h"

#include <cmath>

namespace hashlane {
namespace {

std::string text_of_bytes(const Napi::Value& value) {
  const auto bytes = bytes_of(value);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <typename Convert>
std::vector<std::string> list_of(const Napi::Value& value, Convert convert) {
  if (!value.IsArray()) throw Napi::TypeError::New(value.Env(), "Expected an array");
  const Napi::Array array = value.As<Napi::Array>();
  std::vector<std::string> list;
  list.reserve(array.Length());
  for (std::uint32_t index = 0; index < array.Length(); ++index) {
    const Napi::HandleScope scope(value.Env());
    list.push_back(convert(array.Get(index)));
  }
  return list;
}

std::string text_of(const Napi::Value& value) { return value.As<Napi::String>().Utf8Value(); }

}  // namespace

Napi::Error coded_error(Napi::Env env, const char* code, const std::string& message) {
  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  return error;
}

std::span<std::byte> bytes_of(const Napi::Value& value) {
  if (!value.IsTypedArray() || value.As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    throw Napi::TypeError::New(value.Env(), "Expected a Uint8Array");
  }
  // Not Napi::Uint8Array::Data(), which goes by way of the buffer: that may be a SharedArrayBuffer.
  void* data = nullptr;
  std::size_t length = 0;
  const napi_status status = napi_get_typedarray_info(value.Env(), value, nullptr, &length, &data, nullptr, nullptr);
  if (status != napi_ok) throw Napi::TypeError::New(value.Env(), "Expected a Uint8Array");
  return {static_cast<std::byte*>(data), length};
}

std::uint64_t integer_of(const Napi::Value& value) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= 0) || number > 9007199254740991.0 || std::floor(number) != number) {
    throw Napi::RangeError::New(value.Env(), "Expected a non-negative integer");
  }
  return static_cast<std::uint64_t>(number);
}

JobSpec job_spec_of(const Napi::Object& value) {
  JobSpec spec;
  spec.roots = list_of(value.Get("roots"), text_of_bytes);
  spec.include = list_of(value.Get("include"), text_of);
  spec.exclude = list_of(value.Get("exclude"), text_of);
  for (const std::uint32_t id : [&] {
         std::vector<std::uint32_t> ids;
         const Napi::Array array = value.Get("algorithmIds").As<Napi::Array>();
         for (std::uint32_t index = 0; index < array.Length(); ++index) {
           ids.push_back(array.Get(index).As<Napi::Number>().Uint32Value());
         }
         return ids;
       }()) {
    spec.algorithm_mask |= std::uint64_t{1} << (id & 63);
  }
  const auto flag = [&](const char* name) { return value.Get(name).ToBoolean().Value(); };
  spec.walk_order = flag("walkOrder");
  spec.hidden = flag("hidden");
  spec.follow_symlinks = flag("followSymlinks");
  spec.one_file_system = flag("oneFileSystem");
  spec.count_ahead = flag("countAhead");
  if (const Napi::Value depth = value.Get("maxDepth"); !depth.IsUndefined()) {
    spec.max_depth = static_cast<std::uint32_t>(std::min<std::uint64_t>(integer_of(depth), UINT32_MAX));
  }
  spec.feeds = static_cast<std::uint32_t>(integer_of(value.Get("feeds")));
  spec.feed_bytes = integer_of(value.Get("feedBytes"));
  if (flag("interactive")) spec.priority = JobPriority::kInteractive;
  return spec;
}

}  // namespace hashlane
