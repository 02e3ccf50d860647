// `cordon fmt`: policies in the house style. See commands.h. Tested by tests/golden/fmt/.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/versions.h"
#include "format/difference.h"
#include "format/format.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon fmt [--check] [--diff] FILE|FOLDER|POLICY...\n"
    "       cordon fmt -\n\n"
    "Lays policy files out in the house style: columns of tables aligned, clauses and texts in their places. Comments\n"
    "and the grouping by blank lines stay, and so does what the policy says. Only files that differ are written. "
    "Where\n"
    "a file does not parse, its mistakes are told and no file is changed.\n\n"
    "  --check  changes nothing, and lists what would be changed\n"
    "  --diff   the same, and shows how\n"
    "  -        reads a file from standard input and writes it to standard output\n\n"
    "examples:\n"
    "  cordon fmt policies/dk/cpo/2018-09-04\n"
    "  cordon fmt dk.cpo\n"
    "  cordon fmt --check policies stdlib\n"
    "  cordon fmt - < admission.cordon\n\n"
    "exit status: 0 done; 1 with --check or --diff, something would be changed; 2 a file is in error; 64 wrong usage\n";

constexpr std::size_t kDeepestFolder = 32;
constexpr std::string_view kSuffix = ".cordon";

struct FmtOptions {
  std::vector<std::string> operands;
  bool check = false;
  bool diff = false;
};

struct Formatted {
  std::string path;
  std::string before;
  std::string after;
};

// Adds the policy files in `folder` and below it, sorted.
void FindFiles(const support::FileSystem& files, const std::string& folder, std::size_t depth,
               std::vector<std::string>& paths) {
  const support::Result<std::vector<std::string>> names = files.List(folder);
  if (!names.ok() || depth > kDeepestFolder) return;
  for (const std::string& name : names.value()) {
    const std::string path = folder.ends_with('/') ? folder + name : folder + "/" + name;
    if (name.front() == '.') continue;
    if (files.IsFolder(path)) {
      FindFiles(files, path, depth + 1, paths);
    } else if (name.ends_with(kSuffix)) {
      paths.push_back(path);
    }
  }
}

// The files that an operand means.
void FindOperand(const Environment& environment, const std::string& operand, std::vector<std::string>& paths,
                 diagnostics::Sink& sink) {
  std::string folder = operand;
  while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
  if (environment.files.IsFolder(folder)) {
    const std::size_t num_before = paths.size();
    FindFiles(environment.files, folder, 0, paths);
    if (paths.size() == num_before) {
      sink.Report(Code::kNoPolicyFiles, {}, fmt::format("the folder `{}` holds no `.cordon` files", folder),
                  "give a folder that does, or a file");
    }
    return;
  }
  const PolicyQuery query{operand, environment.policies_root, environment.today};
  if (const auto found = FindPolicy(environment.files, query, sink)) {
    for (const PolicyFile& file : *found) paths.push_back(file.path);
  }
}

// The files that all operands mean, each once.
std::vector<std::string> FindOperands(const Environment& environment, const std::vector<std::string>& operands,
                                      diagnostics::Sink& sink) {
  std::vector<std::string> paths;
  for (const std::string& operand : operands) FindOperand(environment, operand, paths, sink);
  std::vector<std::string> unique;
  for (std::string& path : paths) {
    if (std::find(unique.begin(), unique.end(), path) == unique.end()) unique.push_back(std::move(path));
  }
  return unique;
}

void FormatText(std::string name, std::string text, diagnostics::Sources& sources, std::vector<Formatted>& formatted,
                diagnostics::Sink& sink) {
  const diagnostics::SourceId source = sources.Add(name, text);
  auto after = format::Format(sources, source, sink);
  if (after) formatted.push_back({std::move(name), std::move(text), std::move(*after)});
}

std::vector<Formatted> FormatFiles(const Environment& environment, const std::vector<std::string>& paths,
                                   diagnostics::Sources& sources, diagnostics::Sink& sink) {
  std::vector<Formatted> formatted;
  for (const std::string& path : paths) {
    support::Result<std::string> text = environment.files.Read(path);
    if (text.ok()) {
      FormatText(path, std::move(text).value(), sources, formatted, sink);
    } else {
      sink.Report(Code::kFileUnreadable, {},
                  fmt::format("the file `{}` cannot be read: {}", path, text.failure().message),
                  "give the path of a file or folder, or a policy's name such as `dk.cpo`");
    }
  }
  return formatted;
}

std::string Summary(std::size_t num_changed, std::size_t num_files, bool check) {
  const std::string files = fmt::format("{} file{}", num_files, num_files == 1 ? "" : "s");
  if (num_changed == 0) return fmt::format("{}, nothing to change\n", files);
  return fmt::format("{} of {} {}\n", num_changed, files, check ? "would be changed" : "changed");
}

// Writes what differs, or says what would be written.
Ending Apply(const Environment& environment, const FmtOptions& options, const std::vector<Formatted>& formatted,
             diagnostics::Sink& sink) {
  Ending ending{{}, kExitDone, Warnings::kHide};
  const bool check = options.check || options.diff;
  std::size_t num_changed = 0;
  for (const Formatted& file : formatted) {
    if (file.before == file.after) continue;
    ++num_changed;
    ending.results += fmt::format("{} {}\n", check ? "would change" : "changed", file.path);
    if (options.diff) ending.results += format::Difference(file.path, file.before, file.after);
    if (check) continue;
    const auto failure = environment.writer == nullptr ? support::Failure{"nothing may be written here"}
                                                       : environment.writer->Write(file.path, file.after);
    if (!failure) continue;
    sink.Report(Code::kFileUnwritable, {},
                fmt::format("the file `{}` cannot be written: {}", file.path, failure->message),
                "it is as it was; see who may write there, and whether the disk is full");
  }
  ending.results += Summary(num_changed, formatted.size(), check);
  if (check && num_changed > 0) ending.status = kExitNo;
  return ending;
}

int FormatInput(Environment& environment, const FmtOptions& options) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  std::vector<Formatted> formatted;
  const bool check = options.check || options.diff;
  std::string text{std::istreambuf_iterator<char>(environment.in), {}};
  FormatText("<stdin>", std::move(text), sources, formatted, sink);
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (check) {
    ending = Apply(environment, options, formatted, sink);
  } else if (!formatted.empty()) {
    ending.results = formatted.front().after;
  }
  return Finish(environment, sources, sink, ending);
}

int RunFmt(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  FmtOptions options;
  CLI::App app("", "fmt");
  app.add_option("POLICY", options.operands);
  app.add_flag("--check", options.check);
  app.add_flag("--diff", options.diff);
  if (ReadArguments(app, args, sink)) {
    RequireOperand(options.operands.empty() ? "" : "given", "FILE, FOLDER or POLICY, what is to be laid out,", sink);
    const bool input = std::find(options.operands.begin(), options.operands.end(), "-") != options.operands.end();
    if (input && options.operands.size() > 1) {
      sink.Report(Code::kExtraArgument, {}, "`-` stands beside other files",
                  "what is read from standard input is written to standard output: give `-` alone");
    } else if (input) {
      return FormatInput(environment, options);
    }
  }
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (sink.has_errors()) return Finish(environment, sources, sink, ending);
  const std::vector<std::string> paths = FindOperands(environment, options.operands, sink);
  const std::vector<Formatted> formatted = FormatFiles(environment, paths, sources, sink);
  if (!sink.has_errors()) ending = Apply(environment, options, formatted, sink);
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kFmt = {"fmt", "lay policies out in the house style", kHelp, RunFmt};

}  // namespace cordon::cli
