#include "io/virtual_disks.h"

#include <gtest/gtest.h>

namespace hashlane {
namespace {

TEST(VirtualDisks, AreKnownByName) {
  for (const char* name : {"ATA      QEMU HARDDISK", "QEMU QEMU HARDDISK", "VMware Virtual disk", "Msft Virtual Disk",
                           "ATA VBOX HARDDISK", " Amazon Elastic Block Store", "Google PersistentDisk",
                           " MSFT NVMe Accelerator v1.0", " nvme_card-pd", "XENSRC PVDISK"}) {
    EXPECT_TRUE(is_virtual_disk(name)) << name;
  }
}

TEST(VirtualDisks, AreNotDisksOfMakers) {
  for (const char* name : {"ATA WDC WD40EFRX-68N", " Samsung SSD 990 PRO 2TB", "Seagate Expansion", "", " "}) {
    EXPECT_FALSE(is_virtual_disk(name)) << name;
  }
}

}  // namespace
}  // namespace hashlane
