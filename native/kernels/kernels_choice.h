// Which kernel targets this process may use: those that the processor has or, for tests and for
// diagnosis, the one that the environment variable HASHLANE_KERNELS names. The variable is read once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernels/kernel_target.h"

namespace hashlane {

/// "portable", "SSE2", "SSE4", "AVX2", "AVX-512", "SHA-NI", "NEON", "ARM-SHA", "ARM-SHA3".
const char* name_of(KernelTarget target) noexcept;

/// Whether the processor and the system offer the target.
bool runs_here(KernelTarget target) noexcept;

/// The target that HASHLANE_KERNELS names; nothing where it is not set or empty. For a value that is
/// not valid it is the portable one: digests are right whatever it says.
std::optional<KernelTarget> forced_target() noexcept;

/// Whether a kernel of this target may be used where a library has a form for each: the processor has
/// it and, where a target is forced, that one includes it. SHA-NI includes SSE4 and SSE2, for example.
bool may_use(KernelTarget target) noexcept;

/// False when HASHLANE_KERNELS is set to something other than one of kernels_choices(). Whoever starts
/// the engine must refuse it then.
bool kernels_choice_valid() noexcept;

/// What HASHLANE_KERNELS says; empty where it is not set.
const std::string& kernels_choice();

/// The values that HASHLANE_KERNELS may have on this processor, "portable" first.
std::vector<std::string> kernels_choices();

}  // namespace hashlane
