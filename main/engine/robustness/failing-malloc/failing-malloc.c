/* Preloaded into Node: fails the n-th allocation that the addon asks the C library for. The addon is linked against
 * nothing of ours, so what is tried is the file that ships. Setting the environment's variable FAILING_MALLOC to n in
 * the running process arms it, 0 disarms; FAILING_MALLOC_SEEN reads how many allocations came since. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <link.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
extern void* __libc_memalign(size_t, size_t);

static _Atomic uintptr_t first, last;
static _Atomic long target, seen;

static int find_addon(struct dl_phdr_info* info, size_t size, void* data) {
  (void)size;
  (void)data;
  const char* end = "/hashlane.node";
  const size_t length = strlen(info->dlpi_name);
  if (length < strlen(end) || strcmp(info->dlpi_name + length - strlen(end), end) != 0) return 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const ElfW(Phdr)* part = &info->dlpi_phdr[i];
    if (part->p_type != PT_LOAD || !(part->p_flags & PF_X)) continue;
    first = info->dlpi_addr + part->p_vaddr;
    last = first + part->p_memsz;
  }
  return 1;
}

static int fails(const void* caller) {
  const long wanted = target;
  if (wanted == 0) return 0;
  const uintptr_t from = (uintptr_t)caller;
  if (from < first || from >= last) return 0;
  if (++seen != wanted) return 0;
  errno = ENOMEM;
  return 1;
}

int setenv(const char* name, const char* value, int overwrite) {
  static int (*next)(const char*, const char*, int);
  if (next == NULL) *(void**)&next = dlsym(RTLD_NEXT, "setenv");
  if (strcmp(name, "FAILING_MALLOC") == 0) {
    dl_iterate_phdr(find_addon, NULL);
    seen = 0;
    target = atol(value);
  }
  return next(name, value, overwrite);
}

char* getenv(const char* name) {
  static char* (*next)(const char*);
  static _Thread_local char text[24];
  if (strcmp(name, "FAILING_MALLOC_SEEN") == 0) {
    snprintf(text, sizeof text, "%ld", (long)seen);
    return text;
  }
  if (next == NULL) *(void**)&next = dlsym(RTLD_NEXT, "getenv");
  return next(name);
}

void* malloc(size_t size) { return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size); }

void* calloc(size_t count, size_t size) {
  return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void* realloc(void* old, size_t size) {
  return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void* memalign(size_t alignment, size_t size) {
  return fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

void* aligned_alloc(size_t alignment, size_t size) {
  return fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void** into, size_t alignment, size_t size) {
  if (fails(__builtin_return_address(0))) return ENOMEM;
  *into = __libc_memalign(alignment, size);
  return *into == NULL ? ENOMEM : 0;
}
