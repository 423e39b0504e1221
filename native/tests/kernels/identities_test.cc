// The names that clouds, Git and C4 give a content: published vectors, and their definitions over other
// people's digests.
#include <gtest/gtest.h>

#include <array>

#include "bytes.h"
#include "kernels/crc64.h"
#include "kernels/quickxor.h"
#include "oracles.h"

namespace hashlane {
namespace {

constexpr std::size_t kMiB = 1u << 20;

struct Published {
  std::string_view hex;
  std::string_view digest;
};

// rclone 1.67, backend/onedrive/quickxorhash/quickxorhash_test.go, in hex.
constexpr Published kQuickXor[] = {
    {"", "0000000000000000000000000000000000000000"},
    {"4a", "4a00000000000000000000000100000000000000"},
    {"b5b4", "b5a0050000000000000000000200000000000000"},
    {"d2964f", "d2b0c41300000000000000000300000000000000"},
    {"fda373cc214f4bf0", "fd18c51c981182272c011e000800000000000000"},
    {"bcf8280e339f3ba7e6ef54712f", "bcc0070a1c30834fece014e6750715e2f0020000"},
    {"5e827502ca11e1f0d826b0ea62ce", "5e10441d04a08c0884031ed83e012cd421066700"},
    {"8106b26c4a92ff85250dcf1ee08266", "8030802cd8a00449fca3102567c0333c000e4198"},
    {"d9fbb1841257b695857bc74e7dd19e1f", "3bdb472c0821812bd8a21285c8c3319cd0876878"},
    {"4fa2d82487c387cd49ac02b7d3d1f624c2535e2b", "cc14c7aeca67de611ca219497485006e318d68d8"},
    {"ac968a87574b47593ee21ca79624d93067fc35de2a28aa198803", "afb6e3c2497c39841e35a31c098f1f4e61091264"},
    {"8c48badaeb45cfaf493181e3835897cbba0ee99a5948b71577607ea639ba046b2ffc25a2",
     "b3495853db6bfdba7dc6c9ebae3620452e44bd5f"},
    {"2fe2d207c92618c9c7696540e4fffea859df425897be0256eddd89180813ebe9288b9350ba3156d5bc105685eb055ca86ff8"
     "01c468b352824c822779806368",
     "9dd5ff29906d16878edf129ea356a33bf272fab6"},
    {"3dfc4c714774bc85ba55b1c6fee8ff6345baa84a0a9b2043d2761e6c429acca68a1be51a0ea0447264236df41e56754bba87"
     "4ca0fa7b3fb4d1d61b57e67d959e41e1db6c43ca827c0bf6502a248da907d7be1f378ee75fe1156bf5ec490ae77c52f822a7"
     "a69565368fac91d58d084c0a9fdd1271afaa0d2837939590cdaaa805ef034b5e2940e180d33bd6c0c15410865f134e4766e9"
     "6c3d62338767b93d1ecb82fe9685c41d32f47ea31e51c122d9ab202269e535a9307a70f3cf4c79eda070caadc0b29085181d"
     "67717e32602aff39a09c4b938a8bfd34587fb0350537",
     "417fd81291b4803b26844a4275686cc43cec7d51"},
};

Bytes from_hex(std::string_view hex) {
  Bytes bytes;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    bytes.push_back(static_cast<std::byte>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16)));
  }
  return bytes;
}

TEST(QuickXorHash, MeetsRclonesVectors) {
  for (const Published& known : kQuickXor) {
    EXPECT_EQ(digest_of(AlgorithmId::kQuickxor, from_hex(known.hex)), known.digest) << known.hex.size() / 2 << " bytes";
  }
}

// The circle bit by bit.
TEST(QuickXorHash, EqualsItsDefinition) {
  for (const std::size_t length : edge_lengths()) {
    const Bytes bytes = noise(length, length);
    std::array<bool, 160> circle{};
    for (std::size_t at = 0; at < length; ++at) {
      for (std::size_t bit = 0; bit < 8; ++bit) {
        circle[(at * 11 + bit) % 160] ^= (bytes[at] >> bit & std::byte{1}) != std::byte{0};
      }
    }
    for (std::size_t bit = 0; bit < 64; ++bit) circle[96 + bit] ^= (std::uint64_t{length} >> bit & 1) != 0;
    Bytes digest(20);
    for (std::size_t bit = 0; bit < 160; ++bit) {
      if (circle[bit]) digest[bit / 8] |= std::byte{1} << (bit % 8);
    }
    EXPECT_EQ(digest_of(AlgorithmId::kQuickxor, bytes), to_hex(digest)) << length << " bytes";
  }
}

// The catalogue of parametrised CRC algorithms, and AWS's example.
TEST(Crc64Nvme, HasTheCataloguesCheckValue) {
  EXPECT_EQ(digest_of(AlgorithmId::kCrc64Nvme, bytes_of("123456789")), "ae8b14860a799888");
}

TEST(Crc64Nvme, EveryFormEqualsItsDefinitionAtEveryLengthAndPlace) {
  const Bytes bytes = noise(1200, 91);
  const Crc64Function fast = crc64_nvme_form(false).function;
  for (std::size_t length = 0; length <= 600; ++length) {
    const auto input = std::span(bytes).subspan(length % 17, length);
    const std::uint64_t expected = crc64_nvme_bit_by_bit(length, input);
    EXPECT_EQ(crc64_nvme_portable(length, input), expected) << length;
    EXPECT_EQ(fast(length, input), expected) << length;
  }
}

// rclone 1.67, backend/dropbox/dbhash/dbhash_test.go: so many letters A.
TEST(DropboxHash, MeetsRclonesVectors) {
  constexpr struct {
    std::size_t length;
    std::string_view digest;
  } kKnown[] = {{0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
                {1, "1cd6ef71e6e0ff46ad2609d403dc3fee244417089aa4461245a4e4fe23a55e42"},
                {2, "01e0655fb754d10418a73760f57515f4903b298e6d67dda6bf0987fa79c22c88"},
                {4096, "8620913d33852befe09f16fff8fd75f77a83160d29f76f07e0276e9690903035"},
                {4194303, "647c8627d70f7a7d13ce96b1e7710a771a55d41a62c3da490d92e56044d311fa"},
                {4194304, "d4d63bac5b866c71620185392a8a6218ac1092454a2d16f820363b69852befa3"},
                {4194305, "8f553da8d00d0bf509d8470e242888be33019c20c0544811f5b2b89e98360b92"},
                {8388607, "83b30cf4fb5195b04a937727ae379cf3d06673bf8f77947f6a92858536e8369c"},
                {8388608, "e08b3ba1f538804075c5f939accdeaa9efc7b5c01865c94a41e78ca6550a88e7"},
                {8388609, "02c8a4aefc2bfc9036f89a7098001865885938ca580e5c9e5db672385edd303c"}};
  for (const auto& known : kKnown) {
    EXPECT_EQ(digest_of(AlgorithmId::kDropbox, Bytes(known.length, std::byte{'A'})), known.digest) << known.length;
  }
}

// What `git hash-object` says, with SHA-1 and in a repository with SHA-256 (Git 2.39).
TEST(GitBlob, IsWhatGitSays) {
  EXPECT_EQ(digest_of(AlgorithmId::kGitBlob, {}), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  EXPECT_EQ(digest_of(AlgorithmId::kGitBlob, bytes_of("test content\n")), "d670460b4b4aece5915caf5c68d12f560a9fe3e4");
  EXPECT_EQ(digest_of(AlgorithmId::kGitBlobSha256, {}),
            "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
  EXPECT_EQ(digest_of(AlgorithmId::kGitBlobSha256, bytes_of("test content\n")),
            "13b7e821533d3fe3728a3c4560606a65aab99f4390b9df0714f9075c0ef4c2d6");
}

TEST(GitBlob, IsRefusedWhereTheSizeIsUnknownOrWrong) {
  for (const AlgorithmId algorithm : {AlgorithmId::kGitBlob, AlgorithmId::kGitBlobSha256}) {
    const auto hasher = make_hasher(algorithm);
    ASSERT_NE(hasher, nullptr);
    std::array<std::byte, 32> digest;
    EXPECT_FALSE(hasher->finish(digest.data()));
    for (const std::uint64_t said : {0, 2, 4}) {
      hasher->reset();
      hasher->identify("name", said);
      hasher->update(bytes_of("abc"));
      EXPECT_FALSE(hasher->finish(digest.data())) << said;
    }
    hasher->reset();
    hasher->identify("name", 3);
    hasher->update(bytes_of("abc"));
    EXPECT_TRUE(hasher->finish(digest.data()));
    EXPECT_TRUE(covers_size(algorithm));
  }
}

TEST(S3Etag, OfWhatIsShorterThanAPartIsThePlainMd5) {
  const std::string plain = digest_of(AlgorithmId::kMd5, bytes_of("abc"));
  EXPECT_EQ(digest_of(AlgorithmId::kS3Etag8MiB, bytes_of("abc")), plain + "00000000");
}

// Parts by another library's MD5.
TEST(S3Etag, EqualsItsDefinition) {
  constexpr struct {
    AlgorithmId algorithm;
    std::size_t part;
  } kParts[] = {{AlgorithmId::kS3Etag5MiB, 5 * kMiB},
                {AlgorithmId::kS3Etag8MiB, 8 * kMiB},
                {AlgorithmId::kS3Etag15MiB, 15 * kMiB},
                {AlgorithmId::kS3Etag16MiB, 16 * kMiB}};
  const Bytes bytes = noise(33 * kMiB, 92);
  for (const auto& [algorithm, part] : kParts) {
    for (const std::size_t length : {part - 1, part, part + 1, 2 * part, 2 * part + 77}) {
      const auto input = std::span(bytes).first(length);
      std::string expected;
      if (length < part) {
        expected = *oracle_digest(AlgorithmId::kMd5, input) + "00000000";
      } else {
        Bytes list;
        for (std::size_t at = 0; at < length; at += part) {
          const Bytes digest =
              from_hex(*oracle_digest(AlgorithmId::kMd5, input.subspan(at, std::min(part, length - at))));
          list.insert(list.end(), digest.begin(), digest.end());
        }
        const Bytes count = {std::byte{0}, std::byte{0}, std::byte{0}, static_cast<std::byte>(list.size() / 16)};
        expected = *oracle_digest(AlgorithmId::kMd5, list) + to_hex(count);
      }
      EXPECT_EQ(digest_of(algorithm, input), expected) << name_of(algorithm) << " of " << length << " bytes";
    }
  }
}

TEST(C4, IsSha512) {
  for (const std::size_t length : {0, 3, 200}) {
    const Bytes bytes = noise(length, 93);
    EXPECT_EQ(digest_of(AlgorithmId::kC4, bytes), oracle_digest(AlgorithmId::kSha512, bytes));
  }
}

// RFC 9861, section 5: KT128 of the first bytes of 00 01 … FA 00 01 …, without customization.
TEST(KangarooTwelve, MeetsTheVectorsOfItsRfc) {
  constexpr struct {
    std::size_t length;
    std::string_view digest;
  } kKnown[] = {{0, "1ac2d450fc3b4205d19da7bfca1b37513c0803577ac7167f06fe2ce1f0ef39e5"},
                {1, "2bda92450e8b147f8a7cb629e784a058efca7cf7d8218e02d345dfaa65244a1f"},
                {17, "6bf75fa2239198db4772e36478f8e19b0f371205f6a9a93a273f51df37122888"},
                {289, "0c315ebcdedbf61426de7dcf8fb725d1e74675d7f5327a5067f367b108ecb67c"},
                {4913, "cb552e2ec77d9910701d578b457ddf772c12e322e4ee7fe417f92c758f0d59d0"},
                {83521, "8701045e22205345ff4dda05555cbb5c3af1a771c2b89baef37db43d9998b9fe"},
                {1419857, "844d610933b1b9963cbdeb5ae3b6b05cc7cbd67ceedf883eb678a0a8e0371682"},
                {24137569, "3c390782a8a4e89fa6367f72feaaf13255c8d95878481d3cd8ce85f58e880af8"},
                {8191, "1b577636f723643e990cc7d6a659837436fd6a103626600eb8301cd1dbe553d6"},
                {8192, "48f256f6772f9edfb6a8b661ec92dc93b95ebd05a08a17b39ae3490870c926c3"}};
  for (const auto& known : kKnown) {
    EXPECT_EQ(digest_of(AlgorithmId::kK12, pattern(known.length)), known.digest) << known.length << " bytes";
  }
}

// Computed by PyCryptodome 3: chunks that end with the text, and more of them than there are lanes.
TEST(KangarooTwelve, EqualsAnotherImplementationAroundItsChunks) {
  constexpr struct {
    std::size_t length;
    std::string_view digest;
  } kKnown[] = {{8193, "bb66fe72eaea5179418d5295ee1344854d8ad7f3fa17efcb467ec152341284cf"},
                {16384, "82778f7f7234c83352e76837b721fbdbb5270b88010d84fa5ab0b61ec8ce0956"},
                {73733, "10980158ee01c2948156cdd8a377688d1c14276121aba618eefd7a907ec6ee41"}};
  for (const auto& known : kKnown) {
    EXPECT_EQ(digest_of(AlgorithmId::kK12, pattern(known.length)), known.digest) << known.length << " bytes";
  }
}

TEST(KangarooTwelve, ChunksSideBySideEqualChunksOneByOne) {
  const Bytes bytes = noise(40 * 8192 + 5, 94);
  const auto hasher = make_hasher(AlgorithmId::kK12);
  ASSERT_NE(hasher, nullptr);
  for (std::size_t chunks = 1; chunks <= 40; ++chunks) {
    const auto input = std::span(bytes).first(chunks * 8192 + chunks % 6);
    hasher->reset();
    for (std::size_t at = 0; at < input.size(); at += 1000) {
      hasher->update(input.subspan(at, std::min<std::size_t>(1000, input.size() - at)));
    }
    EXPECT_EQ(finished(*hasher, AlgorithmId::kK12), digest_of(AlgorithmId::kK12, input)) << chunks << " chunks";
  }
}

}  // namespace
}  // namespace hashlane
