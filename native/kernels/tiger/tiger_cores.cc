#include <array>

#include "kernels/cpu_features.h"
#include "kernels/tiger/tiger_core.h"
#include "kernels/tiger/tiger_tables.h"
#if defined(__x86_64__) || defined(_M_X64)
#include "kernels/tiger/tiger_vbmi.h"
#define HASHLANE_TIGER_VBMI
#endif

namespace hashlane {
namespace {

template <std::size_t lanes>
void compress(TigerChain* chains, const std::byte* const* blocks, std::size_t count) noexcept {
  tiger_compress<lanes>(tiger_tables(), chains, blocks, count);
}

// Four lanes and more need more registers than there are.
constexpr TigerCore kThree = {"portable", 3, compress<3>};
constexpr TigerCore kTwo = {"portable", 2, compress<2>};
constexpr TigerCore kOne = {"portable", 1, compress<1>};
constexpr TigerCore kPortable[] = {kThree, kTwo, kOne};

#if defined(HASHLANE_TIGER_VBMI)

TigerBytePlanes make_planes() noexcept {
  TigerBytePlanes planes;
  for (std::size_t box = 0; box < 4; ++box) {
    for (std::size_t entry = 0; entry < 256; ++entry) {
      for (std::size_t byte = 0; byte < 8; ++byte) {
        planes.bytes[box][byte][entry] = static_cast<std::uint8_t>(tiger_tables()[box][entry] >> (8 * byte));
      }
    }
  }
  return planes;
}

void compress_vbmi(TigerChain* chains, const std::byte* const* blocks, std::size_t count) noexcept {
  static const TigerBytePlanes planes = make_planes();
  static_assert(sizeof(TigerChain) == 3 * sizeof(std::uint64_t));
  tiger_compress_vbmi(planes, chains->data(), blocks, count);
}

constexpr TigerCore kVbmi[] = {{"AVX-512 VBMI", kTigerVbmiLanes, compress_vbmi}, kThree, kTwo, kOne};

bool has_vbmi() noexcept {
  return cpu_has(CpuFeature::kAvx512F) && cpu_has(CpuFeature::kAvx512Bw) && cpu_has(CpuFeature::kAvx512Vbmi);
}

// The known answers of streams (known_answers.h) have fewer leaves than this core has lanes, so that
// narrower ones give them. Two blocks for each lane look up every entry of every box 24 times on average.
bool agrees_with_one_lane(const TigerCore& core) noexcept {
  constexpr std::size_t kBlocks = 2;
  std::array<std::byte, kMaxTigerLanes * kBlocks * kTigerBlockBytes> text;
  for (std::size_t index = 0; index < text.size(); ++index) text[index] = static_cast<std::byte>(index % 251);
  std::array<TigerChain, kMaxTigerLanes> chains;
  std::array<const std::byte*, kMaxTigerLanes> blocks;
  chains.fill(kTigerInitial);
  for (std::size_t lane = 0; lane < core.lanes; ++lane) blocks[lane] = text.data() + lane * kBlocks * kTigerBlockBytes;
  core.compress(chains.data(), blocks.data(), kBlocks);
  for (std::size_t lane = 0; lane < core.lanes; ++lane) {
    TigerChain alone = kTigerInitial;
    kOne.compress(&alone, &blocks[lane], kBlocks);
    if (chains[lane] != alone) return false;
  }
  return true;
}

bool vbmi_usable() noexcept {
  static const bool usable = has_vbmi() && agrees_with_one_lane(kVbmi[0]);
  return usable;
}

#endif

}  // namespace

std::span<const TigerCore> tiger_cores([[maybe_unused]] bool portable) noexcept {
#if defined(HASHLANE_TIGER_VBMI)
  if (!portable && vbmi_usable()) return kVbmi;
#endif
  return kPortable;
}

}  // namespace hashlane
