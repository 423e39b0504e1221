// What a test's receiver does on the engine's threads.
#pragma once

namespace hashlane::testing {

/// This thread is in the receiver, whose allocations are none of the engine's.
extern thread_local bool receiving;

}  // namespace hashlane::testing
