// The names that hypervisors and clouds give the disks of their guests.
#pragma once

#include <string_view>

namespace hashlane {

/// `name`: what a disk says of its vendor and model, with a space between.
[[nodiscard]] bool is_virtual_disk(std::string_view name);

}  // namespace hashlane
