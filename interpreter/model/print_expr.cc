// Types, values and expressions as text; see print.h.
#include "calendar/calendar.h"
#include "model/print.h"
#include "value/format.h"

namespace cordon::model {

namespace {

constexpr std::size_t kDeepest = 60;

std::string Quoted(const std::string& text) { return "\"" + text + "\""; }

const CategoryNode& LeafNode(const Policy& policy, CategoryId id, std::size_t leaf) {
  const Category& category = policy.categories[id.index];
  return category.nodes[category.leaves[leaf]];
}

struct Printer {
  const Policy& policy;
  std::vector<VariableId>& variables;
  std::size_t depth = 0;

  std::string Arg(const Expr& expr, std::size_t i) { return Of(expr.args[i]); }
  std::string Joined(const Expr& expr, const char* separator) {
    std::string text;
    for (std::size_t i = 0; i < expr.args.size(); ++i) text += (i == 0 ? "" : separator) + Arg(expr, i);
    return "(" + text + ")";
  }
  std::string Infix(const Expr& expr, const char* op) { return Joined(expr, op); }

  std::string Variable(VariableId id) {
    std::size_t place = 0;
    while (place < variables.size() && variables[place] != id) ++place;
    if (place == variables.size()) variables.push_back(id);
    return "x" + std::to_string(place + 1);
  }

  std::string Member(const Expr& expr) {
    const CategoryId category = policy.expr(expr.args[0]).type.category;
    std::string text = "(" + Arg(expr, 0) + " in {";
    for (std::size_t i = 0; i < expr.leaves.size(); ++i) {
      text += (i == 0 ? " " : ", ") + LeafNode(policy, category, expr.leaves[i]).name;
    }
    return text + " })";
  }

  std::string OutputIs(const Expr& expr) {
    const Output& output = policy.outputs[expr.output.index];
    const std::string name = policy.protocols[output.protocol.index].name + "." + output.name;
    switch (expr.test) {
      case OutputTest::kValue:
        return "(" + name + " is " + PrintValue(policy, expr.value, output.type) + ")";
      case OutputTest::kAtLeast:
        return "(" + name + " is at least " + PrintValue(policy, expr.value, output.type) + ")";
      case OutputTest::kJudgement:
        return "(" + name + " is judgement)";
      case OutputTest::kNotCovered:
        return "(" + name + " is not covered)";
      case OutputTest::kConflict:
        return "(" + name + " is conflict)";
    }
    return name;
  }

  std::string Some(const Expr& expr) {
    if (!expr.args[1].valid()) return "(" + Arg(expr, 0) + " is not empty)";
    const std::string variable = Variable(expr.variable);
    return "(some " + variable + " in " + Arg(expr, 0) + " has " + Arg(expr, 1) + ")";
  }

  std::string Extreme(const Expr& expr) {
    const std::string variable = Variable(expr.variable);
    return std::string(expr.kind == ExprKind::kGreatest ? "(greatest " : "(least ") + Arg(expr, 1) + " over " +
           variable + " in " + Arg(expr, 0) + ")";
  }

  std::string Kind(const Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kConstant:
        return PrintValue(policy, expr.value, expr.type);
      case ExprKind::kFact:
        return policy.facts[expr.fact.index].name;
      case ExprKind::kElement:
        return Variable(expr.variable);
      case ExprKind::kField: {
        const RecordId record = policy.expr(expr.args[0]).type.record;
        return Arg(expr, 0) + "." + policy.records[record.index].fields[expr.field.index].name;
      }
      case ExprKind::kDefine:
        return policy.defines[expr.define.index].name;
      case ExprKind::kToday:
        return "today";
      case ExprKind::kNow:
        return "now";
      case ExprKind::kNot:
        return "(not " + Arg(expr, 0) + ")";
      case ExprKind::kAnd:
        return Infix(expr, " and ");
      case ExprKind::kOr:
        return Infix(expr, " or ");
      case ExprKind::kLessEqual:
        return Infix(expr, " <= ");
      case ExprKind::kLess:
        return Infix(expr, " < ");
      case ExprKind::kEqual:
        return Infix(expr, " = ");
      case ExprKind::kMember:
        return Member(expr);
      case ExprKind::kShift:
        return "(" + Arg(expr, 0) + (expr.direction < 0 ? " - " : " + ") + calendar::Format(expr.period) + ")";
      case ExprKind::kDifference:
      case ExprKind::kSubtract:
        return Infix(expr, " - ");
      case ExprKind::kAdd:
        return Infix(expr, " + ");
      case ExprKind::kMultiply:
        return "(" + Arg(expr, 0) + " * " + PrintValue(policy, expr.value, expr.type) + ")";
      case ExprKind::kGreatest:
      case ExprKind::kLeast:
        return Extreme(expr);
      case ExprKind::kConditional:
        return "(" + Arg(expr, 0) + " when " + Arg(expr, 1) + ", otherwise " + Arg(expr, 2) + ")";
      case ExprKind::kSome:
        return Some(expr);
      case ExprKind::kCountAtLeast:
        return "(count(" + Arg(expr, 0) + ") >= " + std::to_string(expr.count) + ")";
      case ExprKind::kFilter: {
        const std::string variable = Variable(expr.variable);
        return "(" + variable + " of " + Arg(expr, 0) + " where " + Arg(expr, 1) + ")";
      }
      case ExprKind::kIsKnown:
        return "(" + Arg(expr, 0) + " is known)";
      case ExprKind::kIsNone:
        return "(" + Arg(expr, 0) + " is none)";
      case ExprKind::kOutputIs:
        return OutputIs(expr);
    }
    return {};
  }

  std::string Of(ExprId id) {
    if (!id.valid()) return "nothing";
    if (depth >= kDeepest) return "…";
    ++depth;
    std::string text = Kind(policy.expr(id));
    --depth;
    return text;
  }
};

}  // namespace

std::string PrintType(const Policy& policy, const Type& type) {
  Type element = type;
  element.kind = type.kind == TypeKind::kList ? type.element : type.kind;
  std::string text;
  switch (element.kind) {
    case TypeKind::kBool:
      text = "bool";
      break;
    case TypeKind::kInt:
      text = "int";
      break;
    case TypeKind::kDecimal:
      text = "decimal";
      break;
    case TypeKind::kText:
      text = "text";
      break;
    case TypeKind::kDate:
      text = "date";
      break;
    case TypeKind::kDatetime:
      text = "datetime";
      break;
    case TypeKind::kDuration:
      text = "duration";
      break;
    case TypeKind::kPeriod:
      text = "period";
      break;
    case TypeKind::kCategory:
      text = policy.categories[type.category.index].name;
      break;
    case TypeKind::kRecord:
      text = policy.records[type.record.index].name;
      break;
    case TypeKind::kGroup:
      text = "Group";
      break;
    case TypeKind::kList:
      text = "list";
      break;
  }
  if (type.kind == TypeKind::kList) text = "list of " + text;
  return type.or_none ? text + " or none" : text;
}

std::string PrintValue(const Policy& policy, const value::Value& value, const Type& type) {
  if (value.kind == value::Kind::kText) return Quoted(value.text);
  if (value.kind == value::Kind::kSymbol && type.category.valid()) {
    return LeafNode(policy, type.category, static_cast<std::size_t>(value.number)).path;
  }
  return value::Format(value);
}

std::string PrintExpr(const Policy& policy, ExprId id, std::vector<VariableId>& variables) {
  return Printer{policy, variables}.Of(id);
}

std::string PrintExpr(const Policy& policy, ExprId id) {
  std::vector<VariableId> variables;
  return PrintExpr(policy, id, variables);
}

}  // namespace cordon::model
