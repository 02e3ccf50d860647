// `cordon new`: the folder of a policy that somebody begins to write. See commands.h. Tested by tests/golden/new/.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/skeleton.h"
#include "support/text.h"
#include "syntax/parse.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

constexpr std::string_view kHelp =
    "usage: cordon new NAME [options]\n\n"
    "Makes the folder of a policy with an example of each thing that a policy is made of: a question, a table, a "
    "rule,\n"
    "a test, each to be replaced by what the guideline says. `dk.cpo` is made in `dk/cpo/<version>/` of the folder in\n"
    "which policies are looked up. Nothing that is there is overwritten.\n\n"
    "  --title TEXT        the guideline's title\n"
    "  --language en,da    the languages of its texts (the default is en)\n"
    "  --version VERSION   a date, a month, a number or `undated`; else today's date\n"
    "  --in FOLDER         makes it there instead\n\n"
    "examples:\n"
    "  cordon new dk.mrsa --title \"Vejledning om MRSA\" --language da,en\n"
    "  cordon new uk.cpe --version 2013-12 --in drafts\n\n"
    "exit status: 0 done; 64 wrong usage, or there is such a policy already\n";

constexpr std::size_t kMostParts = 6;

struct NewOptions {
  std::string name;
  std::string title;
  std::string language = "en";
  std::string version;
  std::string in;
};

std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts = {""};
  for (const char c : text) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool Parses(const std::string& header) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  syntax::Parse(sources, sources.Add("policy.cordon", header), sink);
  return !sink.has_errors();
}

// What is wrong with a part of a name; empty where nothing is.
std::string FaultOf(const std::string& part) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto fits = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  if (part.empty()) return "a part of it is empty";
  if (!is_letter(part.front())) return fmt::format("its part `{}` does not begin with a letter", part);
  if (!std::all_of(part.begin(), part.end(), fits)) return fmt::format("its part `{}` holds other characters", part);
  if (!Parses(fmt::format("policy {} version 1\n", part)))
    return fmt::format("its part `{}` is a word of the language", part);
  return {};
}

void CheckName(const std::string& name, diagnostics::Sink& sink) {
  const std::vector<std::string> parts = Split(name, '.');
  std::string fault;
  for (const std::string& part : parts) {
    if (fault.empty()) fault = FaultOf(part);
  }
  if (parts.size() > kMostParts) fault = fmt::format("it has more than {} parts", kMostParts);
  if (fault.empty()) return;
  sink.Report(Code::kPolicyName, {}, fmt::format("`{}` is no name for a policy: {}", name, fault),
              "a name is parts with dots between them, as in `dk.cpo`: small letters a to z, digits and `_`, a letter "
              "first; by custom the country, then the topic");
}

// A version as the header writes it: a date, a month, a number, `undated`.
bool IsVersion(const std::string& version) {
  const bool plain =
      std::all_of(version.begin(), version.end(), [](char c) { return (c >= '0' && c <= '9') || c == '-'; });
  return (version == "undated" || (plain && version.size() <= 10)) &&
         Parses(fmt::format("policy a version {}\n", version));
}

std::optional<Beginning> ReadBeginning(const NewOptions& options, const Environment& environment,
                                       diagnostics::Sink& sink) {
  CheckName(options.name, sink);
  Beginning beginning{options.name, options.version, "", calendar::Format(environment.today), options.title, {}};
  if (beginning.version.empty()) beginning.version = beginning.today;
  if (!IsVersion(beginning.version)) {
    sink.Report(Code::kOptionValue, {}, fmt::format("`--version` is given `{}`", options.version),
                "it takes a date, `2025-03-01`, a month, `2025-03`, a number or `undated`");
  }
  if (beginning.version != "undated") {
    const bool dated = calendar::ParseDate(beginning.version).has_value();
    beginning.from = dated ? beginning.version : beginning.today;
  }
  for (const std::string& language : Split(options.language, ',')) {
    RequireChoice("--language", language, {"en", "da"}, sink);
    const auto& known = beginning.languages;
    if (std::find(known.begin(), known.end(), language) == known.end()) beginning.languages.push_back(language);
  }
  if (support::FindInvalidUtf8(options.title)) {
    sink.Report(Code::kOptionValue, {}, "`--title` is given a text that is not UTF-8", "write it in UTF-8");
  }
  if (sink.has_errors()) return std::nullopt;
  return beginning;
}

// Writes the files and says what to type next.
std::string Make(const Environment& environment, const Beginning& beginning, const std::string& folder,
                 const std::string& called, diagnostics::Sink& sink) {
  std::string results;
  for (const auto& [name, content] : MakeSkeleton(beginning)) {
    const std::string path = folder + "/" + name;
    const auto failure = environment.writer == nullptr ? support::Failure{"nothing may be written here"}
                                                       : environment.writer->Write(path, content);
    if (failure) {
      sink.Report(Code::kFileUnwritable, {}, fmt::format("the file `{}` cannot be written: {}", path, failure->message),
                  "see who may write there, and whether the disk is full; `--in FOLDER` makes the policy elsewhere");
      return {};
    }
    results += fmt::format("made {}\n", path);
  }
  return results + fmt::format(
                       "\nnext, replace what they hold by what the guideline says, and type\n"
                       "  cordon check {0}\n  cordon test {0}\n  cordon fmt {0}\n",
                       called);
}

int RunNew(const std::vector<std::string>& args, Environment& environment) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  NewOptions options;
  CLI::App app("", "new");
  app.add_option("NAME", options.name);
  app.add_option("--title", options.title);
  app.add_option("--language", options.language);
  app.add_option("--version", options.version);
  app.add_option("--in", options.in);
  std::optional<Beginning> beginning;
  if (ReadArguments(app, args, sink)) {
    RequireOperand(options.name, "NAME, the new policy's name,", sink);
    if (!sink.has_errors()) beginning = ReadBeginning(options, environment, sink);
  }
  Ending ending{{}, kExitDone, Warnings::kHide};
  if (!beginning) return Finish(environment, sources, sink, ending);
  std::string root = options.in.empty() ? environment.policies_root : options.in;
  while (root.size() > 1 && root.back() == '/') root.pop_back();
  const std::string folder =
      fmt::format("{}/{}/{}", root, support::Join(Split(options.name, '.'), "/"), beginning->version);
  if (environment.files.Exists(folder)) {
    sink.Report(Code::kPolicyExists, {},
                fmt::format("there is a policy `{}` of the version `{}` already, in `{}`", options.name,
                            beginning->version, folder),
                "give another name, or another version with `--version`; what is there is left alone");
    return Finish(environment, sources, sink, ending);
  }
  const std::string called = options.in.empty() ? fmt::format("{}@{}", options.name, beginning->version) : folder;
  ending.results = Make(environment, *beginning, folder, called, sink);
  return Finish(environment, sources, sink, ending);
}

}  // namespace

const Command kNew = {"new", "begin to write a policy", kHelp, RunNew};

}  // namespace cordon::cli
