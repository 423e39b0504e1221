// What happens when the library under a hasher fails.
#include <gtest/gtest.h>

#include "bytes.h"
#include "openssl_memory.h"

namespace hashlane {
namespace {

constexpr std::string_view kSha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(LibraryFailure, NoHasherIsMadeWhenTheLibraryHasNoMemory) {
  ASSERT_NE(make_hasher(AlgorithmId::kSha256), nullptr);
  const OpensslOutOfMemory out_of_memory;
  EXPECT_EQ(make_hasher(AlgorithmId::kSha256), nullptr);
}

TEST(LibraryFailure, FailedResetIsReportedByFinishAndTheDigestIsNotWritten) {
  const auto hasher = make_hasher(AlgorithmId::kSha256);
  ASSERT_NE(hasher, nullptr);
  {
    const OpensslOutOfMemory out_of_memory;
    hasher->reset();
  }
  hasher->update(bytes_of("abc"));
  Bytes digest(32, std::byte{7});
  EXPECT_FALSE(hasher->finish(digest.data()));
  EXPECT_EQ(digest, Bytes(32, std::byte{7}));
}

TEST(LibraryFailure, HasherWorksAgainAfterAResetThatSucceeds) {
  const auto hasher = make_hasher(AlgorithmId::kSha256);
  ASSERT_NE(hasher, nullptr);
  {
    const OpensslOutOfMemory out_of_memory;
    hasher->reset();
  }
  hasher->reset();
  hasher->update(bytes_of("abc"));
  EXPECT_EQ(finished(*hasher, AlgorithmId::kSha256), kSha256OfAbc);
}

}  // namespace
}  // namespace hashlane
