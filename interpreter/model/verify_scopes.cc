// Where elements are bound and read, and what hangs on itself; see verifier.h.
//
// The elements that an expression reads and does not bind are few, as quantifiers nest a few deep; they are found once
// for each expression, from its arguments'. Searches keep their own stack.
#include <algorithm>

#include "model/verifier.h"

namespace cordon::model {
namespace {

constexpr std::size_t kMostFree = 64;
constexpr std::size_t kDeepestExpr = 3000;

using Variables = std::vector<VariableId>;  // sorted

class Scopes {
 public:
  explicit Scopes(Verifier& v)
      : v_(v), free_(v.policy.exprs.size()), types_(v.policy.num_variables), bound_(v.policy.num_variables) {}

  void Run() {
    const Policy& policy = v_.policy;
    for (std::size_t i = 0; i < policy.records.size(); ++i) {
      Bind(policy.records[i].self, {TypeKind::kRecord, {}, RecordId(i), TypeKind::kBool, false});
    }
    for (const Rule& rule : policy.rules) BindRule(rule);
    for (const Output& output : policy.outputs) {
      if (output.means) BindEach(output.means->each);
    }
    for (const Expr& expr : policy.exprs) {
      if (Binds(expr)) Bind(expr.variable, ElementType(policy.expr(expr.args[0]).type));
    }
    for (std::size_t i = 0; i < policy.exprs.size(); ++i) FindFree(i);
    for (const Define& define : policy.defines) Closed(define.value, {}, define.name);
    for (const Record& record : policy.records) VerifyRecord(record);
    for (const Rule& rule : policy.rules) VerifyRule(rule);
    for (const Output& output : policy.outputs) {
      if (output.means) VerifyDuty(*output.means, {}, output.name);
    }
    for (const Protocol& protocol : policy.protocols) {
      for (const Guarantee& guarantee : protocol.guarantees) Closed(guarantee.condition, {}, guarantee.name);
    }
  }

 private:
  static bool Binds(const Expr& expr) {
    const bool quantifies = expr.kind == ExprKind::kSome || expr.kind == ExprKind::kFilter ||
                            expr.kind == ExprKind::kGreatest || expr.kind == ExprKind::kLeast;
    return quantifies && expr.args[1].valid();
  }

  // A decision has no value until it is made: it is read through its output, and may be asked for being known.
  bool IsDecision(ExprId id) const {
    const Expr& expr = v_.policy.expr(id);
    return expr.kind == ExprKind::kFact && v_.policy.facts[expr.fact.index].is_decision;
  }

  void Bind(VariableId variable, const Type& type) {
    if (!variable.valid() || variable.index >= types_.size()) {
      v_.Require(false, "an element without a place");
      return;
    }
    v_.Require(!bound_[variable.index] || SameShape(types_[variable.index], type), "an element of two types");
    bound_[variable.index] = true;
    types_[variable.index] = type;
  }

  void BindEach(const std::vector<ForEach>& all) {
    for (const ForEach& each : all) {
      const Type& list = v_.policy.expr(each.list).type;
      v_.Require(list.kind == TypeKind::kList, "an element of no list");
      if (list.kind == TypeKind::kList) Bind(each.variable, ElementType(list));
    }
  }

  void BindRule(const Rule& rule) {
    if (rule.for_each) BindEach({*rule.for_each});
    for (const Duty& duty : rule.duties) BindEach(duty.each);
  }

  void FindFree(std::size_t i) {
    const Expr& expr = v_.policy.exprs[i];
    Variables& free = free_[i];
    if (expr.kind == ExprKind::kElement) {
      v_.Require(!bound_[expr.variable.index] || SameShape(types_[expr.variable.index], expr.type),
                 "an element of another type");
      free.push_back(expr.variable);  // of what no rule has come to use it may stay so
    }
    for (std::size_t a = 0; a < expr.args.size(); ++a) {
      if (!expr.args[a].valid()) continue;
      v_.Require(expr.kind == ExprKind::kIsKnown || !IsDecision(expr.args[a]), "a decision is read");
      for (const VariableId variable : free_[expr.args[a].index]) {
        if (a == 1 && Binds(expr) && variable == expr.variable) continue;
        free.push_back(variable);
      }
    }
    std::sort(free.begin(), free.end());
    free.erase(std::unique(free.begin(), free.end()), free.end());
    if (free.size() <= kMostFree) return;
    v_.Require(false, "too many elements at once");
    free.clear();
  }

  void Closed(ExprId id, const Variables& bound, const std::string& where) {
    if (!id.valid()) return;
    v_.Require(!IsDecision(id), where + ": a decision is read");
    for (const VariableId variable : free_[id.index]) {
      v_.Require(std::find(bound.begin(), bound.end(), variable) != bound.end(), where + ": reads an unbound element");
    }
  }

  void VerifyRecord(const Record& record) {
    for (const Field& field : record.fields) Closed(field.derived, {record.self}, record.name);
    for (const model::Require& require : record.requires_) Closed(require.condition, {record.self}, record.name);
  }

  void VerifyRule(const Rule& rule) {
    Variables bound;
    if (rule.for_each) {
      Closed(rule.for_each->list, {}, rule.name);
      bound.push_back(rule.for_each->variable);
    }
    for (const Part& part : rule.parts) Closed(part.condition, bound, rule.name);
    for (const Duty& duty : rule.duties) VerifyDuty(duty, bound, rule.name);
  }

  void VerifyDuty(const Duty& duty, Variables bound, const std::string& where) {
    for (const ForEach& each : duty.each) {
      Closed(each.list, bound, where);
      bound.push_back(each.variable);
    }
    for (const Argument& argument : duty.args) {
      if (const auto* id = std::get_if<ExprId>(&argument)) Closed(*id, bound, where);
    }
    for (const Due& due : duty.dues) Closed(due.date, bound, where);
    Closed(duty.stands_while, bound, where);
  }

  Verifier& v_;
  std::vector<Variables> free_;  // by expression
  std::vector<Type> types_;      // by variable
  std::vector<bool> bound_;
};

// How deep each expression is, definitions written out. REQUIRES: definitions stand after all that they use.
void VerifyDepth(Verifier& v) {
  const Policy& policy = v.policy;
  std::vector<std::size_t> depths(policy.exprs.size(), 0);  // 0: not known yet
  std::vector<std::size_t> open;
  for (std::size_t root = 0; root < policy.exprs.size(); ++root) {
    open.push_back(root);
    while (!open.empty()) {
      const std::size_t at = open.back();
      const Expr& expr = policy.exprs[at];
      std::size_t deepest = 0;
      const std::size_t num_open = open.size();
      const auto look = [&](ExprId id) {
        if (!id.valid()) return;
        if (depths[id.index] == 0) open.push_back(id.index);
        deepest = std::max(deepest, depths[id.index]);
      };
      for (const ExprId arg : expr.args) look(arg);
      if (expr.kind == ExprKind::kDefine) look(policy.defines[expr.define.index].value);
      if (open.size() > num_open) continue;
      depths[at] = deepest + 1;
      open.pop_back();
    }
    v.Require(depths[root] <= kDeepestExpr, "expression " + std::to_string(root) + ": too deep");
  }
}

using Edges = std::vector<std::vector<std::size_t>>;

// Whether nothing comes back to itself along `edges`.
bool IsAcyclic(const Edges& edges) {
  std::vector<std::size_t> incoming(edges.size(), 0);
  for (const auto& next : edges) {
    for (const std::size_t to : next) ++incoming[to];
  }
  std::vector<std::size_t> ready;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (incoming[i] == 0) ready.push_back(i);
  }
  std::size_t num_done = 0;
  while (!ready.empty()) {
    const std::size_t at = ready.back();
    ready.pop_back();
    ++num_done;
    for (const std::size_t to : edges[at]) {
      if (--incoming[to] == 0) ready.push_back(to);
    }
  }
  return num_done == edges.size();
}

// One graph of all that is found from something else: expressions, definitions' values, outputs, rules, and fields.
class Graph {
 public:
  explicit Graph(const Policy& policy)
      : policy_(policy),
        outputs_(policy.exprs.size()),
        rules_(outputs_ + policy.outputs.size()),
        fields_(rules_ + policy.rules.size()),
        edges_(fields_) {}

  bool IsSound() {
    AddFields();
    AddExprs();
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) AddRule(policy_.rules[i], rules_ + i);
    Edges overrides(policy_.rules.size());
    for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
      for (const RuleId other : policy_.rules[i].overrides) overrides[i].push_back(other.index);
    }
    return IsAcyclic(edges_) && IsAcyclic(overrides);
  }

 private:
  void Add(std::size_t from, ExprId to) {
    if (to.valid()) edges_[from].push_back(to.index);
  }

  void AddFields() {
    for (const Record& record : policy_.records) {
      first_fields_.push_back(edges_.size());
      for (const Field& field : record.fields) {
        edges_.emplace_back();
        Add(edges_.size() - 1, field.derived);
      }
    }
  }

  void AddExprs() {
    for (std::size_t i = 0; i < policy_.exprs.size(); ++i) {
      const Expr& expr = policy_.exprs[i];
      for (const ExprId arg : expr.args) Add(i, arg);
      if (expr.kind == ExprKind::kDefine) Add(i, policy_.defines[expr.define.index].value);
      if (expr.kind == ExprKind::kOutputIs) edges_[i].push_back(outputs_ + expr.output.index);
      if (expr.kind != ExprKind::kField) continue;
      edges_[i].push_back(first_fields_[policy_.expr(expr.args[0]).type.record.index] + expr.field.index);
    }
  }

  void AddRule(const Rule& rule, std::size_t node) {
    if (rule.for_each) Add(node, rule.for_each->list);
    for (const Part& part : rule.parts) Add(node, part.condition);
    for (const OutputConclusion& one : rule.conclusions) edges_[outputs_ + one.output.index].push_back(node);
    for (const OutputId output : rule.drops_outputs) edges_[outputs_ + output.index].push_back(node);
  }

  const Policy& policy_;
  std::size_t outputs_;
  std::size_t rules_;
  std::size_t fields_;
  std::vector<std::size_t> first_fields_;  // by record
  Edges edges_;
};

}  // namespace

void VerifyScopes(Verifier& v) {
  Scopes(v).Run();
  VerifyDepth(v);
}

void VerifyOrder(Verifier& v) { v.Require(Graph(v.policy).IsSound(), "something hangs on itself"); }

}  // namespace cordon::model
