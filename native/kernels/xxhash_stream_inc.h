/* xxHash for the instruction set this file is compiled for. The including file defines
 * HASHLANE_XXHASH as the name of the table to define. Everything else is static. */
#define XXH_INLINE_ALL
#define XXH_STATIC_LINKING_ONLY
#include <stdalign.h>
#include <string.h>
#include <xxhash.h>

#include "kernels/xxhash_stream.h"

_Static_assert(sizeof(XXH3_state_t) <= HASHLANE_XXHASH_STATE_BYTES, "the state must fit");
_Static_assert(sizeof(XXH32_state_t) <= HASHLANE_XXHASH_STATE_BYTES, "the state must fit");
_Static_assert(sizeof(XXH64_state_t) <= HASHLANE_XXHASH_STATE_BYTES, "the state must fit");
_Static_assert(alignof(XXH3_state_t) <= HASHLANE_XXHASH_STATE_ALIGNMENT, "the state must be aligned");

static int xxh32_reset(void* state) { return XXH32_reset((XXH32_state_t*)state, 0) == XXH_OK; }

static int xxh32_update(void* state, const void* bytes, size_t length) {
  return XXH32_update((XXH32_state_t*)state, bytes, length) == XXH_OK;
}

static void xxh32_digest(const void* state, void* digest) {
  XXH32_canonicalFromHash((XXH32_canonical_t*)digest, XXH32_digest((const XXH32_state_t*)state));
}

static int xxh64_reset(void* state) { return XXH64_reset((XXH64_state_t*)state, 0) == XXH_OK; }

static int xxh64_update(void* state, const void* bytes, size_t length) {
  return XXH64_update((XXH64_state_t*)state, bytes, length) == XXH_OK;
}

static void xxh64_digest(const void* state, void* digest) {
  XXH64_canonicalFromHash((XXH64_canonical_t*)digest, XXH64_digest((const XXH64_state_t*)state));
}

static int xxh3_64_reset(void* state) { return XXH3_64bits_reset((XXH3_state_t*)state) == XXH_OK; }

static int xxh3_64_update(void* state, const void* bytes, size_t length) {
  return XXH3_64bits_update((XXH3_state_t*)state, bytes, length) == XXH_OK;
}

static void xxh3_64_digest(const void* state, void* digest) {
  XXH64_canonicalFromHash((XXH64_canonical_t*)digest, XXH3_64bits_digest((const XXH3_state_t*)state));
}

static int xxh3_128_reset(void* state) { return XXH3_128bits_reset((XXH3_state_t*)state) == XXH_OK; }

static int xxh3_128_update(void* state, const void* bytes, size_t length) {
  return XXH3_128bits_update((XXH3_state_t*)state, bytes, length) == XXH_OK;
}

static void xxh3_128_digest(const void* state, void* digest) {
  XXH128_canonicalFromHash((XXH128_canonical_t*)digest, XXH3_128bits_digest((const XXH3_state_t*)state));
}

static void xxh32_save(const void* state, void* saved) {
  memset(saved, 0, HASHLANE_XXHASH_STATE_BYTES);
  memcpy(saved, state, sizeof(XXH32_state_t));
}

static int xxh32_restore(void* state, const void* saved) {
  memcpy(state, saved, sizeof(XXH32_state_t));
  return ((const XXH32_state_t*)state)->memsize < 16;
}

static void xxh64_save(const void* state, void* saved) {
  memset(saved, 0, HASHLANE_XXHASH_STATE_BYTES);
  memcpy(saved, state, sizeof(XXH64_state_t));
}

static int xxh64_restore(void* state, const void* saved) {
  memcpy(state, saved, sizeof(XXH64_state_t));
  return ((const XXH64_state_t*)state)->memsize < 32;
}

/* The one pointer is that of the library's own secret, which lies elsewhere in every process and copy. */
static void xxh3_save(const void* state, void* saved) {
  memset(saved, 0, HASHLANE_XXHASH_STATE_BYTES);
  memcpy(saved, state, sizeof(XXH3_state_t));
  memset((char*)saved + offsetof(XXH3_state_t, extSecret), 0, sizeof(const unsigned char*));
}

static int xxh3_restore(void* state, const void* saved) {
  XXH3_state_t* const to = (XXH3_state_t*)state;
  const XXH3_state_t fresh = *to;
  memcpy(to, saved, sizeof(XXH3_state_t));
  to->extSecret = fresh.extSecret;
  return to->bufferedSize <= XXH3_INTERNALBUFFER_SIZE && to->nbStripesSoFar <= fresh.nbStripesPerBlock &&
         to->nbStripesPerBlock == fresh.nbStripesPerBlock && to->secretLimit == fresh.secretLimit && to->seed == 0 &&
         to->useSeed == 0;
}

static int xxh3_64_restore(void* state, const void* saved) {
  return xxh3_64_reset(state) && xxh3_restore(state, saved);
}

static int xxh3_128_restore(void* state, const void* saved) {
  return xxh3_128_reset(state) && xxh3_restore(state, saved);
}

const struct HashlaneXxhash HASHLANE_XXHASH = {
    .version = XXH_VERSION_NUMBER,
    .xxh32 = {xxh32_reset, xxh32_update, xxh32_digest, xxh32_save, xxh32_restore},
    .xxh64 = {xxh64_reset, xxh64_update, xxh64_digest, xxh64_save, xxh64_restore},
    .xxh3_64 = {xxh3_64_reset, xxh3_64_update, xxh3_64_digest, xxh3_save, xxh3_64_restore},
    .xxh3_128 = {xxh3_128_reset, xxh3_128_update, xxh3_128_digest, xxh3_save, xxh3_128_restore},
};
