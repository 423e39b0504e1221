// One digest by RHash's library, alone or as a part of another one (ED2K).
#pragma once

#include <rhash.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace hashlane {

/// One digest of RHash's in the making. Same states and rules as Hasher.
class RhashStream {
 public:
  /// `hash_id` is one of RHash's rhash_ids. ok() tells whether the library had the memory for it.
  explicit RhashStream(unsigned hash_id) noexcept;
  bool ok() const noexcept { return context_ != nullptr; }

  void reset() noexcept;
  void update(std::span<const std::byte> bytes) noexcept;
  [[nodiscard]] bool finish(std::byte* digest) noexcept;

 private:
  struct FreeContext {
    void operator()(rhash context) const noexcept { rhash_free(context); }
  };
  std::unique_ptr<rhash_context, FreeContext> context_;
  bool updates_ok_ = true;
};

/// Library and version, such as "RHash 1.4.3".
std::string rhash_implementation();

}  // namespace hashlane
