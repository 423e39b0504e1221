#include "kernels/known_answers.h"

#include <iterator>

namespace hashlane {
namespace {

// "abc" is the example of RFC 1320, RFC 1321, FIPS 180-4, FIPS 202 and RFC 7693. The rest was computed
// by other programs: RHash 1.4.3 without OpenSSL for CRC, MD4, ED2K, MD5, SHA-1, SHA-2, SHA-3 and
// BLAKE2, Perl's Digest::SHA 6.02 for SHA-512/256, b3sum 1.2.0 and xxhsum 0.8.1. The pattern is
// shorter than an ED2K chunk: reading one takes longer than a start may, and what joins chunks is
// plain code over MD4.
constexpr KnownAnswers kKnownAnswers[] = {
    {AlgorithmId::kCrc32, "00000000", "352441c2", "361fc6e7"},
    {AlgorithmId::kCrc32c, "00000000", "364b3fb7", "7a1445e1"},
    {AlgorithmId::kXxh64, "ef46db3751d8e999", "44bc2cf5ad770999", "9887e6fb636264fc"},
    {AlgorithmId::kXxh3_64, "2d06800538d394c2", "78af5f94892f3950", "1d7286988c9c84ad"},
    {AlgorithmId::kXxh3_128, "99aa06d3014798d86001c324468d497f", "06b05ab6733a618578af5f94892f3950",
     "80f2a30f4e268b1d1d7286988c9c84ad"},
    {AlgorithmId::kMd4, "31d6cfe0d16ae931b73c59d7e0c089c0", "a448017aaf21d8525fc10ae87aa6729d",
     "3268bb86f96fee2ccc2174fcad3b3488"},
    {AlgorithmId::kMd5, "d41d8cd98f00b204e9800998ecf8427e", "900150983cd24fb0d6963f7d28e17f72",
     "c968d3e881d1ec95343a421fe3e79a1a"},
    {AlgorithmId::kSha1, "da39a3ee5e6b4b0d3255bfef95601890afd80709", "a9993e364706816aba3e25717850c26c9cd0d89d",
     "7f21d0bec0ec41aea43854e5bb9e97951d383157"},
    {AlgorithmId::kEd2k, "31d6cfe0d16ae931b73c59d7e0c089c0", "a448017aaf21d8525fc10ae87aa6729d",
     "3268bb86f96fee2ccc2174fcad3b3488"},
    {AlgorithmId::kEd2kBlue, "31d6cfe0d16ae931b73c59d7e0c089c0", "a448017aaf21d8525fc10ae87aa6729d",
     "3268bb86f96fee2ccc2174fcad3b3488"},
    {AlgorithmId::kSha224, "d14a028c2a3a2bc9476102bb288234c415a2b01f828ea62ac5b3e42f",
     "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
     "564ca6079b1186aa7e0ec9ba3e981c0cf9672823602a776af8257a8e"},
    {AlgorithmId::kSha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
     "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
     "93a6015a3874a774dd59fdd5db19414b301525381eb5ddcc265cdcc68bb9d350"},
    {AlgorithmId::kSha384,
     "38b060a751ac96384cd9327eb1b1e36a21fdb71114be07434c0cc7bf63f6e1da274edebfe76f65fbd51ad2f14898b95b",
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
     "caadb600645ada82d1d9da7773f29bcf6dbd13da5731c5451b1e4eeb37a52e5438a5ffd9f31786cb5710ab30fa0f3256"},
    {AlgorithmId::kSha512,
     "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a"
     "538327af927da3e",
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2"
     "a9ac94fa54ca49f",
     "654c1b4f6ba606d0af75799531862053ef3a506733bf758fe5508c00b92eb6a4c4fe61a993c1b60a8a836cbf19669a0ea02a602af3d63da9f"
     "baaa2fc2d81b2f0"},
    {AlgorithmId::kSha512_256, "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a",
     "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
     "c1cc2cb94e4c80239cde5d2c799078b2b653c9549aa04db69396955276b6844a"},
    {AlgorithmId::kSha3_224, "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7",
     "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf",
     "f02b19172c93cec9f0724fc077ef1ebc4987d10ab5c15a609bf33bbd"},
    {AlgorithmId::kSha3_256, "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
     "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
     "45953f67b2be17449134d2d84a8195ff1bb9c7226a230f2caf398d6c84fe4279"},
    {AlgorithmId::kSha3_384,
     "0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2ac3713831264adb47fb6bd1e058d5f004",
     "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
     "de75ffcd8216275ff637272b64195a8c82b43f757f4b95f19d7b41c5da0124c9e098de06914710aaad39474cbd482d4f"},
    {AlgorithmId::kSha3_512,
     "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e30"
     "1758586281dcd26",
     "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56"
     "592f8274eec53f0",
     "a958e2e21e2f95096152db975e15a0268b49c5fe01c72eb5cc2411ad50e9ca1d5333a38f52a15b32fd6849b619640c3fb0f072583ee75d2e7"
     "596fcd972c6fc74"},
    {AlgorithmId::kBlake2b,
     "786a02f742015903c6c6fd852552d272912f4740e15847618a86e217f71f5419d25e1031afee585313896444934eb04b903a685b1448b755d"
     "56f701afe9be2ce",
     "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab"
     "92386edd4009923",
     "3803b47f6ed35d17f679a19f4784e51938265ebfd1e0793b6eaa6433c7b36dfc355d4dcc4882adc2319358465569c6bf8a0a020242cfb1f8b"
     "5c04a6388ddd214"},
    {AlgorithmId::kBlake2s, "69217a3079908094e11121d042354a7c1f55b6482ca1a51e1b250dfd1ed0eef9",
     "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982",
     "2506b1945f10f67995613d0742b9e3295ccc384923e1880e1c2c01ec2ca7ce47"},
    {AlgorithmId::kBlake3, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
     "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
     "dc2d2e3d3dc2da545071887b7c8b1208967d6690daef412de911c25b1afc40fd"},
};
static_assert(std::size(kKnownAnswers) == std::size(kAlgorithms));

}  // namespace

std::span<const KnownAnswers> known_answers() { return kKnownAnswers; }

}  // namespace hashlane
