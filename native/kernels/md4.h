// MD4 by RHash's library, the fastest single stream of it; the base of ED2K as well.
#pragma once

#include <rhash.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace hashlane {

/// One MD4 digest in the making. Same states and rules as Hasher.
class Md4 {
 public:
  static constexpr std::size_t kDigestLength = 16;

  /// ok() tells whether the library had the memory for it.
  Md4() noexcept;
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
