// Warnings about rules: exceptions that a stricter rule outvotes, and facts that nobody asks for; see lints.h.
//
// Tested by tests/golden/lints/rules.golden.
#include <algorithm>
#include <set>

#include "check/columns.h"
#include "check/lints.h"
#include "check/walk.h"
#include "model/print.h"
#include "support/text.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::RuleId;

// ---- exceptions

const model::OutputConclusion* ConclusionOn(const model::Rule& rule, model::OutputId output) {
  for (const model::OutputConclusion& conclusion : rule.conclusions) {
    if (conclusion.output == output) return &conclusion;
  }
  return nullptr;
}

bool IsOverridden(const model::Rule& by, RuleId rule) {
  return std::binary_search(by.overrides.begin(), by.overrides.end(), rule);
}

// Whether the conclusion goes before the value `milder` where both are drawn: a stricter value, or a judgement.
bool Outvotes(const model::OutputConclusion& conclusion, const value::Value& milder) {
  const auto* stricter = std::get_if<value::Value>(&conclusion.value);
  return stricter == nullptr || stricter->number > milder.number;
}

// The conditions that hold wherever the rule does and read no element of its own.
std::vector<ExprId> Conditions(const model::Policy& policy, const model::Rule& rule) {
  std::vector<ExprId> open;
  for (const model::Part& part : rule.parts) open.push_back(part.condition);
  std::vector<ExprId> conditions;
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    const model::Expr& expr = policy.expr(id);
    if (expr.kind == model::ExprKind::kAnd) {
      open.insert(open.end(), expr.args.begin(), expr.args.end());
      continue;
    }
    bool reads_element = false;
    WalkExprs(policy, id, [&](const model::Expr& inner) {
      const bool element = inner.kind == model::ExprKind::kElement;
      reads_element = reads_element || (element && rule.for_each && inner.variable == rule.for_each->variable);
    });
    if (!reads_element) conditions.push_back(id);
  }
  return conditions;
}

// Whether the two conditions are about one operand and exclude one another.
bool Exclude(const model::Policy& policy, ExprId a, ExprId b) {
  ExprId leaf = a;
  while (policy.expr(leaf).kind == model::ExprKind::kNot) leaf = policy.expr(leaf).args[0];
  std::vector<ExprId> operands = {leaf};
  for (const ExprId arg : policy.expr(leaf).args) operands.push_back(arg);
  for (const ExprId operand : operands) {
    if (!operand.valid() || policy.expr(operand).kind == model::ExprKind::kConstant) continue;
    const std::vector<ColumnTest> tests = {{a, {}}, {b, {}}};
    const auto column = MakeColumn(policy, {operand, {}}, tests, {});
    if (!column) continue;
    const AtomSet both = Intersection(AtomsOf(policy, *column, tests[0]), AtomsOf(policy, *column, tests[1]));
    if (Disjoint(both, column->domain)) return true;
  }
  return false;
}

// Whether the two rules plainly never hold together: two of their conditions exclude one another.
bool NeverTogether(const model::Policy& policy, const model::Rule& a, const model::Rule& b) {
  const std::vector<ExprId> conditions = Conditions(policy, b);
  for (const ExprId mine : Conditions(policy, a)) {
    for (const ExprId other : conditions) {
      if (Exclude(policy, mine, other)) return true;
    }
  }
  return false;
}

// Whether `rule` takes away something stricter on the output than its own `value`: whether it is an exception at all.
bool IsException(const model::Policy& policy, const model::Rule& rule, model::OutputId output,
                 const value::Value& value) {
  return std::any_of(rule.overrides.begin(), rule.overrides.end(), [&](RuleId id) {
    const model::OutputConclusion* conclusion = ConclusionOn(policy.rules[id.index], output);
    return conclusion != nullptr && Outvotes(*conclusion, value);
  });
}

void LintException(Context& ctx, RuleId id, const model::OutputConclusion& conclusion) {
  constexpr std::size_t kMostShown = 4;
  const model::Policy& policy = ctx.policy;
  const model::Rule& rule = policy.rules[id.index];
  const model::Output& output = policy.outputs[conclusion.output.index];
  const auto* value = std::get_if<value::Value>(&conclusion.value);
  if (output.mode != model::Mode::kStrictest || value == nullptr) return;
  if (!IsException(policy, rule, conclusion.output, *value)) return;
  std::vector<std::string> names;
  std::vector<diagnostics::Note> notes;
  for (const RuleId other_id : policy.protocols[rule.protocol.index].rules) {
    const model::Rule& other = policy.rules[other_id.index];
    const model::OutputConclusion* stricter = ConclusionOn(other, conclusion.output);
    if (other_id == id || stricter == nullptr || !Outvotes(*stricter, *value)) continue;
    if (IsOverridden(rule, other_id) || IsOverridden(other, id) || NeverTogether(policy, rule, other)) continue;
    names.push_back("`" + other.name + "`");
    if (notes.empty()) notes.push_back({other.span, "it is not overridden"});
  }
  if (names.empty()) return;
  const std::size_t more = names.size() > kMostShown ? names.size() - kMostShown : 0;
  if (more > 0) names.resize(kMostShown);
  if (more > 0) names.push_back(std::to_string(more) + " more");
  ctx.sink.Report(Code::kOutvotedException, rule.span,
                  "the exception `" + rule.name + "` can be outvoted: " + support::JoinWords(names, "and") +
                      " may conclude something stricter than `" + output.name + " = " +
                      model::PrintValue(policy, *value, output.type) + "`, and the strictest answer stands",
                  "override it too, or `overrides every rule for " + output.name +
                      "`; or let `when` or `unless` say "
                      "that the two never hold together",
                  std::move(notes));
}

// ---- facts that nobody asks for

// The facts of `id`, through definitions.
void AddFacts(const model::Policy& policy, ExprId id, std::set<model::DefineId>& seen, std::set<model::FactId>& facts) {
  std::vector<ExprId> open = {id};
  while (!open.empty()) {
    const ExprId root = open.back();
    open.pop_back();
    WalkExprs(policy, root, [&](const model::Expr& expr) {
      if (expr.kind == model::ExprKind::kFact) facts.insert(expr.fact);
      if (expr.kind != model::ExprKind::kDefine || !seen.insert(expr.define).second) return;
      open.push_back(policy.defines[expr.define.index].value);
    });
  }
}

bool Asks(const model::Policy& policy, const model::Duty& duty) {
  switch (duty.modality) {
    case model::Modality::kMust:
    case model::Modality::kShould:
    case model::Modality::kMay:
    case model::Modality::kMustConsider:
    case model::Modality::kShouldConsider:
    case model::Modality::kMayConsider:
      return policy.actions[duty.action.index].name == "ask";
    case model::Modality::kMustNot:
    case model::Modality::kShouldNot:
    case model::Modality::kNeedNot:
      break;
  }
  return false;
}

std::set<model::FactId> AskedFacts(const model::Policy& policy) {
  std::set<model::FactId> asked;
  const auto add = [&](const model::Duty& duty) {
    if (!Asks(policy, duty)) return;
    for (const model::Argument& argument : duty.args) {
      const auto* group = std::get_if<model::GroupId>(&argument);
      if (group == nullptr) continue;
      const std::vector<model::FactId>& facts = policy.groups[group->index].facts;
      asked.insert(facts.begin(), facts.end());
    }
  };
  for (const model::Rule& rule : policy.rules) {
    for (const model::Duty& duty : rule.duties) add(duty);
  }
  for (const model::Output& output : policy.outputs) {
    if (output.means) add(*output.means);
  }
  return asked;
}

std::set<model::FactId> GroupedFacts(const model::Policy& policy) {
  std::set<model::FactId> grouped;
  for (const model::Group& group : policy.groups) grouped.insert(group.facts.begin(), group.facts.end());
  return grouped;
}

// What a rule concludes, for a message.
std::string ConcludedBy(const model::Policy& policy, const model::Rule& rule) {
  if (!rule.conclusions.empty()) return "`" + policy.outputs[rule.conclusions[0].output.index].name + "`";
  return "what `" + rule.name + "` says";
}

}  // namespace

void LintExceptions(Context& ctx) {
  for (std::size_t i = 0; i < ctx.policy.rules.size(); ++i) {
    if (ctx.policy.rules[i].overrides.empty()) continue;
    for (const model::OutputConclusion& conclusion : ctx.policy.rules[i].conclusions) {
      LintException(ctx, RuleId(i), conclusion);
    }
  }
}

void LintUnaskedFacts(Context& ctx) {
  const model::Policy& policy = ctx.policy;
  const std::set<model::FactId> asked = AskedFacts(policy);
  const std::set<model::FactId> grouped = GroupedFacts(policy);
  std::set<model::FactId> told;
  for (const model::Rule& rule : policy.rules) {
    std::set<model::FactId> facts;
    std::set<model::DefineId> seen;
    if (rule.for_each) AddFacts(policy, rule.for_each->list, seen, facts);
    for (const model::Part& part : rule.parts) AddFacts(policy, part.condition, seen, facts);
    for (const model::FactId id : facts) {
      const model::Fact& fact = policy.facts[id.index];
      if (fact.recorded || fact.is_decision || fact.assume || asked.contains(id)) continue;
      if (!fact.ask.empty() && !grouped.contains(id)) continue;  // W0608 says so
      if (!told.insert(id).second) continue;
      ctx.sink.Report(Code::kFactNobodyAsks, fact.span,
                      "nobody asks for the fact `" + fact.name +
                          "`, it is not recorded, and nothing is assumed of it: " + ConcludedBy(policy, rule) +
                          " stays open wherever it matters",
                      grouped.contains(id) ? "let a rule say who `must ask` or `may ask` its group"
                                           : "write `recorded` where it is looked up; or put it into a group that "
                                             "somebody `must ask`",
                      {{rule.span, "it is read here"}});
    }
  }
}

}  // namespace cordon::check
