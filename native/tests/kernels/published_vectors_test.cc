// Every algorithm against digests that its authors or standards published.
#include <gtest/gtest.h>

#include <algorithm>

#include "bytes.h"

namespace hashlane {
namespace {

constexpr std::string_view kTwoBlocksOf64 = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
constexpr std::string_view kTwoBlocksOf128 =
    "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
    "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu";

/// The digest of `text` repeated `times` over.
struct PublishedDigest {
  AlgorithmId algorithm;
  std::string_view text;
  int times;
  std::string_view digest;
};

constexpr PublishedDigest kPublished[] = {
    // RFC 1320, appendix A.5.
    {AlgorithmId::kMd4, "", 1, "31d6cfe0d16ae931b73c59d7e0c089c0"},
    {AlgorithmId::kMd4, "a", 1, "bde52cb31de33e46245e05fbdbd6fb24"},
    {AlgorithmId::kMd4, "abc", 1, "a448017aaf21d8525fc10ae87aa6729d"},
    {AlgorithmId::kMd4, "message digest", 1, "d9130a8164549fe818874806e1c7014b"},
    {AlgorithmId::kMd4, "abcdefghijklmnopqrstuvwxyz", 1, "d79e1c308aa5bbcdeea8ed63df412da9"},
    {AlgorithmId::kMd4, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 1,
     "043f8582f241db351ce627e153e7f0e4"},
    {AlgorithmId::kMd4, "1234567890", 8, "e33b4ddc9c38f2199c3e7b164fcc0536"},
    // RFC 1321, appendix A.5.
    {AlgorithmId::kMd5, "", 1, "d41d8cd98f00b204e9800998ecf8427e"},
    {AlgorithmId::kMd5, "a", 1, "0cc175b9c0f1b6a831c399e269772661"},
    {AlgorithmId::kMd5, "abc", 1, "900150983cd24fb0d6963f7d28e17f72"},
    {AlgorithmId::kMd5, "message digest", 1, "f96b697d7cb7938d525a2f31aaf161d0"},
    {AlgorithmId::kMd5, "abcdefghijklmnopqrstuvwxyz", 1, "c3fcd3d76192e4007dfb496cca67e13b"},
    {AlgorithmId::kMd5, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 1,
     "d174ab98d277d9f5a5611c2c9f419d9f"},
    {AlgorithmId::kMd5, "1234567890", 8, "57edf4a22be3c955ac49da2e2107b67a"},
    // NIST's examples for FIPS 180-4, and the million letters of its predecessor.
    {AlgorithmId::kSha1, "abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"},
    {AlgorithmId::kSha1, kTwoBlocksOf64, 1, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
    {AlgorithmId::kSha1, "a", 1000000, "34aa973cd4c4daa4f61eeb2bdbad27316534016f"},
    {AlgorithmId::kSha224, "abc", 1, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"},
    {AlgorithmId::kSha224, kTwoBlocksOf64, 1, "75388b16512776cc5dba5da1fd890150b0c6455cb4f58b1952522525"},
    {AlgorithmId::kSha224, "a", 1000000, "20794655980c91d8bbb4c1ea97618a4bf03f42581948b2ee4ee7ad67"},
    {AlgorithmId::kSha256, "abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {AlgorithmId::kSha256, kTwoBlocksOf64, 1, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    {AlgorithmId::kSha256, "a", 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    {AlgorithmId::kSha384, "abc", 1,
     "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
    {AlgorithmId::kSha384, kTwoBlocksOf128, 1,
     "09330c33f71147e83d192fc782cd1b4753111b173b3b05d22fa08086e3b0f712fcc7c71a557e2db966c3e9fa91746039"},
    {AlgorithmId::kSha384, "a", 1000000,
     "9d0e1809716474cb086e834e310a4a1ced149e9c00f248527972cec5704c2a5b07b8b3dc38ecc4ebae97ddd87f3d8985"},
    {AlgorithmId::kSha512, "abc", 1,
     "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2"
     "a9ac94fa54ca49f"},
    {AlgorithmId::kSha512, kTwoBlocksOf128, 1,
     "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545"
     "e96e55b874be909"},
    {AlgorithmId::kSha512, "a", 1000000,
     "e718483d0ce769644e2e42c7bc15b4638e1f98b13b2044285632a803afa973ebde0ff244877ea60a4cb0432ce577c31beb009c5c2c49aa2e4"
     "eadb217ad8cc09b"},
    {AlgorithmId::kSha512_224, "abc", 1, "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"},
    {AlgorithmId::kSha512_224, kTwoBlocksOf128, 1, "23fec5bb94d60b23308192640b0c453335d664734fe40e7268674af9"},
    {AlgorithmId::kSha512_224, "a", 1000000, "37ab331d76f0d36de422bd0edeb22a28accd487b7a8453ae965dd287"},
    {AlgorithmId::kSha512_256, "abc", 1, "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"},
    {AlgorithmId::kSha512_256, kTwoBlocksOf128, 1, "3928e184fb8690f840da3988121d31be65cb9d3ef83ee6146feac861e19b563a"},
    {AlgorithmId::kSha512_256, "a", 1000000, "9a59a052930187a97038cae692f30708aa6491923ef5194394dc68d56c74fb21"},
    // NIST's examples for FIPS 202: no bits and 1600 bits of 0xa3.
    {AlgorithmId::kSha3_224, "", 1, "6b4e03423667dbb73b6e15454f0eb1abd4597f9a1b078e3f5b5a6bc7"},
    {AlgorithmId::kSha3_224, "\xa3", 200, "9376816aba503f72f96ce7eb65ac095deee3be4bf9bbc2a1cb7e11e0"},
    {AlgorithmId::kSha3_256, "", 1, "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"},
    {AlgorithmId::kSha3_256, "\xa3", 200, "79f38adec5c20307a98ef76e8324afbfd46cfd81b22e3973c65fa1bd9de31787"},
    {AlgorithmId::kSha3_384, "", 1,
     "0c63a75b845e4f7d01107d852e4c2485c51a50aaaa94fc61995e71bbee983a2ac3713831264adb47fb6bd1e058d5f004"},
    {AlgorithmId::kSha3_384, "\xa3", 200,
     "1881de2ca7e41ef95dc4732b8f5f002b189cc1e42b74168ed1732649ce1dbcdd76197a31fd55ee989f2d7050dd473e8f"},
    {AlgorithmId::kSha3_512, "", 1,
     "a69f73cca23a9ac5c8b567dc185a756e97c982164fe25859e0d1dcc1475c80a615b2123af1f5f94c11e3e9402c3ac558f500199d95b6d3e30"
     "1758586281dcd26"},
    {AlgorithmId::kSha3_512, "\xa3", 200,
     "e76dfad22084a8b1467fcf2ffa58361bec7628edf5f3fdc0e4805dc48caeeca81b7c13c30adf52a3659584739a2df46be589c51ca1a4a8416"
     "df6545a1ce8ba00"},
    // RFC 7693, appendix A.
    {AlgorithmId::kBlake2b, "abc", 1,
     "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab"
     "92386edd4009923"},
    // RFC 7693, appendix B.
    {AlgorithmId::kBlake2s, "abc", 1, "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"},
    // The check value of the Catalogue of parametrised CRC algorithms (CRC-32/ISO-HDLC, CRC-32/ISCSI).
    {AlgorithmId::kCrc32, "123456789", 1, "cbf43926"},
    {AlgorithmId::kCrc32c, "123456789", 1, "e3069283"},
    {AlgorithmId::kCrc64Xz, "123456789", 1, "995dc9bbdf1939fa"},
    // The example of Wikipedia's article, and the check value as for the CRCs.
    {AlgorithmId::kAdler32, "Wikipedia", 1, "11e60398"},
    {AlgorithmId::kAdler32, "123456789", 1, "091e01de"},
    // The NESSIE project's test vectors.
    {AlgorithmId::kTiger, "", 1, "3293ac630c13f0245f92bbb1766e16167a4e58492dde73f3"},
    {AlgorithmId::kTiger, "abc", 1, "2aab1484e8c158f2bfb8c5ff41b57a525129131c957b5f93"},
    {AlgorithmId::kTiger, "1234567890", 8, "1c14795529fd9f207a958f84c52f11e887fa0cabdfd91bfd"},
    {AlgorithmId::kTiger, "a", 1000000, "6db0e2729cbead93d715c6a7d36302e9b3cee0d2bc314b41"},
    {AlgorithmId::kWhirlpool, "abc", 1,
     "4e2448a4c6f486bb16b6562c73b4020bf3043e3a731bce721ae1b303d97e6d4c7181eebdb6c57e277d0e34957114cbd6c797fc9d95d8b582d"
     "225292076d4eef5"},
    {AlgorithmId::kWhirlpool, "a", 1000000,
     "0c99005beb57eff50a7cf005560ddf5d29057fd86b20bfd62deca0f1ccea4af51fc15490eddc47af32bb2b66c34ff9ad8c6008ad677f77126"
     "953b226e4ed8b01"},
    // Appendix A of "Tree Hash EXchange format": the digests that stand there in base32.
    {AlgorithmId::kTth, "", 1, "5d9ed00a030e638bdb753a6a24fb900e5a63b8e73e6c25b6"},
    {AlgorithmId::kTth, std::string_view("\0", 1), 1, "aabbcca084acecd0511d1f6232a17bfaefa441b2982e5548"},
    {AlgorithmId::kTth, "A", 1024, "5fbd0e62ad016d596b77d1d28883b94fed78ecbaf4640914"},
    {AlgorithmId::kTth, "A", 1025, "7e591c1cd8f2e6121fdbcd8071ba279626b771642d10a3db"},
    // Its authors' page, and ISO/IEC 10118-3.
    {AlgorithmId::kRipemd160, "", 1, "9c1185a5c5e9fc54612808977ee8f548b2258d31"},
    {AlgorithmId::kRipemd160, "abc", 1, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"},
    {AlgorithmId::kRipemd160, kTwoBlocksOf64, 1, "12a053384a9c0c88e405a06c27dcf49ada62eb2b"},
    {AlgorithmId::kRipemd160, "1234567890", 8, "9b752e45573d4b39f4dbd3323cab82bf63326bfb"},
    {AlgorithmId::kRipemd160, "a", 1000000, "52783243c1697bdbe16d37f97f68f08325dc1528"},
    // GB/T 32905-2016, appendix A.
    {AlgorithmId::kSm3, "abc", 1, "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"},
    {AlgorithmId::kSm3, "abcd", 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"},
    // RFC 6986, section 10.1, whose numbers have their bytes the other way round.
    {AlgorithmId::kGost12_512, "012345678901234567890123456789012345678901234567890123456789012", 1,
     "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f4"
     "1797891c1646f48"},
    {AlgorithmId::kGost12_256, "012345678901234567890123456789012345678901234567890123456789012", 1,
     "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"},
    // RFC 5831, section 7.3, likewise; and the same texts with the parameters of RFC 4357.
    {AlgorithmId::kGost94, "This is message, length=32 bytes", 1,
     "b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa"},
    {AlgorithmId::kGost94, "Suppose the original message has length = 50 bytes", 1,
     "471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208"},
    {AlgorithmId::kGost94Cryptopro, "This is message, length=32 bytes", 1,
     "2cefc2f7b7bdc514e18ea57fa74ff357e7fa17d652c75f69cb1be7893ede48eb"},
    {AlgorithmId::kGost94Cryptopro, "Suppose the original message has length = 50 bytes", 1,
     "c3730c5cbccacf915ac292676f21e8bd4ef75331d9405e5f1a61dc3130a65011"},
    // The texts by which implementations of TTAS.KO-12.0011/R1 are held against each other.
    {AlgorithmId::kHas160, "", 1, "307964ef34151d37c8047adec7ab50f4ff89762d"},
    {AlgorithmId::kHas160, "a", 1, "4872bcbc4cd0f0a9dc7c2f7045e5b43b6c830db8"},
    {AlgorithmId::kHas160, "abc", 1, "975e810488cf2a3d49838478124afce4b1c78804"},
    {AlgorithmId::kHas160, "message digest", 1, "2338dbc8638d31225f73086246ba529f96710bc6"},
    {AlgorithmId::kHas160, "abcdefghijklmnopqrstuvwxyz", 1, "596185c9ab6703d0d0dbb98702bc0f5729cd1d3c"},
    {AlgorithmId::kHas160, "1234567890", 8, "07f05c8c0773c55ca3a5a695ce6aca4c438911b5"},
    // RHash's own tests, verified there with eBASH's code of the submission to NIST. The EDON-R of ZFS is a
    // later one, whose digests differ.
    {AlgorithmId::kEdonr256, "a", 1, "943aa9225a2cf154ec2e4dd81237720ba538ca8df2fd83c0b893c5d265f353a0"},
    {AlgorithmId::kEdonr256, "message digest", 1, "8d27558f4dd9307614a8166cadb136927d1e79a0c04bd8ef77c3fafc0917e28a"},
    // RHash's own tests, verified there with mhash: Snefru with eight passes.
    {AlgorithmId::kSnefru128, "", 1, "8617f366566a011837f4fb4ba5bedea2"},
    {AlgorithmId::kSnefru128, "a", 1, "bf5ce540ae51bc50399f96746c5a15bd"},
    {AlgorithmId::kSnefru128, "message digest", 1, "96d6f2f4112c4baf29f653f1594e2d5d"},
    {AlgorithmId::kSnefru256, "", 1, "8617f366566a011837f4fb4ba5bedea2b892f3ed8b894023d16ae344b2be5881"},
    {AlgorithmId::kSnefru256, "a", 1, "45161589ac317be0ceba70db2573ddda6e668a31984b39bf65e4b664b584c63d"},
};

TEST(PublishedVectors, OfTheStandardsAreMet) {
  for (const PublishedDigest& known : kPublished) {
    const auto hasher = make_hasher(known.algorithm);
    ASSERT_NE(hasher, nullptr) << name_of(known.algorithm);
    for (int time = 0; time < known.times; ++time) hasher->update(bytes_of(known.text));
    EXPECT_EQ(finished(*hasher, known.algorithm), known.digest)
        << name_of(known.algorithm) << " of " << known.times << " times " << known.text;
  }
}

struct PatternDigest {
  std::size_t length;
  std::string_view digest;
};

// BLAKE3's test_vectors.json: its lengths and its input, byte i being i % 251.
constexpr PatternDigest kBlake3[] = {
    {0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"},
    {1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"},
    {1023, "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11"},
    {1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"},
    {1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"},
    {2048, "e776b6028c7cd22a4d0ba182a8bf62205d2ef576467e838ed6f2529b85fba24a"},
    {2049, "5f4d72f40d7a5f82b15ca2b2e44b1de3c2ef86c426c95c1af0b6879522563030"},
    {3072, "b98cb0ff3623be03326b373de6b9095218513e64f1ee2edd2525c7ad1e5cffd2"},
    {3073, "7124b49501012f81cc7f11ca069ec9226cecb8a2c850cfe644e327d22d3e1cd3"},
    {4096, "015094013f57a5277b59d8475c0501042c0b642e531b0a1c8f58d2163229e969"},
    {4097, "9b4052b38f1c5fc8b1f9ff7ac7b27cd242487b3d890d15c96a1c25b8aa0fb995"},
    {5120, "9cadc15fed8b5d854562b26a9536d9707cadeda9b143978f319ab34230535833"},
    {5121, "628bd2cb2004694adaab7bbd778a25df25c47b9d4155a55f8fbd79f2fe154cff"},
    {6144, "3e2e5b74e048f3add6d21faab3f83aa44d3b2278afb83b80b3c35164ebeca205"},
    {6145, "f1323a8631446cc50536a9f705ee5cb619424d46887f3c376c695b70e0f0507f"},
    {7168, "61da957ec2499a95d6b8023e2b0e604ec7f6b50e80a9678b89d2628e99ada77a"},
    {7169, "a003fc7a51754a9b3c7fae0367ab3d782dccf28855a03d435f8cfe74605e7817"},
    {8192, "aae792484c8efe4f19e2ca7d371d8c467ffb10748d8a5a1ae579948f718a2a63"},
    {8193, "bab6c09cb8ce8cf459261398d2e7aef35700bf488116ceb94a36d0f5f1b7bc3b"},
    {16384, "f875d6646de28985646f34ee13be9a576fd515f76b5b0a26bb324735041ddde4"},
    {31744, "62b6960e1a44bcc1eb1a611a8d6235b6b4b78f32e7abc4fb4c6cdcce94895c47"},
    {102400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"},
};

TEST(PublishedVectors, OfBlake3AreMet) {
  for (const PatternDigest& known : kBlake3) {
    EXPECT_EQ(digest_of(AlgorithmId::kBlake3, pattern(known.length)), known.digest) << known.length << " bytes";
  }
}

// SHA-512/256 at the edges of its blocks, of the same input. Computed with Perl's Digest::SHA 6.02,
// which has an implementation of its own.
constexpr PatternDigest kSha512_256[] = {
    {0, "c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a"},
    {1, "10baad1713566ac2333467bddb0597dec9066120dd72ac2dcb8394221dcbe43d"},
    {55, "7dd58a7c3285d6436f4b8876a4e3ce63bae92a11a5453c46a6032c5e469bf40c"},
    {56, "c06d2d4f6d22414491b36e215de341782922ec36900cfca39f4a707a5379f51a"},
    {63, "53b53ec7c0d980b7980c16a40d3f7ff83c1038d0300b7313584de5a5eae4497a"},
    {64, "c9e483b9622515e83259e1e075746b70142cb1217863fb8c85fae33256f4188a"},
    {65, "9a1983429845a7fcf3191b15edfcb8a068200de6224fde6791da4c97fa6258df"},
    {111, "bd209f60b0d04102a09175297fd255367e54b5a5605b928635c606306914363f"},
    {112, "2cafeb0882cc405167e9a255b8581a66dc683212474902dd453dbca20a94e61a"},
    {113, "3222333be019dc995e5dd1496d5859ddaa491e03e7df81a659d5e74957bf3b53"},
    {119, "6fdcc1a442cc8391d7dd5a0db6601efaee9a4954056c78a64038c36bf7acb368"},
    {120, "be74a90abbc2ea03ff56dedae4eda154ba6cf24d73a515903356283b653f5109"},
    {127, "c26bc7e9315e62ab0dc6aeb577724d07c09b0c6fdfc0a9f08d8548047c032248"},
    {128, "2ff11194b2aec1f943cb5f130ba647c151334068083194d7281a55d607ae255f"},
    {129, "c4a3bbf841ed2a289e5109fb392229c80db61c72fd92079b5a4f0441f095a111"},
    {239, "b81472d255d80182e196481e5866aa207761a152302a0237e242eb88c577a428"},
    {240, "6ca13c55886b74a5ca2ac9782c4b9a49fe3aeeefdfc0cefc34984872fb4c54fd"},
    {241, "1a488e47268942a41b5733238286fb218ae45d4bd9b59b48e1c20478410943f6"},
    {255, "282a7af172c05b48cb02870d79ec5bc32fc2c6fd32d237d9b84728b6c36d2ed1"},
    {256, "0ea4199eb79185d8198973ee464a7e0eb26345b54b361ac6af8b1dc10d41911c"},
    {257, "df2a5529f911b588c655586748d8c988eff070ba25478b47ff33f2662497d197"},
    {1023, "d291be65ddc2391f547d324a6c38cc2c38193f158ca0572ffac861f010822cbd"},
    {1024, "0ba38e4253dc81bce264352b865e3aff8c7724502ff50cad5d647bc763757812"},
    {1025, "55d00c70e6bed390e0b965e7a06a675062c4f057e6121eabbba4310dba0d6a27"},
    {16385, "97d0bf27dbc37d451ea11e91c7596ac4d2c2f0f695f8adb0b90be3657b3b88aa"},
};

TEST(PublishedVectors, OfSha512TruncatedTo256AreMetAtBlockEdges) {
  for (const PatternDigest& known : kSha512_256) {
    EXPECT_EQ(digest_of(AlgorithmId::kSha512_256, pattern(known.length)), known.digest) << known.length << " bytes";
  }
}

struct AllLengths {
  AlgorithmId algorithm;
  /// SHA-256 of the digests of the first 0 to 300 bytes of the pattern, one behind the other.
  std::string_view of_digests;
  std::string_view of_16385_bytes;
};

// What no other library here computes. Computed with crypto-api 0.8.5 in JavaScript (HAS-160, Snefru)
// and with a program written from the specification (EDON-R), which share nothing with RHash.
constexpr AllLengths kAllLengths[] = {
    {AlgorithmId::kHas160, "6013b9eb5fc6931d94d399c21c74e26c0b1cfc85bf234bcd09858ef7cada4223",
     "45eaa5bfe206196393564285697fbd25cb4ea50a"},
    {AlgorithmId::kEdonr256, "950ef3804a222140a0af98134ab1bfa9268f76943221473ea3859d0dd2d12294",
     "bba6bc78ac56f1b4dd3533f414aac3078fded74f0886196db80b703ea8094a68"},
    {AlgorithmId::kEdonr512, "3e21db6a74f23a4c41a736f715854648830c59016502647e0bb7d5fe226b6aa7",
     "ae20de071a310a56d60d5584add15c9f8a63e4e460ca2c5d68f575da0a44a55af8744f267b9f19b0007001909574a3628d0d17016c6b0abbb"
     "5f82c541cb04053"},
    {AlgorithmId::kSnefru128, "987729ef3e0a77295c63ac1a611c0f19eba48d3151d939d181ab6b15fc0e75eb",
     "f8d3b89790aeb73dc9d9aa947c44a094"},
    {AlgorithmId::kSnefru256, "e204d5e2b1993e64accca19677accb9fcf57341809b947463494a2341afc4a91",
     "1179ef661ed43cafc78788302c8245b751bb4a6e38ab94a944a002f6d7edea92"},
};

TEST(PublishedVectors, OfTheRareOnesAreMetAtEveryShortLength) {
  for (const AllLengths& known : kAllLengths) {
    const auto hasher = make_hasher(known.algorithm);
    const auto all = make_hasher(AlgorithmId::kSha256);
    ASSERT_NE(hasher, nullptr) << name_of(known.algorithm);
    ASSERT_NE(all, nullptr);
    Bytes digest(kAlgorithms[static_cast<std::size_t>(known.algorithm)].digest_length);
    for (std::size_t length = 0; length <= 300; ++length) {
      hasher->reset();
      hasher->update(pattern(length));
      ASSERT_TRUE(hasher->finish(digest.data()));
      all->update(digest);
    }
    EXPECT_EQ(finished(*all, AlgorithmId::kSha256), known.of_digests) << name_of(known.algorithm);
    EXPECT_EQ(digest_of(known.algorithm, pattern(16385)), known.of_16385_bytes) << name_of(known.algorithm);
  }
}

struct XxhashDigest {
  AlgorithmId algorithm;
  std::size_t length;
  std::string_view digest;
};

// The input of xxHash's own sanity check: the top bytes of a product that grows by a prime.
Bytes xxhash_input(std::size_t length) {
  Bytes bytes;
  std::uint64_t generator = 2654435761u;
  for (std::size_t index = 0; index < length; ++index) {
    bytes.push_back(static_cast<std::byte>(generator >> 56));
    generator *= 11400714785074694797u;
  }
  return bytes;
}

// The lengths of that check, one for every form that XXH3 takes; digests as xxhsum 0.8.1 prints them.
constexpr XxhashDigest kXxhash[] = {
    {AlgorithmId::kXxh32, 0, "02cc5d05"},
    {AlgorithmId::kXxh32, 1, "cf65b03e"},
    {AlgorithmId::kXxh32, 14, "1208e7e2"},
    {AlgorithmId::kXxh32, 222, "5bd11dbd"},
    {AlgorithmId::kXxh64, 0, "ef46db3751d8e999"},
    {AlgorithmId::kXxh64, 1, "e934a84adb052768"},
    {AlgorithmId::kXxh64, 4, "9136a0dca57457ee"},
    {AlgorithmId::kXxh64, 14, "8282dcc4994e35c8"},
    {AlgorithmId::kXxh64, 222, "b641ae8cb691c174"},
    {AlgorithmId::kXxh3_64, 0, "2d06800538d394c2"},
    {AlgorithmId::kXxh3_64, 1, "c44bdff4074eecdb"},
    {AlgorithmId::kXxh3_64, 6, "27b56a84cd2d7325"},
    {AlgorithmId::kXxh3_64, 12, "a713daf0dfbb77e7"},
    {AlgorithmId::kXxh3_64, 24, "a3fe70bf9d3510eb"},
    {AlgorithmId::kXxh3_64, 48, "397da259ecba1f11"},
    {AlgorithmId::kXxh3_64, 80, "bcdefbbb2c47c90a"},
    {AlgorithmId::kXxh3_64, 195, "cd94217ee362ec3a"},
    {AlgorithmId::kXxh3_64, 403, "cdeb804d65c6dea4"},
    {AlgorithmId::kXxh3_64, 512, "617e49599013cb6b"},
    {AlgorithmId::kXxh3_64, 2048, "dd59e2c3a5f038e0"},
    {AlgorithmId::kXxh3_64, 2240, "6e73a90539cf2948"},
    {AlgorithmId::kXxh3_64, 2367, "cb37aeb9e5d361ed"},
    {AlgorithmId::kXxh3_128, 0, "99aa06d3014798d86001c324468d497f"},
    {AlgorithmId::kXxh3_128, 1, "a6cd5e9392000f6ac44bdff4074eecdb"},
    {AlgorithmId::kXxh3_128, 6, "082afe0b8162d12a3e7039bdda43cfc6"},
    {AlgorithmId::kXxh3_128, 12, "6e3efd8fc7802b18061a192713f69ad9"},
    {AlgorithmId::kXxh3_128, 24, "0ce966e4678d37611e7044d28b1b901d"},
    {AlgorithmId::kXxh3_128, 48, "a002ac4e5478227ef942219aed80f67b"},
    {AlgorithmId::kXxh3_128, 81, "4952f58181ab00425e8bafb9f95fb803"},
    {AlgorithmId::kXxh3_128, 222, "337e09641b948717f1aebd597cec6b3a"},
    {AlgorithmId::kXxh3_128, 403, "1b6de21e332dd73dcdeb804d65c6dea4"},
    {AlgorithmId::kXxh3_128, 512, "18d2d110dcc9bca1617e49599013cb6b"},
    {AlgorithmId::kXxh3_128, 2048, "f736557fd47073a5dd59e2c3a5f038e0"},
    {AlgorithmId::kXxh3_128, 2240, "ccb134fbfa7ce49d6e73a90539cf2948"},
    {AlgorithmId::kXxh3_128, 2367, "e89c0f6ff369b427cb37aeb9e5d361ed"},
};

TEST(PublishedVectors, OfXxhashAreMet) {
  for (const XxhashDigest& known : kXxhash) {
    EXPECT_EQ(digest_of(known.algorithm, xxhash_input(known.length)), known.digest)
        << name_of(known.algorithm) << " of " << known.length << " bytes";
  }
}

TEST(PublishedVectors, CoverEveryAlgorithm) {
  // What has tests of its own.
  std::vector<AlgorithmId> covered = {
      AlgorithmId::kBlake3,     AlgorithmId::kEd2k,          AlgorithmId::kEd2kBlue,    AlgorithmId::kAich,
      AlgorithmId::kBtih,       AlgorithmId::kCrc64Nvme,     AlgorithmId::kQuickxor,    AlgorithmId::kDropbox,
      AlgorithmId::kGitBlob,    AlgorithmId::kGitBlobSha256, AlgorithmId::kC4,          AlgorithmId::kK12,
      AlgorithmId::kS3Etag5MiB, AlgorithmId::kS3Etag8MiB,    AlgorithmId::kS3Etag15MiB, AlgorithmId::kS3Etag16MiB};
  for (const PublishedDigest& known : kPublished) covered.push_back(known.algorithm);
  for (const XxhashDigest& known : kXxhash) covered.push_back(known.algorithm);
  for (const AllLengths& known : kAllLengths) covered.push_back(known.algorithm);
  for (const AlgorithmId algorithm : all_algorithms()) {
    EXPECT_NE(std::ranges::find(covered, algorithm), covered.end()) << name_of(algorithm);
  }
}

}  // namespace
}  // namespace hashlane
