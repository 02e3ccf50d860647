// Reads arguments with CLI11 and words its refusals; see arguments.h. Tested by tests/unit/cli_test.cc.
#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "facts/read.h"
#include "support/text.h"

namespace cordon::cli {
namespace {

using diagnostics::Code;

bool IsOption(const std::string& arg) { return arg.size() > 1 && arg.front() == '-'; }

// The names of all options of `app`, `--facts`.
std::vector<std::string> OptionNames(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

void ReportUnknownOption(const CLI::App& app, const std::string& arg, diagnostics::Sink& sink) {
  const std::string name = arg.substr(0, arg.find('='));
  const std::vector<std::string> names = OptionNames(app);
  std::string help;
  if (const auto nearest = support::FindNearest(name, names)) {
    help = fmt::format("did you mean `{}`?", *nearest);
  } else if (names.empty()) {
    help = "it has no options";
  } else {
    help = fmt::format("it has {}", support::JoinWords(names, "and"));
  }
  sink.Report(Code::kUnknownOption, {}, fmt::format("`cordon {}` has no option `{}`", app.get_name(), name),
              std::move(help));
}

// An option takes the next argument whatever it is, so that a value left out would swallow an option; and CLI11 does
// not say which option its refusals are about. Both are found here first.
void CheckValues(const CLI::App& app, const std::vector<std::string>& args, diagnostics::Sink& sink) {
  std::set<const CLI::Option*> seen;
  for (std::size_t i = 0; i < args.size(); ++i) {
    const std::size_t equals = args[i].find('=');
    const CLI::Option* option = IsOption(args[i]) ? app.get_option_no_throw(args[i].substr(0, equals)) : nullptr;
    if (option == nullptr) continue;
    const std::string name = args[i].substr(0, equals);
    const bool once = option->get_items_expected_max() <= 1;
    if (!seen.insert(option).second && once) {
      sink.Report(Code::kOptionValue, {}, fmt::format("`{}` is given twice", name), "give it once");
    }
    const bool is_flag = option->get_items_expected_max() == 0;
    if (is_flag && equals != std::string::npos) {
      sink.Report(Code::kOptionValue, {}, fmt::format("`{}` takes no value", args[i].substr(0, equals)),
                  "leave out the `=` and what follows it");
    } else if (!is_flag && equals == std::string::npos && (i + 1 == args.size() || IsOption(args[i + 1]))) {
      sink.Report(Code::kOptionWithoutValue, {}, fmt::format("`{}` stands without a value", args[i]),
                  fmt::format("write `{0} VALUE` or `{0}=VALUE`", args[i]));
    } else if (!is_flag && (equals == std::string::npos ? args[i + 1].empty() : equals + 1 == args[i].size())) {
      sink.Report(Code::kOptionValue, {}, fmt::format("`{}` is given an empty value", name),
                  "leave the option out, or give it a value");
    }
  }
}

}  // namespace

bool ReadArguments(CLI::App& app, const std::vector<std::string>& args, diagnostics::Sink& sink) {
  app.set_help_flag();
  app.allow_extras();
  for (CLI::Option* option : app.get_options()) {
    if (option->get_items_expected_max() <= 1) option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  CheckValues(app, args, sink);
  if (sink.has_errors()) return false;
  std::vector<std::string> reversed(args.rbegin(), args.rend());  // CLI11 reads from the back
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError&) {
    sink.Report(Code::kOptionValue, {}, fmt::format("the arguments of `cordon {}` do not fit together", app.get_name()),
                fmt::format("see `cordon {} --help`", app.get_name()));
    return false;
  }
  const std::vector<std::string> left = app.remaining();
  const bool any_option = std::any_of(left.begin(), left.end(), IsOption);
  for (const std::string& arg : left) {
    if (IsOption(arg)) {
      ReportUnknownOption(app, arg, sink);
    } else if (!any_option) {  // else it may be the value of an option that there is not
      sink.Report(Code::kExtraArgument, {}, fmt::format("`cordon {}` is given `{}` too many", app.get_name(), arg),
                  fmt::format("see `cordon {} --help`", app.get_name()));
    }
  }
  return left.empty();
}

void RequireOperand(const std::string& value, const std::string& name, diagnostics::Sink& sink) {
  if (!value.empty()) return;
  sink.Report(Code::kMissingArgument, {}, fmt::format("{} is missing", name),
              "every command shows examples with `--help`");
}

void RequireChoice(const std::string& option, const std::string& value, const std::vector<std::string>& choices,
                   diagnostics::Sink& sink) {
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return;
  sink.Report(Code::kOptionValue, {}, fmt::format("`{}` is given `{}`", option, value),
              fmt::format("it takes {}", support::JoinWords(choices, "or")));
}

std::optional<model::Moment> ReadMoment(const std::string& option, const std::string& value, diagnostics::Sink& sink) {
  if (value.empty()) return std::nullopt;
  std::optional<model::Moment> moment = facts::ParseMoment(value);
  const bool imprecise = value.size() < 10 && facts::ParseMoment((value + "-01-01").substr(0, 10)).has_value();
  if (!moment && imprecise) {
    sink.Report(Code::kOptionValue, {},
                fmt::format("`{}` is given `{}`, and every answer depends on the day", option, value),
                fmt::format("write the day too, as in `{}`", (value + "-01-01").substr(0, 10)));
  } else if (!moment) {
    sink.Report(Code::kOptionValue, {},
                fmt::format("`{}` is given `{}`, which is no date from 1901 to 2099", option, value),
                "write it as in `2025-03-01` or `2025-03-01T14:30`");
  }
  return moment;
}

}  // namespace cordon::cli
