// BTIH, the info hash of a torrent (BEP 3): the SHA-1 of a bencoded dictionary with the file's size
// and name, the length of its pieces and their SHA-1s. The dictionary is the one that RHash makes of
// a single file: no further keys, pieces of the length that uTorrent would choose.
#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <limits>
#include <new>

#include "kernels/kernel.h"

namespace hashlane {
namespace {

constexpr std::uint64_t kLeastPieceBytes = 16u << 10;
constexpr std::uint64_t kMostPieceBytes = 8u << 20;

/// A power of two that gives 512 to 1023 pieces, within the limits.
constexpr std::uint64_t piece_bytes_for(std::uint64_t size) {
  return std::bit_floor(std::clamp(size >> 9, kLeastPieceBytes, kMostPieceBytes));
}

class BtihHasher final : public Hasher {
 public:
  /// `piece` and `info` are hashers of SHA-1.
  BtihHasher(std::unique_ptr<Hasher> piece, std::unique_ptr<Hasher> info) noexcept
      : piece_(std::move(piece)), info_(std::move(info)) {}

  void reset() noexcept override {
    piece_->reset();
    pieces_.clear();
    name_.clear();
    identified_ = false;
    piece_bytes_ = kLeastPieceBytes;
    in_piece_ = 0;
    ok_ = true;
  }

  void identify(std::string_view name, std::uint64_t size) noexcept override {
    identified_ = true;
    size_ = size;
    piece_bytes_ = piece_bytes_for(size);
    try {
      name_ = name;
    } catch (const std::bad_alloc&) {
      ok_ = false;
    }
  }

  void update(std::span<const std::byte> bytes) noexcept override {
    while (!bytes.empty()) {
      const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), piece_bytes_ - in_piece_));
      piece_->update(bytes.first(taken));
      in_piece_ += taken;
      bytes = bytes.subspan(taken);
      if (in_piece_ == piece_bytes_) close_piece();
    }
  }

  bool finish(std::byte* digest) noexcept override {
    if (in_piece_ != 0) close_piece();
    if (!ok_) return false;
    // Keys in the order of their bytes, as bencoding demands.
    info_->reset();
    write("d");
    if (identified_) {
      write("6:lengthi");
      write(size_);
      write("e4:name");
      write(name_.size());
      write(":");
      write(name_);
    }
    write("12:piece lengthi");
    write(piece_bytes_);
    write("e6:pieces");
    write(pieces_.size() * sizeof(PieceDigest));
    write(":");
    info_->update(std::as_bytes(std::span(pieces_)));
    write("e");
    return info_->finish(digest);
  }

  bool save(StateWriter& to) const noexcept override {
    to.number(identified_ ? 1 : 0);
    to.number(size_);
    to.number(in_piece_);
    to.number(name_.size());
    to.number(pieces_.size());
    to.bytes(std::as_bytes(std::span(name_)));
    to.bytes(std::as_bytes(std::span(pieces_)));
    return ok_ && piece_->save(to);
  }

  bool restore(StateReader& from) noexcept override {
    reset();
    identified_ = from.number_to(1) == 1;
    size_ = from.number();
    if (identified_) piece_bytes_ = piece_bytes_for(size_);
    in_piece_ = from.number_to(piece_bytes_ - 1);
    const std::uint64_t letters = from.number_to(from.left());
    const std::uint64_t pieces = from.number_to(from.left() / sizeof(PieceDigest));
    try {
      name_.resize(static_cast<std::size_t>(letters));
      pieces_.resize(static_cast<std::size_t>(pieces));
    } catch (const std::bad_alloc&) {
      return false;
    }
    from.bytes(std::as_writable_bytes(std::span(name_)));
    from.bytes(std::as_writable_bytes(std::span(pieces_)));
    return from.whole() && piece_->restore(from);
  }

 private:
  using PieceDigest = std::array<std::byte, digest_length(AlgorithmId::kSha1)>;

  void close_piece() noexcept {
    PieceDigest digest;
    ok_ = piece_->finish(digest.data()) && ok_;
    try {
      pieces_.push_back(digest);
    } catch (const std::bad_alloc&) {
      ok_ = false;
    }
    piece_->reset();
    in_piece_ = 0;
  }

  void write(std::string_view text) noexcept { info_->update(std::as_bytes(std::span(text))); }

  void write(std::uint64_t number) noexcept {
    std::array<char, std::numeric_limits<std::uint64_t>::digits10 + 1> digits;
    const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
    write(std::string_view(digits.begin(), end));
  }

  std::unique_ptr<Hasher> piece_;
  std::unique_ptr<Hasher> info_;
  std::vector<PieceDigest> pieces_;
  std::string name_;
  std::uint64_t size_ = 0;
  std::uint64_t piece_bytes_ = kLeastPieceBytes;
  std::uint64_t in_piece_ = 0;
  bool identified_ = false;
  bool ok_ = true;
};

std::unique_ptr<Hasher> make(AlgorithmId) noexcept {
  std::unique_ptr<Hasher> piece = make_openssl_hasher(AlgorithmId::kSha1);
  std::unique_ptr<Hasher> info = make_openssl_hasher(AlgorithmId::kSha1);
  return make_btih_hasher(std::move(piece), std::move(info));
}

}  // namespace

std::unique_ptr<Hasher> make_btih_hasher(std::unique_ptr<Hasher> piece, std::unique_ptr<Hasher> info) noexcept {
  if (!piece || !info) return nullptr;
  return std::unique_ptr<Hasher>(new (std::nothrow) BtihHasher(std::move(piece), std::move(info)));
}

std::vector<Kernel> btih_kernels() { return {{AlgorithmId::kBtih, openssl_implementation(), make}}; }

}  // namespace hashlane
