// Exceptions that conclude something milder, and are outvoted by a rule that they do not override; see prover.h.
#include <fmt/format.h>

#include <algorithm>

#include "analyse/prover.h"
#include "model/rules.h"
#include "model/print.h"
#include "support/assert.h"

namespace cordon::analyse {

using diagnostics::Code;
using model::RuleId;
using symbolic::Answer;

namespace {

const model::OutputConclusion* ConclusionOn(const model::Rule& rule, model::OutputId output) {
  for (const model::OutputConclusion& conclusion : rule.conclusions) {
    if (conclusion.output == output) return &conclusion;
  }
  return nullptr;
}

// A judgement outvotes every value that may be an exception.
bool IsStricter(const model::OutputConclusion& conclusion, const value::Value& than) {
  const auto* value = std::get_if<value::Value>(&conclusion.value);
  return value == nullptr || value->number > than.number;
}

class ExceptionProof {
 public:
  explicit ExceptionProof(Prover& prover) : prover_(prover), policy_(prover.policy()) {}

  void Prove(RuleId id, const model::OutputConclusion& conclusion) {
    const model::Rule& rule = policy_.rules[id.index];
    const model::OutputId output = conclusion.output;
    const auto* value = std::get_if<value::Value>(&conclusion.value);
    if (policy_.outputs[output.index].mode != model::Mode::kStrictest || value == nullptr || conclusion.exactly) return;
    const bool is_exception = std::any_of(rule.overrides.begin(), rule.overrides.end(), [&](RuleId other) {
      const auto* taken = ConclusionOn(policy_.rules[other.index], output);
      return taken != nullptr && IsStricter(*taken, *value);
    });
    if (!is_exception) return;
    symbolic::Encoder& encoder = prover_.encoder(rule.protocol);
    std::vector<TermId> any;
    std::vector<RuleId> stricter;
    for (const RuleId other : policy_.protocols[rule.protocol.index].rules) {
      const auto* theirs = ConclusionOn(policy_.rules[other.index], output);
      if (other == id || theirs == nullptr || !IsStricter(*theirs, *value)) continue;
      if (model::Overrides(rule, other)) continue;
      stricter.push_back(other);
      any.push_back(prover_.terms().And(encoder.StandsFor(id, output), encoder.StandsFor(other, output)));
    }
    const TermId outvoted = prover_.terms().Or(any);
    const Asked asked = prover_.Find(outvoted);
    if (asked.answer == Answer::kNo) return prover_.Proved(Topic::kExceptions);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kExceptions, rule.span,
                               fmt::format("a stricter rule can outvote {}", RuleName(policy_, id)));
    }
    Report(id, conclusion, outvoted, *asked.patient, stricter, any);
  }

 private:
  void Report(RuleId id, const model::OutputConclusion& conclusion, TermId outvoted, const symbolic::Patient& found,
              const std::vector<RuleId>& stricter, const std::vector<TermId>& any) {
    const symbolic::Patient patient = prover_.Plain(outvoted, found);
    CORDON_ASSERT(prover_.Applies(id, patient) != value::Truth::kFalse);
    symbolic::Evaluation evaluation(prover_.terms(), patient);
    std::vector<diagnostics::Note> notes;
    for (std::size_t i = 0; i < any.size(); ++i) {
      if (!evaluation.Holds(any[i]) || !notes.empty()) continue;
      CORDON_ASSERT(prover_.Applies(stricter[i], patient) != value::Truth::kFalse);
      notes.push_back({policy_.rules[stricter[i].index].span,
                       fmt::format("{} is stricter and stands", RuleName(policy_, stricter[i]))});
    }
    const model::Output& output = policy_.outputs[conclusion.output.index];
    prover_.Refuted(
        Topic::kExceptions,
        {Code::kExceptionOutvoted, policy_.rules[id.index].span,
         fmt::format("{} is an exception that does not come through: it says `{} = {}`, and is outvoted",
                     RuleName(policy_, id), output.name,
                     model::PrintValue(policy_, std::get<value::Value>(conclusion.value), output.type)),
         fmt::format("override that one too, or all: `overrides every rule for {}`", output.name), std::move(notes)},
        prover_.Show(outvoted, patient));
  }

  Prover& prover_;
  const model::Policy& policy_;
};

}  // namespace

void ProveExceptions(Prover& prover) {
  ExceptionProof proof(prover);
  const model::Policy& policy = prover.policy();
  for (const model::Protocol& protocol : policy.protocols) {
    for (const RuleId id : protocol.rules) {
      const model::Rule& rule = policy.rules[id.index];
      if (rule.overrides.empty()) continue;
      for (const model::OutputConclusion& conclusion : rule.conclusions) proof.Prove(id, conclusion);
    }
  }
}

}  // namespace cordon::analyse
