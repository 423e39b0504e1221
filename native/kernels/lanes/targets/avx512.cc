// AVX-512F and BW: registers of sixteen 32-bit or eight 64-bit lanes, two of them together (Twice) where
// that is faster. Fewer streams than the doubled core needs go to the plain one where it is faster then.
#include "kernels/lanes/vectors/avx512.h"

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

using avx512::U32;
using avx512::U64;
static_assert(Twice<U32>::kLanes <= kMaxLanes);

constexpr LaneCore kCores[] = {
    {Compression::kMd4, Twice<U32>::kLanes, 21500, md4_compress<Twice<U32>>},
    {Compression::kMd4, U32::kLanes, 12130, md4_compress<U32>},
    {Compression::kMd5, Twice<U32>::kLanes, 12420, md5_compress<Twice<U32>>},
    {Compression::kMd5, U32::kLanes, 6300, md5_compress<U32>},
    {Compression::kSha1, Twice<U32>::kLanes, 11300, sha1_compress<Twice<U32>>},
    {Compression::kSha1, U32::kLanes, 6620, sha1_compress<U32>},
    {Compression::kSha256, Twice<U32>::kLanes, 7400, sha2_compress<Sha256, Twice<U32>>},
    {Compression::kSha256, U32::kLanes, 4880, sha2_compress<Sha256, U32>},
    {Compression::kSha512, Twice<U64>::kLanes, 5820, sha2_compress<Sha512, Twice<U64>>},
    {Compression::kSha512, U64::kLanes, 3960, sha2_compress<Sha512, U64>},
    {Compression::kKeccak144, U64::kLanes, 5360, keccak_compress<144, U64>},
    {Compression::kKeccak136, U64::kLanes, 4880, keccak_compress<136, U64>},
    {Compression::kKeccak104, U64::kLanes, 3880, keccak_compress<104, U64>},
    {Compression::kKeccak72, U64::kLanes, 2830, keccak_compress<72, U64>},
    {Compression::kBlake2b, U64::kLanes, 5700, blake2_compress<Blake2b, U64>},
    {Compression::kBlake2s, U32::kLanes, 6880, blake2_compress<Blake2s, U32>},
};

}  // namespace

const LaneTarget kAvx512Target = {KernelTarget::kAvx512, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
