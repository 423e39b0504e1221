// Which way a file goes: side by side with others, or by itself with all workers on it.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/files/devices.h"
#include "engine/files/open_file.h"

namespace hashlane {

enum class Way : std::uint8_t {
  /// With others, see LaneGroup.
  kSideBySide,
  /// By itself, see LargeFile and PiecedFile.
  kShared,
};

/// The way of one file by its size, bytes.
Way way_of(std::uint64_t size, const Device* device) noexcept;

/// Of large files that wait, takes out those that are better hashed side by side: they are several, none
/// of them would be left alone for long after the others, and there are lanes.
std::vector<OpenFile> take_alike(std::vector<OpenFile>& large, std::uint64_t under_way, const Device* device);

}  // namespace hashlane
