// Reads the options of `cordon batch`; see batch_options.h. Tested by tests/golden/batch/options.golden.
#include "cli/batch_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

#include "cli/arguments.h"
#include "cli/batch_output.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;
using evaluate::Detail;
using report::LineFormat;

constexpr std::uint64_t kMostThreads = 256;

// What the options are as typed.
struct Typed {
  std::string output = "compact";
  std::string output_format;
  std::string threads;
  std::string max_errors;
};

// A whole number from 1 to `most`; nothing where the option is not given.
std::optional<std::uint64_t> ReadCount(const std::string& option, const std::string& text, std::uint64_t most,
                                       diagnostics::Sink& sink) {
  if (text.empty()) return std::nullopt;
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc() && end == text.data() + text.size() && count >= 1 && count <= most) return count;
  sink.Report(Code::kOptionValue, {}, fmt::format("`{}` is given `{}`", option, text),
              fmt::format("it takes a whole number from 1 to {}", most));
  return std::nullopt;
}

Detail DetailOf(const std::string& name) {
  if (name == "full") return Detail::kFull;
  return name == "reasons" ? Detail::kReasons : Detail::kValues;
}

// As asked for, else as the name of the results ends, else as the facts are.
LineFormat OutputFormat(const Typed& typed, const std::string& out) {
  if (!typed.output_format.empty()) return typed.output_format == "csv" ? LineFormat::kCsv : LineFormat::kNdjson;
  return out.ends_with(".csv") ? LineFormat::kCsv : LineFormat::kNdjson;
}

// Reports where one of the files `written` is the file `other`.
void CheckApart(const std::vector<std::string>& written, std::string_view what, const std::string& other,
                std::string_view whose, std::string_view option, diagnostics::Sink& sink) {
  const auto normal = [](const std::string& path) { return std::filesystem::path(path).lexically_normal(); };
  for (const std::string& file : written) {
    if (normal(file) != normal(other)) continue;
    sink.Report(Code::kOutIsInput, {}, fmt::format("{} would take the place of {} `{}`", what, whose, other),
                fmt::format("give {} another name", option));
  }
}

void CheckFiles(const BatchOptions& options, diagnostics::Sink& sink) {
  const bool from_file = options.wanted.facts != "-";
  if (options.resume && !(from_file && options.to_file())) {
    sink.Report(Code::kResumeNeedsFiles, {},
                from_file ? "`--resume` needs `--out FILE`: what went to standard output cannot be added to"
                          : "`--resume` needs `--facts FILE`: standard input cannot be read from where it was left",
                "name the files, the same as when the run began");
  }
  if (!from_file && !options.to_file()) return;
  const std::vector<std::string> results = {options.out, PartialName(options.out), RecordName(options.out)};
  if (from_file && options.to_file())
    CheckApart(results, "the results", options.wanted.facts, "the facts", "`--out`", sink);
  if (options.summary_to.empty()) return;
  const std::vector<std::string> summary = {options.summary_to};
  if (from_file) CheckApart(summary, "the summary", options.wanted.facts, "the facts", "`--summary-to`", sink);
  for (std::size_t i = 0; options.to_file() && i < results.size(); ++i) {
    CheckApart(summary, "the summary", results[i], "the results", "`--summary-to`", sink);
  }
}

void CheckStyle(const BatchOptions& options, diagnostics::Sink& sink) {
  if (options.style.detail != Detail::kFull || options.style.format != LineFormat::kCsv) return;
  sink.Report(Code::kFullInCsv, {}, "full results do not fit in the columns of CSV",
              "write them as NDJSON with `--output-format ndjson`, or ask for `--output reasons`");
}

}  // namespace

BatchOptions ReadBatchOptions(const std::vector<std::string>& args, diagnostics::Sink& sink) {
  BatchOptions options;
  Typed typed;
  CLI::App app("", "batch");
  app.add_option("POLICY", options.wanted.policy);
  app.add_option("PROTOCOL", options.wanted.protocol);
  app.add_option("--facts", options.wanted.facts);
  app.add_option("--output", typed.output);
  app.add_option("--output-format", typed.output_format);
  app.add_option("--out", options.out);
  app.add_option("--threads", typed.threads);
  app.add_option("--as-of", options.wanted.as_of);
  app.add_option("--setting", options.wanted.setting);
  app.add_option("--max-errors", typed.max_errors);
  app.add_flag("--summary", options.summary);
  app.add_option("--summary-to", options.summary_to);
  app.add_flag("--resume", options.resume);
  app.add_option("--expect-digest", options.wanted.expect_digest);
  if (!ReadArguments(app, args, sink)) return options;
  RequireOperand(options.wanted.policy, "POLICY, the policy to evaluate,", sink);
  RequireOperand(options.wanted.facts, "`--facts FILE`, the facts to evaluate it for,", sink);
  RequireChoice("--output", typed.output, {"compact", "reasons", "full"}, sink);
  if (!typed.output_format.empty()) RequireChoice("--output-format", typed.output_format, {"ndjson", "csv"}, sink);
  options.threads = ReadCount("--threads", typed.threads, kMostThreads, sink).value_or(0);
  options.max_errors = ReadCount("--max-errors", typed.max_errors, UINT64_MAX, sink);
  options.style = {DetailOf(typed.output), OutputFormat(typed, options.out)};
  CheckFiles(options, sink);
  CheckStyle(options, sink);
  CheckDigestOption(options.wanted, sink);
  return options;
}

std::string DetailName(Detail detail) {
  switch (detail) {
    case Detail::kValues:
      return "compact";
    case Detail::kReasons:
      return "reasons";
    case Detail::kFull:
      return "full";
  }
  return {};
}

std::string FormatName(LineFormat format) { return format == LineFormat::kCsv ? "csv" : "ndjson"; }

}  // namespace cordon::cli
