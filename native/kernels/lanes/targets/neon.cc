// NEON: registers of four 32-bit or two 64-bit lanes, two of them together (Twice) where single lanes
// would wait for themselves; AArch64 has registers enough. No ARM machine was at hand: the speeds are
// those of SSE4 with as many lanes, or what a count of instructions gives; core_speeds.h measures.
#define HASHLANE_NEON_NAMESPACE neon
#include "kernels/lanes/vectors/neon.h"

#include "kernels/lanes/algorithms/blake2.h"
#include "kernels/lanes/algorithms/md4.h"
#include "kernels/lanes/algorithms/md5.h"
#include "kernels/lanes/algorithms/sha1.h"
#include "kernels/lanes/algorithms/sha2.h"
#include "kernels/lanes/algorithms/sha3.h"
#include "kernels/lanes/lane_core.h"
#include "kernels/lanes/vectors/interleaved.h"

namespace hashlane {
namespace {

using neon::U32;
using neon::U64;

constexpr LaneCore kCores[] = {
    {Compression::kMd4, Twice<U32>::kLanes, 3690, md4_compress<Twice<U32>>},
    {Compression::kMd5, Twice<U32>::kLanes, 2290, md5_compress<Twice<U32>>},
    {Compression::kSha1, Twice<U32>::kLanes, 2330, sha1_compress<Twice<U32>>},
    {Compression::kSha256, Twice<U32>::kLanes, 1050, sha2_compress<Sha256, Twice<U32>>},
    {Compression::kSha256, U32::kLanes, 950, sha2_compress<Sha256, U32>},
    {Compression::kSha512, Twice<U64>::kLanes, 900, sha2_compress<Sha512, Twice<U64>>},
    {Compression::kKeccak144, U64::kLanes, 760, keccak_compress<144, U64>},
    {Compression::kKeccak136, U64::kLanes, 720, keccak_compress<136, U64>},
    {Compression::kKeccak104, U64::kLanes, 550, keccak_compress<104, U64>},
    {Compression::kKeccak72, U64::kLanes, 390, keccak_compress<72, U64>},
    {Compression::kBlake2b, U64::kLanes, 1460, blake2_compress<Blake2b, U64>},
    {Compression::kBlake2s, U32::kLanes, 1310, blake2_compress<Blake2s, U32>},
};

}  // namespace

const LaneTarget kNeonTarget = {KernelTarget::kNeon, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
