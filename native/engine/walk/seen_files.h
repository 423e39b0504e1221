// Files that an earlier run of a job has read, so that a run that goes on passes over them. See
// shared/batch/known-files.ts, which makes the table; both sides compute the same numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "io/file.h"

namespace hashlane {

class SeenFiles {
 public:
  /// Copies both. `table`: slots of four numbers of 32 bits, a power of two of them; `key`: 16 bytes.
  SeenFiles(std::span<const std::byte> table, std::span<const std::byte> key);

  /// Whether table and key have lengths that can be.
  [[nodiscard]] bool valid() const noexcept { return valid_; }

  /// Whether the file of this name, `prefix` and `name` together, below this root was read and is what it was then.
  [[nodiscard]] bool contains(std::string_view prefix, std::string_view name, std::uint16_t root,
                              const FileFacts& facts) const;

 private:
  std::vector<std::uint32_t> words_;
  std::array<std::uint32_t, 4> key_{};
  bool valid_ = false;
};

}  // namespace hashlane
