// Which kernels are offered, and what becomes of one that computes wrongly.
#include "kernels/registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

#include "bytes.h"
#include "kernels/crc32c.h"

namespace hashlane {
namespace {

constexpr AlgorithmId kSubject = AlgorithmId::kCrc32;

// Right but for one thing.
enum class Flaw { kLongInputs, kShortPieces, kReset, kFinish };

template <Flaw flaw>
class FlawedHasher final : public Hasher {
 public:
  void reset() noexcept override {
    if (flaw != Flaw::kReset) inner_->reset();
  }
  void update(std::span<const std::byte> bytes) noexcept override {
    const bool loses_a_byte = (flaw == Flaw::kLongInputs && bytes.size() > 16'384) ||
                              (flaw == Flaw::kShortPieces && bytes.size() > 64 && bytes.size() < 128);
    inner_->update(loses_a_byte ? bytes.first(bytes.size() - 1) : bytes);
  }
  bool finish(std::byte* digest) noexcept override { return inner_->finish(digest) && flaw != Flaw::kFinish; }

 private:
  std::unique_ptr<Hasher> inner_ = make_hasher(kSubject);
};

template <Flaw flaw>
std::unique_ptr<Hasher> make_flawed(AlgorithmId) noexcept {
  return std::make_unique<FlawedHasher<flaw>>();
}

std::unique_ptr<Hasher> make_none(AlgorithmId) noexcept { return nullptr; }

const KernelInfo& info_of(const std::vector<KernelInfo>& infos, AlgorithmId algorithm) {
  return infos.at(static_cast<std::size_t>(algorithm));
}

TEST(Registry, EveryAlgorithmHasAKernelThatPassesItsSelfTest) {
  ASSERT_EQ(kernels().size(), std::size(kAlgorithms));
  for (const AlgorithmId algorithm : all_algorithms()) {
    const KernelInfo& info = info_of(kernels(), algorithm);
    EXPECT_EQ(info.algorithm, algorithm) << "ascending id";
    EXPECT_TRUE(info.self_test_passed) << name_of(algorithm) << " by " << info.implementation;
    EXPECT_NE(make_hasher(algorithm), nullptr) << name_of(algorithm);
  }
}

TEST(Registry, KernelsAreNamedByLibraryAndVersion) {
  EXPECT_TRUE(info_of(kernels(), AlgorithmId::kSha256).implementation.starts_with("OpenSSL 3."));
  EXPECT_TRUE(info_of(kernels(), AlgorithmId::kBlake3).implementation.starts_with("BLAKE3 1."));
  EXPECT_TRUE(info_of(kernels(), AlgorithmId::kXxh64).implementation.starts_with("xxHash 0.8."));
  EXPECT_TRUE(info_of(kernels(), AlgorithmId::kCrc32).implementation.starts_with("libdeflate 1."));
  EXPECT_TRUE(info_of(kernels(), AlgorithmId::kEd2k).implementation.starts_with("RHash 1."));
}

TEST(Registry, PortableKernelsAreUsedExactlyWhenForced) {
  const std::string expected = std::string("Hashlane ") + crc32c_form(portable_forced()).instruction_set;
  EXPECT_EQ(info_of(kernels(), AlgorithmId::kCrc32c).implementation, expected);
  const char* const variable = std::getenv("HASHLANE_KERNELS");
  EXPECT_EQ(portable_forced(), variable != nullptr && std::string_view(variable) == "portable");
}

TEST(Registry, PortableKernelsPassTheSelfTestToo) {
  const Registry portable(all_kernels(true));
  for (const KernelInfo& info : portable.kernels()) EXPECT_TRUE(info.self_test_passed) << info.implementation;
  EXPECT_EQ(info_of(portable.kernels(), AlgorithmId::kCrc32c).implementation, "Hashlane portable");
}

struct FlawedKernel {
  std::string name;
  MakeHasher make;
};

void PrintTo(const FlawedKernel& kernel, std::ostream* out) { *out << kernel.name; }

class FlawedKernels : public testing::TestWithParam<FlawedKernel> {};

TEST_P(FlawedKernels, AreReportedAndNeverUsed) {
  std::vector<Kernel> kernels = all_kernels(false);
  const auto subject = std::ranges::find(kernels, kSubject, &Kernel::algorithm);
  *subject = {kSubject, "flawed", GetParam().make};
  const Registry registry(kernels);
  EXPECT_FALSE(info_of(registry.kernels(), kSubject).self_test_passed);
  EXPECT_EQ(info_of(registry.kernels(), kSubject).implementation, "flawed");
  EXPECT_EQ(registry.make(kSubject), nullptr);
  EXPECT_NE(registry.make(AlgorithmId::kMd5), nullptr) << "others are not affected";
}

INSTANTIATE_TEST_SUITE_P(Registry, FlawedKernels,
                         testing::Values(FlawedKernel{"WrongForLongInputs", make_flawed<Flaw::kLongInputs>},
                                         FlawedKernel{"WrongForShortPieces", make_flawed<Flaw::kShortPieces>},
                                         FlawedKernel{"WrongAfterReset", make_flawed<Flaw::kReset>},
                                         FlawedKernel{"FailingToFinish", make_flawed<Flaw::kFinish>},
                                         FlawedKernel{"NeverMade", make_none}),
                         [](const auto& instance) { return instance.param.name; });

TEST(Registry, AlgorithmWithoutAKernelIsListedAsFailed) {
  const Registry empty({});
  ASSERT_EQ(empty.kernels().size(), std::size(kAlgorithms));
  for (const KernelInfo& info : empty.kernels()) EXPECT_FALSE(info.self_test_passed);
  EXPECT_EQ(empty.make(AlgorithmId::kSha256), nullptr);
}

TEST(Registry, UnknownAlgorithmHasNoHasher) {
  EXPECT_EQ(make_hasher(static_cast<AlgorithmId>(std::size(kAlgorithms))), nullptr);
  EXPECT_EQ(make_hasher(static_cast<AlgorithmId>(255)), nullptr);
}

}  // namespace
}  // namespace hashlane
