#define HASHLANE_XXHASH hashlane_xxhash_avx2
#include "kernels/xxhash_stream_inc.h"
