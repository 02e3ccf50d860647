// Interview: what to ask a person next, so that a protocol's conclusions are settled with few questions.
//
// A state is the facts learnt so far and what was asked in vain; NextTurn finds the next question to it, or that
// nothing is left that an answer could settle; Answered makes the next state. Nothing here knows a terminal: cli/ has
// two skins.
//
// What is asked: the unknowns in `needs` of what is open. First the care setting, then what undetermined conclusions
// need and the policy has a question for, then what they need from the chart, then what provisional conclusions rest on
// and no duty to ask dispenses with. Within these the one whose answers settle most (look_ahead.h); but a list that was
// begun is gone through first, element by element. Never asked: decisions, the time of day, and what a policy assumes
// where nobody must ask for it. Source: the language manual, "Unknown facts". Tested by tests/golden/ask/.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "diagnostics/diagnostic.h"
#include "evaluate/outcome.h"
#include "facts/subject.h"
#include "model/model.h"

namespace cordon::evaluate {

// Where a value stands in a subject: the fact, then at each level the index of a field or of an element.
struct Place {
  model::FactId fact;
  std::vector<std::size_t> steps;
  auto operator<=>(const Place&) const = default;
};

enum class PromptKind : std::uint8_t {
  kValue,           // what is the value of a fact, field or element?
  kAnyElement,      // is there anything in a list of which nothing is known? yes or no
  kFurtherElement,  // is there more in it? yes or no
};

// One question. `type` is that of the answer: a scalar's, bool for yes or no.
struct Prompt {
  PromptKind kind = PromptKind::kValue;
  Place place;
  std::string path;  // as in `needs`: `hospital_stays[1].admitted`
  model::Type type;
  bool recorded = false;  // to be looked up
  bool assumed = false;   // the policy assumes a value as long as nothing is given
};

enum class ReplyKind : std::uint8_t { kAnswer, kUnknown, kSkip };

// kUnknown: sought and not learnt. kSkip: left as it is, and not asked again.
struct Reply {
  ReplyKind kind = ReplyKind::kAnswer;
  facts::Cell value;  // kAnswer: known or imprecise; a known bool for yes or no
};

struct InterviewState {
  facts::Subject subject;
  std::set<Place> closed;              // asked, with no more to be learnt
  std::optional<model::FactId> topic;  // what was asked about last
};

// Whether what is provisional is to be settled too, by looking up what the policy assumes.
enum class LookUps : std::uint8_t { kAll, kNoneOfTheAssumed };

struct Turn {
  Outcome outcome;               // as of now
  std::optional<Prompt> prompt;  // nothing: no answer could settle more
};

// REQUIRES: CheckFeasible holds for the state's subject. Cost: a bounded number of evaluations.
Turn NextTurn(const model::Policy& policy, model::ProtocolId protocol, const InterviewState& state, LookUps look_ups);

// Whether NextTurn would find no question. Costs one evaluation.
bool NothingToAsk(const model::Policy& policy, model::ProtocolId protocol, const InterviewState& state,
                  LookUps look_ups);

// The state after `reply` to `prompt`. Nothing where the answer and those before break a record's condition: E0510.
std::optional<InterviewState> Answered(const model::Policy& policy, const InterviewState& state, const Prompt& prompt,
                                       const Reply& reply, diagnostics::Sink& sink);

// The cell at `place`, where records on the way that nobody has opened count as records of unknown fields.
facts::Cell& CellAt(const model::Policy& policy, facts::Subject& subject, const Place& place);

}  // namespace cordon::evaluate
