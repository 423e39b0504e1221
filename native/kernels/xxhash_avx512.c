#define HASHLANE_XXHASH hashlane_xxhash_avx512
#include "kernels/xxhash_stream_inc.h"
