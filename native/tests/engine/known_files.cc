#include "tests/engine/known_files.h"

#include <gtest/gtest.h>

namespace hashlane::testing {
namespace {

constexpr std::size_t kSmallFiles = 200;
constexpr std::size_t kLargeBytes = 12u << 20;

std::string content(std::size_t size, std::size_t seed) {
  std::string bytes(size, '\0');
  std::uint32_t state = static_cast<std::uint32_t>(seed) + 1;
  for (char& byte : bytes) {
    state = state * 1664525u + 1013904223u;
    byte = static_cast<char>(state >> 24);
  }
  return bytes;
}

}  // namespace

KnownFiles::KnownFiles(std::size_t large) {
  const auto add = [&](const std::string& name, std::size_t size) {
    const std::string bytes = content(size, digests_.size());
    folder_.write(name, bytes);
    digests_[folder_.path(name)] = digest_hex(AlgorithmId::kMd5, bytes) + digest_hex(AlgorithmId::kSha256, bytes) +
                                   digest_hex(AlgorithmId::kBlake3, bytes);
  };
  for (std::size_t i = 0; i < kSmallFiles; ++i) add("small/" + std::to_string(i), i * 977);
  for (std::size_t i = 0; i < large; ++i) add("large/" + std::to_string(i), kLargeBytes + i);
}

JobSpec KnownFiles::spec() const {
  JobSpec spec;
  spec.roots = {folder_.path()};
  spec.algorithm_mask = mask_of({AlgorithmId::kMd5, AlgorithmId::kSha256, AlgorithmId::kBlake3});
  return spec;
}

void KnownFiles::expect_right(TestEngine& engine) const {
  const auto results = engine.run(spec());
  EXPECT_EQ(results.size(), digests_.size());
  for (const Result& result : results) {
    EXPECT_EQ(result.status, Status::kOk) << result.name;
    const auto known = digests_.find(result.name);
    ASSERT_NE(known, digests_.end()) << result.name;
    EXPECT_EQ(result.digests_hex, known->second) << result.name;
  }
}

}  // namespace hashlane::testing
