// Groups a protocol's conclusions into duties; see duties.h.
#include "evaluate/duties.h"

#include <algorithm>
#include <map>
#include <memory>

#include "evaluate/reads.h"
#include "evaluate/reference.h"
#include "model/rules.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using model::Modality;

using model::ExprId;
using model::ExprKind;

// The fact that a list expression takes its elements from.
model::FactId BaseOf(const model::Policy& policy, ExprId list) {
  const model::Expr* expr = &policy.expr(list);
  while (expr->kind != ExprKind::kFact) {
    const ExprId below = expr->kind == ExprKind::kDefine ? policy.defines[expr->define.index].value : expr->args[0];
    expr = &policy.expr(below);
  }
  return expr->fact;
}

bool ReadsVariable(const model::Policy& policy, ExprId id, model::VariableId variable) {
  if (!id.valid()) return false;
  const model::Expr& expr = policy.expr(id);
  if (expr.kind == ExprKind::kElement && expr.variable == variable) return true;
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ExprId arg) { return ReadsVariable(policy, arg, variable); });
}

bool ReadsVariable(const model::Policy& policy, const model::Duty& duty, model::VariableId variable) {
  if (ReadsVariable(policy, duty.stands_while, variable)) return true;
  for (const model::Due& due : duty.dues) {
    if (ReadsVariable(policy, due.date, variable)) return true;
  }
  for (const model::Argument& arg : duty.args) {
    const auto* expr = std::get_if<ExprId>(&arg);
    if (expr != nullptr && ReadsVariable(policy, *expr, variable)) return true;
  }
  return false;
}

// What an argument comes to for one subject.
class Arguments {
 public:
  Arguments(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject)
      : policy_(policy),
        subject_(subject),
        context_{policy, protocol, subject.as_of, no_duties_, ExprsThatReadFacts(policy)},
        views_{MakeView(policy, subject, world_, 0, nullptr, nullptr, nullptr)},
        reference_(context_, world_, views_) {}

  void Fill(const DutyConclusion& conclusion, DutyEntry& entry) {
    for (const model::Argument& arg : conclusion.duty->args) {
      if (const auto* group = std::get_if<model::GroupId>(&arg)) {
        entry.args.emplace_back(*group);
      } else if (const auto* value = std::get_if<value::Value>(&arg)) {
        entry.args.emplace_back(*value);
      } else {
        entry.args.push_back(Evaluate(std::get<ExprId>(arg), conclusion.element, entry.unknown));
      }
    }
  }

 private:
  Argument Evaluate(ExprId expr, const std::optional<DutyElement>& element, std::vector<UnknownPath>& unknown) {
    Bindings bindings;
    if (element && element->index) {
      bindings.emplace_back(element->variable, views_[0].facts[element->fact.index]->children[*element->index]);
    }
    const bool further = element && !element->index && ReadsVariable(policy_, expr, element->variable);
    if (further) {
      Note({element->fact, policy_.facts[element->fact.index].name}, unknown);
      return std::nullopt;
    }
    const auto value = reference_.KnownValue(expr, bindings, 0);
    if (value) return *value;
    NoteUnknown(expr, element, unknown);
    return std::nullopt;
  }

  static void Note(UnknownPath path, std::vector<UnknownPath>& unknown) {
    if (std::find(unknown.begin(), unknown.end(), path) == unknown.end()) unknown.push_back(std::move(path));
  }

  // The unknown facts and fields that `id` reads.
  void NoteUnknown(ExprId id, const std::optional<DutyElement>& element, std::vector<UnknownPath>& unknown) {
    const model::Expr& expr = policy_.expr(id);
    if (expr.kind == ExprKind::kFact) NoteCell(subject_.fact(expr.fact), expr.fact, "", unknown);
    if (expr.kind == ExprKind::kDefine) NoteUnknown(policy_.defines[expr.define.index].value, element, unknown);
    if (expr.kind == ExprKind::kElement && element) NoteElement(*element, std::nullopt, unknown);
    if (expr.kind == ExprKind::kField) return NoteField(expr, element, unknown);
    for (const ExprId arg : expr.args) {
      if (arg.valid()) NoteUnknown(arg, element, unknown);
    }
  }

  void NoteField(const model::Expr& expr, const std::optional<DutyElement>& element,
                 std::vector<UnknownPath>& unknown) {
    const model::Expr& object = policy_.expr(expr.args[0]);
    const model::Field& field = policy_.records[object.type.record.index].fields[expr.field.index];
    if (object.kind == ExprKind::kFact) {
      const facts::Cell& record = subject_.fact(object.fact);
      const bool given = record.state == facts::CellState::kRecord && !field.derived.valid();
      NoteCell(given ? record.children[expr.field.index] : record, object.fact, given ? "." + field.name : "", unknown);
    } else if (object.kind == ExprKind::kElement && element) {
      NoteElement(*element, field.derived.valid() ? std::nullopt : std::optional(expr.field), unknown);
    }
  }

  // A given element's field; all of its unknown fields where none is named.
  void NoteElement(const DutyElement& element, const std::optional<model::FieldId>& only,
                   std::vector<UnknownPath>& unknown) {
    if (!element.index) return;
    const std::string place = "[" + std::to_string(*element.index + 1) + "]";
    const facts::Cell& cell = subject_.fact(element.fact).children[*element.index];
    const model::RecordId record = policy_.facts[element.fact.index].type.record;
    if (!record.valid()) return NoteCell(cell, element.fact, place, unknown);
    const std::vector<model::Field>& fields = policy_.records[record.index].fields;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (fields[i].derived.valid() || (only && only->index != i)) continue;
      const facts::Cell absent;
      const facts::Cell& field = cell.state == facts::CellState::kRecord ? cell.children[i] : absent;
      NoteCell(field, element.fact, place + "." + fields[i].name, unknown);
    }
  }

  void NoteCell(const facts::Cell& cell, model::FactId fact, const std::string& place,
                std::vector<UnknownPath>& unknown) {
    if (cell.state == facts::CellState::kKnown) return;
    Note({fact, policy_.facts[fact.index].name + place}, unknown);
  }

  const model::Policy& policy_;
  const facts::Subject& subject_;
  DutyTable no_duties_;
  Context context_;
  World world_;
  std::vector<View> views_;
  Reference reference_;
};

class Collector {
 public:
  Collector(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject)
      : policy_(policy), protocol_(protocol), subject_(subject) {}

  void Add(const model::Duty& duty, model::RuleId rule, model::OutputId output) {
    std::optional<model::ForEach> source;
    bool of_rule = false;
    if (!duty.each.empty()) {
      source = duty.each[0];
    } else if (rule.valid() && policy_.rules[rule.index].for_each &&
               ReadsVariable(policy_, duty, policy_.rules[rule.index].for_each->variable)) {
      source = policy_.rules[rule.index].for_each;
      of_rule = true;
    }
    if (!source) return AddFor(duty, {rule, output, &duty, std::nullopt});
    DutyElement element{source->variable, source->list, BaseOf(policy_, source->list), std::nullopt, of_rule};
    const facts::Cell& list = subject_.fact(element.fact);
    const bool given = list.state == facts::CellState::kList;
    for (std::size_t i = 0; given && i < list.children.size(); ++i) {
      element.index = i;
      AddFor(duty, {rule, output, &duty, element});
    }
    element.index.reset();
    if (!given || list.open) AddFor(duty, {rule, output, &duty, element});
  }

  DutyTable Take() && {
    for (const auto& [key, alike] : by_key_) {
      for (std::size_t n = 0; n < alike.size(); ++n) {
        for (std::size_t m = 0; m < n; ++m) Oppose(alike[n], alike[m]);
      }
    }
    return std::move(table_);
  }

 private:
  // Unknown arguments that wait for the same unknown are the same, whatever it turns out to be; the further elements of
  // a list are not told apart.
  static bool SameDuty(const DutyEntry& a, const DutyEntry& b) {
    return a.actor == b.actor && a.action == b.action && a.args == b.args && a.unknown == b.unknown && a.to == b.to;
  }

  // Further elements of a list may be different ones for each conclusion, so that there is no contradiction to see.
  static bool IsFurther(const DutyEntry& entry) {
    return !entry.unknown.empty() &&
           std::any_of(entry.conclusions.begin(), entry.conclusions.end(),
                       [](const DutyConclusion& c) { return c.element && !c.element->index; });
  }

  void Oppose(std::size_t a, std::size_t b) {
    const DutySide one = table_[a].side;
    const DutySide other = table_[b].side;
    if (one == other || one == DutySide::kConsider || other == DutySide::kConsider) return;
    if (!SameDuty(table_[a], table_[b]) || IsFurther(table_[a]) || IsFurther(table_[b])) return;
    table_[a].opposite = b;
    table_[b].opposite = a;
  }

  void AddFor(const model::Duty& duty, const DutyConclusion& conclusion) {
    DutyEntry entry;
    entry.actor = duty.actor;
    entry.action = duty.action;
    entry.side = SideOf(duty.modality);
    FillArguments(conclusion, entry);
    if (duty.to.empty()) AddOne(entry, conclusion);
    for (const model::RoleId recipient : duty.to) {
      entry.to = recipient;
      AddOne(entry, conclusion);
    }
  }

  // Most duties have no argument to evaluate: the facts are turned into a world only where one has.
  void FillArguments(const DutyConclusion& conclusion, DutyEntry& entry) {
    const auto& args = conclusion.duty->args;
    const bool plain = std::none_of(args.begin(), args.end(),
                                    [](const model::Argument& arg) { return std::holds_alternative<ExprId>(arg); });
    if (!plain && arguments_ == nullptr) arguments_ = std::make_unique<Arguments>(policy_, protocol_, subject_);
    if (!plain) return arguments_->Fill(conclusion, entry);
    for (const model::Argument& arg : args) {
      if (const auto* group = std::get_if<model::GroupId>(&arg)) entry.args.emplace_back(*group);
      if (const auto* value = std::get_if<value::Value>(&arg)) entry.args.emplace_back(*value);
    }
  }

  void AddOne(const DutyEntry& entry, const DutyConclusion& conclusion) {
    const std::string key = KeyOf(entry);
    for (const std::size_t known : by_key_[key]) {
      if (table_[known].side != entry.side || !SameDuty(table_[known], entry)) continue;
      table_[known].conclusions.push_back(conclusion);
      return;
    }
    by_key_[key].push_back(table_.size());
    table_.push_back(entry);
    table_.back().conclusions.push_back(conclusion);
  }

  // Duties with different keys differ.
  static std::string KeyOf(const DutyEntry& entry) {
    std::string key = std::to_string(entry.actor.index) + " " + std::to_string(entry.action.index);
    for (const Argument& arg : entry.args) {
      const auto* value = arg ? std::get_if<value::Value>(&*arg) : nullptr;
      if (value != nullptr) key += " " + std::to_string(value->number) + value->text;
    }
    return key;
  }

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  const facts::Subject& subject_;
  std::unique_ptr<Arguments> arguments_;
  std::map<std::string, std::vector<std::size_t>> by_key_;
  DutyTable table_;
};

}  // namespace

DutyTable CollectDuties(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject) {
  Collector collector(policy, protocol, subject);
  for (model::OutputId id : policy.protocols[protocol.index].outputs) {
    const model::Output& output = policy.outputs[id.index];
    if (output.means) collector.Add(*output.means, {}, id);
  }
  for (model::RuleId id : policy.protocols[protocol.index].rules) {
    for (const model::Duty& duty : policy.rules[id.index].duties) collector.Add(duty, id, {});
  }
  return std::move(collector).Take();
}

DutyTable CollectAskingElsewhere(const model::Policy& policy, model::ProtocolId protocol,
                                 const facts::Subject& subject) {
  DutyTable asking;
  for (const model::ProtocolId read : ProtocolsReadBy(policy, protocol)) {
    for (DutyEntry& entry : CollectDuties(policy, read, subject)) {
      if (IsAsking(policy, entry.action)) asking.push_back(std::move(entry));
    }
  }
  return asking;
}

DutySide SideOf(Modality modality) {
  switch (modality) {
    case Modality::kMust:
    case Modality::kShould:
    case Modality::kMay:
      return DutySide::kDo;
    case Modality::kMustNot:
    case Modality::kShouldNot:
    case Modality::kNeedNot:
      return DutySide::kRefrain;
    case Modality::kMustConsider:
    case Modality::kShouldConsider:
    case Modality::kMayConsider:
      return DutySide::kConsider;
  }
  CORDON_ASSERT(false);
}

int StrengthOf(Modality modality) {
  switch (modality) {
    case Modality::kMust:
    case Modality::kMustNot:
    case Modality::kMustConsider:
      return 3;
    case Modality::kShould:
    case Modality::kShouldNot:
    case Modality::kShouldConsider:
      return 2;
    case Modality::kMay:
    case Modality::kNeedNot:
    case Modality::kMayConsider:
      return 1;
  }
  CORDON_ASSERT(false);
}

bool InConflict(Modality doing, Modality refraining) {
  if (refraining == Modality::kMustNot) return true;
  if (refraining == Modality::kShouldNot) return doing != Modality::kMay;
  return doing == Modality::kMust;
}

}  // namespace cordon::evaluate
