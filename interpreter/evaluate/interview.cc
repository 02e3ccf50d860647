// The next question, and the state after a reply; see interview.h.
#include "evaluate/interview.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "evaluate/evaluate.h"
#include "evaluate/look_ahead.h"
#include "model/rules.h"
#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using facts::Cell;
using facts::CellState;
using model::FactId;
using model::Type;
using model::TypeKind;

// ---- what is unknown

// Every unknown of a subject that somebody could be asked about, by its name in `needs`. A record of which nothing is
// known stands for its fields.
class Unknowns {
 public:
  Unknowns(const model::Policy& policy, const InterviewState& state) : policy_(policy), state_(state) {
    for (std::size_t i = 0; i < policy.facts.size(); ++i) {
      const FactId fact(i);
      const model::Fact& declared = policy.facts[i];
      prototype_.recorded = declared.ask.empty();
      prototype_.assumed = declared.assume.has_value() && state.subject.fact(fact).state == CellState::kAbsent;
      Visit(state.subject.fact(fact), declared.type, {fact, {}}, declared.name, declared.name);
    }
  }

  // In order of declaration.
  const std::vector<Prompt>& Named(const std::string& path) const {
    static const std::vector<Prompt> kNone;
    const auto found = by_path_.find(path);
    return found == by_path_.end() ? kNone : found->second;
  }

 private:
  void Add(PromptKind kind, Place place, const std::string& path, const Type& type, const std::string& needed_as) {
    if (state_.closed.count(place) > 0) return;
    Prompt prompt = prototype_;
    prompt.kind = kind;
    prompt.place = std::move(place);
    prompt.path = path;
    prompt.type = kind == PromptKind::kValue ? type : Type{};
    by_path_[needed_as].push_back(std::move(prompt));
  }

  // Recurses as deep as types nest, which declarations bound. `needed_as` is the name that `needs` has for it.
  void Visit(const Cell& cell, const Type& type, const Place& place, const std::string& path,
             const std::string& needed_as) {
    switch (cell.state) {
      case CellState::kKnown:
      case CellState::kNull:
        return;
      case CellState::kRange:
      case CellState::kSymbols:
        return Add(PromptKind::kValue, place, path, type, needed_as);
      case CellState::kRecord:
      case CellState::kAbsent:
        if (type.kind == TypeKind::kRecord) return VisitRecord(cell, type, place, path, needed_as);
        return Add(type.kind == TypeKind::kList ? PromptKind::kAnyElement : PromptKind::kValue, place, path, type,
                   needed_as);
      case CellState::kList:
        return VisitList(cell, type, place, path);
    }
  }

  void VisitRecord(const Cell& cell, const Type& type, const Place& place, const std::string& path,
                   const std::string& needed_as) {
    const model::Record& record = policy_.records[type.record.index];
    static const Cell kAbsent;
    const bool is_absent = cell.state == CellState::kAbsent;
    const bool is_element = !path.empty() && path.back() == ']';
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      if (record.fields[i].derived.valid()) continue;
      Place field = place;
      field.steps.push_back(i);
      const std::string field_path = path + "." + record.fields[i].name;
      Visit(is_absent ? kAbsent : cell.children[i], record.fields[i].type, field, field_path,
            is_absent && !is_element ? needed_as : field_path);
    }
  }

  void VisitList(const Cell& cell, const Type& type, const Place& place, const std::string& path) {
    for (std::size_t i = 0; i < cell.children.size(); ++i) {
      Place element = place;
      element.steps.push_back(i);
      const std::string element_path = path + "[" + std::to_string(i + 1) + "]";
      Visit(cell.children[i], ElementType(type), element, element_path, element_path);
    }
    if (cell.open) Add(PromptKind::kFurtherElement, place, path, type, path);
  }

  const model::Policy& policy_;
  const InterviewState& state_;
  Prompt prototype_;
  std::map<std::string, std::vector<Prompt>> by_path_;
};

// ---- what would help

// In the order in which they are asked.
enum class Phase : std::uint8_t { kSetting, kAsked, kLookedUp, kAssumed };

struct Candidate {
  Prompt prompt;
  Phase phase = Phase::kAssumed;
  std::size_t wanted_by = 0;  // open conclusions
};

// What is open, and what could be asked about it.
struct Agenda {
  std::size_t conclusions = 0;
  std::vector<Candidate> candidates;  // in order of declaration
};

class AgendaMaker {
 public:
  AgendaMaker(const model::Policy& policy, const InterviewState& state, const Outcome& outcome, LookUps look_ups)
      : policy_(policy), look_ups_(look_ups), unknowns_(policy, state) {
    CollectDispensed(outcome);
  }

  Agenda Make(const Outcome& outcome) {
    for (const OutputOutcome& output : outcome.outputs) Count(output.status, output.needs);
    for (const DutyOutcome& duty : outcome.duties) Count(duty.status, duty.needs);
    Agenda agenda;
    agenda.conclusions = conclusions_;
    for (auto& [place, candidate] : candidates_) agenda.candidates.push_back(std::move(candidate));
    return agenda;
  }

 private:
  // The facts that somebody need not ask for and nobody else is to ask for.
  void CollectDispensed(const Outcome& outcome) {
    std::set<FactId> to_ask;
    for (const DutyOutcome& duty : outcome.duties) {
      if (!IsAsking(policy_, duty.duty.action) || duty.status == Status::kUndetermined) continue;
      const model::Modality modality = duty.duty.modality;
      const bool refrains = modality == model::Modality::kNeedNot || modality == model::Modality::kMustNot ||
                            modality == model::Modality::kShouldNot;
      for (const model::Argument& arg : duty.duty.args) {
        const auto* group = std::get_if<model::GroupId>(&arg);
        if (group == nullptr) continue;
        const std::vector<FactId>& facts = policy_.groups[group->index].facts;
        (refrains ? dispensed_ : to_ask).insert(facts.begin(), facts.end());
      }
    }
    for (const FactId fact : to_ask) dispensed_.erase(fact);
  }

  void Count(Status status, const std::vector<std::string>& needs) {
    const bool is_open = status == Status::kUndetermined;
    const bool is_assumed = status == Status::kProvisional && look_ups_ == LookUps::kAll;
    if (!is_open && !is_assumed) return;
    ++conclusions_;
    for (const std::string& path : needs) {
      for (const Prompt& prompt : unknowns_.Named(path)) Want(prompt, is_open);
    }
  }

  void Want(const Prompt& prompt, bool is_open) {
    const model::Fact& fact = policy_.facts[prompt.place.fact.index];
    const bool is_setting = prompt.place.fact == policy_.setting;
    if (!prompt.recorded && dispensed_.count(prompt.place.fact) > 0) return;
    if (!is_open && prompt.assumed && fact.assume->unless_asked) return;
    Phase phase = prompt.recorded ? Phase::kLookedUp : Phase::kAsked;
    if (!is_open) phase = Phase::kAssumed;
    if (is_setting) phase = Phase::kSetting;
    Candidate& candidate = candidates_.try_emplace(prompt.place, Candidate{prompt}).first->second;
    candidate.phase = std::min(candidate.phase, phase);
    ++candidate.wanted_by;
  }

  const model::Policy& policy_;
  LookUps look_ups_;
  Unknowns unknowns_;
  std::set<FactId> dispensed_;
  std::size_t conclusions_ = 0;
  std::map<Place, Candidate> candidates_;  // places order as declarations do
};

void KeepIf(std::vector<Candidate>& candidates, const std::function<bool(const Candidate&)>& wanted) {
  if (std::none_of(candidates.begin(), candidates.end(), wanted)) return;
  candidates.erase(std::remove_if(candidates.begin(), candidates.end(), std::not_fn(wanted)), candidates.end());
}

// Those among which to choose: of the first phase; of the topic begun; what is in a list before whether there is more.
std::vector<Prompt> Eligible(std::vector<Candidate> candidates, std::optional<FactId> topic) {
  Phase first = Phase::kAssumed;
  for (const Candidate& candidate : candidates) first = std::min(first, candidate.phase);
  KeepIf(candidates, [&](const Candidate& c) { return c.phase == first; });
  KeepIf(candidates, [&](const Candidate& c) { return topic == c.prompt.place.fact; });
  KeepIf(candidates, [&](const Candidate& c) { return c.prompt.kind != PromptKind::kFurtherElement; });
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.wanted_by > b.wanted_by; });
  std::vector<Prompt> prompts;
  for (Candidate& candidate : candidates) prompts.push_back(std::move(candidate.prompt));
  return prompts;
}

// ---- replies

bool IsYes(const Cell& cell) { return cell.state == CellState::kKnown && cell.value == value::Value::Bool(true); }

void PutAnswer(const Prompt& prompt, const Cell& answer, Cell& cell, InterviewState& state) {
  switch (prompt.kind) {
    case PromptKind::kValue:
      cell = answer;
      if (answer.state != CellState::kKnown) state.closed.insert(prompt.place);  // no more precise than this
      return;
    case PromptKind::kAnyElement:
      cell = Cell{};
      cell.state = CellState::kList;
      cell.open = IsYes(answer);
      if (cell.open) cell.children.emplace_back();
      return;
    case PromptKind::kFurtherElement:
      cell.open = IsYes(answer);
      if (cell.open) cell.children.emplace_back();
      return;
  }
}

}  // namespace

Cell& CellAt(const model::Policy& policy, facts::Subject& subject, const Place& place) {
  Cell* cell = &subject.facts[place.fact.index];
  Type type = policy.facts[place.fact.index].type;
  for (const std::size_t step : place.steps) {
    if (type.kind == TypeKind::kRecord) {
      const model::Record& record = policy.records[type.record.index];
      if (cell->state != CellState::kRecord) {
        *cell = Cell{};
        cell->state = CellState::kRecord;
        cell->children.resize(record.fields.size());
      }
      type = record.fields[step].type;
    } else {
      type = ElementType(type);
    }
    CORDON_ASSERT(step < cell->children.size());
    cell = &cell->children[step];
  }
  return *cell;
}

std::optional<InterviewState> Answered(const model::Policy& policy, const InterviewState& state, const Prompt& prompt,
                                       const Reply& reply, diagnostics::Sink& sink) {
  InterviewState after = state;
  after.topic = prompt.place.fact;
  if (reply.kind == ReplyKind::kAnswer) {
    PutAnswer(prompt, reply.value, CellAt(policy, after.subject, prompt.place), after);
    if (!CheckFeasible(policy, after.subject, sink)) return std::nullopt;
    return after;
  }
  after.closed.insert(prompt.place);
  if (reply.kind == ReplyKind::kSkip) return after;
  Cell& cell = CellAt(policy, after.subject, prompt.place);
  if (cell.state == CellState::kAbsent) cell.state = CellState::kNull;  // what is known of it stays known
  return after;
}

bool NothingToAsk(const model::Policy& policy, model::ProtocolId protocol, const InterviewState& state,
                  LookUps look_ups) {
  const Outcome outcome = Evaluate(policy, protocol, state.subject);
  return AgendaMaker(policy, state, outcome, look_ups).Make(outcome).candidates.empty();
}

Turn NextTurn(const model::Policy& policy, model::ProtocolId protocol, const InterviewState& state, LookUps look_ups) {
  Turn turn;
  turn.outcome = Evaluate(policy, protocol, state.subject);
  Agenda agenda = AgendaMaker(policy, state, turn.outcome, look_ups).Make(turn.outcome);
  if (agenda.candidates.empty()) return turn;
  const std::vector<Prompt> prompts = Eligible(std::move(agenda.candidates), state.topic);
  const auto after = [&](const Prompt& prompt, const Cell& answer) -> std::optional<Remaining> {
    diagnostics::Sink ignored;
    const auto next = Answered(policy, state, prompt, {ReplyKind::kAnswer, answer}, ignored);
    if (!next) return std::nullopt;
    const Outcome outcome = Evaluate(policy, protocol, next->subject);
    const Agenda left = AgendaMaker(policy, *next, outcome, look_ups).Make(outcome);
    return Remaining{left.conclusions, left.candidates.size()};
  };
  turn.prompt = prompts[MostPromising(policy, state.subject.as_of, prompts, after)];
  return turn;
}

}  // namespace cordon::evaluate
