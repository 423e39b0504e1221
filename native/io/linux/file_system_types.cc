#include "io/linux/file_system_types.h"

#include <algorithm>
#include <iterator>

namespace hashlane {
namespace {

struct FileSystemType {
  std::string_view name;
  /// 0 where the type shares its number with others (FUSE) or another row has it.
  std::uint32_t magic;
  DeviceClass device;
};

constexpr auto kNetwork = DeviceClass::kNetwork;
constexpr auto kMemory = DeviceClass::kMemory;
constexpr auto kVirtual = DeviceClass::kVirtual;

// Numbers: linux/magic.h and statfs(2); those of modules outside the kernel (Lustre, BeeGFS, GPFS,
// PanFS, StorNext, hypervisors' shared folders) are the ones coreutils' stat(1) names.
constexpr FileSystemType kTypes[] = {
    {"nfs", 0x6969, kNetwork},
    {"nfs4", 0, kNetwork},
    {"cifs", 0xFF534D42, kNetwork},
    {"smb3", 0xFE534D42, kNetwork},
    {"smbfs", 0x517B, kNetwork},
    {"ncpfs", 0x564C, kNetwork},
    {"9p", 0x01021997, kNetwork},
    // The kernel's own AFS client; OpenAFS brings another number.
    {"afs", 0x6B414653, kNetwork},
    {"afs", 0x5346414F, kNetwork},
    {"coda", 0x73757245, kNetwork},
    {"ceph", 0x00C36400, kNetwork},
    {"orangefs", 0x20030528, kNetwork},
    {"pvfs2", 0, kNetwork},
    {"lustre", 0x0BD00BD0, kNetwork},
    {"beegfs", 0x19830326, kNetwork},
    {"gpfs", 0x47504653, kNetwork},
    {"panfs", 0xAAD7AAEA, kNetwork},
    {"snfs", 0xBEEFDEAD, kNetwork},
    // FUSE, whose number tells nothing: by subtype.
    {"fuse.sshfs", 0, kNetwork},
    {"fuse.rclone", 0, kNetwork},
    {"fuse.s3fs", 0, kNetwork},
    {"fuse.mount-s3", 0, kNetwork},
    {"fuse.goofys", 0, kNetwork},
    {"fuse.gcsfuse", 0, kNetwork},
    {"fuse.blobfuse2", 0, kNetwork},
    {"fuse.glusterfs", 0, kNetwork},
    {"fuse.ceph", 0, kNetwork},
    {"fuse.ceph-fuse", 0, kNetwork},
    {"fuse.juicefs", 0, kNetwork},
    {"fuse.curlftpfs", 0, kNetwork},
    {"fuse.smbnetfs", 0, kNetwork},
    {"fuse.gvfsd-fuse", 0, kNetwork},
    {"fuse.kio-fuse", 0, kNetwork},
    {"fuse.google-drive-ocamlfuse", 0, kNetwork},
    // A host's folder, shared with its guest.
    {"virtiofs", 0, kVirtual},
    {"vboxsf", 0x786F4256, kVirtual},
    {"vmhgfs", 0xBACBACBC, kVirtual},
    {"fuse.vmhgfs-fuse", 0, kVirtual},
    {"prl_fs", 0x7C7C6673, kVirtual},
    {"tmpfs", 0x01021994, kMemory},
    {"devtmpfs", 0, kMemory},
    {"ramfs", 0x858458F6, kMemory},
    {"hugetlbfs", 0x958458F6, kMemory},
    {"proc", 0x9FA0, kMemory},
    {"sysfs", 0x62656572, kMemory},
    {"devpts", 0x1CD1, kMemory},
    {"cgroup", 0x0027E0EB, kMemory},
    {"cgroup2", 0x63677270, kMemory},
    {"debugfs", 0x64626720, kMemory},
    {"tracefs", 0x74726163, kMemory},
    {"securityfs", 0x73636673, kMemory},
    {"selinuxfs", 0xF97CFF8C, kMemory},
    {"configfs", 0x62656570, kMemory},
    {"efivarfs", 0xDE5E81E4, kMemory},
    {"pstore", 0x6165676C, kMemory},
    {"bpf", 0xCAFE4A11, kMemory},
    {"mqueue", 0x19800202, kMemory},
    {"binfmt_misc", 0x42494E4D, kMemory},
    {"nsfs", 0x6E736673, kMemory},
    {"fuse.lxcfs", 0, kMemory},
};

}  // namespace

std::optional<DeviceClass> class_of_file_system(std::string_view type) noexcept {
  const auto* row = std::find_if(std::begin(kTypes), std::end(kTypes), [&](const auto& t) { return t.name == type; });
  return row == std::end(kTypes) ? std::nullopt : std::optional(row->device);
}

std::optional<DeviceClass> class_of_file_system(std::uint64_t magic) noexcept {
  const auto* row = std::find_if(std::begin(kTypes), std::end(kTypes),
                                 [&](const auto& t) { return t.magic != 0 && t.magic == magic; });
  return row == std::end(kTypes) ? std::nullopt : std::optional(row->device);
}

bool is_memory_disk(std::uint64_t magic) noexcept {
  constexpr std::string_view kDisks[] = {"tmpfs", "ramfs", "hugetlbfs"};
  return std::ranges::any_of(kTypes, [&](const FileSystemType& type) {
    return magic != 0 && type.magic == magic && std::ranges::find(kDisks, type.name) != std::end(kDisks);
  });
}

}  // namespace hashlane
