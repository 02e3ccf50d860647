// Duties of one version as terms; see encode.h. What evaluate/duties.h collects for one subject, for any.
#include "evaluate/duties.h"

#include <algorithm>
#include <memory>

#include "evaluate/reads.h"
#include "model/rules.h"
#include "model/print.h"
#include "support/assert.h"
#include "symbolic/encode.h"

namespace cordon::symbolic {

using evaluate::DutySide;
using model::ExprId;
using model::RuleId;

namespace {

// Where a conclusion of a duty comes from: a rule, or an output that means it.
struct Source {
  const model::Duty* duty = nullptr;
  RuleId rule;
  model::OutputId output;
  model::ProtocolId protocol;
};

std::vector<Source> SourcesOf(const model::Policy& policy, model::ProtocolId protocol) {
  std::vector<Source> sources;
  for (const model::OutputId id : policy.protocols[protocol.index].outputs) {
    const auto& means = policy.outputs[id.index].means;
    if (means) sources.push_back({&*means, {}, id, protocol});
  }
  for (const RuleId id : policy.protocols[protocol.index].rules) {
    for (const model::Duty& duty : policy.rules[id.index].duties) sources.push_back({&duty, id, {}, protocol});
  }
  return sources;
}

bool ReadsVariable(const model::Policy& policy, ExprId id, model::VariableId variable) {
  if (!id.valid()) return false;
  const model::Expr& expr = policy.expr(id);
  if (expr.kind == model::ExprKind::kElement && expr.variable == variable) return true;
  return std::any_of(expr.args.begin(), expr.args.end(),
                     [&](ExprId arg) { return ReadsVariable(policy, arg, variable); });
}

bool ReadsVariable(const model::Policy& policy, const model::Duty& duty, model::VariableId variable) {
  if (ReadsVariable(policy, duty.stands_while, variable)) return true;
  for (const model::Due& due : duty.dues) {
    if (ReadsVariable(policy, due.date, variable)) return true;
  }
  return std::any_of(duty.args.begin(), duty.args.end(), [&](const model::Argument& arg) {
    const auto* expr = std::get_if<ExprId>(&arg);
    return expr != nullptr && ReadsVariable(policy, *expr, variable);
  });
}

std::string_view RelationText(model::EventRelation relation) {
  switch (relation) {
    case model::EventRelation::kAt:
      return "at ";
    case model::EventRelation::kBefore:
      return "before ";
    case model::EventRelation::kAfter:
      return "after ";
    case model::EventRelation::kDuring:
      return "during ";
  }
  return {};
}

constexpr int kStrongest = 3;
const std::optional<model::ForEach> kNoElement;

const AnyArgument* AnyOf(const model::Policy& policy, const Frame& frame, const model::Duty& duty,
                         std::size_t position) {
  for (const AnyArgument& any : frame.arguments) {
    if (any.action == policy.actions[duty.action.index].name && any.position == position) return &any;
  }
  return nullptr;
}

std::string ActionText(const model::Policy& policy, const Frame& frame, const model::Duty& duty) {
  const model::Action& action = policy.actions[duty.action.index];
  std::string text = action.name;
  for (std::size_t i = 0; i < duty.args.size(); ++i) {
    text += i == 0 ? "(" : ", ";
    const bool named = i < action.parameters.size();
    if (AnyOf(policy, frame, duty, i) != nullptr) {
      text += "any " + (named ? action.parameters[i].name : "argument");
    } else if (const auto* group = std::get_if<model::GroupId>(&duty.args[i])) {
      text += policy.groups[group->index].name;
    } else if (const auto* value = std::get_if<value::Value>(&duty.args[i])) {
      text += model::PrintValue(policy, *value, named ? action.parameters[i].type : model::Type{});
    }
  }
  return duty.args.empty() ? text : text + ")";
}

}  // namespace

std::string TimingText(const model::Policy& policy, const model::EventTiming& timing) {
  return std::string(RelationText(timing.relation)) + policy.events[timing.event.index].name;
}

std::string DutyKey(const model::Policy& policy, const Frame& frame, const model::Duty& duty,
                    const std::optional<model::RoleId>& to) {
  const bool consider = evaluate::SideOf(duty.modality) == DutySide::kConsider;
  std::string key = policy.roles[duty.actor.index].name + ": " + (consider ? "consider " : "");
  key += ActionText(policy, frame, duty);
  return to ? key + " to " + policy.roles[to->index].name : key;
}

// One protocol's duties. A friend of Encoder: it reads conditions under bound elements.
class DutyEncoder {
 public:
  explicit DutyEncoder(Encoder& encoder)
      : encoder_(encoder), terms_(encoder.terms_), policy_(encoder.policy_), frame_(encoder.frame_) {}

  std::vector<DutyCase> Run() {
    for (const Source& source : SourcesOf(policy_, encoder_.protocol_)) Add(source);
    std::vector<DutyCase> cases;
    for (const Entry& entry : entries_) cases.push_back(CaseOf(entry));
    return cases;
  }

  // What a conclusion comes to; with `due`, what it also has to be due by.
  TermId Stands(const Source& source, const model::Due* due) {
    const model::Duty& duty = *source.duty;
    if (!duty.each.empty()) return StandsForElement(source, duty.each[0], false, due);
    if (source.rule.valid()) {
      const auto& each = policy_.rules[source.rule.index].for_each;
      if (each && ReadsVariable(policy_, duty, each->variable)) return StandsForElement(source, *each, true, due);
    }
    std::vector<TermId> parts = Parts(source, due, {});
    parts.push_back(IsConcluded(source));
    return terms_.And(std::move(parts));
  }

 private:
  struct Entry {
    std::string key;
    bool consider = false;
    std::vector<std::pair<Source, TermId>> conclusions;  // with whether each stands
  };

  void Add(const Source& source) {
    const model::Duty& duty = *source.duty;
    const bool consider = evaluate::SideOf(duty.modality) == DutySide::kConsider;
    const TermId stands = Stands(source, nullptr);
    if (terms_.IsFalse(stands)) return;
    if (duty.to.empty()) AddTo(DutyKey(policy_, frame_, duty, {}), consider, source, stands);
    for (const model::RoleId to : duty.to) {
      AddTo(DutyKey(policy_, frame_, duty, to), consider, source, stands);
    }
  }

  void AddTo(const std::string& key, bool consider, const Source& source, TermId stands) {
    for (Entry& entry : entries_) {
      if (entry.key != key) continue;
      entry.conclusions.emplace_back(source, stands);
      return;
    }
    entries_.push_back({key, consider, {{source, stands}}});
  }

  const AnyArgument* AnyOf(const model::Duty& duty, std::size_t position) const {
    return symbolic::AnyOf(policy_, frame_, duty, position);
  }

  // ---- when a conclusion stands

  TermId IsConcluded(const Source& source) {
    if (source.rule.valid()) return encoder_.StandsFor(source.rule, source.duty->action);
    for (const AnswerCase& answer : encoder_.Answers(source.output)) {
      if (answer.text == "yes") return answer.when;
    }
    return terms_.False();
  }

  // The rule's conditions and `until` are asked of the one element.
  TermId StandsForElement(const Source& source, const model::ForEach& each, bool of_rule, const model::Due* due) {
    const Encoder::Range range = encoder_.RangeOf(each.list, {});
    std::vector<std::pair<model::VariableId, ExprId>> tests;
    TermId around;
    if (of_rule) {
      const model::Rule& rule = policy_.rules[source.rule.index];
      for (const model::Part& part : rule.parts) tests.emplace_back(rule.for_each->variable, part.condition);
      around = encoder_.NotTaken(source.rule, source.duty->action, encoder_.InSetting(rule.protocol));
    } else {
      around = IsConcluded(source);
    }
    const Encoder::Scope inside = encoder_.Enter(range, each.variable);
    const TermId some = encoder_.SomeOf(range, tests, Parts(source, due, inside));
    encoder_.duty_sentences_.emplace(encoder_.sentence_, SentenceText(source, range.fact, due));
    return terms_.And(around, some);
  }

  std::string SentenceText(const Source& source, model::FactId list, const model::Due* due) const {
    std::string text = "some element of " + policy_.facts[list.index].name + " is one for which ";
    if (source.rule.valid()) {
      text += policy_.protocols[source.protocol.index].name + "." + policy_.rules[source.rule.index].name;
    } else {
      text += policy_.protocols[source.protocol.index].name + "." + policy_.outputs[source.output.index].name;
    }
    return text + (due == nullptr ? " asks it" : " asks it by that date");
  }

  // `until`, the arguments and the due date, where the element is bound.
  std::vector<TermId> Parts(const Source& source, const model::Due* due, const Encoder::Scope& scope) {
    const model::Duty& duty = *source.duty;
    std::vector<TermId> parts;
    if (duty.stands_while.valid()) parts.push_back(encoder_.Bool(duty.stands_while, scope));
    for (std::size_t i = 0; i < duty.args.size(); ++i) {
      const AnyArgument* any = AnyOf(duty, i);
      if (any != nullptr) parts.push_back(IsArgument(*any, duty.args[i], scope));
    }
    if (due != nullptr && due->date.valid()) {
      const Encoder::Number date = encoder_.Of(due->date, scope);
      model::Type type;
      type.kind = date.kind;
      parts.push_back(terms_.SameNumber(encoder_.OfSlots(frame_.due, type, nullptr, 0).value, date.value));
    }
    return parts;
  }

  TermId IsArgument(const AnyArgument& any, const model::Argument& arg, const Encoder::Scope& scope) {
    const model::Type type = TypeOf(any, arg);
    const Encoder::Number number = encoder_.OfSlots(any.slots, type, nullptr, 0);
    if (const auto* expr = std::get_if<ExprId>(&arg)) {
      if (type.kind == model::TypeKind::kBool)
        return terms_.Equal(terms_.Is(number.value), encoder_.Bool(*expr, scope));
      return terms_.SameNumber(number.value, encoder_.Of(*expr, scope).value);
    }
    const auto& value = std::get<value::Value>(arg);
    if (type.kind == model::TypeKind::kBool) {
      return value.number != 0 ? terms_.Is(number.value) : terms_.Not(terms_.Is(number.value));
    }
    const std::int64_t constant = encoder_.NumberOf(value, type.category);
    if (type.kind == model::TypeKind::kCategory) return terms_.In(number.value, {constant}, number.symbols);
    return terms_.SameNumber(number.value, terms_.Constant(constant));
  }

  // This version's own type of an argument.
  model::Type TypeOf(const AnyArgument& any, const model::Argument& arg) const {
    if (const auto* expr = std::get_if<ExprId>(&arg)) return policy_.expr(*expr).type;
    for (const model::Action& action : policy_.actions) {
      if (action.name == any.action && any.position < action.parameters.size())
        return action.parameters[any.position].type;
    }
    return any.type;
  }

  // ---- states and details

  DutyCase CaseOf(const Entry& entry) {
    DutyCase duty;
    duty.key = entry.key;
    // By side and strength: does some conclusion of it stand?
    std::vector<std::vector<TermId>> stands(2, std::vector<TermId>(kStrongest + 1, terms_.False()));
    std::vector<std::vector<std::string>> words(2, std::vector<std::string>(kStrongest + 1));
    for (const auto& [source, term] : entry.conclusions) {
      const model::Modality modality = source.duty->modality;
      const std::size_t side = evaluate::SideOf(modality) == DutySide::kRefrain ? 1 : 0;
      const auto strength = static_cast<std::size_t>(evaluate::StrengthOf(modality));
      stands[side][strength] = terms_.Or(stands[side][strength], term);
      words[side][strength] = model::ModalityText(modality);
    }
    // By side: of exactly this strength; 0 for not at all.
    std::vector<std::vector<TermId>> strongest(2, std::vector<TermId>(kStrongest + 1));
    for (std::size_t side = 0; side < 2; ++side) {
      TermId above = terms_.False();
      for (std::size_t strength = kStrongest; strength > 0; --strength) {
        strongest[side][strength] = terms_.And(stands[side][strength], terms_.Not(above));
        above = terms_.Or(above, stands[side][strength]);
      }
      strongest[side][0] = terms_.Not(above);
    }
    for (std::size_t doing = 0; doing <= kStrongest; ++doing) {
      for (std::size_t other = 0; other <= kStrongest; ++other) {
        const TermId when = terms_.And(strongest[0][doing], strongest[1][other]);
        encoder_.AddCase(duty.states, StateText(words, doing, other), when);
      }
    }
    duty.arises = terms_.False();
    for (const AnswerCase& state : duty.states) {
      if (state.text != "none" && state.text != "conflict") duty.arises = terms_.Or(duty.arises, state.when);
    }
    AddDetails(entry, duty);
    return duty;
  }

  static std::string StateText(const std::vector<std::vector<std::string>>& words, std::size_t doing,
                               std::size_t other) {
    if (doing == 0 && other == 0) return "none";
    if (other == 0) return words[0][doing];
    if (doing == 0) return words[1][other];
    const bool conflict = other == 3 || (other == 2 && doing > 1) || (other == 1 && doing == 3);
    return conflict ? "conflict" : words[0][doing] + " and " + words[1][other];
  }

  // Timings, companions and due dates of all that stands; exceptions as the strongest conclusion that stands has them.
  void AddDetails(const Entry& entry, DutyCase& duty) {
    for (const auto& [source, stands] : entry.conclusions) {
      const model::Duty& own = *source.duty;
      for (const model::EventTiming& timing : own.timings) {
        encoder_.AddCase(duty.details, TimingText(policy_, timing), stands);
      }
      for (const std::string& text : own.when_texts) encoder_.AddCase(duty.details, "\"" + text + "\"", stands);
      for (const model::RoleId role : own.with) {
        encoder_.AddCase(duty.details, "with " + policy_.roles[role.index].name, stands);
      }
      for (const model::Due& due : own.dues) AddDue(source, due, stands, duty);
      const TermId decides = own.except.empty() && !own.as_far_as_possible
                                 ? terms_.False()
                                 : terms_.And(stands, terms_.Not(StrongerThan(entry, source)));
      if (!own.except.empty()) encoder_.AddCase(duty.details, "except \"" + own.except + "\"", decides);
      if (own.as_far_as_possible) encoder_.AddCase(duty.details, "as far as possible", decides);
    }
  }

  // A date that reads the duty's element is told for any date; one that does not is a date like others.
  void AddDue(const Source& source, const model::Due& due, TermId stands, DutyCase& duty) {
    const bool every = due.kind == model::DueKind::kEvery;
    const std::string what = every ? "every " + calendar::Format(due.period) : "due by";
    if (!due.date.valid()) return encoder_.AddCase(duty.details, what, stands);
    const bool timed = policy_.expr(due.date).type.kind == model::TypeKind::kDatetime;
    if (ReadsElement(source, due.date)) {
      const std::string any = timed ? "a time" : "a date";
      return encoder_.AddCase(duty.details, what + (every ? " from " : " ") + any, Stands(source, &due));
    }
    duty.dues.push_back({every ? what + " from" : what, timed, encoder_.Of(due.date, {}).value, stands});
  }

  bool ReadsElement(const Source& source, ExprId date) const {
    if (!source.duty->each.empty() && ReadsVariable(policy_, date, source.duty->each[0].variable)) return true;
    const auto& each = source.rule.valid() ? policy_.rules[source.rule.index].for_each : kNoElement;
    return each && ReadsVariable(policy_, date, each->variable);
  }

  // Some conclusion stands that is stronger, or as strong and stated before.
  TermId StrongerThan(const Entry& entry, const Source& than) {
    TermId term = terms_.False();
    bool before = true;
    for (const auto& [source, stands] : entry.conclusions) {
      if (source.duty == than.duty) {
        before = false;
        continue;
      }
      const int own = evaluate::StrengthOf(source.duty->modality);
      const int other = evaluate::StrengthOf(than.duty->modality);
      if (evaluate::SideOf(source.duty->modality) != evaluate::SideOf(than.duty->modality)) continue;
      if (own > other || (own == other && before)) term = terms_.Or(term, stands);
    }
    return term;
  }

  Encoder& encoder_;
  Terms& terms_;
  const model::Policy& policy_;
  const Frame& frame_;
  std::vector<Entry> entries_;
};

std::vector<DutyCase> Encoder::Duties() { return DutyEncoder(*this).Run(); }

// The conclusions by which `fact` must be asked for: of this protocol, and of those that it reads.
std::vector<TermId> Encoder::AskedFor(model::FactId fact) {
  std::vector<Source> sources = SourcesOf(policy_, protocol_);
  for (const model::ProtocolId read : evaluate::ProtocolsReadBy(policy_, protocol_)) {
    const std::vector<Source> more = SourcesOf(policy_, read);
    sources.insert(sources.end(), more.begin(), more.end());
  }
  std::vector<TermId> asked;
  for (const Source& source : sources) {
    const model::Duty& duty = *source.duty;
    if (duty.modality != model::Modality::kMust || !model::IsAsking(policy_, duty.action)) continue;
    const bool names = std::any_of(duty.args.begin(), duty.args.end(), [&](const model::Argument& arg) {
      const auto* group = std::get_if<model::GroupId>(&arg);
      if (group == nullptr) return false;
      const auto& facts = policy_.groups[group->index].facts;
      return std::find(facts.begin(), facts.end(), fact) != facts.end();
    });
    if (names) asked.push_back(DutyEncoder(*this).Stands(source, nullptr));
  }
  return asked;
}

}  // namespace cordon::symbolic
