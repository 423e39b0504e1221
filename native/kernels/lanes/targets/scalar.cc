// Plain integers, compiled for every processor of the platform: one lane, and for MD4 and MD5, whose
// single lane leaves most of the processor idle, two and three. More would not fit into the registers.
#include "kernels/lanes/vectors/scalar.h"

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

using scalar::U32;
using scalar::U64;

constexpr LaneCore kCores[] = {
    {Compression::kMd4, Thrice<U32>::kLanes, 3740, md4_compress<Thrice<U32>>},
    {Compression::kMd4, Twice<U32>::kLanes, 2880, md4_compress<Twice<U32>>},
    {Compression::kMd4, U32::kLanes, 1420, md4_compress<U32>},
    {Compression::kMd5, Thrice<U32>::kLanes, 2240, md5_compress<Thrice<U32>>},
    {Compression::kMd5, Twice<U32>::kLanes, 1600, md5_compress<Twice<U32>>},
    {Compression::kMd5, U32::kLanes, 860, md5_compress<U32>},
    {Compression::kSha1, U32::kLanes, 1270, sha1_compress<U32>},
    {Compression::kSha256, U32::kLanes, 540, sha2_compress<Sha256, U32>},
    {Compression::kSha512, U64::kLanes, 860, sha2_compress<Sha512, U64>},
    {Compression::kKeccak144, U64::kLanes, 510, keccak_compress<144, U64>},
    {Compression::kKeccak136, U64::kLanes, 480, keccak_compress<136, U64>},
    {Compression::kKeccak104, U64::kLanes, 360, keccak_compress<104, U64>},
    {Compression::kKeccak72, U64::kLanes, 250, keccak_compress<72, U64>},
    {Compression::kBlake2b, U64::kLanes, 1450, blake2_compress<Blake2b, U64>},
    {Compression::kBlake2s, U32::kLanes, 960, blake2_compress<Blake2s, U32>},
};

}  // namespace

const LaneTarget kScalarTarget = {KernelTarget::kPortable, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
