// Coverage: what one subject makes of a protocol's rules, rows and guarantees, and which conditions decide it.
//
// A policy's tests are counted with it: whether they made each rule apply, not apply and be unknown. What one subject
// shows is observed, and added to the Coverage of all. Source: the language manual, "Tests and guarantees". Tested by
// tests/golden/test/coverage.golden.
#pragma once

#include <cstddef>
#include <vector>

#include "facts/subject.h"
#include "model/model.h"
#include "value/truth.h"

namespace cordon::evaluate {

// One condition of a rule, or one input cell of a row. Of a rule that is for each element of a list the elements count
// that are in the list for sure.
struct PartSeen {
  bool failed_first = false;  // for some element it is the first that is false in every completion
  bool open = false;          // it is unknown, and no condition of the same element is false in every completion
};

struct RuleSeen {
  model::RuleId rule;
  // Whether it applies, over every completion: unknown where some completion has it apply and another has not.
  value::Truth applies = value::Truth::kFalse;
  std::vector<PartSeen> parts;  // one for each of the rule's
};

// Every rule and row of `protocol`, in order of declaration. REQUIRES: CheckFeasible holds. Cost: as Evaluate.
std::vector<RuleSeen> ObserveRules(const model::Policy& policy, model::ProtocolId protocol,
                                   const facts::Subject& subject);

// Whether each guarantee of `protocol` holds, in order of declaration: no where it is violated in every completion,
// unknown where in some. Outside the protocol's setting it holds. REQUIRES and cost: the same.
std::vector<value::Truth> ObserveGuarantees(const model::Policy& policy, model::ProtocolId protocol,
                                            const facts::Subject& subject);

// How many subjects showed what, and what could be shown at all: a rule without conditions applies always, and one
// whose conditions read no facts is never unknown.
struct PartCount {
  std::size_t failed_first = 0;
  std::size_t open = 0;
};
struct RuleCount {
  std::size_t applied = 0;
  std::size_t not_applied = 0;
  std::size_t unknown = 0;
  bool can_fail = false;
  bool can_be_unknown = false;
  std::vector<PartCount> parts;
};
struct GuaranteeCount {
  std::size_t held = 0;
  std::size_t violated = 0;
  std::size_t unknown = 0;
};
struct Coverage {
  std::size_t num_subjects = 0;
  std::vector<RuleCount> rules;                         // by RuleId
  std::vector<std::vector<GuaranteeCount>> guarantees;  // by ProtocolId
};

// Nothing counted yet.
Coverage NoCoverage(const model::Policy& policy);
// Adds what one subject of `protocol` showed.
void Count(model::ProtocolId protocol, const std::vector<RuleSeen>& rules, const std::vector<value::Truth>& guarantees,
           Coverage& coverage);

// So many of so many.
struct Share {
  std::size_t covered = 0;
  std::size_t all = 0;
};
// Rounded down; 100 of nothing.
std::size_t Percent(const Share& share);

// The rules that applied, that did not, that were unknown, and the conditions that were the first to fail, each of
// those that can; and all four together.
struct CoverageTotals {
  Share applied;
  Share not_applied;
  Share unknown;
  Share decided;
  Share all() const;
};
CoverageTotals Totals(const Coverage& coverage);

}  // namespace cordon::evaluate
