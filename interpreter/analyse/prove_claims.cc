// `claim conforms`: for every patient at least what the base asks; see prover.h.
//
// Output by output, duty by duty: which answer of the base may become which. Strictest outputs stay or get stricter,
// others stay; must and should, and must not and should not, stay at least as strong, no later and to the same
// recipients; may does not become must not; what is answered stays answered. Source: the language manual, "Versions and
// variations".
#include <fmt/format.h>

#include <algorithm>

#include "analyse/aspects.h"
#include "analyse/pairing.h"
#include "analyse/prover.h"
#include "analyse/replay.h"
#include "evaluate/duties.h"
#include "model/print.h"
#include "support/assert.h"

namespace cordon::analyse {

using diagnostics::Code;
using symbolic::Answer;
using symbolic::AnswerCase;

namespace {

constexpr std::size_t kOld = 0;
constexpr std::size_t kNew = 1;
constexpr int kShould = 2;
constexpr int kMust = 3;

// What a duty's state says on each side: how strong.
struct Strengths {
  int doing = 0;
  int refraining = 0;
};

Strengths StrengthsOf(std::string_view state) {
  Strengths strengths;
  while (!state.empty()) {
    const std::size_t end = std::min(state.find(" and "), state.size());
    const std::string_view word = state.substr(0, end);
    for (int m = 0; m <= static_cast<int>(model::Modality::kMayConsider); ++m) {
      const auto modality = static_cast<model::Modality>(m);
      if (model::ModalityText(modality) != word) continue;
      int& side = evaluate::SideOf(modality) == evaluate::DutySide::kRefrain ? strengths.refraining : strengths.doing;
      side = std::max(side, evaluate::StrengthOf(modality));
    }
    state.remove_prefix(std::min(end + 5, state.size()));
  }
  return strengths;
}

bool WeakensDuty(const std::string& before, const std::string& after) {
  if (before == "none" || before == symbolic::kConflict || before == after) return false;
  if (after == symbolic::kConflict) return true;
  const Strengths old_strengths = StrengthsOf(before);
  const Strengths new_strengths = StrengthsOf(after);
  const auto lost = [](int base, int local) { return base >= kShould && local < base; };
  return lost(old_strengths.doing, new_strengths.doing) || lost(old_strengths.refraining, new_strengths.refraining) ||
         (old_strengths.doing == 1 && new_strengths.refraining == kMust);
}

// Timings that are no later than `detail`, and `detail`; nothing where it is no timing.
std::vector<std::string> NoLater(const std::string& detail) {
  if (!detail.empty() && detail[0] == '"') return {detail};
  const std::vector<std::string> relations{"before ", "at ", "during ", "after "};
  for (std::size_t i = 0; i < relations.size(); ++i) {
    if (detail.rfind(relations[i], 0) != 0) continue;
    std::vector<std::string> timings;
    for (std::size_t k = 0; k <= i; ++k) timings.push_back(relations[k] + detail.substr(relations[i].size()));
    return timings;
  }
  return {};
}

class ClaimProof {
 public:
  ClaimProof(Prover& prover, const model::Claim& claim, const symbolic::Renames& renames)
      : prover_(prover), claim_(claim), renames_(renames) {}

  void Run() {
    for (const ProtocolPair& pair : PairProtocols(prover_.policy(kOld), prover_.policy(kNew), renames_)) {
      if (!pair.old_id) continue;  // the base says nothing there
      const PairedProtocol paired = PairAspects(prover_.terms(), prover_.frame(), pair, renames_);
      for (const PairedAspect& aspect : paired.aspects) {
        if (aspect.aspect.kind == AspectKind::kOutput) OfOutput(paired, aspect);
        if (aspect.aspect.kind == AspectKind::kDuty) OfDuty(paired, aspect);
        if (aspect.aspect.kind == AspectKind::kTiming) OfTiming(paired, aspect);
      }
    }
  }

 private:
  // ---- outputs

  // What one answer of an output says: a place on the scale, whoever judges, or neither.
  struct Said {
    std::optional<std::int64_t> value;  // at least this, of a judgement
    std::string judgement;
  };

  Said SaidBy(const AnswerCase& answer, model::OutputId id, std::size_t version) const {
    const model::Policy& policy = prover_.policy(version);
    const model::Output& output = policy.outputs[id.index];
    const bool is_category = output.type.kind == model::TypeKind::kCategory;
    const auto joint = [&](std::int64_t own) {
      if (!is_category) return own;
      return prover_.frame().versions[version].leaves[output.type.category.index][static_cast<std::size_t>(own)];
    };
    if (answer.value) return {joint(answer.value->number), ""};
    if (answer.text.rfind("judgement ", 0) != 0) return {};
    Said said{std::nullopt, answer.text};
    const std::size_t at = answer.text.rfind(", at least ");
    if (at == std::string::npos) return said;
    said.judgement = answer.text.substr(0, at);
    const std::size_t leaves = is_category ? policy.categories[output.type.category.index].leaves.size() : 2;
    for (std::size_t leaf = 0; leaf < leaves; ++leaf) {
      const value::Value value = is_category ? value::Value::Symbol(leaf) : value::Value::Bool(leaf == 1);
      if (model::PrintValue(policy, value, output.type) != answer.text.substr(at + 11)) continue;
      said.value = joint(static_cast<std::int64_t>(leaf));
    }
    return said;
  }

  bool BreaksOutput(const PairedAspect& aspect, const AnswerCase& before, const AnswerCase& after) const {
    if (before.text == after.text) return false;
    if (!aspect.new_output) return before.text != symbolic::kNotCovered || before.value;
    const model::Output& output = prover_.policy(kOld).outputs[aspect.old_output->index];
    if (output.mode != model::Mode::kStrictest || claim_.exactly) return true;
    const Said base = SaidBy(before, *aspect.old_output, kOld);
    const Said local = SaidBy(after, *aspect.new_output, kNew);
    if (!base.value && base.judgement.empty()) return false;
    if (!local.value && local.judgement.empty()) return true;
    if (base.judgement.empty()) {
      const bool mildest = *base.value == 0;
      return local.value ? *local.value < *base.value : !mildest;
    }
    if (local.judgement.empty()) return !IsTop(output, *local.value);
    const bool same_judge = local.judgement.find(base.judgement) != std::string::npos;
    return !same_judge || (base.value && (!local.value || *local.value < *base.value));
  }

  bool IsTop(const model::Output& output, std::int64_t joint) const {
    if (output.type.kind != model::TypeKind::kCategory) return joint == 1;
    return joint == prover_.frame().versions[kOld].leaves[output.type.category.index].back();
  }

  void OfOutput(const PairedProtocol& paired, const PairedAspect& aspect) {
    if (!aspect.old_output) return;
    for (const AnswerCase& before : aspect.old_cases) {
      for (const AnswerCase& after : aspect.new_cases) {
        if (BreaksOutput(aspect, before, after)) Ask(paired, aspect, before, after);
      }
    }
  }

  // ---- duties

  void OfDuty(const PairedProtocol& paired, const PairedAspect& aspect) {
    states_ = {};
    for (const AnswerCase& before : aspect.old_cases) {
      const Strengths strengths = StrengthsOf(before.text);
      if (strengths.doing >= kShould || strengths.refraining >= kShould) states_.push_back(before.when);
      for (const AnswerCase& after : aspect.new_cases) {
        if (WeakensDuty(before.text, after.text)) Ask(paired, aspect, before, after);
      }
    }
  }

  // Follows the duty's own aspect. What the base asks at some time is asked then or before.
  void OfTiming(const PairedProtocol& paired, const PairedAspect& aspect) {
    const std::string& detail = aspect.aspect.detail;
    symbolic::Terms& terms = prover_.terms();
    std::vector<TermId> in_time;
    const bool is_due = detail.rfind("due by ", 0) == 0;
    const bool is_every = detail.rfind("every ", 0) == 0;
    if (is_due && aspect.due) in_time.push_back(aspect.no_later);
    const std::vector<std::string> no_later = is_due || is_every ? std::vector{detail} : NoLater(detail);
    if (no_later.empty()) return;
    for (const PairedAspect& other : paired.aspects) {
      if (other.aspect.kind != AspectKind::kTiming || other.duty != aspect.duty) continue;
      if (std::find(no_later.begin(), no_later.end(), other.aspect.detail) == no_later.end()) continue;
      const TermId stated = other.new_cases[0].when;
      in_time.push_back(is_due && !other.due ? DueBefore(stated) : stated);
    }
    const AnswerCase before{detail, terms.And(terms.Or(states_), aspect.old_cases[0].when), {}};
    Ask(paired, aspect, before, {"later, or at no stated time", terms.Not(terms.Or(std::move(in_time))), {}});
  }

  // That something is due on a day is two comparisons: no later and no earlier. Without the first: by that day. A sum
  // that grows with the due day and is not above 0 says `no later`; so does one that falls with it and is above 0.
  TermId DueBefore(TermId id, bool positive = true) {
    symbolic::Terms& terms = prover_.terms();
    const symbolic::Term term = terms.at(id);
    std::vector<TermId> args;
    switch (term.op) {
      case symbolic::Op::kNot:
        return terms.Not(DueBefore(term.args[0], !positive));
      case symbolic::Op::kAnd:
        for (const TermId arg : term.args) args.push_back(DueBefore(arg, positive));
        return terms.And(std::move(args));
      case symbolic::Op::kSome:
        return terms.Some(term.list, DueBefore(term.args[0], positive));
      case symbolic::Op::kLess0: {
        const int grows = GrowsWithDue(term.args[0]);
        if (positive && grows > 0) return terms.True();
        return !positive && grows < 0 ? terms.False() : id;
      }
      case symbolic::Op::kTrue:
      case symbolic::Op::kIs:
      case symbolic::Op::kIn:
      case symbolic::Op::kCount:
      case symbolic::Op::kNamed:
      case symbolic::Op::kCut:
      case symbolic::Op::kScalar:
      case symbolic::Op::kField:
      case symbolic::Op::kConstant:
      case symbolic::Op::kSum:
      case symbolic::Op::kChoice:
      case symbolic::Op::kMonths:
      case symbolic::Op::kQuotient:
      case symbolic::Op::kGreatest:
      case symbolic::Op::kLeast:
        return id;  // rules and conditions, which read no due date
    }
    CORDON_ASSERT(false);
  }

  // Whether a sum grows with the due day (1), falls (-1), or does not read it.
  int GrowsWithDue(TermId id) const {
    const symbolic::Term& sum = prover_.terms().at(id);
    const std::size_t due = prover_.frame().due.value;
    const auto is_due = [&](TermId arg) {
      const symbolic::Term& term = prover_.terms().at(arg);
      return term.op == symbolic::Op::kScalar && term.scalar.index == due;
    };
    if (is_due(id)) return 1;
    if (sum.op != symbolic::Op::kSum) return 0;
    for (std::size_t i = 0; i < sum.args.size(); ++i) {
      if (is_due(sum.args[i])) return sum.factors[i] > 0 ? 1 : -1;
    }
    return 0;
  }

  // ---- asking

  void Ask(const PairedProtocol& paired, const PairedAspect& aspect, const AnswerCase& before,
           const AnswerCase& after) {
    if (before.when == after.when && before.text == after.text) return;
    const TermId broken = prover_.terms().And(before.when, after.when);
    const std::string what = fmt::format("`{}.{}`", paired.pair.name, aspect.aspect.name);
    const Asked asked = prover_.Find(broken);
    if (asked.answer == Answer::kNo) return prover_.Proved(Topic::kClaims);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kClaims, claim_.span,
                               fmt::format("{} goes from `{}` to `{}`", what, before.text, after.text));
    }
    const symbolic::Patient patient = prover_.Plain(broken, *asked.patient);
    if (aspect.aspect.kind != AspectKind::kTiming) {
      Replayed(paired, aspect, patient, kOld, before.text);
      Replayed(paired, aspect, patient, kNew, after.text);
    }
    const model::Policy& base = prover_.policy(kOld);
    prover_.Refuted(Topic::kClaims,
                    {Code::kClaimBroken,
                     claim_.span,
                     fmt::format("the claim to conform does not hold: {} is `{}` in {} {}, and here `{}`", what,
                                 before.text, base.id, base.version, after.text),
                     "mend the change that leads there, or take the claim out and say why",
                     {}},
                    prover_.Show(broken, patient, kNew));
  }

  void Replayed(const PairedProtocol& paired, const PairedAspect& aspect, const symbolic::Patient& patient,
                std::size_t version, const std::string& claimed) const {
    const auto& protocol = version == kOld ? paired.pair.old_id : paired.pair.new_id;
    const auto& output = version == kOld ? aspect.old_output : aspect.new_output;
    const bool is_output = aspect.aspect.kind == AspectKind::kOutput;
    if (!protocol || (is_output && !output)) return;
    const Replay replay(prover_.frame(), version, *protocol, patient);
    const auto answers = is_output ? replay.AnswersOf(*output) : replay.StatesOf(aspect.duty);
    CORDON_ASSERT(std::find(answers.begin(), answers.end(), claimed) != answers.end() ||
                  claimed.rfind("as decided in ", 0) == 0);
  }

  Prover& prover_;
  const model::Claim& claim_;
  const symbolic::Renames& renames_;
  std::vector<TermId> states_;  // of the last duty: where the base asks it with some strength
};

}  // namespace

void ProveClaims(const model::Policy& policy, const ProveOptions& options, Proof& proof) {
  if (policy.claims.empty()) return;
  if (options.base == nullptr) {
    for (const model::Claim& claim : policy.claims) {
      ++proof.topics[static_cast<std::size_t>(Topic::kClaims)].undecided;
      proof.findings.push_back(
          {Topic::kClaims,
           Verdict::kUndecided,
           {Code::kUndecided,
            claim.span,
            "it is undecided whether the claim to conform holds: the text of the version that this "
            "one adapts is not available",
            "encode that version too, and adapt it",
            {}},
           {},
           "the claim to conform",
           "no text"});
    }
    return;
  }
  const symbolic::Renames renames = RenamesOf(*options.base, policy);
  Prover prover({options.base, &policy}, renames, options, proof);
  for (const model::Claim& claim : policy.claims) ClaimProof(prover, claim, renames).Run();
}

}  // namespace cordon::analyse
