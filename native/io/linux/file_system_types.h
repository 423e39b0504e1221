// Linux file systems that lie on no block device of their own, and what they lie on instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "io/device.h"

namespace hashlane {

/// By the name that /proc/self/mountinfo gives, FUSE's with its subtype (`fuse.sshfs`). Nothing for a
/// type whose device decides (ext4, btrfs, overlay …) or that is not known.
std::optional<DeviceClass> class_of_file_system(std::string_view type) noexcept;

/// By `f_type` of statfs(2).
std::optional<DeviceClass> class_of_file_system(std::uint64_t magic) noexcept;

/// Whether a file system of this number that needs no disk keeps what was written to it (tmpfs).
bool is_memory_disk(std::uint64_t magic) noexcept;

}  // namespace hashlane
