#include "io/linux/device_finder.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <optional>
#include <string>

#include "io/linux/file_system_types.h"
#include "tests/io/temporary_folder.h"

namespace hashlane {
namespace {

/// A /sys, /proc and /dev as the kernel and udev lay them out, with what the test puts there.
class System {
 public:
  /// A disk below `bus`, such as `pci0000:00/ata1/host0`.
  void disk(const std::string& name, const std::string& numbers, const std::string& rotational,
            const std::string& bus = "devices/pci0000:00/ata1/host0") const {
    const std::string at = "sys/" + bus + "/block/" + name;
    folder_.write(at + "/dev", numbers + "\n");
    folder_.write(at + "/queue/rotational", rotational + "\n");
    announce(name, numbers, at);
  }
  void partition(const std::string& disk_path, const std::string& name, const std::string& numbers) const {
    const std::string at = "sys/" + disk_path + "/" + name;
    folder_.write(at + "/partition", "1\n");
    announce(name, numbers, at);
  }
  void hardware(const std::string& disk_path, const std::string& vendor, const std::string& model) const {
    folder_.write("sys/" + disk_path + "/device/vendor", vendor + "\n");
    folder_.write("sys/" + disk_path + "/device/model", model + "\n");
  }
  void slave(const std::string& of, const std::string& part) const {
    const auto target = std::filesystem::canonical(folder_.path() / "sys/class/block" / part);
    folder_.link("sys/devices/virtual/block/" + of + "/slaves/" + part, target);
  }
  void mount(const std::string& line) {
    mounts_ += line + "\n";
    folder_.write("proc/self/mountinfo", mounts_);
  }
  [[nodiscard]] DeviceClass find(unsigned major, unsigned minor, std::optional<unsigned> mount = {}) const {
    return DeviceFinder(folder_.path().string()).find(major, minor, mount);
  }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  void announce(const std::string& name, const std::string& numbers, const std::string& at) const {
    folder_.link("sys/dev/block/" + numbers, folder_.path() / at);
    folder_.link("sys/class/block/" + name, folder_.path() / at);
  }

  TemporaryFolder folder_;
  std::string mounts_;
};

constexpr const char* kVirtualBus = "devices/virtual";

TEST(DeviceFinder, TellsDisksByTheirQueue) {
  System system;
  system.disk("sda", "8:0", "1");
  system.disk("sdb", "8:16", "0");
  system.disk("nvme0n1", "259:0", "0", "devices/pci0000:00/nvme/nvme0");
  system.folder().write("sys/devices/pci0000:00/nvme/nvme0/block/nvme0n1/device/transport", "pcie\n");
  EXPECT_EQ(system.find(8, 0), DeviceClass::kRotational);
  EXPECT_EQ(system.find(8, 16), DeviceClass::kSolidState);
  EXPECT_EQ(system.find(259, 0), DeviceClass::kSolidState);
  EXPECT_EQ(system.find(8, 99), DeviceClass::kUnknown);
}

TEST(DeviceFinder, TellsPartitionsByTheirDisk) {
  System system;
  system.disk("sda", "8:0", "1");
  system.partition("devices/pci0000:00/ata1/host0/block/sda", "sda1", "8:1");
  EXPECT_EQ(system.find(8, 1), DeviceClass::kRotational);
}

TEST(DeviceFinder, TellsMappingsByWhatTheyLieOn) {
  System system;
  system.disk("sda", "8:0", "1");
  system.disk("sdb", "8:16", "0");
  system.disk("sdc", "8:32", "0");
  system.disk("vda", "254:0", "1", "devices/pci0000:00/virtio1");
  system.folder().link("sys/devices/pci0000:00/virtio1/block/vda/device/subsystem", "../bus/virtio");
  // LUKS on a solid state disk; what its own queue says does not count.
  system.disk("dm-0", "253:0", "1", kVirtualBus);
  system.slave("dm-0", "sdb");
  EXPECT_EQ(system.find(253, 0), DeviceClass::kSolidState);
  // LVM on that.
  system.disk("dm-1", "253:1", "1", kVirtualBus);
  system.slave("dm-1", "dm-0");
  EXPECT_EQ(system.find(253, 1), DeviceClass::kSolidState);
  // A mirror of one of each kind is as slow as its slower half.
  system.disk("md0", "9:0", "0", kVirtualBus);
  system.slave("md0", "sda");
  system.slave("md0", "sdc");
  EXPECT_EQ(system.find(9, 0), DeviceClass::kRotational);
  system.disk("dm-2", "253:2", "1", kVirtualBus);
  system.slave("dm-2", "vda");
  EXPECT_EQ(system.find(253, 2), DeviceClass::kVirtual);
}

TEST(DeviceFinder, EndsWhereMappingsGoRound) {
  System system;
  system.disk("dm-0", "253:0", "0", kVirtualBus);
  system.disk("dm-1", "253:1", "0", kVirtualBus);
  system.slave("dm-0", "dm-1");
  system.slave("dm-1", "dm-0");
  EXPECT_EQ(system.find(253, 0), DeviceClass::kUnknown);
}

TEST(DeviceFinder, BelievesNoVirtualMachinesDisk) {
  System system;
  system.disk("vda", "254:0", "1", "devices/pci0000:00/virtio1");
  system.folder().link("sys/devices/pci0000:00/virtio1/block/vda/device/subsystem", "../../../../bus/virtio");
  EXPECT_EQ(system.find(254, 0), DeviceClass::kVirtual);
  system.disk("xvda", "202:0", "0", "devices/vbd-51712");
  system.folder().link("sys/devices/vbd-51712/block/xvda/device/subsystem", "../../../bus/xen");
  EXPECT_EQ(system.find(202, 0), DeviceClass::kVirtual);

  unsigned minor = 0;
  for (const auto& [vendor, model] : {std::pair{"ATA     ", "QEMU HARDDISK   "},
                                      {"QEMU    ", "QEMU HARDDISK"},
                                      {"VMware  ", "Virtual disk    "},
                                      {"Msft    ", "Virtual Disk    "},
                                      {"ATA     ", "VBOX HARDDISK   "},
                                      {"Google  ", "PersistentDisk  "},
                                      {"", "Amazon Elastic Block Store              "}}) {
    const std::string name = "sd" + std::string(1, static_cast<char>('a' + minor));
    const std::string bus = "devices/host" + std::to_string(minor);
    system.disk(name, "8:" + std::to_string(minor), "1", bus);
    system.hardware(bus + "/block/" + name, vendor, model);
    EXPECT_EQ(system.find(8, minor), DeviceClass::kVirtual) << vendor << model;
    ++minor;
  }
  system.disk("sdz", "8:400", "1", "devices/host99");
  system.hardware("devices/host99/block/sdz", "ATA     ", "WDC WD40EFRX-68N");
  EXPECT_EQ(system.find(8, 400), DeviceClass::kRotational);
}

TEST(DeviceFinder, KnowsDisksBehindANetworkAndInMemory) {
  System system;
  system.disk("sda", "8:0", "1", "devices/platform/host3/session1/target3:0:0/3:0:0:0");
  EXPECT_EQ(system.find(8, 0), DeviceClass::kNetwork);
  system.disk("nvme0n1", "259:0", "0", "devices/virtual/nvme-fabrics/ctl/nvme0");
  system.folder().write("sys/devices/virtual/nvme-fabrics/ctl/nvme0/block/nvme0n1/device/transport", "tcp\n");
  EXPECT_EQ(system.find(259, 0), DeviceClass::kNetwork);
  system.disk("nbd0", "43:0", "0", kVirtualBus);
  EXPECT_EQ(system.find(43, 0), DeviceClass::kNetwork);
  system.disk("zram0", "253:0", "0", kVirtualBus);
  EXPECT_EQ(system.find(253, 0), DeviceClass::kMemory);
}

TEST(DeviceFinder, FollowsADiskInAFileToTheFilesDisk) {
  System system;
  system.disk("sda", "8:0", "1");
  system.disk("loop0", "7:0", "0", kVirtualBus);
  system.folder().write("sys/devices/virtual/block/loop0/loop/backing_file", "/images/disk.img\n");
  EXPECT_EQ(system.find(7, 0), DeviceClass::kSolidState) << "nothing is known of the file: its own queue tells";
  system.mount("1 0 8:0 / / rw - ext4 /dev/sda rw");
  EXPECT_EQ(system.find(7, 0), DeviceClass::kRotational);
}

TEST(DeviceFinder, FindsBtrfsByTheMountOfTheDescriptor) {
  System system;
  system.disk("sda", "8:0", "1");
  system.partition("devices/pci0000:00/ata1/host0/block/sda", "sda2", "8:2");
  system.disk("dm-0", "253:0", "0", kVirtualBus);
  system.slave("dm-0", "sda");
  system.folder().link("dev/mapper/luks-1", "../dm-0");
  system.folder().write("dev/dm-0", "");
  system.mount("30 1 0:40 /@home /home rw - btrfs /dev/sda2 rw,subvol=/@home");
  system.mount("31 1 0:41 /@ / rw - btrfs /dev/mapper/luks-1 rw,subvol=/@");
  // A subvolume's files have a number of their own, which no line names.
  EXPECT_EQ(system.find(0, 77, 30), DeviceClass::kRotational);
  EXPECT_EQ(system.find(0, 41), DeviceClass::kRotational) << "without an id, by the numbers";
  EXPECT_EQ(system.find(0, 77), DeviceClass::kUnknown);
}

TEST(DeviceFinder, FindsOverlaysByTheirLowerLayer) {
  System system;
  system.disk("sda", "8:0", "1");
  system.disk("sdb", "8:16", "0");
  system.mount("1 0 8:0 / / rw - ext4 /dev/sda rw");
  system.mount("2 1 8:16 / /var/lib/docker rw - ext4 /dev/sdb rw");
  system.mount("9 1 0:60 / /merged rw - overlay overlay rw,lowerdir=/var/lib/docker/l/A:/x,upperdir=/u,workdir=/w");
  EXPECT_EQ(system.find(0, 60, 9), DeviceClass::kSolidState);
  system.mount("11 1 0:62 / /old rw - overlay overlay rw,lowerdir=l/A:l/B,upperdir=/var/lib/docker/diff");
  EXPECT_EQ(system.find(0, 62, 11), DeviceClass::kSolidState) << "a relative path says nothing";
  // Overlays on overlays end.
  system.mount("10 1 0:61 / /loop rw - overlay overlay rw,lowerdir=/loop/a,upperdir=/u");
  EXPECT_EQ(system.find(0, 61, 10), DeviceClass::kUnknown);
}

TEST(DeviceFinder, KnowsFileSystemsWithoutADisk) {
  System system;
  unsigned id = 1;
  const auto of_type = [&](const std::string& type, const std::string& source) {
    ++id;
    system.mount(std::to_string(id) + " 1 0:" + std::to_string(id) + " / /m rw - " + type + " " + source + " rw");
    return system.find(0, id, id);
  };
  EXPECT_EQ(of_type("nfs4", "server:/export"), DeviceClass::kNetwork);
  EXPECT_EQ(of_type("cifs", "//server/share"), DeviceClass::kNetwork);
  EXPECT_EQ(of_type("9p", "share"), DeviceClass::kNetwork);
  EXPECT_EQ(of_type("fuse.sshfs", "me@host:/"), DeviceClass::kNetwork);
  EXPECT_EQ(of_type("fuse", "https://dav.example"), DeviceClass::kNetwork);
  EXPECT_EQ(of_type("fuse.mergerfs", "a:b"), DeviceClass::kUnknown);
  EXPECT_EQ(of_type("zfs", "tank/home"), DeviceClass::kUnknown);
  EXPECT_EQ(of_type("tmpfs", "tmpfs"), DeviceClass::kMemory);
  EXPECT_EQ(of_type("virtiofs", "share"), DeviceClass::kVirtual);
}

TEST(DeviceFinder, TakesTheWorseOfSeveralSources) {
  System system;
  system.disk("sda", "8:0", "1");
  system.disk("sdb", "8:16", "0");
  system.mount("2 1 0:50 / /m rw - bcachefs /dev/sdb:/dev/sda rw");
  EXPECT_EQ(system.find(0, 50, 2), DeviceClass::kRotational);
}

TEST(DeviceFinder, KnowsFileSystemsByNumberToo) {
  EXPECT_EQ(class_of_file_system(std::uint64_t{0x6969}), DeviceClass::kNetwork);
  EXPECT_EQ(class_of_file_system(std::uint64_t{0xFE534D42}), DeviceClass::kNetwork);
  EXPECT_EQ(class_of_file_system(std::uint64_t{0x01021994}), DeviceClass::kMemory);
  EXPECT_EQ(class_of_file_system(std::uint64_t{0xEF53}), std::nullopt) << "ext4: its disk decides";
  EXPECT_EQ(class_of_file_system(std::uint64_t{0}), std::nullopt);
}

TEST(DeviceFinder, FindsTheMountOfADescriptorOfThisProcess) {
  const TemporaryFolder folder;
  Descriptor opened;
  ASSERT_FALSE(open_long_folder(folder.path().string(), opened));
  const auto mount = DeviceFinder().mount_of(static_cast<int>(opened.get()));
  ASSERT_TRUE(mount.has_value());
}

}  // namespace
}  // namespace hashlane
