// Follows expressions from rules and protocols; see reach.h.
#include "analyse/reach.h"

#include "analyse/expr_slots.h"
#include "evaluate/reads.h"

namespace cordon::analyse {
namespace {

using model::ExprId;

Reads NoReads(const model::Policy& policy) {
  return {std::vector<bool>(policy.exprs.size(), false), std::vector<bool>(policy.facts.size(), false),
          std::vector<bool>(policy.defines.size(), false)};
}

void Follow(const model::Policy& policy, ExprId root, Reads& reads) {
  std::vector<ExprId> open = {root};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid() || reads.exprs[id.index]) continue;
    reads.exprs[id.index] = true;
    const model::Expr& expr = policy.expr(id);
    open.insert(open.end(), expr.args.begin(), expr.args.end());
    if (expr.kind == model::ExprKind::kFact) reads.facts[expr.fact.index] = true;
    if (expr.kind == model::ExprKind::kDefine) {
      reads.defines[expr.define.index] = true;
      open.push_back(policy.defines[expr.define.index].value);
    }
    if (expr.kind == model::ExprKind::kField) {
      const model::RecordId record = policy.expr(expr.args[0]).type.record;
      open.push_back(policy.records[record.index].fields[expr.field.index].derived);
    }
  }
}

void Include(const std::vector<bool>& more, std::vector<bool>& all) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (more[i]) all[i] = true;
  }
}

void Include(const Reads& more, Reads& all) {
  Include(more.exprs, all.exprs);
  Include(more.facts, all.facts);
  Include(more.defines, all.defines);
}

}  // namespace

Reach::Reach(const model::Policy& policy) : policy_(policy), all_(NoReads(policy)) {
  for (const model::Rule& rule : policy.rules) {
    rules_.push_back(NoReads(policy));
    EachExprOfRule(rule, [&](ExprId id) { Follow(policy, id, rules_.back()); });
    Include(rules_.back(), all_);
  }
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    const model::Protocol& protocol = policy.protocols[i];
    Reads& reads = protocols_.emplace_back(NoReads(policy));
    for (const model::RuleId rule : protocol.rules) Include(rules_[rule.index], reads);
    for (const model::OutputId output : protocol.outputs) {
      const auto& means = policy.outputs[output.index].means;
      if (means) EachExprOfDuty(*means, [&](ExprId id) { Follow(policy, id, reads); });
    }
    Include(reads, all_);
    for (const model::Guarantee& guarantee : protocol.guarantees) Follow(policy, guarantee.condition, reads);
    for (const model::Record& record : policy.records) {
      for (const model::Require& require : record.requires_) Follow(policy, require.condition, reads);
    }
    std::vector<bool>& others = reads_.emplace_back(policy.protocols.size(), false);
    others[i] = true;
    for (const model::ProtocolId other : evaluate::ProtocolsReadBy(policy, model::ProtocolId(i))) {
      others[other.index] = true;
    }
  }
}

void Reach::MarkRow(const Mutant& mutant, Touched& touched) const {
  const auto mark_protocol = [&](model::ProtocolId changed) {
    for (std::size_t i = 0; i < reads_.size(); ++i) {
      if (reads_[i][changed.index]) touched.protocols[i] = true;
    }
  };
  if (const auto* rule = std::get_if<RowChange<model::RuleId, model::Rule>>(&mutant.row)) {
    touched.rules[rule->id.index] = true;
    mark_protocol(rule->now.protocol);
  } else if (const auto* output = std::get_if<RowChange<model::OutputId, model::Output>>(&mutant.row)) {
    mark_protocol(output->now.protocol);
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      for (const model::OutputConclusion& one : policy_.rules[i].conclusions) {
        if (one.output == output->id) touched.rules[i] = true;
      }
    }
  } else if (const auto* fact = std::get_if<RowChange<model::FactId, model::Fact>>(&mutant.row)) {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i].facts[fact->id.index]) touched.rules[i] = true;
    }
    for (std::size_t i = 0; i < protocols_.size(); ++i) {
      if (protocols_[i].facts[fact->id.index]) mark_protocol(model::ProtocolId(i));
    }
  }
}

Touched Reach::TouchedBy(const Mutant& mutant) const {
  Touched touched{std::vector<bool>(policy_.rules.size(), false), std::vector<bool>(policy_.protocols.size(), false)};
  MarkRow(mutant, touched);
  for (const ExprChange& change : mutant.exprs) {
    for (std::size_t i = 0; i < rules_.size(); ++i) {
      if (rules_[i].exprs[change.id.index]) touched.rules[i] = true;
    }
    for (std::size_t i = 0; i < protocols_.size(); ++i) {
      for (std::size_t j = 0; j < protocols_.size(); ++j) {
        if (reads_[i][j] && protocols_[j].exprs[change.id.index]) touched.protocols[i] = true;
      }
    }
  }
  return touched;
}

}  // namespace cordon::analyse
