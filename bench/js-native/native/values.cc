// Values on their way into JavaScript and out of it: what the product reads where it lies, by calls and objects.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "binding/arguments.h"
#include "contract/contract.h"
#include "engine/batches/ascii.h"
#include "suites.h"

namespace hashlane::bench {
namespace {

Napi::Value number(const Napi::CallbackInfo& info, double value) { return Napi::Number::New(info.Env(), value); }

Napi::Value clock(const Napi::CallbackInfo& info) { return number(info, thread_ns()); }
Napi::Value empty(const Napi::CallbackInfo& info) { return info.Env().Undefined(); }
Napi::Value version(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), "0.1.0"); }

/// statsSlot(block, slot): one number, by a call.
Napi::Value stats_slot(const Napi::CallbackInfo& info) {
  const auto bytes = bytes_of(info[0]);
  const std::uint64_t slot = integer_of(info[1]);
  if (slot >= bytes.size() / sizeof(std::uint64_t)) throw Napi::RangeError::New(info.Env(), "There is no such slot");
  return number(info, static_cast<double>(reinterpret_cast<const std::uint64_t*>(bytes.data())[slot]));
}

struct Result {
  std::string path, sha256;
  double size;
};

/// results(paths, digests, sizes): a function that makes an object of each.
Napi::Value results(const Napi::CallbackInfo& info) {
  const Napi::Array paths = info[0].As<Napi::Array>(), digests = info[1].As<Napi::Array>(),
                    sizes = info[2].As<Napi::Array>();
  auto kept = std::make_shared<std::vector<Result>>();
  for (std::uint32_t at = 0; at < paths.Length(); ++at) {
    kept->push_back({paths.Get(at).As<Napi::String>(), digests.Get(at).As<Napi::String>(),
                     sizes.Get(at).As<Napi::Number>().DoubleValue()});
  }
  return Napi::Function::New(info.Env(), [kept](const Napi::CallbackInfo& call) -> Napi::Value {
    const Napi::Env env = call.Env();
    Napi::Array list = Napi::Array::New(env, kept->size());
    for (std::uint32_t at = 0; at < kept->size(); ++at) {
      const Napi::HandleScope scope(env);
      Napi::Object object = Napi::Object::New(env);
      object["path"] = Napi::String::New(env, (*kept)[at].path);
      object["sha256"] = Napi::String::New(env, (*kept)[at].sha256);
      object["size"] = Napi::Number::New(env, (*kept)[at].size);
      object["status"] = Napi::Number::New(env, 0);
      list[at] = object;
    }
    return list;
  });
}

std::string_view text_of(const Napi::Value& bytes) {
  const auto span = bytes_of(bytes);
  return {reinterpret_cast<const char*>(span.data()), span.size()};
}

/// Runs `take` over the paths that lie one behind the other.
template <typename Take>
void each_path(const Napi::CallbackInfo& info, Take take) {
  const std::string_view bytes = text_of(info[0]);
  const Napi::Uint32Array ends = info[1].As<Napi::Uint32Array>();
  for (std::size_t at = 0, start = 0; at < ends.ElementLength(); start = ends.Data()[at++]) {
    const std::size_t end = ends.Data()[at];
    if (end < start || end > bytes.size()) throw Napi::RangeError::New(info.Env(), "A path lies outside");
    take(bytes.substr(start, end - start));
  }
}

/// The bytes of all, so that none can be left out.
Napi::Value taken(const Napi::CallbackInfo& info, const std::vector<std::string>& paths) {
  std::size_t bytes = 0;
  for (const std::string& path : paths) bytes += path.size();
  return number(info, static_cast<double>(bytes));
}

Napi::Value paths_of_buffer(const Napi::CallbackInfo& info) {
  std::vector<std::string> paths;
  paths.reserve(info[1].As<Napi::Uint32Array>().ElementLength());
  each_path(info, [&](std::string_view path) { paths.emplace_back(path); });
  return taken(info, paths);
}

/// An array of Uint8Arrays, as the product's addon takes them, or of strings.
template <bool strings>
Napi::Value paths_of_list(const Napi::CallbackInfo& info) {
  const Napi::Array list = info[0].As<Napi::Array>();
  std::vector<std::string> paths;
  paths.reserve(list.Length());
  for (std::uint32_t at = 0; at < list.Length(); ++at) {
    const Napi::HandleScope scope(info.Env());
    const Napi::Value path = list.Get(at);
    if constexpr (strings) {
      paths.push_back(path.As<Napi::String>().Utf8Value());
    } else {
      paths.emplace_back(text_of(path));
    }
  }
  return taken(info, paths);
}

/// A loop that the compiler makes vectors of.
bool ascii_by_bytes(std::string_view text) noexcept {
  unsigned char seen = 0;
  for (const char byte : text) seen = static_cast<unsigned char>(seen | static_cast<unsigned char>(byte));
  return seen < 0x80;
}

/// Runs one check over all paths, `times` times; how many are ASCII.
template <bool (*check)(std::string_view) noexcept>
Napi::Value count_ascii(const Napi::CallbackInfo& info) {
  std::size_t found = 0;
  for (std::uint64_t left = integer_of(info[2]); left > 0; --left) {
    each_path(info, [&](std::string_view path) { found += check(path) ? 1 : 0; });
  }
  return number(info, static_cast<double>(found));
}

}  // namespace

void add_values(Napi::Env env, Napi::Object exports) {
  exports["threadNs"] = Napi::Function::New<clock>(env, "threadNs");
  exports["empty"] = Napi::Function::New<empty>(env, "empty");
  exports["version"] = Napi::Function::New<version>(env, "version");
  exports["statsSlot"] = Napi::Function::New<stats_slot>(env, "statsSlot");
  exports["results"] = Napi::Function::New<results>(env, "results");
  exports["pathsOfBuffer"] = Napi::Function::New<paths_of_buffer>(env, "pathsOfBuffer");
  exports["pathsOfArrays"] = Napi::Function::New<paths_of_list<false>>(env, "pathsOfArrays");
  exports["pathsOfStrings"] = Napi::Function::New<paths_of_list<true>>(env, "pathsOfStrings");
  exports["asciiByEngine"] = Napi::Function::New<count_ascii<is_ascii>>(env, "asciiByEngine");
  exports["asciiByBytes"] = Napi::Function::New<count_ascii<ascii_by_bytes>>(env, "asciiByBytes");
}

}  // namespace hashlane::bench
