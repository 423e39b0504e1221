#include "engine/walk/shard.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace hashlane {

bool Shard::holds(std::string_view path) const noexcept {
  return count == 0 || XXH3_64bits(path.data(), path.size()) % count == index;
}

}  // namespace hashlane
