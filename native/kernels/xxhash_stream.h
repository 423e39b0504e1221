/* The seam between the hasher in C++ and xxHash compiled once per instruction set. The files behind
 * it are C: C++ would let the linker pick one instruction set's copy of an inline function for all. */
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HASHLANE_XXHASH_STATE_BYTES = 576, HASHLANE_XXHASH_STATE_ALIGNMENT = 64 };

/* One algorithm for one instruction set. `state` has the size and alignment above and is used by
 * one set of functions only. Returns are 1 on success and 0 when the library reports an error. */
struct HashlaneXxhashStream {
  int (*reset)(void* state);
  int (*update)(void* state, const void* bytes, size_t length);
  /* Writes the canonical form: big endian, 4, 8 or 16 bytes. Leaves the state as it was. */
  void (*digest)(const void* state, void* digest);
  /* Moves a state elsewhere: HASHLANE_XXHASH_STATE_BYTES bytes without pointers, which this version of the library
   * takes back, whatever its instruction set; 0 where they are none. `restore` begins with a reset. */
  void (*save)(const void* state, void* saved);
  int (*restore)(void* state, const void* saved);
};

/* What one instruction set offers. */
struct HashlaneXxhash {
  /* major * 10000 + minor * 100 + release */
  unsigned version;
  struct HashlaneXxhashStream xxh32;
  struct HashlaneXxhashStream xxh64;
  struct HashlaneXxhashStream xxh3_64;
  struct HashlaneXxhashStream xxh3_128;
};

/* The compiler's default for the platform: SSE2 on x86-64, NEON on ARM64. */
extern const struct HashlaneXxhash hashlane_xxhash_baseline;
/* Plain integers. */
extern const struct HashlaneXxhash hashlane_xxhash_scalar;
/* Only on x86-64, and only to be called where the processor has AVX2 or AVX-512F. */
extern const struct HashlaneXxhash hashlane_xxhash_avx2;
extern const struct HashlaneXxhash hashlane_xxhash_avx512;

#ifdef __cplusplus
}
#endif
