// Finds what facts and fields are compared with; see boundaries.h.
#include "boundaries.h"

#include <algorithm>
#include <optional>

namespace cordon::testing {
namespace {

using model::ExprId;
using model::ExprKind;
using model::TypeKind;

constexpr std::size_t kMostAlternatives = 8;
constexpr std::int64_t kDay = calendar::kMinutesPerDay;

bool IsTime(const model::Type& type) { return type.kind == TypeKind::kDate || type.kind == TypeKind::kDatetime; }

// Two times, or a time and nothing: the minutes from `minus` to `plus`.
struct Difference {
  Moment plus;
  Moment minus;
};

class Finder {
 public:
  Finder(const model::Policy& policy, std::map<Place, Turning>& all) : policy_(policy), all_(all) {}

  void Find(const model::Expr& expr) {
    switch (expr.kind) {
      case ExprKind::kLessEqual:
      case ExprKind::kLess:
      case ExprKind::kEqual:
        Compare(expr);
        return;
      case ExprKind::kMember:
        for (const Place& place : PlacesOf(expr.args[0])) all_[place].symbols.push_back(expr.leaves);
        return;
      case ExprKind::kConstant:
      case ExprKind::kFact:
      case ExprKind::kElement:
      case ExprKind::kField:
      case ExprKind::kDefine:
      case ExprKind::kToday:
      case ExprKind::kNow:
      case ExprKind::kNot:
      case ExprKind::kAnd:
      case ExprKind::kOr:
      case ExprKind::kShift:
      case ExprKind::kDifference:
      case ExprKind::kAdd:
      case ExprKind::kSubtract:
      case ExprKind::kMultiply:
      case ExprKind::kGreatest:
      case ExprKind::kLeast:
      case ExprKind::kConditional:
      case ExprKind::kSome:
      case ExprKind::kCountAtLeast:
      case ExprKind::kFilter:
      case ExprKind::kIsKnown:
      case ExprKind::kIsNone:
      case ExprKind::kOutputIs:
        return;
    }
  }

 private:
  void Compare(const model::Expr& expr) {
    const ExprId left = expr.args[0];
    const ExprId right = expr.args[1];
    const model::Type& type = policy_.expr(left).type;
    if (IsTime(type)) return CompareTimes(left, right);
    if (type.kind == TypeKind::kDuration) CompareDifferences(left, right);
    if (type.kind == TypeKind::kDuration || type.kind == TypeKind::kInt || type.kind == TypeKind::kDecimal)
      return CompareNumbers(left, right);
    if (type.kind == TypeKind::kCategory) return CompareSymbols(left, right);
    if (type.kind == TypeKind::kText) CompareTexts(left, right);
  }

  // ---- what an expression leads to

  // The expression that a definition or a derived field stands for.
  std::optional<ExprId> Behind(const model::Expr& expr) const {
    if (expr.kind == ExprKind::kDefine) return policy_.defines[expr.define.index].value;
    if (expr.kind != ExprKind::kField) return std::nullopt;
    const ExprId derived = FieldOf(expr).derived;
    return derived.valid() ? std::optional(derived) : std::nullopt;
  }
  const model::Field& FieldOf(const model::Expr& expr) const {
    return policy_.records[policy_.expr(expr.args[0]).type.record.index].fields[expr.field.index];
  }

  // The expressions that it may come to, without definitions and conditionals.
  void Open(ExprId id, std::vector<ExprId>& plain) const {
    const model::Expr& expr = policy_.expr(id);
    if (plain.size() >= kMostAlternatives) return;
    if (const auto behind = Behind(expr)) {
      Open(*behind, plain);
    } else if (expr.kind == ExprKind::kConditional) {
      Open(expr.args[0], plain);
      Open(expr.args[2], plain);
    } else if (expr.kind == ExprKind::kGreatest || expr.kind == ExprKind::kLeast) {
      Open(expr.args[1], plain);
    } else {
      plain.push_back(id);
    }
  }
  std::vector<ExprId> Opened(ExprId id) const {
    std::vector<ExprId> plain;
    Open(id, plain);
    return plain;
  }

  std::optional<Place> PlaceOf(ExprId id) const {
    const model::Expr& expr = policy_.expr(id);
    if (expr.kind == ExprKind::kFact) return Place{expr.fact, {}, {}};
    if (expr.kind == ExprKind::kField) return Place{{}, policy_.expr(expr.args[0]).type.record, expr.field};
    if (expr.kind != ExprKind::kElement) return std::nullopt;
    const auto bound = list_of_.find(expr.variable);
    return bound == list_of_.end() ? std::nullopt : std::optional(Place{bound->second, {}, {}});
  }
  std::vector<Place> PlacesOf(ExprId id) const {
    std::vector<Place> places;
    for (ExprId plain : Opened(id)) {
      if (const auto place = PlaceOf(plain)) places.push_back(*place);
    }
    return places;
  }

  std::vector<Moment> Moments(ExprId id) const {
    std::vector<Moment> moments;
    for (ExprId plain : Opened(id)) {
      const model::Expr& expr = policy_.expr(plain);
      if (expr.kind == ExprKind::kShift) {
        for (Moment& moment : Moments(expr.args[0])) {
          moment.moves.insert(moment.moves.begin(), {expr.period, expr.direction});
          moments.push_back(std::move(moment));
        }
        continue;
      }
      Moment moment;
      moment.is_date = expr.type.kind == TypeKind::kDate;
      if (expr.kind == ExprKind::kToday) {
        moment.base = Moment::Base::kToday;
      } else if (expr.kind == ExprKind::kNow) {
        moment.base = Moment::Base::kNow;
      } else if (expr.kind == ExprKind::kConstant) {
        moment.constant = expr.value.number * (moment.is_date ? kDay : 1);
      } else if (const auto place = PlaceOf(plain)) {
        moment.base = Moment::Base::kPlace;
        moment.place = *place;
      } else {
        continue;
      }
      moments.push_back(std::move(moment));
    }
    return moments;
  }

  std::vector<Linear> Sums(ExprId id) const {
    std::vector<Linear> sums;
    for (ExprId plain : Opened(id)) {
      const model::Expr& expr = policy_.expr(plain);
      if (expr.kind == ExprKind::kConstant) {
        sums.push_back({{}, expr.value.number});
      } else if (expr.kind == ExprKind::kMultiply) {
        for (Linear& sum : Sums(expr.args[0])) sums.push_back(Added({}, sum, expr.value.number));
      } else if (expr.kind == ExprKind::kAdd || expr.kind == ExprKind::kSubtract) {
        for (const Linear& left : Sums(expr.args[0])) {
          for (const Linear& right : Sums(expr.args[1]))
            sums.push_back(Added(left, right, expr.kind == ExprKind::kAdd ? 1 : -1));
        }
      } else if (const auto place = PlaceOf(plain)) {
        sums.push_back({{{*place, 1}}, 0});
      }
    }
    return sums;
  }
  static Linear Added(Linear to, const Linear& more, std::int64_t times) {
    to.constant += times * more.constant;
    for (const auto& [place, part] : more.parts) to.parts[place] += times * part;
    return to;
  }

  // ---- comparisons

  void AddEdge(const Moment& of, const Moment& moment, std::int64_t minutes) {
    if (of.base != Moment::Base::kPlace) return;
    all_[of.place].times.push_back({moment, minutes, of.moves});
  }

  void CompareTimes(ExprId left, ExprId right) {
    for (const Moment& a : Moments(left)) {
      for (const Moment& b : Moments(right)) {
        AddEdge(a, b, 0);
        AddEdge(b, a, 0);
      }
    }
  }

  void CompareDifferences(ExprId left, ExprId right) {
    for (const auto& [one, other] : {std::pair(left, right), std::pair(right, left)}) {
      for (ExprId plain : Opened(one)) {
        const model::Expr& expr = policy_.expr(plain);
        if (expr.kind != ExprKind::kDifference) continue;
        for (const Linear& sum : Sums(other)) {
          for (const Moment& plus : Moments(expr.args[0])) {
            for (const Moment& minus : Moments(expr.args[1])) {
              AddEdge(plus, minus, sum.constant);
              AddEdge(minus, plus, -sum.constant);
            }
          }
        }
      }
    }
  }

  void CompareNumbers(ExprId left, ExprId right) {
    for (const Linear& a : Sums(left)) {
      for (const Linear& b : Sums(right)) {
        const Linear both = Added(a, b, -1);
        for (const auto& [place, times] : both.parts) {
          if (times == 0) continue;
          Linear rest = both;
          rest.parts.erase(place);
          all_[place].numbers.push_back({std::move(rest), times});
        }
      }
    }
  }

  void CompareSymbols(ExprId left, ExprId right) {
    for (const auto& [one, other] : {std::pair(left, right), std::pair(right, left)}) {
      for (const Place& place : PlacesOf(one)) {
        for (ExprId plain : Opened(other)) {
          const model::Expr& expr = policy_.expr(plain);
          if (expr.kind == ExprKind::kConstant && expr.value.kind == value::Kind::kSymbol) {
            const auto leaf = static_cast<std::size_t>(expr.value.number);
            all_[place].symbols.push_back({leaf});
            if (leaf > 0) all_[place].symbols.push_back({leaf - 1});
          } else if (const auto of = PlaceOf(plain)) {
            all_[place].alike.push_back(*of);
          }
        }
      }
    }
  }

  void CompareTexts(ExprId left, ExprId right) {
    for (const auto& [one, other] : {std::pair(left, right), std::pair(right, left)}) {
      for (const Place& place : PlacesOf(one)) {
        for (ExprId plain : Opened(other)) {
          const model::Expr& expr = policy_.expr(plain);
          if (expr.kind == ExprKind::kConstant) {
            all_[place].texts.push_back(expr.value.text);
          } else if (const auto of = PlaceOf(plain)) {
            all_[place].alike.push_back(*of);
          }
        }
      }
    }
  }

 public:
  // Which list of scalars each variable goes through.
  void Bind(model::VariableId variable, ExprId list) {
    ExprId at = list;
    for (;;) {
      const model::Expr& expr = policy_.expr(at);
      if (const auto behind = Behind(expr)) {
        at = *behind;
      } else if (expr.kind == ExprKind::kFilter) {
        at = expr.args[0];
      } else {
        const bool found = expr.kind == ExprKind::kFact && expr.type.kind == TypeKind::kList;
        if (found && !expr.type.record.valid()) list_of_[variable] = expr.fact;
        return;
      }
    }
  }

 private:
  const model::Policy& policy_;
  std::map<Place, Turning>& all_;
  std::map<model::VariableId, model::FactId> list_of_;
};

}  // namespace

Boundaries::Boundaries(const model::Policy& policy) {
  Finder finder(policy, all_);
  for (const model::Expr& expr : policy.exprs) {
    if (expr.variable.valid() && !expr.args.empty()) finder.Bind(expr.variable, expr.args[0]);
  }
  for (const model::Rule& rule : policy.rules) {
    if (rule.for_each) finder.Bind(rule.for_each->variable, rule.for_each->list);
  }
  for (const model::Expr& expr : policy.exprs) finder.Find(expr);
}

const Turning* Boundaries::Of(const Place& place) const {
  const auto found = all_.find(place);
  return found == all_.end() ? nullptr : &found->second;
}

std::int64_t Moved(std::int64_t minutes, bool is_date, const Move& move) {
  if (!is_date) return calendar::Shift(calendar::Datetime{minutes}, move.period, move.direction).minutes;
  std::int64_t day = minutes / kDay;
  if (minutes % kDay < 0) --day;
  return calendar::Shift(calendar::Date{day}, move.period, move.direction).days * kDay;
}

}  // namespace cordon::testing
