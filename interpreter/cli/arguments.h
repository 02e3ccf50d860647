// Arguments: a command's options and operands, read by CLI11, with every mistake told in our own words.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "model/model.h"

namespace cordon::cli {

// Reads `args` into what `app` has options and positionals for; of an option that is given twice the last counts.
// Mistakes go to `sink` and make the result false: E0803 unknown option, E0805 an argument too many, E0806 an option
// without its value, E0807 a flag with one, an option given twice. REQUIRES: every option of `app` takes one text, or
// is a flag, or takes a list by being given several times; an operand may take a list; none is required.
bool ReadArguments(CLI::App& app, const std::vector<std::string>& args, diagnostics::Sink& sink);

// Reports E0804 where the operand `name` is missing.
void RequireOperand(const std::string& value, const std::string& name, diagnostics::Sink& sink);

// Reports E0807 where `value` is none of `choices`.
void RequireChoice(const std::string& option, const std::string& value, const std::vector<std::string>& choices,
                   diagnostics::Sink& sink);

// The value of a date option; nothing where it is empty. Reports E0807 where it is no date.
std::optional<model::Moment> ReadMoment(const std::string& option, const std::string& value, diagnostics::Sink& sink);

}  // namespace cordon::cli
