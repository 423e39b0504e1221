#include "kernels/rhash_stream.h"

namespace hashlane {
namespace {

// Once per process. The mask keeps RHash from loading whatever libcrypto.so the machine has and
// computing with that.
void initialize_library() {
  static const bool initialized = [] {
    rhash_set_openssl_mask(0);
    rhash_library_init();
    return true;
  }();
  static_cast<void>(initialized);
}

rhash make_context(unsigned hash_id) {
  initialize_library();
  const rhash context = rhash_init(hash_id);
  // By default a second final is silently skipped; ours always writes the digest.
  if (context != nullptr) rhash_set_autofinal(context, 0);
  return context;
}

}  // namespace

RhashStream::RhashStream(unsigned hash_id) noexcept : context_(make_context(hash_id)) {}

void RhashStream::reset() noexcept {
  rhash_reset(context_.get());
  updates_ok_ = true;
}

void RhashStream::update(std::span<const std::byte> bytes) noexcept {
  if (bytes.empty()) return;
  if (rhash_update(context_.get(), bytes.data(), bytes.size()) != 0) updates_ok_ = false;
}

bool RhashStream::finish(std::byte* digest) noexcept {
  return updates_ok_ && rhash_final(context_.get(), reinterpret_cast<unsigned char*>(digest)) == 0;
}

std::string rhash_implementation() {
  const auto version = rhash_get_version();
  std::string text = "RHash ";
  text += std::to_string((version >> 24) & 0xff) + "." + std::to_string((version >> 16) & 0xff) + ".";
  return text + std::to_string((version >> 8) & 0xff);
}

}  // namespace hashlane
