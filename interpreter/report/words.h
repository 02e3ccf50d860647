// Words: how results name things: values, citations, duties, questions, in the policy's own words.
//
// Shared by the reports. Nothing here decides anything; every text comes from the policy or is a keyword of the
// language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::report {

// The text in `language`, else in the language that stands first, else nothing.
std::string_view TextIn(const model::Texts& texts, std::string_view language);

// The text of a role, event or group, its name where it has none.
std::string_view RoleText(const model::Role& role, std::string_view language);
std::string_view EventText(const model::Event& event, std::string_view language);
std::string_view GroupText(const model::Group& group, std::string_view language);

// A value as a document writes it, without quotes: `yes`, `12.5`, `2025-03-01`, `hospital.inpatient`, `6 months`.
// `type` names the category of a symbol.
std::string ValueText(const model::Policy& policy, const model::Type& type, const value::Value& value);

// The same for people: a symbol's text in `language`, where it has one.
std::string ValueWords(const model::Policy& policy, const model::Type& type, const value::Value& value,
                       std::string_view language);

using Arguments = std::vector<evaluate::Argument>;

// The arguments that a duty states itself; those that depend on facts are not known.
Arguments StatedArguments(const model::Duty& duty);

// The text of an action in `language`, with `{parameter}` filled in; the action's name where it has no text.
std::string ActionText(const model::Policy& policy, model::ActionId action, const Arguments& args,
                       std::string_view language);

// The action's texts in every language that it has, filled in.
model::Texts ActionTexts(const model::Policy& policy, model::ActionId action, const Arguments& args);

// A duty as the language spells it: `ward must take_sample(wound) at admission due by 2025-03-01 to lab`.
std::string DutySpelling(const model::Policy& policy, const model::Duty& duty, const Arguments& args,
                         const std::vector<evaluate::DueOutcome>& dues);

// What an answer of the output is about: its own text, or that of the action that it means, or the output's name.
std::string OutputText(const model::Policy& policy, const model::Output& output, std::string_view language);

// `at`, `before`, `after`, `during`.
std::string_view RelationText(model::EventRelation relation);
// `determined`, `not covered`: as the evaluation contract spells it.
std::string_view StatusText(evaluate::Status status);

// The name by which results call what concluded: a rule or row, `screen.default` for an output's default, an output's
// name for a duty that the output means.
std::string ReasonName(const model::Policy& policy, const evaluate::Reason& reason);
const model::Cites& ReasonCites(const model::Policy& policy, const evaluate::Reason& reason);
// The citations of what concludes an output, each once; while it is open, of the rules that still may. For a duty that
// the output means.
model::Cites OutputCites(const evaluate::Outcome& outcome, const model::Policy& policy, model::OutputId output);
// Several citations as one text.
std::string CiteText(const model::Cites& cites);

// The day, or the day with its time.
std::string MomentText(const model::Moment& moment);
// The path of the care setting, known or imprecise; empty where it is unknown.
std::string SettingText(const model::Policy& policy, const facts::Subject& subject);

// What a question asks: the text of the fact, or of the field where the path names one; may be empty.
const model::Texts& QuestionTexts(const model::Policy& policy, const evaluate::Question& question);

}  // namespace cordon::report
