// Results as they come from an engine, all of them in memory, in the order of a walk.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "contract/contract.h"

namespace hashlane::boundary {

struct Result {
  std::string name;
  std::uint64_t size;
  std::int64_t modified_ns;
  std::array<std::byte, 32> sha256;
  std::uint8_t flags;
  Status status;
  ErrorCode error;
};

/// Names of about 50 bytes, all ASCII; one file in fifty could not be read.
std::vector<Result> make_results(std::size_t count);

/// Lower-case hex, appended.
void append_hex(std::string& text, const std::array<std::byte, 32>& digest);

/// An array of objects with the members path, size, status, flags, modifiedMs, sha256 and error.
void append_json(std::string& text, const std::vector<Result>& results);

/// The message Batch of bench/boundary/results-message.ts, in the wire format of Protocol Buffers.
void append_protobuf(std::string& bytes, const std::vector<Result>& results);

}  // namespace hashlane::boundary
