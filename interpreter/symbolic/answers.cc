// Rules and outputs of one version as terms; see encode.h.
#include <algorithm>
#include <utility>

#include "model/rules.h"
#include "model/print.h"
#include "support/assert.h"
#include "symbolic/encode.h"

namespace cordon::symbolic {

using model::FactId;
using model::OutputId;
using model::RuleId;

namespace {

// Judgements of different contents that one output can carry: more are told apart no longer.
constexpr std::size_t kMostJudgements = 6;

}  // namespace

// ---- rules

TermId Encoder::InSetting(model::ProtocolId id) {
  const model::Protocol& protocol = policy_.protocols[id.index];
  if (id != protocol_ || protocol.settings.empty() || !policy_.setting.valid()) return terms_.True();
  const Number setting = FactNumber(policy_.setting);
  const model::CategoryId category = policy_.facts[policy_.setting.index].type.category;
  std::vector<std::int64_t> set;
  for (const std::size_t leaf : protocol.settings) set.push_back(view_.leaves[category.index][leaf]);
  return terms_.In(setting.value, std::move(set), setting.symbols);
}

TermId Encoder::Applies(RuleId id) {
  const auto known = applies_.find(id);
  if (known != applies_.end()) return known->second;
  const model::Rule& rule = policy_.rules[id.index];
  const model::RuleId around = std::exchange(rule_, id);
  TermId term;
  if (rule.for_each) {
    std::vector<std::pair<model::VariableId, model::ExprId>> tests;
    for (const model::Part& part : rule.parts) tests.emplace_back(rule.for_each->variable, part.condition);
    term = SomeOf(RangeOf(rule.for_each->list, {}), tests, {});
  } else {
    std::vector<TermId> parts;
    for (const model::Part& part : rule.parts) parts.push_back(Bool(part.condition, {}));
    term = terms_.And(std::move(parts));
  }
  term = terms_.Named(terms_.And(InSetting(rule.protocol), term));
  rule_ = around;
  applies_.emplace(id, term);
  rules_of_[term].push_back(id);
  return term;
}

TermId Encoder::Together(const std::vector<RuleId>& hold, const std::vector<RuleId>& fail, std::size_t shared) {
  const model::Rule& first = policy_.rules[hold.empty() ? fail.at(0).index : hold[0].index];
  Scope scope;
  Range range;
  if (first.for_each) {
    range = RangeOf(first.for_each->list, {});
    scope = Enter(range, first.for_each->variable);
  }
  const auto parts_of = [&](RuleId id, std::size_t from) {
    const model::Rule& rule = policy_.rules[id.index];
    std::vector<TermId> parts;
    for (std::size_t i = from; i < rule.parts.size(); ++i) parts.push_back(Bool(rule.parts[i].condition, scope));
    return terms_.And(std::move(parts));
  };
  std::vector<TermId> body;
  for (std::size_t i = 0; i < shared; ++i) body.push_back(Bool(first.parts[i].condition, scope));
  for (const RuleId id : hold) body.push_back(parts_of(id, shared));
  for (const RuleId id : fail) body.push_back(terms_.Not(parts_of(id, shared)));
  TermId together = terms_.And(std::move(body));
  if (first.for_each) together = SomeOf(range, {}, {together});
  return terms_.And(InSetting(first.protocol), together);
}

TermId Encoder::StandsFor(RuleId rule, OutputId output) { return NotTaken(rule, output, Applies(rule)); }
TermId Encoder::StandsFor(RuleId rule, model::ActionId action) { return NotTaken(rule, action, Applies(rule)); }

// `term`, and that no rule takes from `id` what it concludes on `target`.
template <typename Target>
TermId Encoder::NotTaken(RuleId id, Target target, TermId term) {
  std::vector<TermId> parts{term};
  for (const RuleId other : policy_.protocols[policy_.rules[id.index].protocol.index].rules) {
    const model::Rule& rule = policy_.rules[other.index];
    if (model::Overrides(rule, id) && model::Takes(rule, target)) parts.push_back(terms_.Not(Applies(other)));
  }
  return terms_.And(std::move(parts));
}
template TermId Encoder::NotTaken(RuleId, OutputId, TermId);
template TermId Encoder::NotTaken(RuleId, model::ActionId, TermId);

TermId Encoder::AppliesWhere(RuleId id, const std::vector<std::optional<bool>>& holds) {
  const model::Rule& rule = policy_.rules[id.index];
  Range range;
  Scope scope;
  if (rule.for_each) {
    range = RangeOf(rule.for_each->list, {});
    scope = Enter(range, rule.for_each->variable);
  }
  std::vector<TermId> parts;
  for (std::size_t i = 0; i < holds.size(); ++i) {
    if (!holds[i]) continue;
    const TermId part = Bool(rule.parts[i].condition, scope);
    parts.push_back(*holds[i] ? part : terms_.Not(part));
  }
  TermId term = terms_.And(std::move(parts));
  if (rule.for_each) term = SomeOf(range, {}, {term});
  return terms_.And(InSetting(rule.protocol), term);
}

// ---- what is assumed

TermId Encoder::MustAsk(FactId fact) {
  TermId term = terms_.False();
  for (const TermId asked : AskedFor(fact)) term = terms_.Or(term, asked);
  return term;
}

TermId Encoder::Assumed(FactId id) {
  assumed_facts_.insert(id);
  const auto known = assumed_.find(id);
  if (known != assumed_.end()) return known->second;
  const model::Fact& fact = policy_.facts[id.index];
  CORDON_ASSERT(fact.assume.has_value());
  const std::size_t given = frame_.facts[view_.facts[id.index]].slots.given;
  TermId term = terms_.Not(terms_.Is(Slot(given, nullptr, 0)));
  // Rules that decide whether to ask for it do not read it, so that this comes to an end.
  if (fact.assume->unless_asked) term = terms_.And(term, terms_.Not(MustAsk(id)));
  term = terms_.Named(term);
  assumed_.emplace(id, term);
  facts_of_.emplace(term, id);
  return term;
}

// ---- answers

std::string Encoder::ValueText(const model::Output& output, const value::Value& value) const {
  return model::PrintValue(policy_, value, output.type);
}

std::string JudgementText(const model::Policy& policy, const model::Judgement& judgement) {
  std::string text = "judgement by " + policy.roles[judgement.by.index].name;
  for (std::size_t i = 0; i < judgement.with.size(); ++i) {
    text += (i == 0 ? " with " : ", ") + policy.roles[judgement.with[i].index].name;
  }
  if (judgement.weighing.valid()) text += " weighing " + policy.groups[judgement.weighing.index].name;
  if (judgement.decided_in.valid()) text += " decided in " + policy.facts[judgement.decided_in.index].name;
  return text;
}

std::vector<Encoder::Voice> Encoder::VoicesOn(OutputId id) {
  const model::Output& output = policy_.outputs[id.index];
  std::vector<Voice> voices;
  for (const RuleId rule : policy_.protocols[output.protocol.index].rules) {
    for (const model::OutputConclusion& conclusion : policy_.rules[rule.index].conclusions) {
      if (conclusion.output != id) continue;
      Voice voice;
      voice.exactly = conclusion.exactly;
      voice.stands = StandsFor(rule, id);
      if (const auto* value = std::get_if<value::Value>(&conclusion.value)) {
        voice.value = *value;
        voice.text = ValueText(output, *value);
        voices.push_back(std::move(voice));
      } else {
        AddDecided(output, policy_.judgements[std::get<model::JudgementId>(conclusion.value).index], voice, voices);
      }
    }
  }
  return voices;
}

// A judgement: open while nobody has decided, else the value that was decided for.
void Encoder::AddDecided(const model::Output& output, const model::Judgement& judgement, const Voice& base,
                         std::vector<Voice>& voices) {
  Voice open = base;
  open.text = JudgementText(policy_, judgement);
  if (!judgement.decided_in.valid()) {
    voices.push_back(std::move(open));
    return;
  }
  const JointFact& joint = frame_.facts[view_.facts[judgement.decided_in.index]];
  const TermId given = terms_.Is(Slot(joint.slots.given, nullptr, 0));
  open.stands = terms_.And(base.stands, terms_.Not(given));
  voices.push_back(std::move(open));
  const Number decision = OfSlots(joint.slots, policy_.facts[judgement.decided_in.index].type, nullptr, 0);
  const auto decide = [&](const value::Value& value, TermId is) {
    Voice voice = base;
    voice.value = value;
    voice.text = ValueText(output, value);
    voice.stands = terms_.And(std::vector{base.stands, given, is});
    voices.push_back(std::move(voice));
  };
  if (output.type.kind == model::TypeKind::kBool) {
    decide(value::Value::Bool(true), terms_.Is(decision.value));
    decide(value::Value::Bool(false), terms_.Not(terms_.Is(decision.value)));
    return;
  }
  if (output.type.kind == model::TypeKind::kCategory) {
    const auto& leaves = view_.leaves[output.type.category.index];
    for (std::size_t leaf = 0; leaf < leaves.size(); ++leaf) {
      decide(value::Value::Symbol(leaf), terms_.In(decision.value, {leaves[leaf]}, decision.symbols));
    }
    return;
  }
  // A number, date or text: whatever it is, and apart from the constants that others conclude.
  Voice voice = base;
  voice.decided = decision.value;
  voice.text = "as decided in " + policy_.facts[judgement.decided_in.index].name;
  voice.stands = terms_.And(base.stands, given);
  voices.push_back(std::move(voice));
}

void Encoder::AddCase(std::vector<AnswerCase>& cases, std::string_view text, TermId when,
                      const std::optional<value::Value>& value) {
  if (terms_.IsFalse(when)) return;
  for (AnswerCase& known : cases) {
    if (known.text != text || known.value != value) continue;
    known.when = terms_.Or(known.when, when);
    return;
  }
  cases.push_back({std::string(text), when, value});
}

// Where nothing stands: the default, or not covered; outside its setting a protocol has no default.
void Encoder::AddSilent(const model::Output& output, TermId silent, TermId inside, std::vector<AnswerCase>& cases) {
  if (output.default_value) {
    AddCase(cases, ValueText(output, *output.default_value), terms_.And(silent, inside), output.default_value);
    AddCase(cases, kNotCovered, terms_.And(silent, terms_.Not(inside)));
  } else {
    AddCase(cases, kNotCovered, silent);
  }
}

const std::vector<AnswerCase>& Encoder::Answers(OutputId id) {
  const auto known = answers_.find(id);
  if (known != answers_.end()) return known->second;
  return answers_.emplace(id, ComputeAnswers(id)).first->second;
}

std::vector<AnswerCase> Encoder::ComputeAnswers(OutputId id) {
  const model::Output& output = policy_.outputs[id.index];
  const TermId inside = InSetting(output.protocol);
  const std::vector<Voice> voices = VoicesOn(id);
  if (output.mode == model::Mode::kUnique) return Unique(output, voices, inside);
  std::vector<Voice> others;
  TermId exact = terms_.False();
  for (const Voice& voice : voices) {
    if (voice.exactly) exact = terms_.Or(exact, voice.stands);
    if (!voice.exactly) others.push_back(voice);
  }
  if (terms_.IsFalse(exact)) return Strictest(output, others, inside);
  std::vector<AnswerCase> cases;
  for (const AnswerCase& answer : Unique(output, voices, inside)) {
    AddCase(cases, answer.text, terms_.And(exact, answer.when), answer.value);
  }
  for (const AnswerCase& answer : Strictest(output, others, inside)) {
    AddCase(cases, answer.text, terms_.And(terms_.Not(exact), answer.when), answer.value);
  }
  return cases;
}

// The top of the scale beats a judgement; a judgement beats the rest and carries the strictest value beside it.
std::vector<AnswerCase> Encoder::Strictest(const model::Output& output, const std::vector<Voice>& voices,
                                           TermId inside) {
  const bool is_bool = output.type.kind == model::TypeKind::kBool;
  const std::int64_t top =
      is_bool ? 1 : static_cast<std::int64_t>(policy_.categories[output.type.category.index].leaves.size()) - 1;
  std::map<std::int64_t, TermId> values;
  std::vector<AnswerCase> judgements;
  TermId judged = terms_.False();
  for (const Voice& voice : voices) {
    if (voice.value) {
      const auto [at, is_new] = values.emplace(voice.value->number, terms_.False());
      at->second = terms_.Or(at->second, voice.stands);
    } else {
      AddCase(judgements, voice.text, voice.stands);
      judged = terms_.Or(judged, voice.stands);
    }
  }
  std::vector<AnswerCase> cases;
  TermId higher = terms_.False();
  const auto value_of = [&](std::int64_t number) {
    return value::Value{is_bool ? value::Kind::kBool : value::Kind::kSymbol, number, {}};
  };
  const auto add_judged = [&](TermId when, const std::string& beside) {
    const std::size_t all = std::size_t{1} << std::min(judgements.size(), kMostJudgements);
    for (std::size_t chosen = 1; chosen < all; ++chosen) {
      std::string text;
      std::vector<TermId> parts{when};
      for (std::size_t i = 0; i < judgements.size(); ++i) {
        const bool in = i < kMostJudgements && (chosen >> i & 1U) != 0;
        parts.push_back(in ? judgements[i].when : terms_.Not(judgements[i].when));
        if (in) text += (text.empty() ? "" : "; ") + judgements[i].text;
      }
      AddCase(cases, text + beside, terms_.And(std::move(parts)));
    }
  };
  for (auto at = values.rbegin(); at != values.rend(); ++at) {
    const TermId here = terms_.And(at->second, terms_.Not(higher));
    const value::Value value = value_of(at->first);
    const bool beats = at->first == top;
    AddCase(cases, ValueText(output, value), beats ? here : terms_.And(here, terms_.Not(judged)), value);
    // At least the mildest value says nothing.
    if (!beats) add_judged(here, at->first == 0 ? "" : ", at least " + ValueText(output, value));
    higher = terms_.Or(higher, at->second);
  }
  add_judged(terms_.Not(higher), "");
  AddSilent(output, terms_.And(terms_.Not(higher), terms_.Not(judged)), inside, cases);
  return cases;
}

// All that stands must agree.
std::vector<AnswerCase> Encoder::Unique(const model::Output& output, const std::vector<Voice>& voices, TermId inside) {
  std::vector<AnswerCase> said;
  std::vector<TermId> decided;  // by place in `said`; invalid for an answer that is settled beforehand
  for (const Voice& voice : voices) {
    AddCase(said, voice.text, voice.stands, voice.value);
    decided.resize(said.size());
    for (std::size_t i = 0; i < said.size(); ++i) {
      if (said[i].text == voice.text) decided[i] = voice.decided;
    }
  }
  // Whether two answers that both stand contradict each other.
  const auto differ = [&](std::size_t i, std::size_t j) {
    if (!decided[i].valid() && !decided[j].valid()) return terms_.True();
    if (decided[i].valid() && decided[j].valid()) return terms_.Not(terms_.SameNumber(decided[i], decided[j]));
    const std::size_t settled = decided[i].valid() ? j : i;
    for (const Voice& voice : voices) {
      if (voice.text != said[settled].text || !voice.value) continue;
      const TermId constant = terms_.Constant(NumberOf(*voice.value, output.type.category));
      return terms_.Not(terms_.SameNumber(decided[i].valid() ? decided[i] : decided[j], constant));
    }
    return terms_.True();
  };
  TermId conflict = terms_.False();
  TermId any = terms_.False();
  for (std::size_t i = 0; i < said.size(); ++i) {
    any = terms_.Or(any, said[i].when);
    for (std::size_t j = 0; j < i; ++j) {
      conflict = terms_.Or(conflict, terms_.And(std::vector{said[i].when, said[j].when, differ(i, j)}));
    }
  }
  std::vector<AnswerCase> cases;
  TermId earlier = terms_.False();
  for (const AnswerCase& answer : said) {
    AddCase(cases, answer.text, terms_.And(std::vector{answer.when, terms_.Not(earlier), terms_.Not(conflict)}),
            answer.value);
    earlier = terms_.Or(earlier, answer.when);
  }
  AddCase(cases, kConflict, conflict);
  AddSilent(output, terms_.Not(any), inside, cases);
  return cases;
}

}  // namespace cordon::symbolic
