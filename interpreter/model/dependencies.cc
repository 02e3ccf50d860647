// Walks rules, definitions and outputs back to facts; see dependencies.h.
#include "model/dependencies.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "model/print.h"

namespace cordon::model {

namespace {

struct Sets {
  std::set<RuleId> rules;
  std::set<DefineId> defines;
  std::set<OutputId> outputs;
  bool decides = false;
};

// What an expression reads: facts with the definitions through which it reads them, and outputs.
struct Reads {
  std::map<FactId, std::set<DefineId>> facts;
  std::set<OutputId> outputs;
  std::set<DefineId> defines;  // all, those that read no fact too
};

// Every expression below `root`, definitions not entered.
template <typename Visit>
void WalkExprs(const Policy& policy, ExprId root, Visit visit) {
  std::vector<ExprId> open = {root};
  std::set<ExprId> seen;
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid() || !seen.insert(id).second) continue;
    visit(policy.expr(id));
    const std::vector<ExprId>& args = policy.expr(id).args;
    open.insert(open.end(), args.begin(), args.end());
  }
}

// What one definition reads, with all definitions below it.
struct DefineReads {
  std::set<FactId> facts;
  std::set<OutputId> outputs;
  std::set<DefineId> below;  // itself among them
};

// By DefineId. A definition stands after all that it uses.
std::vector<DefineReads> ReadsOfDefines(const Policy& policy) {
  std::vector<DefineReads> all(policy.defines.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    DefineReads& reads = all[i];
    reads.below.insert(DefineId(i));
    WalkExprs(policy, policy.defines[i].value, [&](const Expr& expr) {
      if (expr.kind == ExprKind::kFact) reads.facts.insert(expr.fact);
      if (expr.kind == ExprKind::kOutputIs) reads.outputs.insert(expr.output);
      if (expr.kind != ExprKind::kDefine) return;
      const DefineReads& used = all[expr.define.index];
      reads.facts.insert(used.facts.begin(), used.facts.end());
      reads.outputs.insert(used.outputs.begin(), used.outputs.end());
      reads.below.insert(used.below.begin(), used.below.end());
    });
  }
  return all;
}

void AddReads(const Policy& policy, const std::vector<DefineReads>& defines, ExprId root, Reads& reads) {
  WalkExprs(policy, root, [&](const Expr& expr) {
    if (expr.kind == ExprKind::kFact) reads.facts[expr.fact];
    if (expr.kind == ExprKind::kOutputIs) reads.outputs.insert(expr.output);
    if (expr.kind != ExprKind::kDefine) return;
    const DefineReads& used = defines[expr.define.index];
    reads.outputs.insert(used.outputs.begin(), used.outputs.end());
    reads.defines.insert(used.below.begin(), used.below.end());
    for (const DefineId below : used.below) {
      for (const FactId fact : defines[below.index].facts) reads.facts[fact].insert(below);
    }
  });
}

void AddDutyReads(const Policy& policy, const std::vector<DefineReads>& defines, const Duty& duty, Reads& reads) {
  for (const Argument& argument : duty.args) {
    if (const auto* expr = std::get_if<ExprId>(&argument)) AddReads(policy, defines, *expr, reads);
  }
  for (const ForEach& each : duty.each) AddReads(policy, defines, each.list, reads);
  for (const Due& due : duty.dues) AddReads(policy, defines, due.date, reads);
  AddReads(policy, defines, duty.stands_while, reads);
}

bool ConcludesOn(const Rule& rule, OutputId output) {
  return std::any_of(rule.conclusions.begin(), rule.conclusions.end(),
                     [&](const OutputConclusion& conclusion) { return conclusion.output == output; });
}

// Gathers what one output or duty hangs on.
class Walk {
 public:
  Walk(const Policy& policy, const std::vector<DefineReads>& defines) : policy_(policy), defines_(defines) {}

  // The rules that conclude on `output`, those that take from them, and what decides in its stead.
  void AddOutput(OutputId output, bool through) {
    if (!outputs_.insert(output).second) return;
    const ProtocolId protocol = policy_.outputs[output.index].protocol;
    AddSetting(protocol);
    for (const RuleId id : policy_.protocols[protocol.index].rules) {
      const Rule& rule = policy_.rules[id.index];
      if (!ConcludesOn(rule, output)) continue;
      AddRule(id, through ? output : OutputId());
      AddDecisions(id, output, through);
    }
  }

  // `id` and every rule that overrides it; `output` is the other output that it belongs to, or invalid.
  void AddRule(RuleId id, OutputId output) {
    std::vector<RuleId> open = {id};
    while (!open.empty()) {
      const RuleId rule = open.back();
      open.pop_back();
      if (!rules_.insert({rule, output}).second) continue;
      waiting_.emplace_back(rule, output);
      for (const RuleId other : policy_.protocols[policy_.rules[rule.index].protocol.index].rules) {
        const std::vector<RuleId>& targets = policy_.rules[other.index].overrides;
        if (std::find(targets.begin(), targets.end(), rule) != targets.end()) open.push_back(other);
      }
    }
  }

  void AddDuty(RuleId id, const Duty& duty) {
    Reads reads;
    AddDutyReads(policy_, defines_, duty, reads);
    Note(id, OutputId(), reads);
  }

  void AddSetting(ProtocolId protocol) {
    if (!policy_.protocols[protocol.index].settings.empty() && policy_.setting.valid()) facts_[policy_.setting];
  }

  // Finds the facts, and all else that `found` hangs on.
  void Run(Dependencies& found) && {
    while (!waiting_.empty()) {
      const auto [id, output] = waiting_.back();
      waiting_.pop_back();
      const Rule& rule = policy_.rules[id.index];
      Reads reads;
      if (rule.for_each) AddReads(policy_, defines_, rule.for_each->list, reads);
      for (const Part& part : rule.parts) AddReads(policy_, defines_, part.condition, reads);
      Note(id, output, reads);
    }
    for (auto& [fact, sets] : facts_) {
      found.facts.push_back({fact,
                             {sets.rules.begin(), sets.rules.end()},
                             {sets.defines.begin(), sets.defines.end()},
                             {sets.outputs.begin(), sets.outputs.end()},
                             sets.decides});
    }
    std::set<RuleId> rules;
    for (const auto& [rule, output] : rules_) rules.insert(rule);
    found.all_rules.assign(rules.begin(), rules.end());
    found.all_defines.assign(read_defines_.begin(), read_defines_.end());
    outputs_.erase(found.output);
    found.all_outputs.assign(outputs_.begin(), outputs_.end());
  }

 private:
  void Note(RuleId rule, OutputId output, const Reads& reads) {
    read_defines_.insert(reads.defines.begin(), reads.defines.end());
    for (const auto& [fact, defines] : reads.facts) {
      Sets& sets = facts_[fact];
      sets.rules.insert(rule);
      sets.defines.insert(defines.begin(), defines.end());
      if (output.valid()) sets.outputs.insert(output);
    }
    for (const OutputId other : reads.outputs) AddOutput(other, true);
  }

  void AddDecisions(RuleId id, OutputId output, bool through) {
    for (const OutputConclusion& conclusion : policy_.rules[id.index].conclusions) {
      const auto* judgement = std::get_if<JudgementId>(&conclusion.value);
      if (conclusion.output != output || judgement == nullptr) continue;
      const FactId decided_in = policy_.judgements[judgement->index].decided_in;
      if (!decided_in.valid()) continue;
      Sets& sets = facts_[decided_in];
      sets.rules.insert(id);
      sets.decides = true;
      if (through) sets.outputs.insert(output);
    }
  }

  const Policy& policy_;
  const std::vector<DefineReads>& defines_;
  std::set<OutputId> outputs_;
  std::set<std::pair<RuleId, OutputId>> rules_;
  std::vector<std::pair<RuleId, OutputId>> waiting_;
  std::map<FactId, Sets> facts_;
  std::set<DefineId> read_defines_;
};

// The duty without its particulars; of its arguments those that are groups.
std::string DutyText(const Policy& policy, const Duty& duty) {
  std::string text = policy.roles[duty.actor.index].name + " " + std::string(ModalityText(duty.modality)) + " " +
                     policy.actions[duty.action.index].name;
  for (const Argument& argument : duty.args) {
    if (const auto* group = std::get_if<GroupId>(&argument)) text += "(" + policy.groups[group->index].name + ")";
  }
  return text;
}

// One kind of duty: the rules and outputs it comes from, in order of declaration.
struct DutySources {
  std::string text;
  std::vector<std::pair<RuleId, const Duty*>> rules;
  std::vector<OutputId> means;
};

std::vector<DutySources> DutiesOf(const Policy& policy, const Protocol& protocol) {
  std::vector<DutySources> duties;
  const auto find = [&](const std::string& text) -> DutySources& {
    for (DutySources& known : duties) {
      if (known.text == text) return known;
    }
    duties.push_back({text, {}, {}});
    return duties.back();
  };
  for (const OutputId output : protocol.outputs) {
    const auto& means = policy.outputs[output.index].means;
    if (means) find(DutyText(policy, *means)).means.push_back(output);
  }
  for (const RuleId id : protocol.rules) {
    for (const Duty& duty : policy.rules[id.index].duties) find(DutyText(policy, duty)).rules.emplace_back(id, &duty);
  }
  return duties;
}

Dependencies OutputDependencies(const Policy& policy, const std::vector<DefineReads>& defines, ProtocolId protocol,
                                OutputId output) {
  Dependencies found{protocol, output, {}, {}, {}, {}, {}, {}, {}};
  for (const RuleId id : policy.protocols[protocol.index].rules) {
    if (ConcludesOn(policy.rules[id.index], output)) found.rules.push_back(id);
  }
  Walk walk(policy, defines);
  walk.AddOutput(output, false);
  std::move(walk).Run(found);
  return found;
}

Dependencies DutyDependencies(const Policy& policy, const std::vector<DefineReads>& defines, ProtocolId protocol,
                              const DutySources& duty) {
  Dependencies found{protocol, {}, duty.text, {}, duty.means, {}, {}, {}, {}};
  Walk walk(policy, defines);
  walk.AddSetting(protocol);
  for (const OutputId output : duty.means) walk.AddOutput(output, true);
  for (const auto& [id, written] : duty.rules) {
    if (found.rules.empty() || found.rules.back() != id) found.rules.push_back(id);
    walk.AddRule(id, OutputId());
    walk.AddDuty(id, *written);
  }
  std::move(walk).Run(found);
  return found;
}

}  // namespace

std::vector<Dependencies> FindDependencies(const Policy& policy, ProtocolId protocol) {
  const std::vector<DefineReads> defines = ReadsOfDefines(policy);
  std::vector<Dependencies> all;
  for (const OutputId output : policy.protocols[protocol.index].outputs) {
    all.push_back(OutputDependencies(policy, defines, protocol, output));
  }
  for (const DutySources& duty : DutiesOf(policy, policy.protocols[protocol.index])) {
    all.push_back(DutyDependencies(policy, defines, protocol, duty));
  }
  return all;
}

std::vector<InterpretationId> InterpretationsOf(const Policy& policy, const Dependencies& one) {
  std::set<InterpretationId> found;
  const auto add = [&](const std::vector<InterpretationId>& ids) { found.insert(ids.begin(), ids.end()); };
  if (one.output.valid()) add(policy.outputs[one.output.index].interpretations);
  for (const OutputId output : one.all_outputs) add(policy.outputs[output.index].interpretations);
  for (const RuleId rule : one.all_rules) add(policy.rules[rule.index].interpretations);
  for (const FactUse& use : one.facts) add(policy.facts[use.fact.index].interpretations);
  for (const DefineId define : one.all_defines) add(policy.defines[define.index].interpretations);
  return {found.begin(), found.end()};
}

std::vector<GroupId> GroupsOf(const Policy& policy, FactId fact) {
  std::vector<GroupId> groups;
  for (std::size_t i = 0; i < policy.groups.size(); ++i) {
    const std::vector<FactId>& facts = policy.groups[i].facts;
    if (std::find(facts.begin(), facts.end(), fact) != facts.end()) groups.emplace_back(i);
  }
  return groups;
}

}  // namespace cordon::model
