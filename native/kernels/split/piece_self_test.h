// Known answers for piece plans: one that makes wrong digests on this machine is not used.
#pragma once

#include "kernels/split/pieces.h"

namespace hashlane {

/// Whether the plan's cuts and its join make the known digests of files of zeros out of the known
/// digests of their pieces; nothing is read for it. False, too, where the algorithm has no known
/// answers, or memory is short.
[[nodiscard]] bool passes_known_answers(const PiecePlan& plan, AlgorithmId algorithm) noexcept;

}  // namespace hashlane
