// Stands in for libFuzzer where there is none: inputs at random, without looking at what they reach. Takes
// libFuzzer's -runs=N, -max_total_time=SECONDS, -max_len=BYTES and -seed=N, folders of inputs to begin
// with, and files, which are run and nothing else.
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

std::optional<std::uint64_t> option(std::string_view argument, std::string_view name) {
  if (!argument.starts_with(name)) return std::nullopt;
  const std::string_view digits = argument.substr(name.size());
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    std::fprintf(stderr, "%.*s is not a number\n", static_cast<int>(argument.size()), argument.data());
    std::exit(2);
  }
  return value;
}

Input random_input(std::mt19937_64& random, std::size_t most_bytes) {
  Input input(random() % (most_bytes + 1));
  for (std::uint8_t& byte : input) byte = static_cast<std::uint8_t>(random());
  return input;
}

Input read_input(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "%s cannot be read\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Written before each run, so that it is there when the run does not come back.
constexpr const char* kLastInput = "last-input";

void run(const Input& input) {
  std::ofstream(kLastInput, std::ios::binary)
      .write(reinterpret_cast<const char*>(input.data()), static_cast<std::streamsize>(input.size()));
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t runs = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t seconds = runs;
  std::uint64_t most_bytes = 256;
  std::uint64_t seed = std::random_device{}();
  bool replayed = false;
  for (int index = 1; index < argc; ++index) {
    if (const auto value = option(argv[index], "-runs=")) {
      runs = *value;
    } else if (const auto limit = option(argv[index], "-max_total_time=")) {
      seconds = *limit;
    } else if (const auto length = option(argv[index], "-max_len=")) {
      most_bytes = *length;
    } else if (const auto given = option(argv[index], "-seed=")) {
      seed = *given;
    } else if (argv[index][0] == '-') {
      std::fprintf(stderr, "There is no option %s: -runs=N, -max_total_time=SECONDS, -max_len=BYTES, -seed=N\n",
                   argv[index]);
      return 2;
    } else if (std::filesystem::is_directory(argv[index])) {
      for (const auto& entry : std::filesystem::directory_iterator(argv[index])) run(read_input(entry.path()));
    } else {
      run(read_input(argv[index]));
      replayed = true;
    }
  }
  if (replayed) return 0;
  std::mt19937_64 random(seed);
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start).count());
  };
  std::fprintf(stderr, "Seed: %llu; the last input is kept in %s\n", static_cast<unsigned long long>(seed), kLastInput);
  std::uint64_t done = 0;
  for (; done < runs && elapsed() < seconds; ++done) run(random_input(random, most_bytes));
  std::remove(kLastInput);
  std::fprintf(stderr, "Done %llu runs in %llu second(s)\n", static_cast<unsigned long long>(done),
               static_cast<unsigned long long>(elapsed()));
  return 0;
}
