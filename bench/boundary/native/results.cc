#include "results.h"

#include <charconv>
#include <random>
#include <string_view>

namespace hashlane::boundary {
namespace {

const char* error_name(ErrorCode error) { return error == ErrorCode::kNone ? "" : "EACCES"; }

void append_number(std::string& text, std::uint64_t value) {
  char digits[20];
  text.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append_varint(std::string& bytes, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) bytes.push_back(static_cast<char>(value | 0x80));
  bytes.push_back(static_cast<char>(value));
}

// Field numbers are below 16: a tag is one byte.
void append_field(std::string& bytes, unsigned field, std::uint64_t value) {
  bytes.push_back(static_cast<char>(field << 3));
  append_varint(bytes, value);
}

void append_field(std::string& bytes, unsigned field, std::string_view value) {
  bytes.push_back(static_cast<char>(field << 3 | 2));
  append_varint(bytes, value.size());
  bytes.append(value);
}

std::uint64_t milliseconds(const Result& result) { return static_cast<std::uint64_t>(result.modified_ns) / 1'000'000; }

}  // namespace

std::vector<Result> make_results(std::size_t count) {
  std::mt19937_64 random(20261120);
  std::vector<Result> results(count);
  for (std::size_t at = 0; at < count; ++at) {
    Result& result = results[at];
    result.name = "home/person/archive/photographs/2026/" + std::to_string(at / 500) + "/IMG_" +
                  std::to_string(100'000 + at) + ".jpeg";
    result.size = random() >> (24 + random() % 30);
    result.modified_ns = 1'700'000'000'000'000'000 + static_cast<std::int64_t>(random() >> 10);
    for (std::byte& byte : result.sha256) byte = static_cast<std::byte>(random());
    const bool failed = at % 50 == 49;
    result.flags = random() % 20 == 0 ? kFlagHardLink : 0;
    result.status = failed ? Status::kUnreadable : Status::kOk;
    result.error = failed ? ErrorCode::kEacces : ErrorCode::kNone;
  }
  return results;
}

void append_hex(std::string& text, const std::array<std::byte, 32>& digest) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (const std::byte byte : digest) {
    text.push_back(kDigits[static_cast<unsigned>(byte) >> 4]);
    text.push_back(kDigits[static_cast<unsigned>(byte) & 15]);
  }
}

void append_json(std::string& text, const std::vector<Result>& results) {
  text += '[';
  for (const Result& result : results) {
    if (text.back() != '[') text += ',';
    // The names that make_results() gives need no escapes.
    text.append("{\"path\":\"").append(result.name).append("\",\"size\":");
    append_number(text, result.size);
    text.append(",\"status\":");
    append_number(text, static_cast<std::uint64_t>(result.status));
    text.append(",\"flags\":");
    append_number(text, result.flags);
    text.append(",\"modifiedMs\":");
    append_number(text, milliseconds(result));
    text.append(",\"sha256\":\"");
    if (result.status == Status::kOk) append_hex(text, result.sha256);
    text.append("\",\"error\":\"").append(error_name(result.error)).append("\"}");
  }
  text += ']';
}

void append_protobuf(std::string& bytes, const std::vector<Result>& results) {
  std::string message;
  for (const Result& result : results) {
    message.clear();
    append_field(message, 1, result.name);
    append_field(message, 2, result.size);
    // Zeros are not written: that is what proto3 says of its defaults.
    if (result.status != Status::kOk) append_field(message, 3, static_cast<std::uint64_t>(result.status));
    if (result.flags != 0) append_field(message, 4, result.flags);
    append_field(message, 5, milliseconds(result));
    if (result.status == Status::kOk) {
      append_field(message, 6, {reinterpret_cast<const char*>(result.sha256.data()), result.sha256.size()});
    } else {
      append_field(message, 7, error_name(result.error));
    }
    append_field(bytes, 1, message);
  }
}

}  // namespace hashlane::boundary
