// Conditions, rules and outputs to nodes; see lower.h.
//
// Lists are the facts that hold them, with conditions: a quantifier is one over all elements that pass. A quantifier
// that reads no element around it is lowered as if it stood alone. Inside a conjunction about an element, a quantifier
// looks only at those elements that the rest of the conjunction leaves, which is what `guard` says.
#include <algorithm>

#include "model/rules.h"
#include "program/lowering.h"

namespace cordon::program {

Lowering::Lowering(const model::Policy& policy, Program& program)
    : policy_(policy), program_(program), make_(program), applies_(policy.rules.size()) {
  overriders_.resize(policy.rules.size());
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    for (model::RuleId target : policy.rules[i].overrides) overriders_[target.index].emplace_back(i);
  }
}

void Lowering::Run(const std::vector<model::ProtocolId>& also) {
  program_.outputs.resize(policy_.outputs.size());
  for (model::OutputId output : policy_.protocols[program_.protocol.index].outputs) LowerOutput(output);
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    if (program_.reads[i]) LowerRequires(model::FactId(i));
  }
  for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
    const model::Fact& fact = policy_.facts[i];
    if (!program_.reads[i] || !fact.assume) continue;
    const bool unless = fact.assume->unless_asked;
    program_.assumptions.push_back({model::FactId(i), unless ? MustAsk(model::FactId(i), also) : BoolId()});
  }
}

BoolId Lowering::InSetting(model::ProtocolId id) {
  const model::Protocol& protocol = policy_.protocols[id.index];
  if (id != program_.protocol || protocol.settings.empty()) return make_.Constant(true);
  ScalarNode node;
  node.kind = ScalarKind::kSource;
  node.type = TypeKind::kCategory;
  node.source = {policy_.setting, std::nullopt};
  return Member(make_.Scalar(std::move(node)), protocol.settings, policy_.facts[policy_.setting.index].type);
}

std::vector<Test> Lowering::TestsOf(const model::Rule& rule) const {
  std::vector<Test> tests;
  for (const model::Part& part : rule.parts) tests.push_back({rule.for_each->variable, part.condition});
  if (tests.empty()) tests.push_back({rule.for_each->variable, {}});
  return tests;
}

BoolId Lowering::Applies(model::RuleId id) {
  if (applies_[id.index].valid()) return applies_[id.index];
  const model::Rule& rule = policy_.rules[id.index];
  const BoolId inside = InSetting(rule.protocol);
  BoolId applies;
  if (rule.for_each) {
    applies = Some(rule.for_each->list, TestsOf(rule), {}, 1);
  } else {
    std::vector<ExprId> conditions;
    for (const model::Part& part : rule.parts) conditions.push_back(part.condition);
    applies = All(conditions, {});
  }
  applies_[id.index] = make_.And({inside, applies});
  return applies_[id.index];
}

// `verdict`, and that no rule takes from `id` what it concludes on `target`.
template <typename Target>
BoolId Lowering::NotTaken(model::RuleId id, Target target, BoolId verdict) {
  std::vector<BoolId> args{verdict};
  for (model::RuleId other : overriders_[id.index]) {
    const model::Rule& rule = policy_.rules[other.index];
    const bool same = rule.protocol == policy_.rules[id.index].protocol;
    if (same && model::Takes(rule, target)) args.push_back(make_.Not(Applies(other)));
  }
  return make_.And(std::move(args));
}

void Lowering::LowerOutput(model::OutputId id) {
  OutputCode& code = program_.outputs[id.index];
  if (code.output.valid()) return;
  code.output = id;
  const model::ProtocolId protocol = policy_.outputs[id.index].protocol;
  const BoolId inside = InSetting(protocol);
  std::vector<Voice> voices;
  for (model::RuleId rule_id : policy_.protocols[protocol.index].rules) {
    for (const model::OutputConclusion& conclusion : policy_.rules[rule_id.index].conclusions) {
      if (conclusion.output != id) continue;
      AddVoices(rule_id, conclusion, NotTaken(rule_id, id, Applies(rule_id)), voices);
    }
  }
  program_.outputs[id.index].inside = inside;
  program_.outputs[id.index].groups = Grouped(voices);
  program_.outputs[id.index].voices = std::move(voices);
}

// Voices that say the same are one that stands where any of them does.
std::vector<Voice> Lowering::Grouped(const std::vector<Voice>& voices) {
  std::vector<Voice> groups;
  std::vector<std::vector<BoolId>> stands;
  for (const Voice& voice : voices) {
    const auto same = std::find_if(groups.begin(), groups.end(), [&](const Voice& group) {
      return group.value == voice.value && group.judgement == voice.judgement && group.exactly == voice.exactly;
    });
    if (same == groups.end()) {
      groups.push_back(voice);
      groups.back().rule = {};
      groups.back().decision = {};
      stands.push_back({voice.stands});
    } else {
      stands[static_cast<std::size_t>(same - groups.begin())].push_back(voice.stands);
    }
  }
  for (std::size_t i = 0; i < groups.size(); ++i) groups[i].stands = make_.Or(std::move(stands[i]));
  return groups;
}

// A judgement that somebody may have decided has a voice for each decision, and one while it is open.
void Lowering::AddVoices(model::RuleId rule, const model::OutputConclusion& conclusion, BoolId stands,
                         std::vector<Voice>& voices) {
  Voice voice{rule, {}, {}, {}, conclusion.exactly, stands};
  if (const auto* value = std::get_if<value::Value>(&conclusion.value)) {
    voice.value = *value;
    voices.push_back(std::move(voice));
    return;
  }
  const auto judgement = std::get<model::JudgementId>(conclusion.value);
  const model::FactId decision = policy_.judgements[judgement.index].decided_in;
  Voice open = voice;
  open.judgement = judgement;
  if (decision.valid()) {
    const BoolId known = AboutFact(BoolKind::kIsKnown, decision);
    open.stands = make_.And({stands, make_.Not(known)});
    voice.decision = decision;
    for (auto& [value, is] : DecisionsIn(decision)) {
      voice.value = value;
      voice.stands = make_.And({stands, known, is});
      voices.push_back(voice);
    }
  }
  voices.push_back(std::move(open));
}

BoolId Lowering::AboutFact(BoolKind kind, model::FactId fact) {
  BoolNode node;
  node.kind = kind;
  node.source = {fact, std::nullopt};
  return make_.Bool(std::move(node));
}

std::vector<std::pair<value::Value, BoolId>> Lowering::DecisionsIn(model::FactId fact) {
  const Type& type = policy_.facts[fact.index].type;
  if (type.kind == TypeKind::kBool) {
    const BoolId yes = AboutFact(BoolKind::kTruth, fact);
    return {{value::Value::Bool(false), make_.Not(yes)}, {value::Value::Bool(true), yes}};
  }
  if (type.kind != TypeKind::kCategory) {
    program_.whole = false;
    program_.why = "the decision `" + policy_.facts[fact.index].name + "` has more values than can be listed";
    return {};
  }
  std::vector<std::pair<value::Value, BoolId>> decisions;
  ScalarNode node;
  node.kind = ScalarKind::kSource;
  node.type = TypeKind::kCategory;
  node.source = {fact, std::nullopt};
  const ScalarId symbol = make_.Scalar(std::move(node));
  for (std::size_t leaf = 0; leaf < policy_.categories[type.category.index].leaves.size(); ++leaf) {
    decisions.emplace_back(value::Value::Symbol(leaf), Member(symbol, {leaf}, type));
  }
  return decisions;
}

void Lowering::LowerRequires(model::FactId id) {
  const Type& type = policy_.facts[id.index].type;
  if (!type.record.valid()) return;
  const model::Record& record = policy_.records[type.record.index];
  const bool is_list = type.kind == TypeKind::kList;
  for (const model::Require& require : record.requires_) {
    const SpaceId space = is_list ? make_.SpaceOf(kRows, id, {}) : kRows;
    const Bound self{record.self, space, is_list ? model::FactId() : id};
    const BoolId holds = make_.At(Condition(require.condition, Scope().With(self)), space);
    program_.requires_.push_back({holds, record.requires_.size() == 1 && IsPlain(holds)});
  }
}

// One comparison of what is given, which values can be found for unless they are excluded one by one.
bool Lowering::IsPlain(BoolId id) const {
  const BoolNode& node = make_.node(id);
  if (node.kind == BoolKind::kNot) return IsPlain(node.args[0]);
  if (node.kind == BoolKind::kTruth || node.kind == BoolKind::kMember) return true;
  return node.kind == BoolKind::kLessEqual && IsPlain(node.a) && IsPlain(node.b) && node.a != node.b;
}

bool Lowering::IsPlain(ScalarId id) const {
  const ScalarKind kind = make_.node(id).kind;
  return kind == ScalarKind::kSource || kind == ScalarKind::kConstant || kind == ScalarKind::kToday;
}

bool Lowering::AsksFor(const model::Duty& duty, model::FactId fact) const {
  if (duty.modality != model::Modality::kMust || !model::IsAsking(policy_, duty.action)) return false;
  return std::any_of(duty.args.begin(), duty.args.end(), [&](const model::Argument& arg) {
    const auto* group = std::get_if<model::GroupId>(&arg);
    if (group == nullptr) return false;
    const auto& facts = policy_.groups[group->index].facts;
    return std::find(facts.begin(), facts.end(), fact) != facts.end();
  });
}

BoolId Lowering::MustAsk(model::FactId fact, const std::vector<model::ProtocolId>& also) {
  std::vector<model::ProtocolId> protocols = also;
  protocols.push_back(program_.protocol);
  std::vector<BoolId> asked;
  for (model::ProtocolId id : protocols) {
    const model::Protocol& protocol = policy_.protocols[id.index];
    for (model::RuleId rule : protocol.rules) {
      for (const model::Duty& duty : policy_.rules[rule.index].duties) {
        if (AsksFor(duty, fact)) asked.push_back(Stands(rule, duty));
      }
    }
    for (model::OutputId output : protocol.outputs) {
      const auto& means = policy_.outputs[output.index].means;
      if (means && AsksFor(*means, fact)) asked.push_back(Meant(output, *means));
    }
  }
  return make_.Or(std::move(asked));
}

// A rule's duty stands for some element, where the rule is for each.
BoolId Lowering::Stands(model::RuleId id, const model::Duty& duty) {
  const model::Rule& rule = policy_.rules[id.index];
  BoolId applies = Applies(id);
  if (duty.stands_while.valid() && rule.for_each) {
    std::vector<Test> tests = TestsOf(rule);
    tests.push_back({rule.for_each->variable, duty.stands_while});
    applies = make_.And({InSetting(rule.protocol), Some(rule.for_each->list, tests, {}, 1)});
  } else if (duty.stands_while.valid()) {
    applies = make_.And({applies, Condition(duty.stands_while, {})});
  }
  return NotTaken(id, duty.action, applies);
}

BoolId Lowering::Meant(model::OutputId output, const model::Duty& duty) {
  Expr yes;
  yes.output = output;
  yes.value = value::Value::Bool(true);
  const BoolId is = Answer(yes);
  return duty.stands_while.valid() ? make_.And({is, Condition(duty.stands_while, {})}) : is;
}

Program Lower(const model::Policy& policy, model::ProtocolId protocol, const std::vector<model::ProtocolId>& also,
              const std::vector<bool>& reads) {
  Program program;
  program.policy = &policy;
  program.protocol = protocol;
  program.reads = reads;
  Lowering(policy, program).Run(also);
  return program;
}

}  // namespace cordon::program
