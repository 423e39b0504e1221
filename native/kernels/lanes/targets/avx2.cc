// AVX2: registers of eight 32-bit or four 64-bit lanes. Where two of them go through every step
// together (Twice) is measured: registers that must be spilled may cost more than it brings.
#include "kernels/lanes/vectors/avx2.h"

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

using avx2::U32;
using avx2::U64;

constexpr LaneCore kCores[] = {
    {Compression::kMd4, Twice<U32>::kLanes, 7190, md4_compress<Twice<U32>>},
    {Compression::kMd4, U32::kLanes, 3940, md4_compress<U32>},
    {Compression::kMd5, Twice<U32>::kLanes, 4460, md5_compress<Twice<U32>>},
    {Compression::kMd5, U32::kLanes, 2420, md5_compress<U32>},
    {Compression::kSha1, Twice<U32>::kLanes, 5080, sha1_compress<Twice<U32>>},
    {Compression::kSha1, U32::kLanes, 2650, sha1_compress<U32>},
    {Compression::kSha256, Twice<U32>::kLanes, 2210, sha2_compress<Sha256, Twice<U32>>},
    {Compression::kSha256, U32::kLanes, 1770, sha2_compress<Sha256, U32>},
    {Compression::kSha512, Twice<U64>::kLanes, 1770, sha2_compress<Sha512, Twice<U64>>},
    {Compression::kSha512, U64::kLanes, 1470, sha2_compress<Sha512, U64>},
    {Compression::kKeccak144, U64::kLanes, 1530, keccak_compress<144, U64>},
    {Compression::kKeccak136, U64::kLanes, 1450, keccak_compress<136, U64>},
    {Compression::kKeccak104, U64::kLanes, 1100, keccak_compress<104, U64>},
    {Compression::kKeccak72, U64::kLanes, 780, keccak_compress<72, U64>},
    {Compression::kBlake2b, U64::kLanes, 2490, blake2_compress<Blake2b, U64>},
    {Compression::kBlake2s, U32::kLanes, 2400, blake2_compress<Blake2s, U32>},
};

}  // namespace

const LaneTarget kAvx2Target = {KernelTarget::kAvx2, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
