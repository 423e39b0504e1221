// A file system whose requests hang on demand, as those of a network mount whose server is gone: shows a folder
// read-only at a mount point, and speaks to the kernel by itself (linux/fuse.h), for a library would answer.
//
//   hanging_mount FOLDER MOUNT_POINT
//
// Prints `mounted`, then takes lines from standard input and says each again once it is done:
//   hang REQUEST PATH [FROM]   these requests for the path below the mount, `.` for itself, hang from now on;
//                              REQUEST is lookup, look, open, read or list; FROM: only reads that end behind it
//   slow MILLISECONDS          each answer of a listing has one name, and takes so long
//   answer                     answers all that hangs, and nothing hangs any more
// Prints `hanging REQUEST PATH` when one does. Unmounts and ends when standard input ends. A thread that was killed
// is let go of, as NFS does: nothing else could, before the mount itself is gone.
#include <dirent.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <poll.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t kMaxRead = 1 << 20;
constexpr std::uint64_t kForEver = 3600;
constexpr int kLookAtHeldMs = 20;

using Request = std::vector<char>;

template <class Part>
Part part_of(const Request& request, std::size_t at = sizeof(fuse_in_header)) {
  Part part{};
  if (request.size() >= at) std::memcpy(&part, request.data() + at, std::min(sizeof part, request.size() - at));
  return part;
}

fuse_in_header header_of(const Request& request) { return part_of<fuse_in_header>(request, 0); }

std::string_view name_of(std::uint32_t opcode) {
  switch (opcode) {
    case FUSE_LOOKUP:
      return "lookup";
    case FUSE_GETATTR:
      return "look";
    case FUSE_OPEN:
    case FUSE_OPENDIR:
      return "open";
    case FUSE_READ:
      return "read";
    case FUSE_READDIR:
      return "list";
    default:
      return {};
  }
}

/// Whether SIGKILL waits for the thread, which cannot take it before it has its answer; also when it is gone.
bool killed(std::uint32_t thread) {
  std::ifstream status("/proc/" + std::to_string(thread) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("SigPnd:")) return (std::stoull(line.substr(7), nullptr, 16) >> (SIGKILL - 1) & 1) != 0;
  }
  return true;
}

class HangingMount {
 public:
  HangingMount(std::string folder, std::string at) : folder_(std::move(folder)), at_(std::move(at)) {}

  int run() {
    // A request may be withdrawn between poll() and read().
    device_ = ::open("/dev/fuse", O_RDWR | O_CLOEXEC | O_NONBLOCK);
    const std::string options = "fd=" + std::to_string(device_) + ",rootmode=40000,user_id=0,group_id=0,allow_other";
    if (device_ < 0 || ::mount("hanging_mount", at_.c_str(), "fuse.hanging_mount", MS_NOSUID | MS_NODEV | MS_RDONLY,
                               options.c_str()) != 0) {
      std::perror("hanging_mount");
      return 1;
    }
    std::cout << "mounted" << std::endl;
    serve();
    // What still hangs fails when the device is closed.
    ::umount2(at_.c_str(), MNT_DETACH);
    return 0;
  }

 private:
  struct Rule {
    std::string request, path;
    std::uint64_t from;
  };

  void serve() {
    pollfd both[] = {{device_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}};
    while (true) {
      both[0].revents = both[1].revents = 0;
      ::poll(both, 2, held_.empty() ? -1 : kLookAtHeldMs);
      if (both[1].revents != 0 && !take_lines()) return;
      std::erase_if(held_, [&](const Request& request) {
        if (!killed(header_of(request).pid)) return false;
        fail(request, EINTR);
        return true;
      });
      if (both[0].revents == 0) continue;
      Request request(kMaxRead + 4096);
      const ssize_t got = ::read(device_, request.data(), request.size());
      if (got < 0 && errno == ENODEV) return;
      if (got < 0) continue;
      request.resize(static_cast<std::size_t>(got));
      if (hangs(request)) {
        std::cout << "hanging " << name_of(header_of(request).opcode) << ' ' << path_of(request) << std::endl;
        held_.push_back(std::move(request));
      } else {
        answer(request);
      }
    }
  }

  bool take_lines() {
    char bytes[4096];
    const ssize_t got = ::read(STDIN_FILENO, bytes, sizeof bytes);
    if (got <= 0) return false;
    input_.append(bytes, static_cast<std::size_t>(got));
    for (std::size_t end; (end = input_.find('\n')) != std::string::npos; input_.erase(0, end + 1)) {
      const std::string line = input_.substr(0, end);
      std::istringstream words(line);
      std::string verb;
      words >> verb;
      if (verb == "hang") {
        Rule rule{};
        words >> rule.request >> rule.path >> rule.from;
        rules_.push_back(std::move(rule));
      } else if (verb == "slow") {
        words >> slow_ms_;
      } else if (verb == "answer") {
        rules_.clear();
        for (const Request& request : std::exchange(held_, {})) answer(request);
      } else {
        continue;
      }
      std::cout << line << std::endl;
    }
    return true;
  }

  /// What a request is for, below the mount.
  std::string path_of(const Request& request) {
    const fuse_in_header header = header_of(request);
    return header.opcode == FUSE_LOOKUP ? below(header.nodeid, request.data() + sizeof header) : path(header.nodeid);
  }
  const std::string& path(std::uint64_t node) const { return paths_.at(node - FUSE_ROOT_ID); }
  std::string below(std::uint64_t node, const std::string& name) const {
    return node == FUSE_ROOT_ID ? name : path(node) + "/" + name;
  }

  bool hangs(const Request& request) {
    const fuse_in_header header = header_of(request);
    const std::string_view name = name_of(header.opcode);
    if (name.empty()) return false;
    const std::string of = path_of(request);
    const auto read = part_of<fuse_read_in>(request);
    return std::ranges::any_of(rules_, [&](const Rule& rule) {
      return rule.request == name && rule.path == of && (name != "read" || read.offset + read.size > rule.from);
    });
  }

  void reply(const Request& request, int error, const void* data, std::size_t length) const {
    const fuse_out_header header{static_cast<std::uint32_t>(sizeof(fuse_out_header) + length), -error,
                                 header_of(request).unique};
    std::string whole(reinterpret_cast<const char*>(&header), sizeof header);
    whole.append(static_cast<const char*>(data), length);
    // Fails when nobody waits any more.
    if (::write(device_, whole.data(), whole.size()) < 0) return;
  }
  void fail(const Request& request, int error) const { reply(request, error, "", 0); }
  template <class Part>
  void reply(const Request& request, const Part& part) const {
    reply(request, 0, &part, sizeof part);
  }

  /// The node with this path, and what is known of it; false when there is none.
  bool find(const std::string& path, std::uint64_t& node, fuse_attr& facts) {
    struct stat status {};
    if (::lstat((folder_ + "/" + path).c_str(), &status) != 0) return false;
    const auto at = std::ranges::find(paths_, path);
    node = static_cast<std::uint64_t>(at - paths_.begin()) + FUSE_ROOT_ID;
    if (at == paths_.end()) paths_.push_back(path);
    facts = {};
    facts.ino = node;
    facts.size = static_cast<std::uint64_t>(status.st_size);
    facts.blocks = static_cast<std::uint64_t>(status.st_blocks);
    facts.mtime = static_cast<std::uint64_t>(status.st_mtime);
    facts.mode = status.st_mode;
    facts.nlink = 1;
    facts.blksize = 4096;
    return true;
  }

  void answer(const Request& request) {
    const fuse_in_header header = header_of(request);
    switch (header.opcode) {
      case FUSE_INIT: {
        const auto asked = part_of<fuse_init_in>(request);
        fuse_init_out agreed{};
        agreed.major = FUSE_KERNEL_VERSION;
        agreed.minor = std::min<std::uint32_t>(asked.minor, FUSE_KERNEL_MINOR_VERSION);
        agreed.max_readahead = asked.max_readahead;
        agreed.max_write = 4096;
        // Otherwise a lookup that hangs holds up all others in its folder.
        agreed.flags = asked.flags & FUSE_PARALLEL_DIROPS;
        return reply(request, agreed);
      }
      case FUSE_LOOKUP: {
        fuse_entry_out entry{};
        if (!find(path_of(request), entry.nodeid, entry.attr)) return fail(request, ENOENT);
        entry.entry_valid = entry.attr_valid = kForEver;
        return reply(request, entry);
      }
      case FUSE_GETATTR: {
        fuse_attr_out out{};
        std::uint64_t node = 0;
        if (!find(path_of(request), node, out.attr)) return fail(request, ENOENT);
        out.attr_valid = kForEver;
        return reply(request, out);
      }
      case FUSE_OPEN:
      case FUSE_OPENDIR:
        return reply(request, fuse_open_out{});
      case FUSE_READ:
        return read(request);
      case FUSE_READDIR:
        return list(request);
      case FUSE_STATFS:
        return reply(request, fuse_statfs_out{});
      case FUSE_RELEASE:
      case FUSE_RELEASEDIR:
        return fail(request, 0);
      case FUSE_FORGET:
      case FUSE_BATCH_FORGET:
      case FUSE_INTERRUPT:
        return;
      default:
        return fail(request, ENOSYS);
    }
  }

  void read(const Request& request) {
    const auto asked = part_of<fuse_read_in>(request);
    std::ifstream file(folder_ + "/" + path_of(request), std::ios::binary);
    std::string bytes(std::min<std::size_t>(asked.size, kMaxRead), '\0');
    file.seekg(static_cast<std::streamoff>(asked.offset));
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    reply(request, 0, bytes.data(), static_cast<std::size_t>(file.gcount()));
  }

  void list(const Request& request) {
    const auto asked = part_of<fuse_read_in>(request);
    std::map<std::string, unsigned char> kinds;
    DIR* const stream = ::opendir((folder_ + "/" + path_of(request)).c_str());
    if (stream == nullptr) return fail(request, errno);
    while (const dirent* entry = ::readdir(stream)) kinds.emplace(entry->d_name, entry->d_type);
    ::closedir(stream);
    std::string entries;
    // Each entry's place in the order of names; the kernel asks for what follows the last it got.
    std::uint64_t place = 0;
    for (const auto& [name, kind] : kinds) {
      if (place++ < asked.offset) continue;
      const fuse_dirent entry{place, place, static_cast<std::uint32_t>(name.size()), kind};
      const std::size_t length = FUSE_DIRENT_ALIGN(FUSE_NAME_OFFSET + name.size());
      if (entries.size() + length > asked.size || (slow_ms_ > 0 && !entries.empty())) break;
      std::string padded(length, '\0');
      std::memcpy(padded.data(), &entry, FUSE_NAME_OFFSET);
      name.copy(padded.data() + FUSE_NAME_OFFSET, name.size());
      entries += padded;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(slow_ms_));
    reply(request, 0, entries.data(), entries.size());
  }

  const std::string folder_, at_;
  int device_ = -1;
  /// By number of node, from FUSE_ROOT_ID on.
  std::vector<std::string> paths_{"."};
  std::vector<Rule> rules_;
  std::vector<Request> held_;
  std::uint64_t slow_ms_ = 0;
  std::string input_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fputs("hanging_mount FOLDER MOUNT_POINT\n", stderr);
    return 2;
  }
  return HangingMount(arguments[1], arguments[2]).run();
}
