// Chains of linked requests in an io_uring of each thread's own.
#include <fcntl.h>
#include <liburing.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>

#include "file_list.h"
#include "variants.h"

namespace hashlane::bench {
namespace {

struct Chain {
  bool statx;
  bool close;
};

/// What a completion is about: the slot, and which link of its chain.
enum class Link : unsigned { kOpen, kStatx, kRead, kClose };
constexpr unsigned kLinkBits = 2;

class Ring {
 public:
  Ring(const std::vector<SmallFile>& files, Share& share, unsigned depth, Chain chain)
      : files_(files), share_(share), depth_(depth), chain_(chain), facts_(depth) {
    for (unsigned slot = 0; slot < depth; ++slot) {
      free_.push_back(slot);
      buffers_.push_back(std::make_unique_for_overwrite<char[]>(kLargestFile));
    }
    const unsigned flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN;
    check(io_uring_queue_init(depth * 4, &ring_, flags), "io_uring_queue_init");
    check(io_uring_register_files_sparse(&ring_, depth), "io_uring_register_files_sparse");
  }
  Ring(const Ring&) = delete;
  Ring& operator=(const Ring&) = delete;
  ~Ring() { io_uring_queue_exit(&ring_); }

  /// Reads this thread's share; gives the bytes read.
  std::size_t run() {
    while (fill()) {
      check(io_uring_submit_and_wait(&ring_, 1), "io_uring_submit_and_wait");
      reap();
    }
    return bytes_;
  }

 private:
  static void check(int result, const char* what) {
    if (result >= 0) return;
    errno = -result;
    fail(what);
  }

  /// Begins a chain in every free slot. False when nothing is left and nothing is under way.
  bool fill() {
    while (!free_.empty()) {
      if (at_ == range_.end) {
        range_ = share_.next();
        at_ = range_.begin;
        if (range_.begin == range_.end) break;
      }
      begin(free_.back(), files_[at_++]);
      free_.pop_back();
    }
    return free_.size() < depth_;
  }

  io_uring_sqe* request(unsigned slot, Link link) {
    io_uring_sqe* const sqe = io_uring_get_sqe(&ring_);
    if (sqe == nullptr) fail("io_uring_get_sqe");
    sqe->user_data = slot << kLinkBits | static_cast<unsigned>(link);
    return sqe;
  }

  void begin(unsigned slot, const SmallFile& file) {
    const auto prepared = [&](Link link, unsigned flags, auto prepare, auto... arguments) {
      io_uring_sqe* const sqe = request(slot, link);
      const auto data = sqe->user_data;
      prepare(sqe, arguments...);
      sqe->user_data = data;
      sqe->flags |= static_cast<unsigned char>(flags);
    };
    prepared(Link::kOpen, IOSQE_IO_LINK | IOSQE_CQE_SKIP_SUCCESS, io_uring_prep_openat_direct, file.folder,
             file.leaf.c_str(), O_RDONLY, mode_t{0}, slot);
    if (chain_.statx) {
      prepared(Link::kStatx, IOSQE_IO_LINK | IOSQE_CQE_SKIP_SUCCESS, io_uring_prep_statx, file.folder,
               file.leaf.c_str(), 0, unsigned{STATX_BASIC_STATS}, &facts_[slot]);
    }
    // A short read, which every read here is, would break a soft link.
    const unsigned link = chain_.close ? IOSQE_IO_HARDLINK : 0u;
    prepared(Link::kRead, IOSQE_FIXED_FILE | link, io_uring_prep_read, static_cast<int>(slot), buffers_[slot].get(),
             static_cast<unsigned>(kLargestFile), 0ull);
    if (chain_.close) prepared(Link::kClose, 0, io_uring_prep_close_direct, slot);
  }

  void reap() {
    io_uring_cqe* cqe = nullptr;
    unsigned head = 0;
    unsigned seen = 0;
    const Link last = chain_.close ? Link::kClose : Link::kRead;
    io_uring_for_each_cqe(&ring_, head, cqe) {
      ++seen;
      check(cqe->res, "a request");
      const auto link = static_cast<Link>(cqe->user_data & ((1u << kLinkBits) - 1));
      if (link == Link::kRead) bytes_ += static_cast<std::size_t>(cqe->res);
      if (link == last) free_.push_back(static_cast<unsigned>(cqe->user_data >> kLinkBits));
    }
    io_uring_cq_advance(&ring_, seen);
  }

  const std::vector<SmallFile>& files_;
  Share& share_;
  unsigned depth_;
  Chain chain_;
  io_uring ring_{};
  Share::Range range_{0, 0};
  std::size_t at_ = 0;
  std::vector<unsigned> free_;
  std::vector<std::unique_ptr<char[]>> buffers_;
  std::vector<struct statx> facts_;
  std::size_t bytes_ = 0;
};

Variant variant(const std::string& name, unsigned depth, Chain chain) {
  return {name, [=](const std::vector<SmallFile>& files, std::size_t threads) {
            std::atomic<std::size_t> total = 0;
            Share share(files.size(), 64);
            on_threads(threads, [&](std::size_t) { total += Ring(files, share, depth, chain).run(); });
            return total.load();
          }};
}

}  // namespace

Variant ring_variant(unsigned depth) {
  return variant("io_uring, " + std::to_string(depth) + " at a time", depth, {.statx = false, .close = true});
}

Variant ring_replacing_variant(unsigned depth) {
  return variant("io_uring, " + std::to_string(depth) + " at a time, slots replaced", depth,
                 {.statx = false, .close = false});
}

Variant ring_statx_variant(unsigned depth) {
  return variant("io_uring, " + std::to_string(depth) + " at a time, with statx", depth,
                 {.statx = true, .close = true});
}

}  // namespace hashlane::bench
