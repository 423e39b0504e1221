// OpenSSL's libcrypto. The digests come from a library context of our own, so that nothing another
// user of OpenSSL in the process configures can change them, and each is fetched once: a fetch
// costs more than hashing a small file.
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <new>

#include "kernels/kernel.h"

namespace hashlane {
namespace {

struct OpensslName {
  AlgorithmId algorithm;
  const char* name;
};

constexpr OpensslName kNames[] = {
    {AlgorithmId::kMd5, "MD5"},
    {AlgorithmId::kSha1, "SHA1"},
    {AlgorithmId::kSha224, "SHA2-224"},
    {AlgorithmId::kSha256, "SHA2-256"},
    {AlgorithmId::kSha384, "SHA2-384"},
    {AlgorithmId::kSha512, "SHA2-512"},
    {AlgorithmId::kC4, "SHA2-512"},
    {AlgorithmId::kSha512_224, "SHA2-512/224"},
    {AlgorithmId::kSha512_256, "SHA2-512/256"},
    {AlgorithmId::kSha3_224, "SHA3-224"},
    {AlgorithmId::kSha3_256, "SHA3-256"},
    {AlgorithmId::kSha3_384, "SHA3-384"},
    {AlgorithmId::kSha3_512, "SHA3-512"},
    {AlgorithmId::kBlake2b, "BLAKE2B-512"},
    {AlgorithmId::kBlake2s, "BLAKE2S-256"},
    {AlgorithmId::kSm3, "SM3"},
};

using Digests = std::array<EVP_MD*, std::size(kAlgorithms)>;

Digests fetch_digests() {
  // No exit handler: the engine's threads may still hash while the process ends. No configuration
  // file: a digest must not depend on the machine's settings.
  OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  Digests digests{};
  OSSL_LIB_CTX* const library = OSSL_LIB_CTX_new();
  if (library == nullptr) return digests;
  for (const OpensslName& wanted : kNames) {
    EVP_MD* const digest = EVP_MD_fetch(library, wanted.name, "provider=default");
    if (digest == nullptr) continue;
    if (static_cast<std::size_t>(EVP_MD_get_size(digest)) == digest_length(wanted.algorithm)) {
      digests[static_cast<std::size_t>(wanted.algorithm)] = digest;
    } else {
      EVP_MD_free(digest);
    }
  }
  return digests;
}

// The library context and its digests live as long as the process: hashers on any thread use them.
const Digests& digests() {
  static const Digests fetched = fetch_digests();
  return fetched;
}

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

class OpensslHasher final : public Hasher {
 public:
  /// `digest` must outlive the hasher. ok() tells whether the library had the memory for it.
  explicit OpensslHasher(const EVP_MD* digest) noexcept
      : context_(EVP_MD_CTX_new()), ok_(context_ && EVP_DigestInit_ex2(context_.get(), digest, nullptr) == 1) {}

  bool ok() const noexcept { return ok_; }

  // Without a digest the context keeps its own: no fetch, and no reference count that threads share.
  void reset() noexcept override { ok_ = EVP_DigestInit_ex2(context_.get(), nullptr, nullptr) == 1; }

  void update(std::span<const std::byte> bytes) noexcept override {
    if (!ok_ || bytes.empty()) return;
    ok_ = EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1;
  }

  bool finish(std::byte* digest) noexcept override {
    return ok_ && EVP_DigestFinal_ex(context_.get(), reinterpret_cast<unsigned char*>(digest), nullptr) == 1;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
  bool ok_;
};

}  // namespace

std::unique_ptr<Hasher> make_openssl_hasher(AlgorithmId algorithm) noexcept {
  const EVP_MD* const digest = digests()[static_cast<std::size_t>(algorithm)];
  if (digest == nullptr) return nullptr;
  std::unique_ptr<OpensslHasher> hasher(new (std::nothrow) OpensslHasher(digest));
  if (!hasher || !hasher->ok()) return nullptr;
  return hasher;
}

std::string openssl_implementation() { return std::string("OpenSSL ") + OpenSSL_version(OPENSSL_VERSION_STRING); }

std::vector<Kernel> openssl_kernels() {
  std::vector<Kernel> kernels;
  for (const OpensslName& known : kNames) {
    if (digests()[static_cast<std::size_t>(known.algorithm)] != nullptr) {
      kernels.push_back({known.algorithm, openssl_implementation(), make_openssl_hasher});
    }
  }
  return kernels;
}

}  // namespace hashlane
