// Dependencies: which facts each output and duty of a protocol can hang on, and by which rules; found in the policy's
// text alone.
//
// A rule counts for an output where it concludes on it or overrides, at whatever remove, a rule that does; a rule
// counts for a duty in the same way. Rules are entered through definitions and the outputs that they read. Source: the
// language manual, "Conclusions". Shown by `cordon deps`. Tested by tests/golden/usage/deps.golden.
#pragma once

#include <string>
#include <vector>

#include "model/model.h"

namespace cordon::model {

// How one fact bears on something. Every list is in order of declaration, and none holds anything twice.
struct FactUse {
  FactId fact;
  std::vector<RuleId> rules;      // those that read it
  std::vector<DefineId> defines;  // those through which they do
  std::vector<OutputId> outputs;  // other outputs, to which these rules belong
  bool decides = false;           // a decision that is the answer once it is given
};

// What an output, or all duties of a protocol with one actor, modality and action, hang on.
struct Dependencies {
  ProtocolId protocol;
  OutputId output;              // invalid: a duty
  std::string duty;             // `ward must isolate`; empty for an output
  std::vector<RuleId> rules;    // those that conclude it
  std::vector<OutputId> means;  // of a duty: the outputs that mean it
  std::vector<FactUse> facts;   // in order of declaration

  // All that it hangs on, at whatever remove; itself not among the outputs.
  std::vector<RuleId> all_rules;
  std::vector<DefineId> all_defines;
  std::vector<OutputId> all_outputs;
};

// The outputs of the protocol, then its duties, in order of declaration. Costs about the square of its rules.
std::vector<Dependencies> FindDependencies(const Policy& policy, ProtocolId protocol);

// The interpretations that can touch it: those of the rules, facts, definitions and outputs that it hangs on, and its
// own. In order of declaration.
std::vector<InterpretationId> InterpretationsOf(const Policy& policy, const Dependencies& one);

// The groups that hold `fact`.
std::vector<GroupId> GroupsOf(const Policy& policy, FactId fact);

}  // namespace cordon::model
