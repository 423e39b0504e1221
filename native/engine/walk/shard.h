// Which of the machines that share one tree hashes a file.
#pragma once

#include <cstdint>
#include <string_view>

namespace hashlane {

/// One of `count` shards, from 0 on; no shards at all where `count` is 0.
struct Shard {
  std::uint32_t index = 0;
  std::uint32_t count = 0;

  [[nodiscard]] explicit operator bool() const noexcept { return count != 0; }
  /// Whether the file of this path below its root belongs to it: XXH3-64 of the path's bytes, modulo `count`. Part of
  /// the format: the same on every machine and in every version.
  [[nodiscard]] bool holds(std::string_view path) const noexcept;
};

}  // namespace hashlane
