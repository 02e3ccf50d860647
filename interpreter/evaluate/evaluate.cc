// Statuses of outputs and duties, and what is left to ask; see evaluate.h.
//
// Each conclusion is a query over completions (complete.h). First all completions count: one answer is determined.
// Where there are several, those count in which the policy's assumptions are made: one answer is provisional, several
// are undetermined. Tested by tests/golden/eval and tests/differential/completions_test.cc.
#include "evaluate/evaluate.h"

#include <algorithm>
#include <map>
#include <set>

#include "evaluate/explain.h"
#include "model/rules.h"
#include "support/assert.h"
#include "value/format.h"

namespace cordon::evaluate {
namespace {

using model::FactId;
using model::Modality;
using model::OutputId;

// How a duty's answers are numbered.
constexpr std::size_t kAbsent = 0;
constexpr std::size_t kFirstModality = 1;
constexpr std::size_t kInConflict = 100;

// Values by number, then judgements, then not covered, then conflict.
bool ComesBefore(const Answer& a, const Answer& b) {
  if (a.index() != b.index()) return a.index() < b.index();
  if (const auto* value = std::get_if<ValueAnswer>(&a))
    return value->value.number < std::get<ValueAnswer>(b).value.number;
  if (const auto* judgement = std::get_if<JudgementAnswer>(&a)) {
    const auto& other = std::get<JudgementAnswer>(b);
    if (judgement->judgements != other.judgements) return judgement->judgements < other.judgements;
    return judgement->at_least && other.at_least ? judgement->at_least->number < other.at_least->number
                                                 : !judgement->at_least;
  }
  return false;
}

}  // namespace

Status StatusOf(const Answer& answer) {
  if (std::holds_alternative<ValueAnswer>(answer)) return Status::kDetermined;
  if (std::holds_alternative<JudgementAnswer>(answer)) return Status::kJudgement;
  return std::holds_alternative<NotCoveredAnswer>(answer) ? Status::kNotCovered : Status::kConflict;
}

namespace {

class Evaluation {
 public:
  Evaluation(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject, const Scope& scope,
             std::size_t most_work)
      : policy_(policy),
        subject_(subject),
        scope_(scope),
        duties_(CollectDuties(policy, protocol, subject)),
        work_(most_work),
        context_{policy,
                 protocol,
                 subject.as_of,
                 duties_,
                 ExprsThatReadFacts(policy),
                 &work_,
                 CollectAskingElsewhere(policy, protocol, subject)},
        completions_(context_, subject) {}

  std::vector<OutputOutcome> RunAnswers() {
    std::vector<OutputOutcome> outcomes;
    for (OutputId output : scope_.outputs) {
      std::vector<Answer> numbered;
      std::vector<std::size_t> answers;
      outcomes.push_back(Answered(output, OutputQuery(output, numbered), numbered, answers));
    }
    return outcomes;
  }

  Outcome Run() {
    outcome_.protocol = context_.protocol;
    for (OutputId output : scope_.outputs) outcome_.outputs.push_back(Conclude(output));
    for (std::size_t i = 0; i < duties_.size(); ++i) {
      const std::optional<std::size_t>& opposite = duties_[i].opposite;
      if (InScope(duties_[i]) && (!opposite || InScope(duties_[*opposite]))) ConcludeDuty(i);
    }
    for (FactId fact : assumed_) outcome_.assumptions.push_back({fact});
    FillQuestions();
    outcome_.interpretations =
        RelevantInterpretations(context_, completions_, subject_, scope_.rules, outcome_.outputs);
    outcome_.exact = !work_.exhausted();
    return std::move(outcome_);
  }

 private:
  bool InScope(const DutyEntry& entry) const {
    return std::all_of(entry.conclusions.begin(), entry.conclusions.end(),
                       [&](const DutyConclusion& conclusion) { return scope_.duties.count(conclusion.duty) > 0; });
  }

  // ---- outputs

  // The output's status, and its answer where there is one. `answers` are those that the assumptions leave, where
  // completions do not all give one.
  OutputOutcome Answered(OutputId id, const Query& query, const std::vector<Answer>& numbered,
                         std::vector<std::size_t>& answers) const {
    OutputOutcome outcome;
    outcome.output = id;
    answers = completions_.Answers(query, Assuming::kNothing);
    const bool open = answers.size() > 1;
    if (open) answers = completions_.Answers(query, Assuming::kEverything);
    if (answers.size() > 1) return outcome;
    outcome.answer = numbered[answers[0]];
    outcome.status = open ? Status::kProvisional : StatusOf(*outcome.answer);
    return outcome;
  }

  OutputOutcome Conclude(OutputId id) {
    std::vector<Answer> numbered;
    const Query query = OutputQuery(id, numbered);
    std::vector<std::size_t> answers;
    OutputOutcome outcome = Answered(id, query, numbered, answers);
    const bool open = outcome.status == Status::kProvisional || outcome.status == Status::kUndetermined;
    const Assuming assuming = open ? Assuming::kEverything : Assuming::kNothing;
    if (open) {
      const Assuming settled_by = answers.size() == 1 ? Assuming::kNothing : assuming;
      const std::vector<Root> needs = completions_.Needs(query, settled_by);
      if (answers.size() > 1) needs_of_output_.emplace(id, needs);
      AddNeeds(needs, answers.size() > 1, outcome.needs);
      NoteAssumptions(query, answers);
    }
    if (outcome.answer) {
      FindReasons(context_, completions_, assuming, outcome);
    } else {
      for (std::size_t answer : answers) outcome.possible.push_back(numbered[answer]);
      FillBounds(outcome);
    }
    FindWhyNot(context_, completions_, assuming, outcome);
    outcome.outside_setting = OutsideSetting(id);
    return outcome;
  }

  Query OutputQuery(OutputId id, std::vector<Answer>& numbered) const {
    return {[id, &numbered](Reference& reference, std::size_t view) {
              const ::cordon::evaluate::Answers answers = reference.AnswersOf(id, view);
              Possible possible{{}, answers.open};
              for (const Answer& answer : answers.possible) {
                const auto found = std::find(numbered.begin(), numbered.end(), answer);
                possible.answers.push_back(static_cast<std::size_t>(found - numbered.begin()));
                if (found == numbered.end()) numbered.push_back(answer);
              }
              return possible;
            },
            FactsOfOutput(policy_, context_.protocol, id, Extent::kRead)};
  }

  void FillBounds(OutputOutcome& outcome) const {
    std::sort(outcome.possible.begin(), outcome.possible.end(), ComesBefore);
    const bool all_values = std::all_of(outcome.possible.begin(), outcome.possible.end(),
                                        [](const Answer& a) { return std::holds_alternative<ValueAnswer>(a); });
    const model::Type& type = policy_.outputs[outcome.output.index].type;
    const bool on_scale = type.kind == model::TypeKind::kBool ||
                          (type.kind == model::TypeKind::kCategory && policy_.categories[type.category.index].is_scale);
    if (!all_values || !on_scale) return;
    outcome.at_least = std::get<ValueAnswer>(outcome.possible.front()).value;
    outcome.at_most = std::get<ValueAnswer>(outcome.possible.back()).value;
  }

  bool OutsideSetting(OutputId id) const {
    const Start start = completions_.Plain({}, Assuming::kNothing);
    Reference reference(context_, start.world, start.views);
    return reference.InSetting(policy_.outputs[id.index].protocol, 0).truth == value::Truth::kFalse;
  }

  // ---- needs and assumptions

  void AddNeeds(const std::vector<Root>& roots, bool ask, std::vector<std::string>& needs) {
    for (const Root& root : roots) {
      needs.push_back(root.path);
      if (ask && root.fact.valid()) asked_.insert({root.fact, root.path});
    }
  }

  // Remembers the assumptions without which there would be more answers; where no single one is, all that could bear.
  void NoteAssumptions(const Query& query, const std::vector<std::size_t>& answers) {
    const std::vector<FactId> all = completions_.Assumable(query.reads);
    bool any = false;
    for (FactId fact : all) {
      FactSet others(all.begin(), all.end());
      others.erase(fact);
      if (completions_.AnswersAssumingOnly(query, others) == answers) continue;
      assumed_.insert(fact);
      any = true;
    }
    if (!any && completions_.AnswersAssumingOnly(query, {}) != answers) assumed_.insert(all.begin(), all.end());
  }

  // What the needs of undetermined conclusions come to as questions, in order of declaration.
  void FillQuestions() {
    for (const auto& [fact, path] : asked_) {
      outcome_.ask.push_back({fact, path, policy_.facts[fact.index].ask.empty()});
    }
  }

  // ---- duties

  Query DutyQuery(std::size_t index) const {
    const DutyEntry& entry = duties_[index];
    FactSet reads;
    AddReads(entry, reads);
    if (entry.opposite) AddReads(duties_[*entry.opposite], reads);
    return {[this, index](Reference& reference, std::size_t view) { return DutyPossible(reference, index, view); },
            reads};
  }

  void AddReads(const DutyEntry& entry, FactSet& reads) const {
    for (const DutyConclusion& conclusion : entry.conclusions) {
      reads.merge(
          FactsOfDuty(policy_, context_.protocol, conclusion.rule, conclusion.output, *conclusion.duty, Extent::kRead));
    }
  }

  Possible DutyPossible(Reference& reference, std::size_t index, std::size_t view) const {
    const DutyEntry& entry = duties_[index];
    const DutyAnswers own = reference.DutyOf(index, view);
    DutyAnswers other;
    other.may_be_absent = true;
    if (entry.opposite) other = reference.DutyOf(*entry.opposite, view);
    std::set<std::size_t> answers;
    if (own.may_be_absent) answers.insert(kAbsent);
    for (Modality modality : own.modalities) {
      if (other.may_be_absent) answers.insert(kFirstModality + static_cast<std::size_t>(modality));
      for (Modality opposite : other.modalities) {
        const bool conflict =
            entry.side == DutySide::kDo ? InConflict(modality, opposite) : InConflict(opposite, modality);
        answers.insert(conflict ? kInConflict : kFirstModality + static_cast<std::size_t>(modality));
      }
    }
    return {{answers.begin(), answers.end()}, own.open ? own.open : other.open};
  }

  // What is settled about a duty, apart from how it is worded.
  struct Settled {
    std::vector<std::size_t> free;     // answers over all completions
    std::vector<std::size_t> assumed;  // answers where assumptions are made; only where `free` are several
    std::vector<Root> needs;           // the same
  };

  // Duties that the same conclusions decide are settled alike: which rules and outputs, how strong, overridden by
  // which.
  using Signature = std::vector<std::size_t>;

  void AddSignature(const DutyEntry& entry, Signature& signature) const {
    signature.push_back(static_cast<std::size_t>(entry.side));
    for (const DutyConclusion& conclusion : entry.conclusions) {
      signature.push_back(conclusion.rule.index);
      signature.push_back(conclusion.output.index);
      signature.push_back(static_cast<std::size_t>(conclusion.duty->modality));
      AddElement(conclusion, signature);
      if (!conclusion.rule.valid()) continue;
      for (model::RuleId other : policy_.protocols[context_.protocol.index].rules) {
        const model::Rule& rule = policy_.rules[other.index];
        const bool takes = Overrides(rule, conclusion.rule) && Takes(rule, conclusion.duty->action);
        if (takes) signature.push_back(other.index);
      }
    }
  }

  // What a conclusion asks beyond its rule: of which element, and until when.
  static void AddElement(const DutyConclusion& conclusion, Signature& signature) {
    signature.push_back(conclusion.duty->stands_while.index);
    if (!conclusion.element) return;
    signature.push_back(conclusion.element->variable.index);
    signature.push_back(conclusion.element->list.index);
    signature.push_back(conclusion.element->index ? *conclusion.element->index + 1 : 0);
  }

  const Settled& Settle(std::size_t index, const Query& query) {
    Signature signature;
    AddSignature(duties_[index], signature);
    if (duties_[index].opposite) AddSignature(duties_[*duties_[index].opposite], signature);
    const auto known = settled_.find(signature);
    if (known != settled_.end()) return known->second;
    Settled settled;
    settled.free = completions_.Answers(query, Assuming::kNothing);
    if (settled.free.size() > 1) {
      settled.assumed = completions_.Answers(query, Assuming::kEverything);
      if (settled.assumed != std::vector<std::size_t>{kAbsent}) {
        settled.needs = NeedsOfDuty(duties_[index], query, settled.assumed);
      }
      // Also where they keep the duty from arising: nothing else would show that it might.
      NoteAssumptions(query, settled.assumed);
    }
    return settled_.emplace(signature, std::move(settled)).first->second;
  }

  // A duty that one undetermined output alone means, with yes and one other answer, needs what that output needs.
  std::vector<Root> NeedsOfDuty(const DutyEntry& entry, const Query& query,
                                const std::vector<std::size_t>& assumed) const {
    const bool meant = entry.conclusions.size() == 1 && entry.conclusions[0].output.valid() && !entry.opposite;
    if (meant && assumed.size() > 1) {
      for (const OutputOutcome& output : outcome_.outputs) {
        if (output.output != entry.conclusions[0].output || output.possible.size() != 2) continue;
        const auto known = needs_of_output_.find(output.output);
        if (known != needs_of_output_.end()) return known->second;
      }
    }
    return completions_.Needs(query, assumed.size() == 1 ? Assuming::kNothing : Assuming::kEverything);
  }

  void ConcludeDuty(std::size_t index) {
    const Query query = DutyQuery(index);
    const Settled& settled = Settle(index, query);
    const bool open = settled.free.size() > 1;
    const std::vector<std::size_t>& answers = open ? settled.assumed : settled.free;
    if (answers == std::vector<std::size_t>{kAbsent}) return;
    const DutyEntry& entry = duties_[index];
    DutyOutcome outcome;
    outcome.args = entry.args;
    if (open) outcome.status = answers.size() == 1 ? Status::kProvisional : Status::kUndetermined;
    if (answers == std::vector<std::size_t>{kInConflict}) outcome.status = Status::kConflict;
    AddNeeds(settled.needs, answers.size() > 1, outcome.needs);
    if (!entry.unknown.empty()) AddUnknownArguments(entry, outcome);
    for (std::size_t answer : answers) {
      const bool is_modality = answer != kAbsent && answer != kInConflict;
      if (is_modality) outcome.possible_modalities.push_back(static_cast<Modality>(answer - kFirstModality));
    }
    Describe(duties_[index], open ? Assuming::kEverything : Assuming::kNothing, query.reads, outcome);
    outcome_.duties.push_back(std::move(outcome));
  }

  // A duty whose argument is not known is not the same in every completion.
  void AddUnknownArguments(const DutyEntry& entry, DutyOutcome& outcome) {
    if (outcome.status != Status::kConflict) outcome.status = Status::kUndetermined;
    for (const auto& [fact, path] : entry.unknown) {
      if (std::find(outcome.needs.begin(), outcome.needs.end(), path) != outcome.needs.end()) continue;
      outcome.needs.push_back(path);
      asked_.insert({fact, path});
    }
  }

  // The duty as its strongest conclusion that is in effect states it, with the timings and reasons of all.
  void Describe(const DutyEntry& entry, Assuming assuming, const FactSet& reads, DutyOutcome& outcome) {
    const Start start = completions_.Plain(reads, assuming);
    Reference reference(context_, start.world, start.views);
    bool first = true;
    std::vector<DutyConclusion> standing;
    for (const DutyConclusion& conclusion : entry.conclusions) {
      if (reference.Stands(conclusion, 0).truth != value::Truth::kFalse) standing.push_back(conclusion);
    }
    std::stable_sort(standing.begin(), standing.end(), [](const DutyConclusion& a, const DutyConclusion& b) {
      return StrengthOf(a.duty->modality) > StrengthOf(b.duty->modality);
    });
    for (const DutyConclusion& conclusion : standing) {
      const model::Duty& duty = *conclusion.duty;
      if (first) outcome.duty = duty;
      first = false;
      Include(duty.timings, outcome.duty.timings);
      Include(duty.when_texts, outcome.duty.when_texts);
      Include(duty.with, outcome.duty.with);
      Include({{conclusion.rule, conclusion.output, {}}}, outcome.because);
      Include(DuesOf(conclusion, reference), outcome.dues);
    }
    outcome.duty.to.clear();
    if (entry.to) outcome.duty.to.push_back(*entry.to);
    if (outcome.possible_modalities.size() == 1) outcome.duty.modality = outcome.possible_modalities[0];
    if (outcome.status != Status::kUndetermined) outcome.possible_modalities.clear();
  }

  // Adds to `to` what it has not yet.
  template <typename Item>
  static void Include(const std::vector<Item>& more, std::vector<Item>& to) {
    for (const Item& item : more) {
      if (std::find(to.begin(), to.end(), item) == to.end()) to.push_back(item);
    }
  }

  static std::vector<DueOutcome> DuesOf(const DutyConclusion& conclusion, Reference& reference) {
    std::vector<DueOutcome> dues;
    for (const model::Due& due : conclusion.duty->dues) {
      DueOutcome outcome;
      outcome.kind = due.kind;
      outcome.period = due.period;
      outcome.has_date = due.date.valid();
      const auto date = due.date.valid() ? reference.KnownValue(due.date, conclusion.element, 0) : std::nullopt;
      if (date) outcome.date = value::Format(*date);
      dues.push_back(std::move(outcome));
    }
    return dues;
  }

  const model::Policy& policy_;
  const facts::Subject& subject_;
  const Scope& scope_;
  DutyTable duties_;
  Work work_;
  Context context_;
  Completions completions_;
  Outcome outcome_;
  std::set<std::pair<FactId, std::string>> asked_;
  FactSet assumed_;
  std::map<OutputId, std::vector<Root>> needs_of_output_;  // of undetermined outputs
  std::map<Signature, Settled> settled_;
};

Scope WholeOf(const model::Policy& policy, const model::Protocol& protocol) {
  Scope scope{protocol.outputs, {}, protocol.rules};
  for (const OutputId id : protocol.outputs) {
    const auto& means = policy.outputs[id.index].means;
    if (means) scope.duties.insert(&*means);
  }
  for (const model::RuleId id : protocol.rules) {
    for (const model::Duty& duty : policy.rules[id.index].duties) scope.duties.insert(&duty);
  }
  return scope;
}

}  // namespace

Outcome Evaluate(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject,
                 std::size_t most_work) {
  return Evaluation(policy, protocol, subject, WholeOf(policy, policy.protocols[protocol.index]), most_work).Run();
}

std::vector<OutputOutcome> EvaluateAnswers(const model::Policy& policy, model::ProtocolId protocol,
                                           const facts::Subject& subject) {
  Scope outputs;
  outputs.outputs = policy.protocols[protocol.index].outputs;
  return Evaluation(policy, protocol, subject, outputs, kMostWork).RunAnswers();
}

Outcome EvaluatePart(const model::Policy& policy, model::ProtocolId protocol, const facts::Subject& subject,
                     const Scope& scope) {
  return Evaluation(policy, protocol, subject, scope, kMostWork).Run();
}

}  // namespace cordon::evaluate
