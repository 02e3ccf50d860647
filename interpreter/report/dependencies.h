// What outputs and duties hang on, as text, JSON, or a graph for Graphviz. See model/dependencies.h.
#pragma once

#include <string>
#include <vector>

#include "model/dependencies.h"

namespace cordon::report {

// A section for each output and duty: its facts, where each comes from (asked, recorded, assumed, a decision), who may
// know it, and the rules that read it.
std::string DependenciesText(const model::Policy& policy, const std::vector<model::Dependencies>& all);

// The other way: every output and duty of `all` that hangs on `fact`, with the rules.
std::string FactText(const model::Policy& policy, const std::vector<model::Dependencies>& all, model::FactId fact);

// `{ policy, depend: [ { protocol, output | duty, rules, means, facts: [ { fact, from, groups, assumed, … } ] } ] }`; a
// member that says nothing is left out.
std::string DependenciesJson(const model::Policy& policy, const std::vector<model::Dependencies>& all);

// A directed graph: facts, through definitions where they are read by them, to outputs and duties.
std::string DependenciesDot(const model::Policy& policy, const std::vector<model::Dependencies>& all);

}  // namespace cordon::report
