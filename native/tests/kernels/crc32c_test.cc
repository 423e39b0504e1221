#include "kernels/crc32c.h"

#include <gtest/gtest.h>

#include "bytes.h"
#include "kernels/cpu_features.h"
#include "kernels/kernel.h"
#include "kernels/kernels_choice.h"
#include "oracles.h"

namespace hashlane {
namespace {

// Both forms, whichever of them crc32c() uses in this run.
const Crc32cForm kForms[] = {crc32c_form(false), crc32c_form(true)};

TEST(Crc32c, FormsAreThoseTheProcessorHas) {
  const bool has_instruction = (cpu_has(CpuFeature::kSse42) && may_use(KernelTarget::kSse4)) ||
                               (cpu_has(CpuFeature::kArmCrc32) && may_use(KernelTarget::kNeon));
  EXPECT_EQ(crc32c_form(false).function != crc32c_portable, has_instruction);
  EXPECT_EQ(crc32c_form(true).function, crc32c_portable);
  EXPECT_STREQ(crc32c_form(true).instruction_set, "portable");
}

TEST(Crc32c, EveryFormEqualsTheDefinitionAtEveryShortLengthAndAlignment) {
  const Bytes bytes = noise(120, 31);
  for (std::size_t offset = 0; offset < 9; ++offset) {
    for (std::size_t length = 0; length <= 100; ++length) {
      const auto input = std::span(bytes).subspan(offset, length);
      const std::uint32_t expected = crc32c_bit_by_bit(0, input);
      for (const Crc32cForm& form : kForms) EXPECT_EQ(form.function(0, input), expected) << form.instruction_set;
    }
  }
}

// The hardware form joins three lanes of 1 KiB: lengths around one, two and three such blocks.
TEST(Crc32c, EveryFormEqualsTheDefinitionAroundItsBlocks) {
  const Bytes bytes = noise(9300, 32);
  for (const std::size_t blocks : {1u, 2u, 3u}) {
    for (std::size_t length = 3072 * blocks - 9; length <= 3072 * blocks + 9; ++length) {
      const auto input = std::span(bytes).first(length);
      const std::uint32_t expected = crc32c_bit_by_bit(0, input);
      for (const Crc32cForm& form : kForms) EXPECT_EQ(form.function(0, input), expected) << form.instruction_set;
    }
  }
}

TEST(Crc32c, GoesOnFromAnEarlierChecksum) {
  const Bytes bytes = noise(10'000, 33);
  const std::uint32_t expected = crc32c_bit_by_bit(0, bytes);
  for (const Crc32cForm& form : kForms) {
    for (std::size_t cut = 0; cut <= bytes.size(); cut += 777) {
      const std::uint32_t first = form.function(0, std::span(bytes).first(cut));
      EXPECT_EQ(form.function(first, std::span(bytes).subspan(cut)), expected) << form.instruction_set;
    }
  }
  EXPECT_EQ(crc32c(crc32c(0, std::span(bytes).first(4567)), std::span(bytes).subspan(4567)), expected);
}

TEST(Crc32c, OfNoBytesIsTheEarlierChecksum) {
  for (const Crc32cForm& form : kForms) EXPECT_EQ(form.function(0x12345678, {}), 0x12345678u);
  EXPECT_EQ(crc32c(0x12345678, {}), 0x12345678u);
}

// RFC 3720, appendix B.4.
TEST(Crc32c, GivesThePublishedExamplesOfIscsi) {
  Bytes ascending(32);
  for (std::size_t index = 0; index < 32; ++index) ascending[index] = static_cast<std::byte>(index);
  const Bytes descending(ascending.rbegin(), ascending.rend());
  for (const Crc32cForm& form : kForms) {
    EXPECT_EQ(form.function(0, Bytes(32, std::byte{0x00})), 0x8a9136aau);
    EXPECT_EQ(form.function(0, Bytes(32, std::byte{0xff})), 0x62a8ab43u);
    EXPECT_EQ(form.function(0, ascending), 0x46dd794eu);
    EXPECT_EQ(form.function(0, descending), 0x113fdb5cu);
  }
}

}  // namespace
}  // namespace hashlane
