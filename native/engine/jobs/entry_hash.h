// All chosen digests of one entry, in one pass over its bytes.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/batches/batch_writer.h"
#include "kernels/hasher.h"

namespace hashlane {

/// Move-only. Used by one thread at a time.
class EntryHash {
 public:
  EntryHash() = default;

  /// Ready for a new entry; keeps its hashers when they fit. False when memory is short.
  [[nodiscard]] bool begin(const DigestLayout& layout) {
    if (mask_ != layout.mask() || hashers_.empty()) {
      hashers_.clear();
      digests_.assign(layout.stride(), std::byte{0});
      for (const AlgorithmId algorithm : layout.algorithms()) {
        hashers_.push_back(make_hasher(algorithm));
        if (!hashers_.back()) {
          hashers_.clear();
          return false;
        }
      }
      mask_ = layout.mask();
    }
    for (const auto& hasher : hashers_) hasher->reset();
    return true;
  }

  /// Tells name and size, after begin(); see Hasher::identify().
  void identify(std::string_view name, std::uint64_t size) noexcept {
    for (const auto& hasher : hashers_) hasher->identify(name, size);
  }

  void update(std::span<const std::byte> bytes) noexcept {
    for (const auto& hasher : hashers_) hasher->update(bytes);
  }

  /// The digests, DigestLayout::stride() bytes, valid until begin(). Null when a kernel failed.
  [[nodiscard]] const std::byte* finish() noexcept {
    std::size_t at = 0, index = 0;
    for (const AlgorithmInfo& algorithm : kAlgorithms) {
      if ((mask_ >> algorithm.id & 1) == 0) continue;
      if (!hashers_[index++]->finish(digests_.data() + at)) return nullptr;
      at += algorithm.digest_length;
    }
    return digests_.data();
  }

 private:
  std::uint64_t mask_ = 0;
  std::vector<std::unique_ptr<Hasher>> hashers_;
  std::vector<std::byte> digests_;
};

}  // namespace hashlane
