#define HASHLANE_XXHASH hashlane_xxhash_scalar
/* XXH_SCALAR, which the header defines only later. */
#define XXH_VECTOR 0
#include "kernels/xxhash_stream_inc.h"
