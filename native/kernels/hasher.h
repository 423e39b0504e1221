// One digest being computed over a stream of bytes. Implementations wrap a library; the engine
// knows nothing of them but this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contract/contract.h"
#include "kernels/saved/saveable.h"

namespace hashlane {

/// A digest in the making. Used by one thread at a time; may move between threads.
class Hasher : public Saveable {
 public:
  virtual ~Hasher() = default;
  /// Begins a new digest; every hasher starts in this state and may be used again after finish().
  virtual void reset() noexcept = 0;
  /// Tells which file the bytes are of: the last segment of its path, as bytes, and its size in
  /// bytes. To be called before the first update() after each reset(), wherever both are known. Only
  /// digests that cover them take notice: BTIH, which otherwise is that of a file without name and
  /// length, in the smallest pieces (16 KiB).
  virtual void identify(std::string_view /*name*/, std::uint64_t /*size*/) noexcept {}
  /// Takes in bytes. Any split of the same bytes gives the same digest.
  virtual void update(std::span<const std::byte> bytes) noexcept = 0;
  /// Writes exactly the algorithm's digest_length bytes, in the order in which they are printed
  /// (checksums big endian). Only reset() may follow. False when the library underneath reported
  /// a failure at any point since reset(): the digest must then not be used.
  [[nodiscard]] virtual bool finish(std::byte* digest) noexcept = 0;
};

/// Whether the digest covers the file's size, so that it cannot be begun before that is known: Git's blobs, and
/// BTIH. Git's fail in finish() without identify(), and where other bytes came than it said.
constexpr bool covers_size(AlgorithmId algorithm) noexcept {
  return algorithm == AlgorithmId::kGitBlob || algorithm == AlgorithmId::kGitBlobSha256 ||
         algorithm == AlgorithmId::kBtih;
}

/// Who computes an algorithm and whether it may be used.
struct KernelInfo {
  AlgorithmId algorithm;
  std::string implementation;
  bool self_test_passed;
};

/// Runs every kernel's known answers, once per process, and tells what is in use.
/// Thread-safe. The order is ascending algorithm id.
const std::vector<KernelInfo>& kernels();

/// A new hasher, or null when the kernel failed its self-test or memory is short.
std::unique_ptr<Hasher> make_hasher(AlgorithmId algorithm);

/// Instruction sets the processor and the system offer that matter for hashing, such as "AVX2".
std::vector<std::string> cpu_features();

/// CRC-32C (Castagnoli, reflected 0x82F63B78) of bytes, going on from `crc` (0 to begin).
std::uint32_t crc32c(std::uint32_t crc, std::span<const std::byte> bytes) noexcept;

}  // namespace hashlane
