// SSE4.1 with SSSE3: registers of four 32-bit lanes, two of them together (Twice) where that is faster.
// Two lanes of 64 bits are no faster than plain integers.
#define HASHLANE_SSE_NAMESPACE sse4
#define HASHLANE_SSE41
#include "kernels/lanes/algorithms/blake2.h"
#include "kernels/lanes/algorithms/md4.h"
#include "kernels/lanes/algorithms/md5.h"
#include "kernels/lanes/algorithms/sha1.h"
#include "kernels/lanes/algorithms/sha2.h"
#include "kernels/lanes/lane_core.h"
#include "kernels/lanes/vectors/interleaved.h"
#include "kernels/lanes/vectors/sse.h"

namespace hashlane {
namespace {

using sse4::U32;

constexpr LaneCore kCores[] = {
    {Compression::kMd4, Twice<U32>::kLanes, 3690, md4_compress<Twice<U32>>},
    {Compression::kMd5, Twice<U32>::kLanes, 2270, md5_compress<Twice<U32>>},
    {Compression::kSha1, Twice<U32>::kLanes, 2330, sha1_compress<Twice<U32>>},
    {Compression::kSha256, U32::kLanes, 950, sha2_compress<Sha256, U32>},
    {Compression::kBlake2s, U32::kLanes, 1310, blake2_compress<Blake2s, U32>},
};

}  // namespace

const LaneTarget kSse4Target = {KernelTarget::kSse4, kCores, sizeof kCores / sizeof *kCores};

}  // namespace hashlane
