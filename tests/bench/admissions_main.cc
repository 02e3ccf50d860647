// Prints made-up admissions, one document a line.
//
//   cordon_admissions COUNT [--seed N] [--unknown PERCENT] [--stays N] [--first N]
//
// The same arguments print the same bytes on every machine. --unknown makes so many of a hundred facts and fields
// unknown, --stays gives everybody so many hospital stays, --first is the number of the first document, 1 if not said.
#include <charconv>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admissions.h"

namespace {

struct Arguments {
  std::uint64_t count = 0;
  std::uint64_t first = 1;
  cordon::bench::AdmissionOptions options;
};

std::optional<std::uint64_t> ReadNumber(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Nothing where the arguments are wrong.
std::optional<Arguments> ReadArguments(const std::vector<std::string>& args) {
  if (args.size() % 2 == 0) return std::nullopt;
  Arguments read;
  const auto count = ReadNumber(args[0]);
  if (!count) return std::nullopt;
  read.count = *count;
  for (std::size_t i = 1; i < args.size(); i += 2) {
    const auto number = ReadNumber(args[i + 1]);
    if (!number) return std::nullopt;
    if (args[i] == "--seed") {
      read.options.seed = *number;
    } else if (args[i] == "--unknown" && *number <= 100) {
      read.options.percent_unknown = *number;
    } else if (args[i] == "--stays") {
      read.options.num_stays = *number;
    } else if (args[i] == "--first") {
      read.first = *number;
    } else {
      return std::nullopt;
    }
  }
  return read;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = ReadArguments({argv + 1, argv + argc});
  if (!arguments) {
    std::cerr << "usage: cordon_admissions COUNT [--seed N] [--unknown PERCENT] [--stays N] [--first N]\n";
    return 64;
  }
  constexpr std::size_t kBlock = 1 << 20;
  std::string text;
  for (std::uint64_t i = 0; i < arguments->count; ++i) {
    cordon::bench::AppendAdmission(arguments->first + i, arguments->options, text);
    if (text.size() < kBlock && i + 1 < arguments->count) continue;
    std::cout.write(text.data(), static_cast<std::streamsize>(text.size()));
    text.clear();
  }
  return std::cout.flush() ? 0 : 74;
}
