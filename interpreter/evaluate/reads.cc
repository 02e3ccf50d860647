// Walks a policy's expressions and rules; see reads.h.
#include "evaluate/reads.h"

#include <utility>
#include <variant>
#include <vector>

#include "model/rules.h"

namespace cordon::evaluate {
namespace {

using model::ExprId;
using model::RuleId;

class Walk {
 public:
  Walk(const model::Policy& policy, model::ProtocolId root, Extent extent)
      : policy_(policy), root_(root), extent_(extent), overriders_(policy.rules.size()) {
    for (std::size_t i = 0; i < policy.rules.size(); ++i) {
      for (RuleId target : policy.rules[i].overrides) overriders_[target.index].emplace_back(i);
    }
  }

  // All that the protocol says, and of whom, when and until when.
  void AddProtocol(const model::Protocol& protocol) {
    for (model::OutputId output : protocol.outputs) {
      AddOutput(output);
      const auto& means = policy_.outputs[output.index].means;
      if (means) AddDuty(*means);
    }
    for (RuleId rule : protocol.rules) {
      AddRule(rule);
      for (const model::Duty& duty : policy_.rules[rule.index].duties) AddDuty(duty);
    }
  }

  void AddExpr(ExprId id) { exprs_.push_back(id); }

  void AddOutput(model::OutputId id) {
    if (!outputs_.insert(id).second) return;
    const model::ProtocolId protocol = policy_.outputs[id.index].protocol;
    AddSetting(protocol);
    for (RuleId rule : policy_.protocols[protocol.index].rules) {
      if (ConcludesOn(policy_.rules[rule.index], id)) AddRule(rule);
    }
  }

  // The rule, and every rule that may take its conclusions.
  void AddRule(RuleId id) {
    if (!rules_.insert(id).second) return;
    const model::Rule& rule = policy_.rules[id.index];
    AddSetting(rule.protocol);
    if (rule.for_each) AddExpr(rule.for_each->list);
    for (const model::Part& part : rule.parts) AddExpr(part.condition);
    if (extent_ == Extent::kBearing) AddJudgements(rule);
    for (RuleId other : overriders_[id.index]) {
      if (policy_.rules[other.index].protocol == rule.protocol) AddRule(other);
    }
  }

  void AddGroup(model::GroupId id) {
    const std::vector<model::FactId>& facts = policy_.groups[id.index].facts;
    facts_.insert(facts.begin(), facts.end());
  }

  void AddDuty(const model::Duty& duty) {
    for (const model::ForEach& each : duty.each) AddExpr(each.list);
    AddExpr(duty.stands_while);
    if (extent_ == Extent::kRead) return;
    for (const model::Due& due : duty.dues) AddExpr(due.date);
    for (const model::Argument& argument : duty.args) {
      if (const auto* expr = std::get_if<ExprId>(&argument)) AddExpr(*expr);
      if (const auto* group = std::get_if<model::GroupId>(&argument)) AddGroup(*group);
    }
  }

  FactSet Run() && {
    do {
      Drain();
    } while (AddAskingRules());
    return std::move(facts_);
  }

 private:
  void AddSetting(model::ProtocolId protocol) {
    if (protocol == root_ && !policy_.protocols[protocol.index].settings.empty()) facts_.insert(policy_.setting);
  }

  void AddJudgements(const model::Rule& rule) {
    for (const model::OutputConclusion& conclusion : rule.conclusions) {
      const auto* id = std::get_if<model::JudgementId>(&conclusion.value);
      if (id == nullptr) continue;
      const model::Judgement& judgement = policy_.judgements[id->index];
      if (judgement.decided_in.valid()) facts_.insert(judgement.decided_in);
      if (judgement.weighing.valid()) AddGroup(judgement.weighing);
    }
  }

  bool Counts(model::FactId fact) const {
    return extent_ == Extent::kBearing || !policy_.facts[fact.index].is_decision;
  }

  void Drain() {
    while (!exprs_.empty()) {
      const ExprId id = exprs_.back();
      exprs_.pop_back();
      if (!id.valid() || !seen_.insert(id).second) continue;
      const model::Expr& expr = policy_.expr(id);
      for (ExprId arg : expr.args) AddExpr(arg);
      if (expr.kind == model::ExprKind::kFact && Counts(expr.fact)) facts_.insert(expr.fact);
      if (expr.kind == model::ExprKind::kDefine) AddExpr(policy_.defines[expr.define.index].value);
      if (expr.kind == model::ExprKind::kOutputIs) AddOutput(expr.output);
    }
  }

  // Rules that decide whether a fact read so far must be asked for. Returns whether there was one not yet walked.
  bool AddAskingRules() {
    if (asking_protocols_.empty()) {
      asking_protocols_ = ProtocolsReadBy(policy_, root_);
      asking_protocols_.insert(root_);
    }
    bool added = false;
    for (model::ProtocolId protocol : asking_protocols_) {
      for (RuleId id : policy_.protocols[protocol.index].rules) {
        if (rules_.count(id) > 0 || !AsksForARead(policy_.rules[id.index])) continue;
        AddRule(id);
        added = true;
      }
    }
    return added;
  }

  bool AsksForARead(const model::Rule& rule) const {
    for (const model::Duty& duty : rule.duties) {
      if (!IsAsking(policy_, duty.action)) continue;
      for (const model::Argument& arg : duty.args) {
        const auto* group = std::get_if<model::GroupId>(&arg);
        if (group == nullptr || duty.modality != model::Modality::kMust) continue;
        for (model::FactId fact : policy_.groups[group->index].facts) {
          const auto& assume = policy_.facts[fact.index].assume;
          if (facts_.count(fact) > 0 && assume && assume->unless_asked) return true;
        }
      }
    }
    return false;
  }

  const model::Policy& policy_;
  model::ProtocolId root_;
  Extent extent_;
  std::vector<std::vector<RuleId>> overriders_;  // by rule
  std::vector<ExprId> exprs_;
  std::set<ExprId> seen_;
  std::set<model::OutputId> outputs_;
  std::set<RuleId> rules_;
  std::set<model::ProtocolId> asking_protocols_;  // once they are needed
  FactSet facts_;
};

}  // namespace

FactSet FactsOfOutput(const model::Policy& policy, model::ProtocolId root, model::OutputId output, Extent extent) {
  Walk walk(policy, root, extent);
  walk.AddOutput(output);
  return std::move(walk).Run();
}

FactSet FactsOfRule(const model::Policy& policy, model::ProtocolId root, RuleId rule, Extent extent) {
  Walk walk(policy, root, extent);
  walk.AddRule(rule);
  return std::move(walk).Run();
}

FactSet FactsOfDuty(const model::Policy& policy, model::ProtocolId root, RuleId rule, model::OutputId output,
                    const model::Duty& duty, Extent extent) {
  Walk walk(policy, root, extent);
  if (rule.valid()) walk.AddRule(rule);
  if (output.valid()) walk.AddOutput(output);
  walk.AddDuty(duty);
  return std::move(walk).Run();
}

FactSet FactsOfProtocol(const model::Policy& policy, model::ProtocolId root, model::ProtocolId protocol,
                        Extent extent) {
  Walk walk(policy, root, extent);
  walk.AddProtocol(policy.protocols[protocol.index]);
  return std::move(walk).Run();
}

std::set<model::ProtocolId> ProtocolsReadBy(const model::Policy& policy, model::ProtocolId root) {
  std::set<model::ProtocolId> found;
  std::vector<model::ProtocolId> waiting = {root};
  std::set<ExprId> seen;
  while (!waiting.empty()) {
    std::vector<ExprId> exprs;
    for (RuleId id : policy.protocols[waiting.back().index].rules) {
      for (const model::Part& part : policy.rules[id.index].parts) exprs.push_back(part.condition);
    }
    waiting.pop_back();
    while (!exprs.empty()) {
      const ExprId id = exprs.back();
      exprs.pop_back();
      if (!id.valid() || !seen.insert(id).second) continue;
      const model::Expr& expr = policy.expr(id);
      exprs.insert(exprs.end(), expr.args.begin(), expr.args.end());
      if (expr.kind == model::ExprKind::kDefine) exprs.push_back(policy.defines[expr.define.index].value);
      if (expr.kind != model::ExprKind::kOutputIs) continue;
      const model::ProtocolId protocol = policy.outputs[expr.output.index].protocol;
      if (protocol != root && found.insert(protocol).second) waiting.push_back(protocol);
    }
  }
  return found;
}

std::vector<bool> ExprsThatReadFacts(const model::Policy& policy) {
  std::vector<bool> reads(policy.exprs.size(), false);
  // Definitions and fields may stand anywhere in the table, so until nothing changes.
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < policy.exprs.size(); ++i) {
      if (reads[i]) continue;
      const model::Expr& expr = policy.exprs[i];
      bool now = expr.kind == model::ExprKind::kFact || expr.kind == model::ExprKind::kOutputIs ||
                 expr.kind == model::ExprKind::kNow;
      if (expr.kind == model::ExprKind::kDefine) now = reads[policy.defines[expr.define.index].value.index];
      for (ExprId arg : expr.args) now = now || (arg.valid() && reads[arg.index]);
      reads[i] = now;
      changed = changed || now;
    }
  }
  return reads;
}

}  // namespace cordon::evaluate
