#include "kernels/tiger/tiger_tables.h"

#include <string_view>

namespace hashlane {
namespace {

constexpr std::string_view kSeed = "Tiger - A Fast New Hash Function, by Ross Anderson and Eli Biham";
static_assert(kSeed.size() == kTigerBlockBytes);
constexpr int kGenerations = 5;

constexpr std::uint64_t column_mask(unsigned column) { return std::uint64_t{0xff} << (8 * column); }

void swap_column(std::uint64_t& left, std::uint64_t& right, unsigned column) {
  const std::uint64_t difference = (left ^ right) & column_mask(column);
  left ^= difference;
  right ^= difference;
}

// Every column of every box begins as 0 to 255 and is shuffled by the compression of the seed with the
// boxes as they are by then: each byte of its words names the row to swap with.
TigerTables generate() noexcept {
  TigerTables tables;
  for (auto& table : tables) {
    for (std::size_t row = 0; row < table.size(); ++row) table[row] = row * 0x0101010101010101;
  }
  const auto* const seed = reinterpret_cast<const std::byte*>(kSeed.data());
  TigerChain chain = kTigerInitial;
  std::size_t next_word = chain.size();
  for (int generation = 0; generation < kGenerations; ++generation) {
    for (std::size_t row = 0; row < tables[0].size(); ++row) {
      for (auto& table : tables) {
        if (next_word == chain.size()) {
          tiger_compress<1>(tables, &chain, &seed, 1);
          next_word = 0;
        }
        const std::uint64_t others = chain[next_word++];
        for (unsigned column = 0; column < 8; ++column) {
          std::uint64_t& other = table[(others >> (8 * column)) & 0xff];
          if (&other != &table[row]) swap_column(table[row], other, column);
        }
      }
    }
  }
  return tables;
}

}  // namespace

const TigerTables& tiger_tables() noexcept {
  static const TigerTables tables = generate();
  return tables;
}

}  // namespace hashlane
