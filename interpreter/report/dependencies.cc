// Prints dependencies; see dependencies.h. Tested by tests/golden/usage/deps.golden.
#include "report/dependencies.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "model/print.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using Document = nlohmann::ordered_json;
using model::Dependencies;
using model::FactUse;

template <typename Id, typename Things>
std::vector<std::string> NamesOf(const std::vector<Id>& ids, const Things& things) {
  std::vector<std::string> names;
  for (const Id id : ids) names.push_back(things[id.index].name);
  return names;
}

std::string OutputName(const model::Policy& policy, model::OutputId id) {
  const model::Output& output = policy.outputs[id.index];
  return policy.protocols[output.protocol.index].name + "." + output.name;
}

std::vector<std::string> OutputNames(const model::Policy& policy, const std::vector<model::OutputId>& ids) {
  std::vector<std::string> names;
  for (const model::OutputId id : ids) names.push_back(OutputName(policy, id));
  return names;
}

std::string AssumedValue(const model::Policy& policy, const model::Fact& fact) {
  return fact.assume->empty_list ? "empty" : model::PrintValue(policy, fact.assume->value, fact.type);
}

// "asked in skema_1a, assumed no unless asked, confidential to treating_staff"
std::string Origin(const model::Policy& policy, model::FactId id) {
  const model::Fact& fact = policy.facts[id.index];
  std::vector<std::string> parts;
  const auto groups = NamesOf(model::GroupsOf(policy, id), policy.groups);
  if (fact.is_decision) parts.emplace_back("a decision");
  if (fact.recorded && !fact.is_decision) parts.emplace_back("recorded");
  if (!fact.ask.empty())
    parts.push_back(groups.empty() ? "asked by nobody" : "asked in " + support::Join(groups, ", "));
  if (fact.assume) {
    parts.push_back("assumed " + AssumedValue(policy, fact) + (fact.assume->unless_asked ? " unless asked" : ""));
  }
  if (!fact.confidential_to.empty()) {
    parts.push_back("confidential to " + support::Join(NamesOf(fact.confidential_to, policy.roles), ", "));
  }
  return parts.empty() ? "neither asked nor recorded" : support::Join(parts, ", ");
}

// "by skema_2.3a, skema_2.3b through stays_abroad"; rows of one table together: "by skema_2.3a, 3b".
std::string ByRules(const model::Policy& policy, const FactUse& use) {
  std::string text;
  std::string table;
  for (const model::RuleId id : use.rules) {
    const model::Rule& rule = policy.rules[id.index];
    const std::string own = rule.table.valid() ? policy.tables[rule.table.index].name : "";
    text += text.empty() ? "by " : ", ";
    text += !own.empty() && own == table ? rule.row : rule.name;
    table = own;
  }
  if (use.rules.empty()) text = "by the protocol's setting";
  if (!use.defines.empty()) text += " through " + support::Join(NamesOf(use.defines, policy.defines), ", ");
  if (!use.outputs.empty()) text += " for " + support::Join(OutputNames(policy, use.outputs), ", ");
  return text;
}

std::string Heading(const model::Policy& policy, const Dependencies& one) {
  if (one.output.valid()) return "output " + OutputName(policy, one.output);
  return "duty " + policy.protocols[one.protocol.index].name + ": " + one.duty;
}

std::string Padded(std::string text, std::size_t width) {
  const std::size_t length = support::CountCodePoints(text);
  return length < width ? text + std::string(width - length, ' ') : text;
}

const FactUse* UseOf(const Dependencies& one, model::FactId fact) {
  for (const FactUse& use : one.facts) {
    if (use.fact == fact) return &use;
  }
  return nullptr;
}

Document FactDocument(const model::Policy& policy, const FactUse& use) {
  const model::Fact& fact = policy.facts[use.fact.index];
  Document document = {{"fact", fact.name}};
  document["from"] = fact.is_decision   ? "decision"
                     : fact.recorded    ? "recorded"
                     : fact.ask.empty() ? "nowhere"
                                        : "asked";
  const auto add = [&](const char* key, const std::vector<std::string>& names) {
    if (!names.empty()) document[key] = names;
  };
  add("groups", NamesOf(model::GroupsOf(policy, use.fact), policy.groups));
  if (fact.assume) document["assumed"] = AssumedValue(policy, fact);
  if (fact.assume && fact.assume->unless_asked) document["unless_asked"] = true;
  add("confidential_to", NamesOf(fact.confidential_to, policy.roles));
  add("rules", NamesOf(use.rules, policy.rules));
  add("definitions", NamesOf(use.defines, policy.defines));
  add("outputs", OutputNames(policy, use.outputs));
  return document;
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) quoted += (c == '"' || c == '\\') ? std::string("\\") + c : std::string(1, c);
  return quoted + "\"";
}

// The direct reads of an expression: the names of facts and definitions, definitions not entered.
void AddEdges(const model::Policy& policy, model::ExprId root, const std::string& to, std::set<std::string>& edges) {
  std::vector<model::ExprId> open = {root};
  std::set<model::ExprId> seen;
  while (!open.empty()) {
    const model::ExprId id = open.back();
    open.pop_back();
    if (!id.valid() || !seen.insert(id).second) continue;
    const model::Expr& expr = policy.expr(id);
    const auto add = [&](const std::string& from) { edges.insert("  " + Quoted(from) + " -> " + Quoted(to) + ";\n"); };
    if (expr.kind == model::ExprKind::kFact) add(policy.facts[expr.fact.index].name);
    if (expr.kind == model::ExprKind::kDefine) add(policy.defines[expr.define.index].name);
    if (expr.kind == model::ExprKind::kOutputIs) add(OutputName(policy, expr.output));
    open.insert(open.end(), expr.args.begin(), expr.args.end());
  }
}

// The edges into one output or duty: from what its rules read, and from the rules' facts that only a duty reads.
void AddTarget(const model::Policy& policy, const Dependencies& one, std::set<std::string>& edges,
               std::set<model::DefineId>& defines) {
  const std::string to = one.output.valid() ? OutputName(policy, one.output) : one.duty;
  for (const model::OutputId output : one.means) {
    edges.insert("  " + Quoted(OutputName(policy, output)) + " -> " + Quoted(to) + ";\n");
  }
  for (const FactUse& use : one.facts) {
    defines.insert(use.defines.begin(), use.defines.end());
    if (use.defines.empty() && use.outputs.empty()) {
      edges.insert("  " + Quoted(policy.facts[use.fact.index].name) + " -> " + Quoted(to) + ";\n");
    }
    for (const model::OutputId output : use.outputs) {
      edges.insert("  " + Quoted(OutputName(policy, output)) + " -> " + Quoted(to) + ";\n");
    }
    for (const model::RuleId id : use.rules) {
      const model::Rule& rule = policy.rules[id.index];
      if (!use.outputs.empty()) continue;  // its edges lead to that output
      if (rule.for_each) AddEdges(policy, rule.for_each->list, to, edges);
      for (const model::Part& part : rule.parts) AddEdges(policy, part.condition, to, edges);
    }
  }
}

}  // namespace

std::string DependenciesText(const model::Policy& policy, const std::vector<Dependencies>& all) {
  std::string text;
  for (const Dependencies& one : all) {
    if (!text.empty()) text += "\n";
    text += Heading(policy, one) + "\n";
    if (one.facts.empty()) text += "  hangs on no fact\n";
    std::size_t width = 0;
    for (const FactUse& use : one.facts) width = std::max(width, policy.facts[use.fact.index].name.size());
    for (const FactUse& use : one.facts) {
      text += "  " + Padded(policy.facts[use.fact.index].name, width) + "  " + Origin(policy, use.fact) + "\n";
      text += "  " + std::string(width, ' ') + "  " + ByRules(policy, use) + "\n";
    }
  }
  return text;
}

std::string FactText(const model::Policy& policy, const std::vector<Dependencies>& all, model::FactId fact) {
  std::string text = "fact " + policy.facts[fact.index].name + ": " + Origin(policy, fact) + "\n";
  bool any = false;
  for (const Dependencies& one : all) {
    const FactUse* use = UseOf(one, fact);
    if (use == nullptr) continue;
    any = true;
    text += "  " + Heading(policy, one) + "\n    " + ByRules(policy, *use) + "\n";
  }
  return any ? text : text + "  no output and no duty hangs on it\n";
}

std::string DependenciesJson(const model::Policy& policy, const std::vector<Dependencies>& all) {
  Document document = {{"policy", {{"id", policy.id}, {"version", policy.version}, {"digest", policy.digest}}}};
  document["depend"] = Document::array();
  for (const Dependencies& one : all) {
    Document entry = {{"protocol", policy.protocols[one.protocol.index].name}};
    if (one.output.valid()) entry["output"] = policy.outputs[one.output.index].name;
    if (!one.output.valid()) entry["duty"] = one.duty;
    entry["rules"] = NamesOf(one.rules, policy.rules);
    if (!one.means.empty()) entry["meant_by"] = OutputNames(policy, one.means);
    entry["facts"] = Document::array();
    for (const FactUse& use : one.facts) entry["facts"].push_back(FactDocument(policy, use));
    document["depend"].push_back(std::move(entry));
  }
  return document.dump(2, ' ', false, Document::error_handler_t::replace) + "\n";
}

std::string DependenciesDot(const model::Policy& policy, const std::vector<Dependencies>& all) {
  std::set<std::string> edges;
  std::set<model::DefineId> defines;
  std::set<model::FactId> facts;
  std::string text = "digraph " + Quoted(policy.id + " " + policy.version) + " {\n  rankdir=LR;\n";
  for (const Dependencies& one : all) {
    AddTarget(policy, one, edges, defines);
    for (const FactUse& use : one.facts) facts.insert(use.fact);
    const std::string name = one.output.valid() ? OutputName(policy, one.output) : one.duty;
    text += "  " + Quoted(name) + (one.output.valid() ? " [shape=box, style=bold];\n" : " [shape=box];\n");
  }
  for (const model::FactId fact : facts) text += "  " + Quoted(policy.facts[fact.index].name) + " [shape=ellipse];\n";
  for (const model::DefineId id : defines) {
    const model::Define& define = policy.defines[id.index];
    text += "  " + Quoted(define.name) + " [shape=ellipse, style=dashed];\n";
    AddEdges(policy, define.value, define.name, edges);
  }
  for (const std::string& edge : edges) text += edge;
  return text + "}\n";
}

}  // namespace cordon::report
