#include "io/virtual_disks.h"

#include <algorithm>
#include <iterator>

namespace hashlane {
namespace {

// Lower case. QEMU, VMware, VirtualBox, Hyper-V and Azure, Xen, Amazon EBS, Google Cloud, Parallels,
// bhyve, Nutanix.
constexpr std::string_view kParts[] = {
    "qemu",         "vmware",    "vbox",   "virtual hd",     "virtual disk", "virtual_disk",
    "virtual nvme", "msft nvme", "xensrc", "amazon elastic", "google",       "persistentdisk",
    "nvme_card",    "parallels", "bhyve",  "nutanix vdisk",
};

char lower(char byte) noexcept { return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte; }

}  // namespace

bool is_virtual_disk(std::string_view name) {
  return std::any_of(std::begin(kParts), std::end(kParts), [&](std::string_view part) {
    return std::search(name.begin(), name.end(), part.begin(), part.end(),
                       [](char a, char b) { return lower(a) == b; }) != name.end();
  });
}

}  // namespace hashlane
