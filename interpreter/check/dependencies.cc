// What definitions and outputs rest on: cycles among them, questions that depend on their own answer, and facts of
// another subject than the protocol's. See context.h.
//
// One graph: a definition rests on what its expression reads, an output on what every rule that concludes on it reads.
// Searches keep their own stack, so that no policy is too deep for them.
#include <algorithm>
#include <set>
#include <utility>

#include "check/context.h"
#include "check/walk.h"

namespace cordon::check {

namespace {

// What something reads itself.
struct Reads {
  std::set<model::FactId> facts;
  std::set<model::DefineId> defines;
  std::set<model::OutputId> outputs;
};

void AddReads(const model::Policy& policy, model::ExprId root, Reads& reads) {
  WalkExprs(policy, root, [&](const model::Expr& expr) {
    if (expr.kind == model::ExprKind::kFact) reads.facts.insert(expr.fact);
    if (expr.kind == model::ExprKind::kDefine) reads.defines.insert(expr.define);
    if (expr.kind == model::ExprKind::kOutputIs) reads.outputs.insert(expr.output);
  });
}

// What decides whether the rule applies.
Reads ReadsOfRule(const model::Policy& policy, const model::Rule& rule) {
  Reads reads;
  if (rule.for_each) AddReads(policy, rule.for_each->list, reads);
  for (const model::Part& part : rule.parts) AddReads(policy, part.condition, reads);
  return reads;
}

// What decides whether a duty of a rule that applies stands, and for which elements.
void AddStanding(const model::Policy& policy, const model::Duty& duty, Reads& reads) {
  AddReads(policy, duty.stands_while, reads);
  for (const model::ForEach& each : duty.each) AddReads(policy, each.list, reads);
}

// All that a duty reads beside.
void AddReadsOfDuty(const model::Policy& policy, const model::Duty& duty, Reads& reads) {
  AddStanding(policy, duty, reads);
  for (const model::Argument& argument : duty.args) {
    if (const auto* id = std::get_if<model::ExprId>(&argument)) AddReads(policy, *id, reads);
  }
  for (const model::Due& due : duty.dues) AddReads(policy, due.date, reads);
}

// Definitions first, then outputs, as one row of nodes.
struct Graph {
  std::vector<Reads> nodes;
  std::size_t num_defines = 0;

  std::vector<std::size_t> Next(std::size_t node) const {
    std::vector<std::size_t> next;
    for (const model::DefineId id : nodes[node].defines) next.push_back(id.index);
    for (const model::OutputId id : nodes[node].outputs) next.push_back(num_defines + id.index);
    return next;
  }
};

Graph BuildGraph(const model::Policy& policy) {
  Graph graph;
  graph.num_defines = policy.defines.size();
  graph.nodes.resize(policy.defines.size() + policy.outputs.size());
  for (std::size_t i = 0; i < policy.defines.size(); ++i) AddReads(policy, policy.defines[i].value, graph.nodes[i]);
  for (const model::Rule& rule : policy.rules) {
    const Reads reads = ReadsOfRule(policy, rule);
    const auto add = [&](model::OutputId output) {
      Reads& node = graph.nodes[graph.num_defines + output.index];
      node.facts.insert(reads.facts.begin(), reads.facts.end());
      node.defines.insert(reads.defines.begin(), reads.defines.end());
      node.outputs.insert(reads.outputs.begin(), reads.outputs.end());
    };
    for (const model::OutputConclusion& conclusion : rule.conclusions) add(conclusion.output);
    for (const model::OutputId output : rule.drops_outputs) add(output);
  }
  return graph;
}

std::string NodeName(const model::Policy& policy, const Graph& graph, std::size_t node) {
  if (node < graph.num_defines) return policy.defines[node].name;
  const model::Output& output = policy.outputs[node - graph.num_defines];
  if (policy.protocols.size() == 1) return output.name;
  return policy.protocols[output.protocol.index].name + "." + output.name;
}

Span NodeSpan(const model::Policy& policy, const Graph& graph, std::size_t node) {
  return node < graph.num_defines ? policy.defines[node].span : policy.outputs[node - graph.num_defines].span;
}

struct Step {
  std::size_t node;
  std::vector<std::size_t> next;
  std::size_t at = 0;
};

void ReportCycle(Context& ctx, const Graph& graph, const std::vector<Step>& path, std::size_t first) {
  std::string chain;
  bool inside = false;
  for (const Step& step : path) {
    inside = inside || step.node == first;
    if (inside) chain += NodeName(ctx.policy, graph, step.node) + " -> ";
  }
  const std::string name = NodeName(ctx.policy, graph, first);
  ctx.sink.Report(Code::kCycle, NodeSpan(ctx.policy, graph, first),
                  "`" + name + "` depends on itself: `" + chain + name + "`",
                  "take one of these out of the conditions of the other");
}

void FindCycles(Context& ctx, const Graph& graph) {
  std::vector<Progress> states(graph.nodes.size(), Progress::kWaiting);
  std::vector<Step> path;
  const auto enter = [&](std::size_t node) {
    states[node] = Progress::kBusy;
    path.push_back({node, graph.Next(node), 0});
  };
  // Outputs first, so that a cycle is shown from an output where there is one.
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const std::size_t root = (i + graph.num_defines) % graph.nodes.size();
    if (states[root] == Progress::kWaiting) enter(root);
    while (!path.empty()) {
      Step& step = path.back();
      if (step.at == step.next.size()) {
        states[step.node] = Progress::kDone;
        path.pop_back();
        continue;
      }
      const std::size_t next = step.next[step.at++];
      if (states[next] == Progress::kBusy) ReportCycle(ctx, graph, path, next);
      if (states[next] == Progress::kWaiting) enter(next);
    }
  }
}

enum class Through : std::uint8_t { kDefinitions, kDefinitionsAndOutputs };

// Every fact that `reads` rests on.
std::set<model::FactId> AllFacts(const Graph& graph, const Reads& reads, Through through) {
  std::set<model::FactId> facts = reads.facts;
  std::set<std::size_t> seen;
  std::vector<std::size_t> open;
  const auto push = [&](const Reads& more) {
    for (const model::DefineId id : more.defines) open.push_back(id.index);
    if (through == Through::kDefinitions) return;
    for (const model::OutputId id : more.outputs) open.push_back(graph.num_defines + id.index);
  };
  push(reads);
  while (!open.empty()) {
    const std::size_t node = open.back();
    open.pop_back();
    if (!seen.insert(node).second) continue;
    facts.insert(graph.nodes[node].facts.begin(), graph.nodes[node].facts.end());
    push(graph.nodes[node]);
  }
  return facts;
}

// Every output that `reads` names, itself or through definitions.
std::set<model::OutputId> AllOutputs(const Graph& graph, const Reads& reads) {
  std::set<model::OutputId> outputs = reads.outputs;
  std::set<model::DefineId> seen;
  std::vector<model::DefineId> open(reads.defines.begin(), reads.defines.end());
  while (!open.empty()) {
    const model::DefineId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const Reads& node = graph.nodes[id.index];
    outputs.insert(node.outputs.begin(), node.outputs.end());
    open.insert(open.end(), node.defines.begin(), node.defines.end());
  }
  return outputs;
}

// Whether a rule that overrides another takes the duties of `action` away from it.
bool TakesDutyOf(const model::Rule& rule, model::ActionId action) {
  const auto& dropped = rule.drops_actions;
  if (std::find(dropped.begin(), dropped.end(), action) != dropped.end()) return true;
  return std::any_of(rule.duties.begin(), rule.duties.end(),
                     [action](const model::Duty& duty) { return duty.action == action; });
}

// Whether the rule has a say in `output`: it concludes on it, or takes conclusions on it away.
bool HasSayIn(const model::Rule& rule, model::OutputId output) {
  const auto& dropped = rule.drops_outputs;
  if (std::find(dropped.begin(), dropped.end(), output) != dropped.end()) return true;
  return std::any_of(rule.conclusions.begin(), rule.conclusions.end(),
                     [output](const model::OutputConclusion& conclusion) { return conclusion.output == output; });
}

using Rules = std::vector<const model::Rule*>;

// `rule`, and every rule that takes a duty of `action` away from it.
Rules RulesOnDuty(const model::Policy& policy, const model::Rule& rule, model::ActionId action) {
  Rules rules = {&rule};
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const auto number = static_cast<std::size_t>(rules[i] - policy.rules.data());
    for (const model::RuleId id : policy.protocols[rule.protocol.index].rules) {
      const model::Rule& other = policy.rules[id.index];
      const bool takes = std::binary_search(other.overrides.begin(), other.overrides.end(), model::RuleId(number)) &&
                         TakesDutyOf(other, action);
      if (takes && std::find(rules.begin(), rules.end(), &other) == rules.end()) rules.push_back(&other);
    }
  }
  return rules;
}

// Where one of `rules` asks for `fact`, be it through definitions and outputs; an invalid place where none does.
Span FindReading(const model::Policy& policy, const Graph& graph, const model::Duty& duty, const Rules& rules,
                 model::FactId fact) {
  const auto rest_on_fact = [&](const Reads& reads) {
    return AllFacts(graph, reads, Through::kDefinitionsAndOutputs).contains(fact);
  };
  const auto reads_fact = [&](model::ExprId id) {
    Reads reads;
    AddReads(policy, id, reads);
    return rest_on_fact(reads);
  };
  Reads standing;
  AddStanding(policy, duty, standing);
  if (rest_on_fact(standing)) return duty.span;
  for (const model::Rule* rule : rules) {
    if (rule->for_each && reads_fact(rule->for_each->list)) return policy.expr(rule->for_each->list).span;
    for (const model::Part& part : rule->parts) {
      if (reads_fact(part.condition)) return part.span;
    }
  }
  return {};
}

// A question that must be asked is decided by `rules`: none of them may rest on what is asked. Any duty with a group
// as its argument counts as asking where an assumption waits for it.
void CheckAsking(Context& ctx, const Graph& graph, const model::Duty& duty, const Rules& rules) {
  if (duty.modality != model::Modality::kMust) return;
  const bool asks = ctx.policy.actions[duty.action.index].name == "ask";
  for (const model::Argument& argument : duty.args) {
    const auto* group = std::get_if<model::GroupId>(&argument);
    if (group == nullptr) continue;
    for (const model::FactId id : ctx.policy.groups[group->index].facts) {
      const model::Fact& fact = ctx.policy.facts[id.index];
      const bool assumed = fact.assume && fact.assume->unless_asked;
      if (!asks && !assumed) continue;
      const Span reading = FindReading(ctx.policy, graph, duty, rules, id);
      if (!reading.valid()) continue;
      std::vector<diagnostics::Note> notes = {{reading, "the answer is read here"}};
      if (assumed) notes.push_back({fact.span, "the assumption is here"});
      ctx.sink.Report(Code::kAskDependsOnAnswer, duty.span,
                      "whether `" + fact.name + "` is asked depends on its answer" +
                          (assumed ? ", which is assumed unless it is asked" : ""),
                      "let the duty depend on other facts", std::move(notes));
      return;
    }
  }
}

// What stands in a protocol and reads facts.
struct Reader {
  std::string name;
  model::ProtocolId protocol;
  Span span;
};

std::string About(const std::string& subject) { return "about a " + subject; }

// A protocol reads the facts of its own subject, and the outputs of protocols about the same.
void CheckSubject(Context& ctx, const Graph& graph, const Reader& reader, const Reads& reads) {
  const model::Policy& policy = ctx.policy;
  const std::string& subject = policy.protocols[reader.protocol.index].subject;
  const std::string help = "a protocol reads the facts of the subject that it is about, and protocols about the same";
  const std::string is = "`" + reader.name + "` is " + About(subject) + " and reads ";
  for (const model::FactId id : AllFacts(graph, reads, Through::kDefinitions)) {
    const model::Fact& fact = policy.facts[id.index];
    if (id == policy.setting || fact.subject == subject) continue;
    ctx.sink.Report(Code::kWrongSubject, reader.span, is + "`" + fact.name + "`, a fact of a " + fact.subject,
                    help + "; to use this one here, declare it `of " + subject + "`, or move the rule to a protocol " +
                        About(fact.subject),
                    {{fact.span, "the fact is declared here"}});
    return;
  }
  for (const model::OutputId id : AllOutputs(graph, reads)) {
    const model::Output& output = policy.outputs[id.index];
    const model::Protocol& other = policy.protocols[output.protocol.index];
    if (other.subject == subject) continue;
    ctx.sink.Report(Code::kWrongSubject, reader.span,
                    is + "`" + other.name + "." + output.name + "`, an output of a protocol " + About(other.subject),
                    help, {{output.span, "the output is declared here"}});
    return;
  }
}

void CheckSubjects(Context& ctx, const Graph& graph) {
  const model::Policy& policy = ctx.policy;
  for (const model::Rule& rule : policy.rules) {
    Reads reads = ReadsOfRule(policy, rule);
    for (const model::Duty& duty : rule.duties) AddReadsOfDuty(policy, duty, reads);
    CheckSubject(ctx, graph, {rule.name, rule.protocol, rule.span}, reads);
  }
  for (const model::Output& output : policy.outputs) {
    if (!output.means) continue;
    Reads reads;
    AddReadsOfDuty(policy, *output.means, reads);
    CheckSubject(ctx, graph, {output.name, output.protocol, output.means->span}, reads);
  }
  for (std::size_t i = 0; i < policy.protocols.size(); ++i) {
    for (const model::Guarantee& guarantee : policy.protocols[i].guarantees) {
      Reads reads;
      AddReads(policy, guarantee.condition, reads);
      CheckSubject(ctx, graph, {guarantee.name, model::ProtocolId(i), guarantee.span}, reads);
    }
  }
}

}  // namespace

void CheckDependencies(Context& ctx) {
  const Graph graph = BuildGraph(ctx.policy);
  FindCycles(ctx, graph);
  CheckSubjects(ctx, graph);
  for (const model::Rule& rule : ctx.policy.rules) {
    for (const model::Duty& duty : rule.duties) {
      if (!duty.args.empty()) CheckAsking(ctx, graph, duty, RulesOnDuty(ctx.policy, rule, duty.action));
    }
  }
  for (std::size_t i = 0; i < ctx.policy.outputs.size(); ++i) {
    const model::Output& output = ctx.policy.outputs[i];
    if (!output.means || output.means->args.empty()) continue;
    Rules rules;
    for (const model::RuleId id : ctx.policy.protocols[output.protocol.index].rules) {
      if (HasSayIn(ctx.policy.rules[id.index], model::OutputId(i))) rules.push_back(&ctx.policy.rules[id.index]);
    }
    CheckAsking(ctx, graph, *output.means, rules);
  }
}

}  // namespace cordon::check
