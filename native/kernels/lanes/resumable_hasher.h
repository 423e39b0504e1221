// Hashers whose state can be saved, for files so long that they are worth going on with.
#pragma once

#include <memory>

#include "kernels/hasher.h"

namespace hashlane {

/// Whether make_resumable_hasher() makes one. Not for what RHash's and OpenSSL's libraries alone compute: RIPEMD-160,
/// Whirlpool, SM3, HAS-160, GOST, EDON-R and Snefru.
[[nodiscard]] bool is_resumable(AlgorithmId algorithm) noexcept;

/// A hasher that saves its state: the usual one where it does, else one lane of ours in its place. Null where the
/// algorithm has none, where its kernel failed its self-test, or where memory is short.
[[nodiscard]] std::unique_ptr<Hasher> make_resumable_hasher(AlgorithmId algorithm) noexcept;

}  // namespace hashlane
