// OpenSSL's allocator, in the tests' hands.
#pragma once

namespace hashlane {

/// Must come before anything else touches OpenSSL. False when it came too late.
bool take_over_openssl_memory();

/// While one lives, every allocation that OpenSSL asks for on this thread fails.
class OpensslOutOfMemory {
 public:
  OpensslOutOfMemory() noexcept;
  ~OpensslOutOfMemory();
  OpensslOutOfMemory(const OpensslOutOfMemory&) = delete;
  OpensslOutOfMemory& operator=(const OpensslOutOfMemory&) = delete;
};

}  // namespace hashlane
