// Tiger's S-boxes.
#pragma once

#include "kernels/tiger/tiger_rounds.h"

namespace hashlane {

/// Generated at the first call, in a fraction of a millisecond, by the procedure that the authors
/// published with the algorithm. Thread-safe.
const TigerTables& tiger_tables() noexcept;

}  // namespace hashlane
