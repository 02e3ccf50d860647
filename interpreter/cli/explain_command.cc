// `cordon explain`: what a code of a message means. See commands.h. Tested by tests/unit/cli_test.cc.
#include <fmt/format.h>

#include <cctype>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "diagnostics/pages.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon explain CODE\n\n"
    "Says what the code of a message means, with an example and how to mend it.\n\n"
    "examples:\n"
    "  cordon explain E0201\n\n"
    "exit status: 0 done; 64 wrong usage\n";

std::string_view AreaWords(diagnostics::Area area) {
  switch (area) {
    case diagnostics::Area::kPolicy:
      return "in a policy";
    case diagnostics::Area::kFacts:
      return "in a facts document";
    case diagnostics::Area::kUsage:
      return "on the command line";
    case diagnostics::Area::kAnswer:
      return "as an answer";
  }
  return {};
}

int RunExplain(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  std::string asked;
  CLI::App app("", "explain");
  app.add_option("CODE", asked);
  if (ReadArguments(app, args, sink)) RequireOperand(asked, "CODE, such as E0201,", sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  std::string wanted = asked;
  for (char& c : wanted) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  std::vector<std::string> known;
  for (const Code code : diagnostics::AllCodes()) {
    known.emplace_back(diagnostics::CodeText(code));
    if (known.back() != wanted) continue;
    const bool error = diagnostics::CodeSeverity(code) == diagnostics::Severity::kError;
    const std::string_view page = diagnostics::CodePage(code);
    const std::size_t title_end = page.find('\n');
    ending.results = fmt::format("{}: {}\n{} {}\n{}", wanted, diagnostics::CodeSummary(code),
                                 error ? "an error" : "a warning", AreaWords(diagnostics::CodeArea(code)),
                                 title_end == std::string_view::npos ? std::string_view() : page.substr(title_end + 1));
    return Finish(environment, sources, sink, ending);
  }
  const auto nearest = support::FindNearest(wanted, known);
  sink.Report(Code::kUnknownCode, {}, fmt::format("there is no code `{}`", asked),
              nearest ? fmt::format("did you mean `{}`?", *nearest) : "codes look like E0201 or W0601");
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kExplain = {"explain", "say what the code of a message means", kHelp, RunExplain};

}  // namespace cordon::cli
