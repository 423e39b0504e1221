// gtest's main, after OpenSSL was given an allocator that tests can make fail. OpenSSL takes one
// only before its first allocation.
#include <gtest/gtest.h>

#include <cstdio>

#include "openssl_memory.h"

int main(int argc, char** argv) {
  if (!hashlane::take_over_openssl_memory()) {
    std::fputs("OpenSSL allocated before main()\n", stderr);
    return 2;
  }
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
