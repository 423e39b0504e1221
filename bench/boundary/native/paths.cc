// Paths over the boundary, and the short way for ASCII against the general one.
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "binding/arguments.h"
#include "engine/batches/ascii.h"
#include "io/windows/wtf8.h"
#include "suites.h"

namespace hashlane::boundary {
namespace {

std::string_view text_of(const Napi::Value& bytes) {
  const auto span = bytes_of(bytes);
  return {reinterpret_cast<const char*>(span.data()), span.size()};
}

/// The bytes of all, so that none can be left out.
Napi::Value taken(Napi::Env env, const std::vector<std::string>& paths) {
  std::size_t bytes = 0;
  for (const std::string& path : paths) bytes += path.size();
  return Napi::Number::New(env, static_cast<double>(bytes));
}

/// pathsOfBuffer(bytes, ends): the paths one behind the other, and where each ends.
Napi::Value paths_of_buffer(const Napi::CallbackInfo& info) {
  const std::string_view bytes = text_of(info[0]);
  const Napi::Uint32Array ends = info[1].As<Napi::Uint32Array>();
  std::vector<std::string> paths;
  paths.reserve(ends.ElementLength());
  std::size_t start = 0;
  for (std::size_t at = 0; at < ends.ElementLength(); ++at) {
    const std::size_t end = ends.Data()[at];
    if (end < start || end > bytes.size()) throw Napi::RangeError::New(info.Env(), "A path lies outside");
    paths.emplace_back(bytes.substr(start, end - start));
    start = end;
  }
  return taken(info.Env(), paths);
}

/// pathsOfArrays(list): a Uint8Array each, as the product's addon takes them.
Napi::Value paths_of_arrays(const Napi::CallbackInfo& info) {
  const Napi::Array list = info[0].As<Napi::Array>();
  std::vector<std::string> paths;
  paths.reserve(list.Length());
  for (std::uint32_t at = 0; at < list.Length(); ++at) {
    const Napi::HandleScope scope(info.Env());
    paths.emplace_back(text_of(list.Get(at)));
  }
  return taken(info.Env(), paths);
}

/// pathsOfStrings(list)
Napi::Value paths_of_strings(const Napi::CallbackInfo& info) {
  const Napi::Array list = info[0].As<Napi::Array>();
  std::vector<std::string> paths;
  paths.reserve(list.Length());
  for (std::uint32_t at = 0; at < list.Length(); ++at) {
    const Napi::HandleScope scope(info.Env());
    paths.push_back(list.Get(at).As<Napi::String>().Utf8Value());
  }
  return taken(info.Env(), paths);
}

/// Eight bytes at a time, and the rest one by one.
bool ascii_by_words(std::string_view text) noexcept {
  std::uint64_t seen = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    seen |= word;
  }
  for (; at < text.size(); ++at) seen |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at]));
  return (seen & 0x8080808080808080u) == 0;
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
  const std::string_view bytes = text_of(info[0]);
  const Napi::Uint32Array ends = info[1].As<Napi::Uint32Array>();
  const std::size_t paths = ends.ElementLength();
  std::size_t found = 0;
  for (std::uint64_t left = integer_of(info[2]); left > 0; --left) {
    for (std::size_t at = 0, start = 0; at < paths; start = ends.Data()[at++]) {
      if (check(bytes.substr(start, ends.Data()[at] - start))) ++found;
    }
  }
  return Napi::Number::New(info.Env(), static_cast<double>(found));
}

/// UTF-8 to UTF-16 one code point after the other: what append_utf16() does where it may not go the short way.
void append_each(std::string_view utf8, std::u16string& text) {
  for (std::size_t at = 0; at < utf8.size();) {
    const auto byte = [&](std::size_t next) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(utf8[next]));
    };
    const std::uint32_t first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + length > utf8.size()) return;
    std::uint32_t point = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t next = 1; next < length; ++next) point = point << 6 | (byte(at + next) & 0x3F);
    if (point < 0x10000) {
      text.push_back(static_cast<char16_t>(point));
    } else {
      text.push_back(static_cast<char16_t>(0xD7C0 + (point >> 10)));
      text.push_back(static_cast<char16_t>(0xDC00 | (point & 0x3FF)));
    }
    at += length;
  }
}

void append_short(std::string_view utf8, std::u16string& text) { static_cast<void>(append_utf16(utf8, text)); }

/// Converts all paths, `times` times; how many units came out.
template <void (*convert)(std::string_view, std::u16string&)>
Napi::Value count_units(const Napi::CallbackInfo& info) {
  const std::string_view bytes = text_of(info[0]);
  const Napi::Uint32Array ends = info[1].As<Napi::Uint32Array>();
  const std::size_t paths = ends.ElementLength();
  std::u16string text;
  std::size_t units = 0;
  for (std::uint64_t left = integer_of(info[2]); left > 0; --left) {
    for (std::size_t at = 0, start = 0; at < paths; start = ends.Data()[at++]) {
      text.clear();
      convert(bytes.substr(start, ends.Data()[at] - start), text);
      units += text.size();
    }
  }
  return Napi::Number::New(info.Env(), static_cast<double>(units));
}

}  // namespace

void add_paths(Napi::Env env, Napi::Object exports) {
  exports["pathsOfBuffer"] = Napi::Function::New<paths_of_buffer>(env, "pathsOfBuffer");
  exports["pathsOfArrays"] = Napi::Function::New<paths_of_arrays>(env, "pathsOfArrays");
  exports["pathsOfStrings"] = Napi::Function::New<paths_of_strings>(env, "pathsOfStrings");
  exports["asciiByWords"] = Napi::Function::New<count_ascii<ascii_by_words>>(env, "asciiByWords");
  exports["asciiByBytes"] = Napi::Function::New<count_ascii<ascii_by_bytes>>(env, "asciiByBytes");
  exports["asciiByEngine"] = Napi::Function::New<count_ascii<is_ascii>>(env, "asciiByEngine");
  exports["unitsOfEngine"] = Napi::Function::New<count_units<append_short>>(env, "unitsOfEngine");
  exports["unitsOneByOne"] = Napi::Function::New<count_units<append_each>>(env, "unitsOneByOne");
}

}  // namespace hashlane::boundary
