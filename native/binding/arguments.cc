#include "binding/arguments.h"

#include <algorithm>
#include <cmath>

#include "binding/limits.h"

namespace hashlane {
namespace {

std::string text_of_bytes(const Napi::Value& value) {
  const auto bytes = bytes_of(value);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string text_of(const Napi::Value& value) {
  std::size_t length = 0;
  if (napi_get_value_string_utf8(value.Env(), value, nullptr, 0, &length) != napi_ok) {
    throw Napi::TypeError::New(value.Env(), "Expected a string");
  }
  if (length > kMaxTextBytes) throw Napi::RangeError::New(value.Env(), "A pattern is too long");
  return value.As<Napi::String>().Utf8Value();
}

template <typename Convert>
std::vector<std::string> list_of(const Napi::Value& value, Convert convert) {
  if (!value.IsArray()) throw Napi::TypeError::New(value.Env(), "Expected an array");
  const Napi::Array array = value.As<Napi::Array>();
  const std::uint32_t length = array.Length();
  if (length > kMaxListLength) throw Napi::RangeError::New(value.Env(), "A list is too long");
  std::vector<std::string> list;
  std::uint64_t bytes = 0;
  for (std::uint32_t index = 0; index < length; ++index) {
    const Napi::HandleScope scope(value.Env());
    list.push_back(convert(array.Get(index)));
    bytes += list.back().size();
    if (list.back().size() > kMaxTextBytes || bytes > kMaxListBytes) {
      throw Napi::RangeError::New(value.Env(), "A list, or a text in it, is too long");
    }
  }
  return list;
}

std::uint64_t algorithm_mask_of(const Napi::Value& value) {
  if (!value.IsArray()) throw Napi::TypeError::New(value.Env(), "Expected an array");
  const Napi::Array array = value.As<Napi::Array>();
  const std::uint32_t length = array.Length();
  if (length > std::size(kAlgorithms)) throw Napi::RangeError::New(value.Env(), "A list is too long");
  std::uint64_t mask = 0;
  for (std::uint32_t index = 0; index < length; ++index) {
    mask |= std::uint64_t{1} << integer_of(array.Get(index), std::size(kAlgorithms) - 1);
  }
  if (mask == 0) throw Napi::RangeError::New(value.Env(), "Expected an algorithm");
  return mask;
}

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

std::span<std::byte> shared_bytes_of(const Napi::Value& value) {
  const auto bytes = bytes_of(value);
  napi_value buffer = nullptr;
  bool detachable = true;
  napi_get_typedarray_info(value.Env(), value, nullptr, nullptr, nullptr, &buffer, nullptr);
  napi_is_arraybuffer(value.Env(), buffer, &detachable);
  if (detachable) throw Napi::TypeError::New(value.Env(), "Expected a Uint8Array over a SharedArrayBuffer");
  return bytes;
}

Napi::Object object_of(const Napi::Value& value) {
  if (!value.IsObject()) throw Napi::TypeError::New(value.Env(), "Expected an object");
  return value.As<Napi::Object>();
}

std::uint64_t integer_of(const Napi::Value& value, std::uint64_t most) {
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  if (!(number >= 0) || number > static_cast<double>(most) || std::floor(number) != number) {
    throw Napi::RangeError::New(value.Env(), "Expected a non-negative integer within its limit");
  }
  return static_cast<std::uint64_t>(number);
}

JobSpec job_spec_of(const Napi::Object& value) {
  JobSpec spec;
  if (const Napi::Value id = value.Get("id"); !id.IsUndefined()) spec.id = integer_of(id);
  spec.roots = list_of(value.Get("roots"), text_of_bytes);
  spec.include = list_of(value.Get("include"), text_of);
  spec.exclude = list_of(value.Get("exclude"), text_of);
  spec.ignore = list_of(value.Get("ignore"), text_of);
  const auto flag = [&](const char* name) { return value.Get(name).ToBoolean().Value(); };
  spec.list_only = flag("listOnly");
  // What is not read has no digests.
  if (!spec.list_only) spec.algorithm_mask = algorithm_mask_of(value.Get("algorithmIds"));
  spec.walk_order = flag("walkOrder");
  spec.hidden = flag("hidden");
  spec.follow_symlinks = flag("followSymlinks");
  spec.one_file_system = flag("oneFileSystem");
  spec.files_only = flag("filesOnly");
  spec.filter_roots = flag("filterRoots");
  spec.listed = flag("listed");
  spec.count_ahead = flag("countAhead");
  const auto amount = [&](const char* name) -> std::optional<std::uint64_t> {
    const Napi::Value given = value.Get(name);
    if (given.IsUndefined() || given.IsNull()) return std::nullopt;
    return integer_of(given);
  };
  const auto depth = [&](const char* name) -> std::optional<std::uint32_t> {
    const auto given = amount(name);
    if (!given) return std::nullopt;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(*given, UINT32_MAX));
  };
  spec.max_depth = depth("maxDepth");
  spec.min_depth = depth("minDepth");
  spec.min_size = amount("minSize");
  spec.max_size = amount("maxSize");
  spec.newer_than_ms = amount("newerThanMs");
  spec.older_than_ms = amount("olderThanMs");
  spec.limit_rate = amount("limitRate").value_or(0);
  spec.fetch = flag("fetch");
  spec.medium = flag("medium");
  spec.idle = flag("idle");
  if (const Napi::Value shard = value.Get("shard"); !shard.IsUndefined()) {
    const Napi::Object given = object_of(shard);
    spec.shard.count = static_cast<std::uint32_t>(integer_of(given.Get("count"), UINT32_MAX));
    if (spec.shard.count == 0) throw Napi::RangeError::New(value.Env(), "There is no shard");
    spec.shard.index = static_cast<std::uint32_t>(integer_of(given.Get("index"), spec.shard.count - 1));
  }
  spec.feeds = static_cast<std::uint32_t>(integer_of(value.Get("feeds"), kMaxFeeds));
  spec.feed_bytes = integer_of(value.Get("feedBytes"));
  if (flag("interactive")) spec.priority = JobPriority::kInteractive;
  spec.identities = flag("identities");
  if (const Napi::Value known = value.Get("known"); !known.IsUndefined()) {
    spec.known =
        std::make_shared<SeenFiles>(bytes_of(object_of(known).Get("table")), bytes_of(object_of(known).Get("key")));
    if (!spec.known->valid()) throw Napi::RangeError::New(value.Env(), "The table of known files is of no known form");
  }
  return spec;
}

}  // namespace hashlane
