// Outcome: everything concluded about one subject by one protocol, with reasons, sources and what is still needed.
//
// The noun of evaluate/; made by evaluate::Evaluate, printed by report/. Ids refer to the Policy that was evaluated.
// Source: the language manual, "Conclusions" and "Unknown facts".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/model.h"

namespace cordon::evaluate {

enum class Status : std::uint8_t { kDetermined, kProvisional, kUndetermined, kJudgement, kNotCovered, kConflict };

// One answer of an output in one completion.
struct ValueAnswer {
  value::Value value;
  bool operator==(const ValueAnswer&) const = default;
};
struct JudgementAnswer {
  std::vector<model::JudgementId> judgements;  // sorted
  std::optional<value::Value> at_least;        // the strictest value concluded beside it
  bool operator==(const JudgementAnswer&) const = default;
};
struct NotCoveredAnswer {
  bool operator==(const NotCoveredAnswer&) const = default;
};
struct ConflictAnswer {
  std::vector<model::RuleId> rules;  // those that disagree, sorted
  bool operator==(const ConflictAnswer&) const = default;
};
using Answer = std::variant<ValueAnswer, JudgementAnswer, NotCoveredAnswer, ConflictAnswer>;

// What concludes an answer: a rule or row; or the output's default.
struct Reason {
  model::RuleId rule;      // invalid: the default of `output`
  model::OutputId output;  // valid for a default, and for a duty that an output means
  model::FactId decision;  // valid where the value is somebody's decision, given in this fact
  bool operator==(const Reason&) const = default;
};

// Why a rule concluded nothing: the first of its parts that fails whatever the unknown facts turn out to be.
struct Failed {
  model::RuleId rule;
  std::optional<std::size_t> part;  // index into the rule's parts; nothing: no element to apply to, or no single part
  bool no_element = false;          // the list of its `for each` is empty
  model::RuleId overridden_by;      // it applied, but this rule took its conclusion
  bool outside_setting = false;
};

struct OutputOutcome {
  model::OutputId output;
  Status status = Status::kUndetermined;
  std::optional<Answer> answer;          // all but kUndetermined
  std::vector<Answer> possible;          // kUndetermined: every answer that some completion gives, in a fixed order
  std::optional<value::Value> at_least;  // kUndetermined on a scale, where all possible answers are values
  std::optional<value::Value> at_most;
  std::vector<std::string> needs;   // paths, in order of declaration; kUndetermined and kProvisional
  std::vector<Reason> because;      // conclude the answer in every completion
  std::vector<Reason> any_of;       // where `because` is empty: one of these does, in each completion
  std::vector<Failed> why_not;      // every rule that could have concluded on this output and does not
  std::vector<model::RuleId> open;  // rules of which it is unknown whether they apply
  bool outside_setting = false;
};

// An argument of a duty; nothing: not known, its place is among the duty's `needs`.
using Argument = std::optional<std::variant<model::GroupId, value::Value>>;

struct DueOutcome {
  model::DueKind kind = model::DueKind::kBy;
  std::optional<std::string> date;  // the due date, or what `every PERIOD` is counted from; nothing: not known
  calendar::Period period;          // kAfter, kEvery
  bool has_date = true;             // false: `every PERIOD` alone
  bool operator==(const DueOutcome&) const = default;
};

struct DutyOutcome {
  model::Duty duty;  // as the deciding rule states it; the strongest modality in effect
  std::vector<Argument> args;
  std::vector<DueOutcome> dues;                      // of all rules that conclude it, each once
  Status status = Status::kDetermined;               // kDetermined, kProvisional, kUndetermined, kConflict
  std::vector<model::Modality> possible_modalities;  // kUndetermined: those of the completions in which it arises
  std::vector<std::string> needs;
  std::vector<Reason> because;
};

// A question to put: a fact that is needed and has an `ask` text, or a recorded fact that must be looked up.
struct Question {
  model::FactId fact;
  std::string path;  // `hospital_stays[1].admitted`; the fact's name where all of it is open
  bool recorded = false;
};

struct Assumed {
  model::FactId fact;
};

// A release that holds: its output is determined, a yes or, for another type, this value.
struct Released {
  model::ReleaseId release;
  value::Value value;
};

// What a result made for an audience has beside the conclusions that it may see.
struct Disclosure {
  model::RoleId audience;
  bool withholds = false;          // some facts are kept from it: then the policy and the protocol go unnamed
  std::vector<Released> released;  // in order of declaration, which a report must not show: see report/sentences.h
};

struct Outcome {
  model::ProtocolId protocol;
  std::vector<OutputOutcome> outputs;  // in order of declaration
  std::vector<DutyOutcome> duties;     // in order of declaration
  std::vector<Question> ask;
  std::vector<Assumed> assumptions;  // on which something above rests
  std::vector<model::InterpretationId> interpretations;
  std::optional<Disclosure> disclosure;  // of a result made for an audience
  // False: too much is open to work it out. What is determined is so; of what is not, some may be settled already, and
  // fewer facts be needed.
  bool exact = true;
};

}  // namespace cordon::evaluate
