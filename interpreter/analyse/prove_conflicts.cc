// Answers and duties that can be in conflict, with a patient and the rules that contradict each other; see prover.h.
#include <fmt/format.h>

#include <algorithm>

#include "analyse/prover.h"
#include "analyse/replay.h"
#include "evaluate/duties.h"
#include "model/print.h"
#include "support/assert.h"

namespace cordon::analyse {

using diagnostics::Code;
using diagnostics::Note;
using model::RuleId;
using symbolic::Answer;
using symbolic::AnswerCase;

namespace {

class ConflictProof {
 public:
  ConflictProof(Prover& prover, model::ProtocolId protocol)
      : prover_(prover), policy_(prover.policy()), protocol_(protocol), encoder_(prover.encoder(protocol)) {}

  void Run() {
    for (const model::OutputId id : policy_.protocols[protocol_.index].outputs) {
      for (const AnswerCase& answer : encoder_.Answers(id)) {
        if (answer.text == symbolic::kConflict && !answer.value) OfOutput(id, answer.when);
      }
    }
    for (const symbolic::DutyCase& duty : prover_.Duties(protocol_)) {
      for (const AnswerCase& state : duty.states) {
        if (state.text == symbolic::kConflict) OfDuty(duty.key, state.when);
      }
    }
  }

 private:
  void OfOutput(model::OutputId id, TermId conflict) {
    const model::Output& output = policy_.outputs[id.index];
    const Asked asked = prover_.Find(conflict);
    if (asked.answer == Answer::kNo) return prover_.Proved(Topic::kConflicts);
    const std::string name = policy_.protocols[protocol_.index].name + "." + output.name;
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kConflicts, output.span, fmt::format("`{}` can be in conflict", name));
    }
    const symbolic::Patient patient = prover_.Plain(conflict, *asked.patient);
    Replayed(Replay(prover_.frame(), 0, protocol_, patient).AnswersOf(id));
    symbolic::Evaluation evaluation(prover_.terms(), patient);
    std::vector<Note> notes;
    for (const RuleId rule : policy_.protocols[protocol_.index].rules) {
      for (const model::OutputConclusion& conclusion : policy_.rules[rule.index].conclusions) {
        if (conclusion.output != id || !evaluation.Holds(encoder_.StandsFor(rule, id))) continue;
        const auto* value = std::get_if<value::Value>(&conclusion.value);
        const std::string says = value != nullptr ? model::PrintValue(policy_, *value, output.type) : "a judgement";
        notes.push_back({policy_.rules[rule.index].span, fmt::format("{} says {}", RuleName(policy_, rule), says)});
      }
    }
    Report(Code::kOutputConflict, output.span, fmt::format("`{}` can be in conflict", name), conflict, patient,
           std::move(notes));
  }

  void OfDuty(const std::string& key, TermId conflict) {
    const Asked asked = prover_.Find(conflict);
    if (asked.answer == Answer::kNo) return prover_.Proved(Topic::kConflicts);
    if (asked.answer == Answer::kGaveUp) {
      return prover_.Undecided(Topic::kConflicts, policy_.protocols[protocol_.index].span,
                               fmt::format("the duty `{}` can be in conflict", key));
    }
    const symbolic::Patient patient = prover_.Plain(conflict, *asked.patient);
    Replayed(Replay(prover_.frame(), 0, protocol_, patient).StatesOf(key));
    symbolic::Evaluation evaluation(prover_.terms(), patient);
    std::vector<Note> notes;
    const auto add = [&](const model::Duty& duty, const std::string& who) {
      if (!Is(duty, key)) return;
      const std::string text = fmt::format("{} says {}", who, model::ModalityText(duty.modality));
      const bool known = std::any_of(notes.begin(), notes.end(), [&](const Note& n) { return n.message == text; });
      if (!known) notes.push_back({duty.span, text});
    };
    for (const model::OutputId id : policy_.protocols[protocol_.index].outputs) {
      const model::Output& output = policy_.outputs[id.index];
      if (!output.means) continue;
      for (const AnswerCase& answer : encoder_.Answers(id)) {
        if (answer.text == "yes" && evaluation.Holds(answer.when)) add(*output.means, "`" + output.name + "`");
      }
    }
    for (const RuleId rule : policy_.protocols[protocol_.index].rules) {
      for (const model::Duty& duty : policy_.rules[rule.index].duties) {
        if (evaluation.Holds(encoder_.StandsFor(rule, duty.action))) add(duty, RuleName(policy_, rule));
      }
    }
    diagnostics::Span span = policy_.protocols[protocol_.index].span;
    std::string message = fmt::format("the duty `{}` can be in conflict", key);
    if (!notes.empty()) {
      span = notes.back().span;
      message += ": " + notes.back().message;
      notes.pop_back();
    }
    Report(Code::kDutyConflict, span, message, conflict, patient, std::move(notes));
  }

  bool Is(const model::Duty& duty, const std::string& key) const {
    if (duty.to.empty()) return symbolic::DutyKey(policy_, prover_.frame(), duty, {}) == key;
    return std::any_of(duty.to.begin(), duty.to.end(), [&](const model::RoleId to) {
      return symbolic::DutyKey(policy_, prover_.frame(), duty, to) == key;
    });
  }

  static void Replayed(const std::vector<std::string>& answers) {
    CORDON_ASSERT(std::find(answers.begin(), answers.end(), symbolic::kConflict) != answers.end());
  }

  void Report(Code code, diagnostics::Span span, const std::string& message, TermId conflict,
              const symbolic::Patient& patient, std::vector<Note> notes) {
    prover_.Refuted(
        Topic::kConflicts,
        {code, span, message, "say with `overrides` which of them holds, or narrow one of the two", std::move(notes)},
        prover_.Show(conflict, patient));
  }

  Prover& prover_;
  const model::Policy& policy_;
  model::ProtocolId protocol_;
  symbolic::Encoder& encoder_;
};

}  // namespace

void ProveConflicts(Prover& prover) {
  for (std::size_t p = 0; p < prover.policy().protocols.size(); ++p) ConflictProof(prover, model::ProtocolId(p)).Run();
}

}  // namespace cordon::analyse
