/*
 * Preloaded: lets one allocation of the addon fail, and none of anybody else. HASHLANE_FAIL_AT is its number, from 1;
 * without it all succeed. HASHLANE_ALLOCATIONS names a file that gets the number of the addon's allocations at the end.
 * The addon's calls are those that come from its code: its libraries are linked statically.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static atomic_uintptr_t code_begin, code_end;
static atomic_long calls;
static long fail_at = -1;

static int find_code(struct dl_phdr_info *info, size_t size, void *unused) {
  (void)size, (void)unused;
  const char *slash = strrchr(info->dlpi_name, '/');
  if (slash == NULL || strcmp(slash + 1, "hashlane.node") != 0) return 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
    const uintptr_t begin = info->dlpi_addr + part->p_vaddr;
    atomic_store(&code_end, begin + part->p_memsz);
    atomic_store(&code_begin, begin);
  }
  return 1;
}

/* Initialisers of the addon run within the real call, before its code is known; what they need they get. */
void *dlopen(const char *file, int mode) {
  static void *(*real)(const char *, int);
  if (real == NULL) real = (void *(*)(const char *, int))dlsym(RTLD_NEXT, "dlopen");
  void *const library = real(file, mode);
  if (file != NULL && strstr(file, "hashlane.node") != NULL) {
    const char *const number = getenv("HASHLANE_FAIL_AT");
    if (number != NULL) fail_at = strtol(number, NULL, 10);
    dl_iterate_phdr(find_code, NULL);
  }
  return library;
}

static int fails(void *caller) {
  const uintptr_t from = (uintptr_t)caller;
  if (from < atomic_load(&code_begin) || from >= atomic_load(&code_end)) return 0;
  return atomic_fetch_add(&calls, 1) + 1 == fail_at;
}

void *malloc(size_t size) {
  if (!fails(__builtin_return_address(0))) return __libc_malloc(size);
  errno = ENOMEM;
  return NULL;
}

void *calloc(size_t count, size_t size) {
  if (!fails(__builtin_return_address(0))) return __libc_calloc(count, size);
  errno = ENOMEM;
  return NULL;
}

void *realloc(void *block, size_t size) {
  if (!fails(__builtin_return_address(0))) return __libc_realloc(block, size);
  errno = ENOMEM;
  return NULL;
}

void *aligned_alloc(size_t alignment, size_t size) {
  if (!fails(__builtin_return_address(0))) return __libc_memalign(alignment, size);
  errno = ENOMEM;
  return NULL;
}

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (fails(__builtin_return_address(0))) return ENOMEM;
  *block = __libc_memalign(alignment, size);
  return *block == NULL ? ENOMEM : 0;
}

__attribute__((destructor)) static void report(void) {
  const char *const name = getenv("HASHLANE_ALLOCATIONS");
  FILE *const file = name == NULL ? NULL : fopen(name, "w");
  if (file == NULL) return;
  fprintf(file, "%ld\n", atomic_load(&calls));
  fclose(file);
}
