// The policy's words for results; see words.h. Tested by tests/unit/report_test.cc.
#include "report/words.h"

#include <algorithm>
#include <variant>
#include <vector>

#include "calendar/calendar.h"
#include "model/print.h"
#include "support/assert.h"
#include "support/text.h"
#include "value/format.h"

namespace cordon::report {
namespace {

using model::Policy;
using model::TypeKind;

const model::CategoryNode* FindLeaf(const Policy& policy, const model::Type& type, std::int64_t leaf) {
  if (!type.category.valid()) return nullptr;
  const model::Category& category = policy.categories[type.category.index];
  if (leaf < 0 || static_cast<std::size_t>(leaf) >= category.leaves.size()) return nullptr;
  return &category.nodes[category.leaves[static_cast<std::size_t>(leaf)]];
}

// One argument in `language`: a group's text, a symbol's text, or the value.
std::string ArgumentText(const Policy& policy, const model::Type& type, const evaluate::Argument& argument,
                         std::string_view language) {
  if (!argument) return "(not known yet)";
  if (const auto* group = std::get_if<model::GroupId>(&*argument)) {
    return std::string(GroupText(policy.groups[group->index], language));
  }
  return ValueWords(policy, type, std::get<value::Value>(*argument), language);
}

// `text` with each `{parameter}` replaced.
std::string Fill(const Policy& policy, const model::Action& action, const Arguments& args, std::string_view text,
                 std::string_view language) {
  std::string filled;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = text.find('}', open == std::string_view::npos ? 0 : open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    filled += text.substr(0, open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    bool found = false;
    for (std::size_t i = 0; i < action.parameters.size() && i < args.size(); ++i) {
      if (action.parameters[i].name != name) continue;
      filled += ArgumentText(policy, action.parameters[i].type, args[i], language);
      found = true;
    }
    if (!found) filled += text.substr(open, close - open + 1);
    text.remove_prefix(close + 1);
  }
  return filled + std::string(text);
}

std::string_view OrName(std::string_view text, const std::string& name) {
  return text.empty() ? std::string_view(name) : text;
}

}  // namespace

std::string_view TextIn(const model::Texts& texts, std::string_view language) {
  for (const model::LangText& text : texts) {
    if (text.language == language) return text.text;
  }
  return texts.empty() ? std::string_view() : std::string_view(texts.front().text);
}

std::string_view RoleText(const model::Role& role, std::string_view language) {
  return OrName(TextIn(role.texts, language), role.name);
}
std::string_view EventText(const model::Event& event, std::string_view language) {
  return OrName(TextIn(event.texts, language), event.name);
}
std::string_view GroupText(const model::Group& group, std::string_view language) {
  return OrName(TextIn(group.texts, language), group.name);
}

std::string ValueText(const Policy& policy, const model::Type& type, const value::Value& value) {
  if (value.kind != value::Kind::kSymbol) return value::Format(value);
  const model::CategoryNode* node = FindLeaf(policy, type, value.number);
  CORDON_ASSERT(node != nullptr);
  return node->path;
}

std::string ValueWords(const Policy& policy, const model::Type& type, const value::Value& value,
                       std::string_view language) {
  if (value.kind == value::Kind::kSymbol) {
    const model::CategoryNode* node = FindLeaf(policy, type, value.number);
    if (node != nullptr && !node->texts.empty()) return std::string(TextIn(node->texts, language));
  }
  return ValueText(policy, type, value);
}

Arguments StatedArguments(const model::Duty& duty) {
  Arguments args;
  for (const model::Argument& arg : duty.args) {
    if (const auto* group = std::get_if<model::GroupId>(&arg)) {
      args.emplace_back(*group);
    } else if (const auto* value = std::get_if<value::Value>(&arg)) {
      args.emplace_back(*value);
    } else {
      args.emplace_back(std::nullopt);
    }
  }
  return args;
}

std::string ActionText(const Policy& policy, model::ActionId id, const Arguments& args, std::string_view language) {
  const model::Action& action = policy.actions[id.index];
  if (!action.texts.empty()) return Fill(policy, action, args, TextIn(action.texts, language), language);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < action.parameters.size() && i < args.size(); ++i) {
    words.push_back(ArgumentText(policy, action.parameters[i].type, args[i], language));
  }
  return words.empty() ? action.name : action.name + "(" + support::Join(words, ", ") + ")";
}

model::Texts ActionTexts(const Policy& policy, model::ActionId id, const Arguments& args) {
  const model::Action& action = policy.actions[id.index];
  model::Texts texts;
  for (const model::LangText& text : action.texts) {
    texts.push_back({text.language, Fill(policy, action, args, text.text, text.language)});
  }
  return texts;
}

namespace {

// An argument as a policy writes it.
std::string ArgumentSpelling(const Policy& policy, const model::Type& type, const evaluate::Argument& argument) {
  if (!argument) return "unknown";
  if (const auto* group = std::get_if<model::GroupId>(&*argument)) return policy.groups[group->index].name;
  return ValueText(policy, type, std::get<value::Value>(*argument));
}

std::string DueSpelling(const evaluate::DueOutcome& due) {
  const std::string date = due.date ? *due.date : "a day that is not known";
  if (due.kind != model::DueKind::kEvery) return " due by " + date;
  return " every " + calendar::Format(due.period) + (due.has_date ? " after " + date : "");
}

std::string RoleNames(const Policy& policy, std::string_view lead, const std::vector<model::RoleId>& roles) {
  std::vector<std::string> names;
  for (const model::RoleId role : roles) names.push_back(policy.roles[role.index].name);
  return names.empty() ? "" : std::string(lead) + support::Join(names, ", ");
}

}  // namespace

std::string DutySpelling(const Policy& policy, const model::Duty& duty, const Arguments& args,
                         const std::vector<evaluate::DueOutcome>& dues) {
  const model::Action& action = policy.actions[duty.action.index];
  std::vector<std::string> spelt;
  for (std::size_t i = 0; i < args.size() && i < action.parameters.size(); ++i) {
    spelt.push_back(ArgumentSpelling(policy, action.parameters[i].type, args[i]));
  }
  std::string words = policy.roles[duty.actor.index].name + " " + std::string(model::ModalityText(duty.modality)) +
                      " " + action.name + (spelt.empty() ? "" : "(" + support::Join(spelt, ", ") + ")");
  if (duty.as_far_as_possible) words += " as far as possible";
  for (const model::EventTiming& timing : duty.timings) {
    words += " " + std::string(RelationText(timing.relation)) + " " + policy.events[timing.event.index].name;
  }
  for (const std::string& text : duty.when_texts) words += " \"" + text + "\"";
  for (const evaluate::DueOutcome& due : dues) words += DueSpelling(due);
  words += RoleNames(policy, " with ", duty.with);
  if (!duty.except.empty()) words += " except \"" + duty.except + "\"";
  return words + RoleNames(policy, " to ", duty.to);
}

std::string OutputText(const Policy& policy, const model::Output& output, std::string_view language) {
  if (!output.texts.empty()) return std::string(TextIn(output.texts, language));
  if (!output.means) return output.name;
  return ActionText(policy, output.means->action, StatedArguments(*output.means), language);
}

std::string_view RelationText(model::EventRelation relation) {
  switch (relation) {
    case model::EventRelation::kAt:
      return "at";
    case model::EventRelation::kBefore:
      return "before";
    case model::EventRelation::kAfter:
      return "after";
    case model::EventRelation::kDuring:
      return "during";
  }
  return {};
}

std::string_view StatusText(evaluate::Status status) {
  switch (status) {
    case evaluate::Status::kDetermined:
      return "determined";
    case evaluate::Status::kProvisional:
      return "provisional";
    case evaluate::Status::kUndetermined:
      return "undetermined";
    case evaluate::Status::kJudgement:
      return "judgement";
    case evaluate::Status::kNotCovered:
      return "not covered";
    case evaluate::Status::kConflict:
      return "conflict";
  }
  return {};
}

std::string ReasonName(const Policy& policy, const evaluate::Reason& reason) {
  if (reason.rule.valid()) return policy.rules[reason.rule.index].name;
  if (!reason.output.valid()) return {};
  return policy.outputs[reason.output.index].name + ".default";
}

const model::Cites& ReasonCites(const Policy& policy, const evaluate::Reason& reason) {
  static const model::Cites kNone;
  if (reason.rule.valid()) return policy.rules[reason.rule.index].cites;
  return reason.output.valid() ? policy.outputs[reason.output.index].default_cites : kNone;
}

model::Cites OutputCites(const evaluate::Outcome& outcome, const Policy& policy, model::OutputId output) {
  model::Cites cites;
  auto add = [&](const model::Cites& more) {
    for (const std::string& cite : more) {
      if (std::find(cites.begin(), cites.end(), cite) == cites.end()) cites.push_back(cite);
    }
  };
  for (const evaluate::OutputOutcome& concluded : outcome.outputs) {
    if (concluded.output != output) continue;
    for (const evaluate::Reason& reason : concluded.because) add(ReasonCites(policy, reason));
    for (const evaluate::Reason& reason : concluded.any_of) add(ReasonCites(policy, reason));
    if (!cites.empty()) continue;
    for (const model::RuleId rule : concluded.open) add(policy.rules[rule.index].cites);
  }
  return cites;
}

std::string CiteText(const model::Cites& cites) { return support::Join(cites, "; "); }

std::string MomentText(const model::Moment& moment) {
  return moment.time ? calendar::Format(*moment.time) : calendar::Format(moment.date);
}

std::string SettingText(const Policy& policy, const facts::Subject& subject) {
  if (!policy.setting.valid()) return {};
  const facts::Cell& cell = subject.fact(policy.setting);
  std::size_t first = cell.first_leaf;
  std::size_t end = cell.end_leaf;
  if (cell.state == facts::CellState::kKnown) {
    first = static_cast<std::size_t>(cell.value.number);
    end = first + 1;
  } else if (cell.state != facts::CellState::kSymbols) {
    return {};
  }
  const model::Type& type = policy.facts[policy.setting.index].type;
  for (const model::CategoryNode& node : policy.categories[type.category.index].nodes) {
    const bool leaf = cell.state == facts::CellState::kKnown;
    if (node.first_leaf == first && node.end_leaf == end && (!leaf || node.is_leaf())) return node.path;
  }
  return {};
}

const model::Texts& QuestionTexts(const Policy& policy, const evaluate::Question& question) {
  const model::Fact& fact = policy.facts[question.fact.index];
  const std::size_t dot = question.path.rfind('.');
  if (dot != std::string::npos && fact.type.record.valid()) {
    for (const model::Field& field : policy.records[fact.type.record.index].fields) {
      if (field.name == question.path.substr(dot + 1) && !field.help.empty()) return field.help;
    }
  }
  return fact.ask.empty() ? fact.help : fact.ask;
}

}  // namespace cordon::report
