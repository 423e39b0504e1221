#include "kernels/kernels_choice.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

#include "kernels/cpu_features.h"

namespace hashlane {
namespace {

constexpr std::uint16_t bit(KernelTarget target) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(target));
}

struct Target {
  KernelTarget target;
  const char* name;
  /// What a processor must have; where that is less than three, one is repeated.
  std::array<CpuFeature, 3> features;
  /// Targets below it, as bits.
  std::uint16_t includes;
};

using enum KernelTarget;
constexpr auto kSse = static_cast<std::uint16_t>(bit(kSse2) | bit(kSse4));

constexpr Target kTargets[] = {
#if defined(__x86_64__) || defined(_M_X64)
    {kSse2, "SSE2", {CpuFeature::kSse2, CpuFeature::kSse2, CpuFeature::kSse2}, 0},
    {kSse4, "SSE4", {CpuFeature::kSse41, CpuFeature::kSsse3, CpuFeature::kSse2}, bit(kSse2)},
    {kAvx2, "AVX2", {CpuFeature::kAvx2, CpuFeature::kAvx, CpuFeature::kSse41}, kSse},
    {kAvx512, "AVX-512", {CpuFeature::kAvx512F, CpuFeature::kAvx512Bw, CpuFeature::kAvx2}, kSse | bit(kAvx2)},
    {kShaNi, "SHA-NI", {CpuFeature::kSha, CpuFeature::kSse41, CpuFeature::kSsse3}, kSse},
#elif defined(__aarch64__) || defined(_M_ARM64)
    {kNeon, "NEON", {CpuFeature::kNeon, CpuFeature::kNeon, CpuFeature::kNeon}, 0},
    {kArmSha, "ARM-SHA", {CpuFeature::kNeon, CpuFeature::kArmSha1, CpuFeature::kArmSha2}, bit(kNeon)},
#if defined(HASHLANE_ARM_SHA3_KERNELS)
    {kArmSha3,
     "ARM-SHA3",
     {CpuFeature::kNeon, CpuFeature::kArmSha512, CpuFeature::kArmSha3},
     static_cast<std::uint16_t>(bit(kNeon) | bit(kArmSha))},
#endif
#endif
    {kPortable, "portable", {}, 0},
};

const Target* find(KernelTarget target) {
  const auto* const found = std::ranges::find(kTargets, target, &Target::target);
  return found == std::end(kTargets) ? nullptr : found;
}

struct Choice {
  std::string said;
  std::optional<KernelTarget> forced;
  bool valid = true;
};

Choice read_choice() {
  Choice choice;
  const char* const said = std::getenv("HASHLANE_KERNELS");
  if (said == nullptr || *said == '\0') return choice;
  choice.said = said;
  const auto* const found = std::ranges::find(kTargets, choice.said, &Target::name);
  choice.valid = found != std::end(kTargets) && runs_here(found->target);
  choice.forced = choice.valid ? found->target : kPortable;
  return choice;
}

// Never destroyed: threads may still ask while the process ends.
const Choice& choice() {
  static const Choice& once = *new Choice(read_choice());
  return once;
}

}  // namespace

const char* name_of(KernelTarget target) noexcept {
  const Target* const found = find(target);
  return found == nullptr ? "another platform's" : found->name;
}

bool runs_here(KernelTarget target) noexcept {
  if (target == kPortable) return true;
  const Target* const found = find(target);
  return found != nullptr && std::ranges::all_of(found->features, cpu_has);
}

std::optional<KernelTarget> forced_target() noexcept { return choice().forced; }

bool may_use(KernelTarget target) noexcept {
  if (!runs_here(target)) return false;
  const auto& forced = choice().forced;
  return target == kPortable || !forced || *forced == target || (find(*forced)->includes & bit(target)) != 0;
}

bool kernels_choice_valid() noexcept { return choice().valid; }

const std::string& kernels_choice() { return choice().said; }

std::vector<std::string> kernels_choices() {
  std::vector<std::string> names = {name_of(kPortable)};
  for (const Target& target : kTargets) {
    if (target.target != kPortable && runs_here(target.target)) names.emplace_back(target.name);
  }
  return names;
}

}  // namespace hashlane
