#include "kernels/tiger/tiger_core.h"
#include "kernels/tiger/tiger_tables.h"

namespace hashlane {
namespace {

template <std::size_t lanes>
void compress(TigerChain* chains, const std::byte* const* blocks, std::size_t count) noexcept {
  tiger_compress<lanes>(tiger_tables(), chains, blocks, count);
}

// Four lanes and more need more registers than there are.
constexpr TigerCore kPortable[] = {
    {"portable", 3, compress<3>},
    {"portable", 2, compress<2>},
    {"portable", 1, compress<1>},
};

}  // namespace

std::span<const TigerCore> tiger_cores(bool) noexcept { return kPortable; }

}  // namespace hashlane
