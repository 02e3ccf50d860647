// BatchOptions: what the command line of `cordon batch` says. See batch_command.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/prepare.h"
#include "diagnostics/diagnostic.h"
#include "report/batch_lines.h"

namespace cordon::cli {

struct BatchOptions {
  Wanted wanted;
  report::LineStyle style;
  std::string out;          // empty: standard output
  std::size_t threads = 0;  // 0: not said
  std::optional<std::uint64_t> max_errors;
  bool summary = false;
  std::string summary_to;
  bool resume = false;

  bool to_file() const { return !out.empty() && out != "-"; }
  bool count() const { return summary || !summary_to.empty(); }
};

// Mistakes go to `sink`.
BatchOptions ReadBatchOptions(const std::vector<std::string>& args, diagnostics::Sink& sink);

// `compact`, `reasons`, `full`; `ndjson`, `csv`.
std::string DetailName(evaluate::Detail detail);
std::string FormatName(report::LineFormat format);

}  // namespace cordon::cli
