// For functions that must vanish into their callers: vectors passed through memory cost more than
// the arithmetic.
#pragma once

#if defined(_MSC_VER) && !defined(__clang__)
#define HASHLANE_INLINE __forceinline
#define HASHLANE_UNROLL
#else
#define HASHLANE_INLINE inline __attribute__((always_inline))
#if defined(__clang__)
#define HASHLANE_UNROLL _Pragma("clang loop unroll(full)")
#else
/// Before a loop whose trip count is a constant of at most 32: its indices become constants.
#define HASHLANE_UNROLL _Pragma("GCC unroll 32")
#endif
#endif
