#include "openssl_memory.h"

#include <openssl/crypto.h>

#include <cstdlib>

namespace hashlane {
namespace {

thread_local bool out_of_memory = false;

void* allocate(std::size_t length, const char*, int) { return out_of_memory ? nullptr : std::malloc(length); }

void* reallocate(void* memory, std::size_t length, const char*, int) {
  return out_of_memory ? nullptr : std::realloc(memory, length);
}

void release(void* memory, const char*, int) { std::free(memory); }

}  // namespace

bool take_over_openssl_memory() { return CRYPTO_set_mem_functions(allocate, reallocate, release) == 1; }

OpensslOutOfMemory::OpensslOutOfMemory() noexcept { out_of_memory = true; }

OpensslOutOfMemory::~OpensslOutOfMemory() { out_of_memory = false; }

}  // namespace hashlane
