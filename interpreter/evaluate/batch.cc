// Many subjects, one conclusion for all that are alike; see batch.h.
#include "evaluate/batch.h"

#include <set>
#include <utility>

#include "diagnostics/diagnostic.h"
#include "evaluate/evaluate.h"
#include "evaluate/reads.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

void Add(const FactSet& facts, std::vector<bool>& wanted) {
  for (model::FactId fact : facts) wanted[fact.index] = true;
}

bool Requires(const model::Policy& policy, const model::Type& type) {
  return type.record.valid() && !policy.records[type.record.index].requires_.empty();
}

// What bears on the protocol's conclusions, and whatever can have no completion.
std::vector<bool> FactsWanted(const model::Policy& policy, model::ProtocolId root) {
  std::vector<bool> wanted(policy.facts.size(), false);
  std::set<model::ProtocolId> protocols = ProtocolsReadBy(policy, root);
  protocols.insert(root);
  for (model::ProtocolId protocol : protocols) {
    for (model::OutputId output : policy.protocols[protocol.index].outputs) {
      Add(FactsOfOutput(policy, root, output, Extent::kBearing), wanted);
      const auto& means = policy.outputs[output.index].means;
      if (means) Add(FactsOfDuty(policy, root, {}, output, *means, Extent::kBearing), wanted);
    }
    for (model::RuleId rule : policy.protocols[protocol.index].rules) {
      Add(FactsOfRule(policy, root, rule, Extent::kBearing), wanted);
      for (const model::Duty& duty : policy.rules[rule.index].duties) {
        Add(FactsOfDuty(policy, root, rule, {}, duty, Extent::kBearing), wanted);
      }
    }
  }
  if (policy.setting.valid()) wanted[policy.setting.index] = true;
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    if (Requires(policy, policy.facts[i].type)) wanted[i] = true;
  }
  return wanted;
}

std::vector<std::string> TextConstants(const model::Policy& policy) {
  std::vector<std::string> constants;
  for (const model::Expr& expr : policy.exprs) {
    const bool is_text = expr.kind == model::ExprKind::kConstant && expr.value.kind == value::Kind::kText;
    if (is_text) constants.push_back(expr.value.text);
  }
  return constants;
}

}  // namespace

class Batch::Impl {
 public:
  Impl(const model::Policy& policy, model::ProtocolId protocol, Detail detail)
      : policy_(policy),
        protocol_(protocol),
        detail_(detail),
        wanted(FactsWanted(policy, protocol)),
        constants(TextConstants(policy)) {}

  void Evaluate(const facts::Columns& columns, std::vector<std::uint32_t>& numbers) {
    conclusions.clear();
    ++generation;
    numbers.assign(columns.num_rows(), kInfeasible);
    for (std::size_t row = 0; row < columns.num_rows(); ++row) {
      const facts::Subject subject = columns.ToSubject(row);
      diagnostics::Sink sink;
      if (!CheckFeasible(policy_, subject, sink)) continue;
      numbers[row] = static_cast<std::uint32_t>(conclusions.size());
      conclusions.push_back(ConclusionOf(evaluate::Evaluate(policy_, protocol_, subject)));
    }
  }

 private:
  Conclusion ConclusionOf(Outcome outcome) const {
    Conclusion conclusion;
    for (OutputOutcome& output : outcome.outputs) {
      output.why_not.clear();
      if (detail_ != Detail::kFull) output.open.clear();  // a report cites them for a duty that is open
      if (detail_ == Detail::kValues) {
        output = {output.output, output.status, output.answer, {}, {}, {}, {}, {}, {}, {}, {}, false};
      }
      conclusion.outputs.push_back(output);
    }
    if (detail_ == Detail::kFull) conclusion.outcome = std::move(outcome);
    return conclusion;
  }

  const model::Policy& policy_;
  model::ProtocolId protocol_;
  Detail detail_;

 public:
  std::vector<bool> wanted;
  std::vector<std::string> constants;
  std::vector<Conclusion> conclusions;
  std::uint64_t generation = 0;
};

Batch::Batch(const model::Policy& policy, model::ProtocolId protocol, Detail detail)
    : impl_(std::make_unique<Impl>(policy, protocol, detail)) {}
Batch::~Batch() = default;

const std::vector<bool>& Batch::wanted() const { return impl_->wanted; }
const std::vector<std::string>& Batch::constants() const { return impl_->constants; }
void Batch::Evaluate(const facts::Columns& columns, std::vector<std::uint32_t>& conclusions) {
  impl_->Evaluate(columns, conclusions);
}
const Conclusion& Batch::conclusion(std::uint32_t number) const { return impl_->conclusions[number]; }
std::size_t Batch::num_conclusions() const { return impl_->conclusions.size(); }
std::uint64_t Batch::generation() const { return impl_->generation; }

}  // namespace cordon::evaluate
