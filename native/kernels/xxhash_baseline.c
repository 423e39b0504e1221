#define HASHLANE_XXHASH hashlane_xxhash_baseline
#include "kernels/xxhash_stream_inc.h"
