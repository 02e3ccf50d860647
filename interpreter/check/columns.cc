// Reads cells as sets of atoms; see columns.h. Tested by tests/golden/lints/tables.golden.
#include "check/columns.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "model/print.h"

namespace cordon::check {

namespace {

using model::ExprId;
using model::ExprKind;
using model::TypeKind;

std::string Printed(const model::Policy& policy, ExprId id, model::VariableId variable) {
  std::vector<model::VariableId> variables;
  if (variable.valid()) variables.push_back(variable);
  return model::PrintExpr(policy, id, variables);
}

std::int64_t DaysOf(std::int64_t minutes) {
  const std::int64_t days = minutes / calendar::kMinutesPerDay;
  return minutes % calendar::kMinutesPerDay < 0 ? days - 1 : days;
}

// How many days so many months are, at least and at most.
std::pair<std::int64_t, std::int64_t> DaysOfMonths(std::int64_t months) {
  const std::int64_t years = months / 12;
  const std::int64_t rest = months % 12;
  return {years * 365 + (rest == 0 ? 0 : rest * 30 - 2), years * 366 + rest * 31};
}

void PlaceMoment(ColumnPoint& point, bool in_days) {
  const std::int64_t unit = in_days ? 1 : calendar::kMinutesPerDay;
  if (point.period.is_calendar()) {
    const auto [least, most] = DaysOfMonths(point.period.months);
    point.low = unit * (point.direction < 0 ? -most : least);
    point.high = unit * (point.direction < 0 ? -least : most);
    return;
  }
  const std::int64_t minutes = point.period.minutes * point.direction;
  point.low = point.high = in_days ? DaysOf(minutes) : minutes;
}

// Reads conditions on one operand. Recursion is bounded by the depth of a typed condition.
class Reader {
 public:
  Reader(const model::Policy& policy, const Column& column, model::VariableId variable)
      : policy_(policy), column_(column), variable_(variable) {}

  // Adds what `id` compares the operand with to `points`. False where it tests anything else.
  bool Collect(ExprId id, std::vector<ColumnPoint>& points) const {
    const model::Expr& expr = policy_.expr(id);
    if (IsOperand(id)) return expr.type.kind == TypeKind::kBool && column_.kind == ColumnKind::kBool;
    switch (expr.kind) {
      case ExprKind::kConstant:
        return true;
      case ExprKind::kNot:
      case ExprKind::kAnd:
      case ExprKind::kOr:
        return std::all_of(expr.args.begin(), expr.args.end(), [&](ExprId arg) { return Collect(arg, points); });
      case ExprKind::kMember:
      case ExprKind::kIsNone:
        return IsOperand(expr.args[0]);
      case ExprKind::kSome:
        if (expr.args[1].valid()) return false;
        [[fallthrough]];
      case ExprKind::kCountAtLeast:
        points.push_back(CountPoint(expr));
        return IsOperand(expr.args[0]);
      case ExprKind::kLessEqual:
      case ExprKind::kLess:
      case ExprKind::kEqual:
        return CollectComparison(expr, points);
      case ExprKind::kFact:
      case ExprKind::kElement:
      case ExprKind::kField:
      case ExprKind::kDefine:
      case ExprKind::kToday:
      case ExprKind::kNow:
      case ExprKind::kShift:
      case ExprKind::kDifference:
      case ExprKind::kAdd:
      case ExprKind::kSubtract:
      case ExprKind::kMultiply:
      case ExprKind::kGreatest:
      case ExprKind::kLeast:
      case ExprKind::kConditional:
      case ExprKind::kFilter:
      case ExprKind::kIsKnown:
      case ExprKind::kOutputIs:
        break;
    }
    return false;
  }

  // The atoms for which `id` holds. REQUIRES: Collect took it, and its points are the column's.
  AtomSet Atoms(ExprId id) const {
    const model::Expr& expr = policy_.expr(id);
    if (IsOperand(id)) return {{1, 2}};
    const std::size_t size = column_.num_atoms;
    if (expr.kind == ExprKind::kConstant) return expr.value.number != 0 ? Complement({}, size) : AtomSet{};
    if (expr.kind == ExprKind::kNot) return Complement(Atoms(expr.args[0]), size);
    if (expr.kind == ExprKind::kAnd || expr.kind == ExprKind::kOr) {
      const bool all = expr.kind == ExprKind::kAnd;
      AtomSet set = all ? Complement({}, size) : AtomSet{};
      for (const ExprId arg : expr.args) set = all ? Intersection(set, Atoms(arg)) : Union(set, Atoms(arg));
      return set;
    }
    if (expr.kind == ExprKind::kIsNone) return {{size - 1, size}};
    if (expr.kind == ExprKind::kMember) return AtomsOfLeaves(expr.leaves);
    if (expr.kind == ExprKind::kSome || expr.kind == ExprKind::kCountAtLeast) {
      return {{AtomOfPoint(CountPoint(expr)), ValueAtoms()}};
    }
    return AtomsOfComparison(expr);
  }

 private:
  bool IsOperand(ExprId id) const { return Printed(policy_, id, variable_) == column_.key; }

  // The atoms but for `none`.
  std::size_t ValueAtoms() const { return column_.num_atoms - (column_.type.or_none ? 1 : 0); }

  static ColumnPoint CountPoint(const model::Expr& expr) {
    ColumnPoint point;
    point.value = value::Value::Int(expr.kind == ExprKind::kSome ? 1 : expr.count);
    point.low = point.high = point.value.number;
    return point;
  }

  bool CollectComparison(const model::Expr& expr, std::vector<ColumnPoint>& points) const {
    const bool left = IsOperand(expr.args[0]);
    if (left == IsOperand(expr.args[1])) return false;
    const std::optional<ColumnPoint> point = PointOf(expr.args[left ? 1 : 0]);
    if (!point) return false;
    if (column_.kind == ColumnKind::kOrdered || column_.kind == ColumnKind::kTexts) {
      if (point->value.kind != value::Kind::kNone || !point->anchor.empty()) points.push_back(*point);
      return true;
    }
    return point->anchor.empty();
  }

  // What `id`, the other side of a comparison, is.
  std::optional<ColumnPoint> PointOf(ExprId id) const {
    const model::Expr& expr = policy_.expr(id);
    ColumnPoint point;
    const bool operand_in_days = column_.type.kind == TypeKind::kDate;
    if (expr.kind == ExprKind::kConstant) {
      point.value = expr.value;
      point.low = expr.value.number;
      if (expr.value.kind == value::Kind::kDatetime && operand_in_days) {
        point.value = value::Value::OfDate(calendar::DayOf({expr.value.number}));
        point.low = point.value.number;
      }
      point.high = point.low;
      return point;
    }
    if (column_.type.kind != TypeKind::kDate && column_.type.kind != TypeKind::kDatetime) return std::nullopt;
    ExprId anchor = id;
    if (expr.kind == ExprKind::kShift) {
      anchor = expr.args[0];
      point.period = expr.period;
      point.direction = expr.direction;
    }
    point.anchor = Printed(policy_, anchor, variable_);
    PlaceMoment(point, operand_in_days || policy_.expr(anchor).type.kind == TypeKind::kDate);
    return point;
  }

  std::size_t AtomOfPoint(const ColumnPoint& point) const {
    std::size_t index = 0;
    while (column_.points[index].low != point.low || column_.points[index].value.text != point.value.text) ++index;
    return column_.kind == ColumnKind::kTexts ? index : 2 * index + 1;
  }

  static AtomSet AtomsOfLeaves(const std::vector<std::size_t>& leaves) {
    AtomSet set;
    for (const std::size_t leaf : leaves) {
      if (!set.empty() && set.back().end == leaf) {
        ++set.back().end;
      } else {
        set.push_back({leaf, leaf + 1});
      }
    }
    return set;
  }

  AtomSet AtomsOfComparison(const model::Expr& expr) const {
    const bool left = IsOperand(expr.args[0]);
    const ColumnPoint point = *PointOf(expr.args[left ? 1 : 0]);
    if (point.anchor.empty() && point.value.kind == value::Kind::kNone) {
      return {{column_.num_atoms - 1, column_.num_atoms}};
    }
    const bool at_points = column_.kind == ColumnKind::kOrdered || column_.kind == ColumnKind::kTexts;
    const std::size_t atom = at_points ? AtomOfPoint(point) : static_cast<std::size_t>(point.value.number);
    if (expr.kind == ExprKind::kEqual) return {{atom, atom + 1}};
    const bool also = expr.kind == ExprKind::kLessEqual;
    const AtomRange range = left ? AtomRange{0, atom + (also ? 1 : 0)} : AtomRange{atom + (also ? 0 : 1), ValueAtoms()};
    return range.begin < range.end ? AtomSet{range} : AtomSet{};
  }

  const model::Policy& policy_;
  const Column& column_;
  model::VariableId variable_;
};

std::optional<ColumnKind> KindOf(const model::Type& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return ColumnKind::kBool;
    case TypeKind::kCategory:
      return ColumnKind::kSymbols;
    case TypeKind::kText:
      return ColumnKind::kTexts;
    case TypeKind::kInt:
    case TypeKind::kDecimal:
    case TypeKind::kDate:
    case TypeKind::kDatetime:
    case TypeKind::kDuration:
    case TypeKind::kList:
      return ColumnKind::kOrdered;
    case TypeKind::kPeriod:
    case TypeKind::kRecord:
    case TypeKind::kGroup:
      break;
  }
  return std::nullopt;
}

bool SamePlace(const ColumnPoint& a, const ColumnPoint& b) {
  return a.anchor == b.anchor && a.low == b.low && a.high == b.high && a.value == b.value;
}

// Sorts the points. False where the order of two is not fixed, or they are counted from different things.
bool SortPoints(std::vector<ColumnPoint>& points) {
  std::sort(points.begin(), points.end(), [](const ColumnPoint& a, const ColumnPoint& b) {
    return std::tie(a.low, a.high, a.value.text) < std::tie(b.low, b.high, b.value.text);
  });
  points.erase(std::unique(points.begin(), points.end(), SamePlace), points.end());
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].anchor != points[0].anchor || points[i].value.kind != points[0].value.kind) return false;
    if (points[i].value.kind != value::Kind::kText && points[i].low <= points[i - 1].high) return false;
  }
  return true;
}

// The atoms of the column, and those of them between two points that have nothing between them.
void CutDomain(const model::Policy& policy, Column& column) {
  const std::size_t num_points = column.points.size();
  switch (column.kind) {
    case ColumnKind::kBool:
      column.num_atoms = 2;
      break;
    case ColumnKind::kSymbols:
      column.num_atoms = policy.categories[column.type.category.index].leaves.size();
      break;
    case ColumnKind::kTexts:
      column.num_atoms = num_points + 1;
      break;
    case ColumnKind::kOrdered:
      column.num_atoms = 2 * num_points + 1;
      break;
  }
  if (column.type.or_none) ++column.num_atoms;
  column.domain = Complement({}, column.num_atoms);
  if (column.kind != ColumnKind::kOrdered) return;
  AtomSet nothing;
  for (std::size_t i = 1; i < num_points; ++i) {
    if (column.points[i].low == column.points[i - 1].high + 1) nothing.push_back({2 * i, 2 * i + 1});
  }
  const bool from_zero = column.type.kind == TypeKind::kList || column.not_negative;
  if (from_zero && num_points > 0 && column.points[0].low <= 0) nothing = Union(nothing, {{0, 1}});
  column.domain = Complement(nothing, column.num_atoms);
}

// Whether the operand is a record's length of time between two of its dates, which the record requires to be in order.
bool IsOrderedLength(const model::Policy& policy, ExprId operand) {
  const model::Expr& expr = policy.expr(operand);
  if (expr.kind != ExprKind::kField) return false;
  const model::Record& record = policy.records[policy.expr(expr.args[0]).type.record.index];
  const ExprId derived = record.fields[expr.field.index].derived;
  if (!derived.valid() || policy.expr(derived).kind != ExprKind::kDifference) return false;
  const std::vector<ExprId>& dates = policy.expr(derived).args;
  return std::any_of(record.requires_.begin(), record.requires_.end(), [&](const model::Require& require) {
    const model::Expr& order = policy.expr(require.condition);
    if (order.kind != ExprKind::kLess && order.kind != ExprKind::kLessEqual) return false;
    return Printed(policy, order.args[0], record.self) == Printed(policy, dates[1], record.self) &&
           Printed(policy, order.args[1], record.self) == Printed(policy, dates[0], record.self);
  });
}

std::string LeafName(const model::Policy& policy, const Column& column, std::size_t leaf) {
  const model::Category& category = policy.categories[column.type.category.index];
  return category.nodes[category.leaves[leaf]].name;
}

std::string DescribeLeaves(const model::Policy& policy, const Column& column, const AtomSet& set) {
  constexpr std::size_t kMostNames = 6;
  std::string names;
  std::size_t count = 0;
  for (const AtomRange& range : set) {
    for (std::size_t leaf = range.begin; leaf < range.end; ++leaf) {
      if (++count <= kMostNames) names += (count == 1 ? "" : ", ") + LeafName(policy, column, leaf);
    }
  }
  if (count == 1) return names;
  return "in { " + names + (count > kMostNames ? ", …" : "") + " }";
}

// The period of a point as length of time, `6 months`; days for what counts in days.
std::string LengthOf(const ColumnPoint& point) { return calendar::Format(point.period); }

std::string PointText(const model::Policy& policy, const Column& column, const ColumnPoint& point) {
  if (point.anchor.empty()) return model::PrintValue(policy, point.value, column.type);
  const std::string anchor =
      point.anchor.substr(0, 2) == "x1" ? point.anchor.substr(point.anchor.find('.') + 1) : point.anchor;
  if (point.direction == 0) return anchor;
  return anchor + (point.direction < 0 ? " - " : " + ") + LengthOf(point);
}

bool IsAnchorItself(const ColumnPoint& point) { return point.direction == 0 || point.period == calendar::Period{}; }

// `range` of a column counted from today, in the words of a phrase of time, where there are such words.
std::optional<std::string> DescribeAgo(const Column& column, const AtomRange& range) {
  if (column.points[0].anchor != "today") return std::nullopt;
  const std::size_t last = 2 * column.points.size();
  const auto point = [&](std::size_t atom) -> const ColumnPoint& { return column.points[(atom - 1) / 2]; };
  const bool from_start = range.begin == 0;
  const std::size_t top = range.end - 1;  // the last atom
  if (from_start && top % 2 == 0 && top < last && point(top + 1).direction < 0) {
    return "more than " + LengthOf(point(top + 1)) + " ago";
  }
  if (from_start && top % 2 == 1 && point(top).direction < 0) return "at least " + LengthOf(point(top)) + " ago";
  if (from_start || top % 2 == 0 || !IsAnchorItself(point(top))) return std::nullopt;
  if (range.begin % 2 == 1 && point(range.begin).direction < 0)
    return "within the last " + LengthOf(point(range.begin));
  if (range.begin % 2 == 0 && point(range.begin - 1).direction < 0) {
    return "less than " + LengthOf(point(range.begin - 1)) + " ago";
  }
  return std::nullopt;
}

std::string DescribeRange(const model::Policy& policy, const Column& column, const AtomRange& range) {
  if (const auto ago = DescribeAgo(column, range)) return *ago;
  const auto text = [&](std::size_t atom) { return PointText(policy, column, column.points[(atom - 1) / 2]); };
  if (range.end == range.begin + 1 && range.begin % 2 == 1) return "= " + text(range.begin);
  std::string low;
  std::string high;
  if (range.begin > 0) low = range.begin % 2 == 1 ? ">= " + text(range.begin) : "> " + text(range.begin - 1);
  const std::size_t top = range.end - 1;
  if (top < 2 * column.points.size()) high = top % 2 == 1 ? "<= " + text(top) : "< " + text(top + 1);
  return low + (low.empty() || high.empty() ? "" : " and ") + high;
}

// The first stretch of `values` as a person sees it: atoms that cannot occur neither end nor interrupt it.
AtomRange FirstStretch(const Column& column, const AtomSet& values) {
  AtomRange range = values[0];
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (!Disjoint(column.domain, {{range.end, values[i].begin}})) break;
    range.end = values[i].end;
  }
  if (Disjoint(column.domain, {{0, range.begin}})) range.begin = 0;
  const std::size_t end = 2 * column.points.size() + 1;
  const bool counted = !column.points.empty() && column.points[0].anchor == "today";
  if (!counted && Disjoint(column.domain, {{range.end, end}})) range.end = end;
  return range;
}

}  // namespace

ExprId FindOperand(const model::Policy& policy, ExprId condition, const Span& heading) {
  std::vector<ExprId> open = {condition};
  while (!open.empty()) {
    const ExprId id = open.back();
    open.pop_back();
    if (!id.valid()) continue;
    const model::Expr& expr = policy.expr(id);
    const Span& span = expr.span;
    if (span.source == heading.source && heading.begin <= span.begin && span.end <= heading.end) return id;
    open.insert(open.end(), expr.args.rbegin(), expr.args.rend());
  }
  return {};
}

std::optional<Column> MakeColumn(const model::Policy& policy, const ColumnTest& operand,
                                 const std::vector<ColumnTest>& tests, const std::vector<ColumnTest>& limits) {
  Column column;
  column.key = Printed(policy, operand.condition, operand.variable);
  column.type = policy.expr(operand.condition).type;
  const std::optional<ColumnKind> kind = KindOf(column.type);
  if (!kind || column.key.find("…") != std::string::npos) return std::nullopt;
  column.kind = *kind;
  column.not_negative = IsOrderedLength(policy, operand.condition);
  for (const ColumnTest& test : tests) {
    if (!Reader(policy, column, test.variable).Collect(test.condition, column.points)) return std::nullopt;
  }
  std::vector<ColumnTest> fitting;
  for (const ColumnTest& limit : limits) {
    std::vector<ColumnPoint> points = column.points;
    if (!Reader(policy, column, limit.variable).Collect(limit.condition, points) || !SortPoints(points)) continue;
    column.points = std::move(points);
    fitting.push_back(limit);
  }
  if (!SortPoints(column.points)) return std::nullopt;
  CutDomain(policy, column);
  for (const ColumnTest& limit : fitting) {
    column.domain = Intersection(column.domain, AtomsOf(policy, column, limit));
  }
  return column;
}

AtomSet AtomsOf(const model::Policy& policy, const Column& column, const ColumnTest& test) {
  return Reader(policy, column, test.variable).Atoms(test.condition);
}

std::string DescribeAtoms(const model::Policy& policy, const Column& column, const AtomSet& set) {
  if (set == column.domain) return "any";
  const bool has_none = column.type.or_none && set.back().end == column.num_atoms;
  const AtomSet values = Intersection(set, {{0, column.num_atoms - (column.type.or_none ? 1 : 0)}});
  if (values.empty()) return "is none";
  std::string text;
  switch (column.kind) {
    case ColumnKind::kBool:
      text = values == AtomSet{{0, 2}} ? "is not none" : values[0].begin == 1 ? "yes" : "no";
      break;
    case ColumnKind::kSymbols:
      text = DescribeLeaves(policy, column, values);
      break;
    case ColumnKind::kTexts:
      text = values[0].begin < column.points.size()
                 ? model::PrintValue(policy, column.points[values[0].begin].value, column.type)
                 : "any other text";
      break;
    case ColumnKind::kOrdered:
      text = column.points.empty() ? "is not none" : DescribeRange(policy, column, FirstStretch(column, values));
      break;
  }
  return has_none ? text + " or none" : text;
}

}  // namespace cordon::check
