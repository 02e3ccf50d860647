// Guarantees: whether they hold for every patient, and whether they say anything; see prover.h.
#include <fmt/format.h>

#include "analyse/prover.h"
#include "evaluate/coverage.h"
#include "support/assert.h"
#include "symbolic/decode.h"

namespace cordon::analyse {

using diagnostics::Code;
using symbolic::Answer;

namespace {

// What has to hold before a guarantee asks anything: of `always P implies C` and `never P and C` that is P. An
// `implies` is `not P or C` in the model, also with another in place of C.
std::vector<model::ExprId> PremisesOf(const model::Policy& policy, const model::Guarantee& guarantee) {
  std::vector<model::ExprId> premises;
  std::vector<model::ExprId> open{guarantee.condition};
  while (!open.empty()) {
    const model::ExprId id = open.back();
    open.pop_back();
    const model::Expr& expr = policy.expr(id);
    if (expr.kind == model::ExprKind::kOr && !guarantee.never) {
      const model::Expr& first = policy.expr(expr.args[0]);
      if (first.kind != model::ExprKind::kNot || expr.args.size() != 2) continue;
      premises.push_back(first.args[0]);
      open.push_back(expr.args[1]);
    } else if (expr.kind == model::ExprKind::kAnd && guarantee.never) {
      premises.insert(premises.end(), expr.args.begin(), expr.args.end() - 1);
    }
  }
  return premises;
}

class GuaranteeProof {
 public:
  GuaranteeProof(Prover& prover, model::ProtocolId protocol, std::size_t place)
      : prover_(prover),
        policy_(prover.policy()),
        protocol_(protocol),
        place_(place),
        guarantee_(policy_.protocols[protocol.index].guarantees[place]),
        encoder_(prover.encoder(protocol)) {}

  void Run() {
    symbolic::Terms& terms = prover_.terms();
    const TermId condition = encoder_.Condition(guarantee_.condition);
    const TermId inside = encoder_.InSetting(protocol_);
    const TermId broken = terms.And(inside, guarantee_.never ? condition : terms.Not(condition));
    const Asked asked = prover_.Find(broken);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kGuarantees, guarantee_.span,
                               fmt::format("the guarantee `{}` holds", guarantee_.name));
    }
    if (asked.answer == Answer::kYes) return Broken(broken, *asked.patient);
    prover_.Proved(Topic::kGuarantees);
    Premise(inside);
  }

 private:
  void Broken(TermId broken, const symbolic::Patient& found) {
    const symbolic::Patient patient = prover_.Plain(broken, found);
    const auto holds =
        evaluate::ObserveGuarantees(policy_, protocol_, symbolic::SubjectOf(prover_.frame(), 0, patient));
    CORDON_ASSERT(holds[place_] != value::Truth::kTrue);
    prover_.Refuted(Topic::kGuarantees,
                    {Code::kGuaranteeBroken,
                     guarantee_.span,
                     fmt::format("the guarantee `{}` does not hold for every patient", guarantee_.name),
                     "mend the rules that lead there, or say in the guarantee whom it leaves out",
                     {}},
                    prover_.Show(broken, patient));
  }

  // A guarantee that nobody comes under says nothing; one that somebody does is shown with the nearest patient.
  void Premise(TermId inside) {
    std::vector<TermId> parts{inside};
    for (const model::ExprId premise : PremisesOf(policy_, guarantee_)) parts.push_back(encoder_.Condition(premise));
    const TermId premise = prover_.terms().And(std::move(parts));
    const Asked asked = prover_.Find(premise);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kGuarantees, guarantee_.span,
                               fmt::format("the guarantee `{}` concerns anybody", guarantee_.name));
    }
    if (asked.answer == Answer::kYes) {
      const symbolic::Patient patient = prover_.Plain(premise, *asked.patient);
      prover_.Note(Topic::kGuarantees,
                   fmt::format("`{}` holds; tried {}", guarantee_.name, prover_.Show(premise, patient).words));
      return;
    }
    prover_.Warned(Topic::kGuarantees,
                   {Code::kGuaranteeVacuous,
                    guarantee_.span,
                    fmt::format("the guarantee `{}` holds because it concerns nobody", guarantee_.name),
                    "no patient meets its conditions: mend the one that excludes another",
                    {}});
  }

  Prover& prover_;
  const model::Policy& policy_;
  model::ProtocolId protocol_;
  std::size_t place_;
  const model::Guarantee& guarantee_;
  symbolic::Encoder& encoder_;
};

}  // namespace

void ProveGuarantees(Prover& prover) {
  for (std::size_t p = 0; p < prover.policy().protocols.size(); ++p) {
    for (std::size_t i = 0; i < prover.policy().protocols[p].guarantees.size(); ++i) {
      GuaranteeProof(prover, model::ProtocolId(p), i).Run();
    }
  }
}

}  // namespace cordon::analyse
