// The small steps of each kind of expression; see expr_steps.h. Tested by tests/unit/mutants_test.cc.
#include "analyse/expr_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "analyse/neighbours.h"
#include "model/print.h"
#include "support/text.h"

namespace cordon::analyse {
namespace {

using diagnostics::Span;
using model::Expr;
using model::ExprId;
using model::ExprKind;

struct Words {
  std::string_view from;
  std::string_view to;
};
// How strict and other comparisons are written.
constexpr Words kStrictToOther[] = {{"<", "<="}, {">", ">="}, {"less than", "at most"}, {"more than", "at least"}};
constexpr Words kOtherToStrict[] = {{"<=", "<"}, {">=", ">"}, {"at most", "less than"}, {"at least", "more than"}};
constexpr Words kNegations[] = {{"not", ""}, {"no", "some"}, {"!=", "="}, {"is empty", "is not empty"}};

// The units of calendar lengths, and of others.
struct Unit {
  std::string_view name;
  bool calendar = false;
  std::int64_t months = 1;
  std::int64_t minutes = 1;
};
constexpr Unit kUnits[] = {{"year", true, 12, 1},      {"month", true, 1, 1},  {"week", false, 1, 7 * 24 * 60},
                           {"day", false, 1, 24 * 60}, {"hour", false, 1, 60}, {"minute", false, 1, 1}};

std::string InUnit(const calendar::Period& period, const Unit& unit) {
  const std::int64_t count = unit.calendar ? period.months / unit.months : period.minutes / unit.minutes;
  return fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s");
}

class Stepper {
 public:
  Stepper(const model::Policy& policy, const Phrases& phrases, const ExprPlace& place)
      : policy_(policy),
        phrases_(phrases),
        id_(place.id),
        parent_(place.parent),
        settings_(place.settings),
        expr_(policy.expr(place.id)) {
    for (const ExprId arg : expr_.args) {
      if (arg.valid() && !(policy.expr(arg).span == expr_.span)) parts_.push_back(policy.expr(arg).span);
    }
  }

  std::vector<ExprStep> Steps() {
    switch (expr_.kind) {
      case ExprKind::kLess:
      case ExprKind::kLessEqual:
        Strictness();
        break;
      case ExprKind::kConstant:
        Constant();
        break;
      case ExprKind::kShift:
        Shift();
        break;
      case ExprKind::kNot:
        Negation();
        break;
      case ExprKind::kAnd:
      case ExprKind::kOr:
        Junction();
        break;
      case ExprKind::kSome:
        SomeToEvery();
        break;
      case ExprKind::kFilter:
        Filter();
        break;
      case ExprKind::kCountAtLeast:
        Count();
        break;
      case ExprKind::kMember:
        Membership();
        break;
      case ExprKind::kGreatest:
      case ExprKind::kLeast:
        Extreme();
        break;
      case ExprKind::kMultiply:
        Factor();
        break;
      case ExprKind::kConditional:
        Choice();
        break;
      case ExprKind::kOutputIs:
        OutputIs();
        break;
      case ExprKind::kFact:
      case ExprKind::kElement:
      case ExprKind::kField:
      case ExprKind::kDefine:
      case ExprKind::kToday:
      case ExprKind::kNow:
      case ExprKind::kEqual:
      case ExprKind::kDifference:
      case ExprKind::kAdd:
      case ExprKind::kSubtract:
      case ExprKind::kIsKnown:
      case ExprKind::kIsNone:
        break;
    }
    return std::move(steps_);
  }

 private:
  // ---- what is said of a step

  struct Said {
    std::string old_text;
    std::string new_text;
  };

  // An argument as the policy writes it; where it is only meant, as a dump shows it.
  std::string Operand(ExprId id) const {
    const Expr& arg = policy_.expr(id);
    const bool meant = arg.span == expr_.span || arg.kind == ExprKind::kToday || arg.kind == ExprKind::kNow;
    std::string text = meant ? std::string() : phrases_.Of(arg.span);
    return text.empty() ? model::PrintExpr(policy_, id) : text;
  }

  std::string Own() const {
    std::string text = phrases_.Of(expr_.span);
    return text.empty() ? model::PrintExpr(policy_, id_) : text;
  }

  template <typename List>
  std::optional<Said> Reworded(const List& words) const {
    for (const Words& one : words) {
      if (auto text = phrases_.WithWord(expr_.span, parts_, one.from, one.to)) return Said{Own(), std::move(*text)};
    }
    return std::nullopt;
  }
  std::optional<Said> Reworded(std::string_view from, std::string_view to) const {
    const Words one[] = {{from, to}};
    return Reworded(one);
  }

  // A length as the policy may write it: `7 days` for `1 week`.
  Said Exchanged(const calendar::Period& before, const calendar::Period& after) const {
    for (const Unit& unit : kUnits) {
      if (before.months % unit.months != 0 || before.minutes % unit.minutes != 0) continue;
      if (before.is_calendar() != unit.calendar) continue;
      const bool divides = after.months % unit.months == 0 && after.minutes % unit.minutes == 0;
      const std::string now = divides ? InUnit(after, unit) : calendar::Format(after);
      if (auto said = Reworded(InUnit(before, unit), now)) return *said;
    }
    return Exchanged(calendar::Format(before), calendar::Format(after));
  }

  // `old_value` and `new_value` where the policy writes them out, else both behind the phrase.
  Said Exchanged(const std::string& old_value, const std::string& new_value) const {
    if (auto said = Reworded(old_value, new_value)) return *said;
    return {Own(), fmt::format("{}, with {} for {}", Own(), new_value, old_value)};
  }

  void Add(MutantKind kind, Said said, Expr now, std::vector<Expr> before = {}) {
    steps_.push_back({kind,
                      std::move(said.old_text),
                      std::move(said.new_text),
                      expr_.span,
                      {id_, std::move(before), std::move(now)}});
  }

  // ---- new expressions, which stand before this one

  // The id of the number `i` of those put before.
  ExprId Before(std::size_t i) const { return ExprId(id_.index + i); }
  Expr Bool(ExprKind kind, std::vector<ExprId> args) const {
    Expr expr;
    expr.kind = kind;
    expr.type.kind = model::TypeKind::kBool;
    expr.span = expr_.span;
    expr.args = std::move(args);
    return expr;
  }
  Expr Not(ExprId condition) const { return Bool(ExprKind::kNot, {condition}); }

  // ---- steps

  void Strictness() {
    Expr now = expr_;
    const bool strict = expr_.kind == ExprKind::kLess;
    now.kind = strict ? ExprKind::kLessEqual : ExprKind::kLess;
    std::optional<Said> said = strict ? Reworded(kStrictToOther) : Reworded(kOtherToStrict);
    if (!said) {
      const std::string left = Operand(expr_.args[0]);
      const std::string right = Operand(expr_.args[1]);
      said = Said{fmt::format("{} {} {}", left, strict ? "<" : "<=", right),
                  fmt::format("{} {} {}", left, strict ? "<=" : "<", right)};
    }
    Add(MutantKind::kStrictness, std::move(*said), std::move(now));
  }

  void Constant() {
    const std::string written = phrases_.Of(expr_.span);
    const bool is_bool = expr_.type.kind == model::TypeKind::kBool;
    if (is_bool && (!parent_.valid() || (written != "yes" && written != "no"))) return;
    const Expr* parent = parent_.valid() ? &policy_.expr(parent_) : nullptr;
    const bool compared =
        parent != nullptr && (parent->kind == ExprKind::kLess || parent->kind == ExprKind::kLessEqual);
    for (value::Value& next : Neighbours(policy_, expr_.value, expr_.type)) {
      const std::string text = model::PrintValue(policy_, next, expr_.type);
      Said said{Own(), text};
      const auto around = parent == nullptr ? std::nullopt : phrases_.With(parent->span, expr_.span, text);
      if (around && !(parent->span == expr_.span)) {
        said = {phrases_.Of(parent->span), *around};
      } else if (around) {
        said = Exchanged(model::PrintValue(policy_, expr_.value, expr_.type), text);
      }
      Expr now = expr_;
      now.value = std::move(next);
      Add(compared ? MutantKind::kBoundary : MutantKind::kConstant, std::move(said), std::move(now));
    }
  }

  void Shift() {
    for (const calendar::Period& next : Neighbours(expr_.period)) {
      Expr now = expr_;
      now.period = next;
      Add(MutantKind::kBoundary, Exchanged(expr_.period, next), std::move(now));
    }
  }

  // Of a whole condition the rule's part is negated.
  void Negation() {
    const ExprId inner = expr_.args[0];
    const Expr& some = policy_.expr(inner);
    if (some.kind == ExprKind::kSome && some.args[1].valid() && policy_.expr(some.args[1]).kind == ExprKind::kNot) {
      if (auto said = Reworded("every", "some")) {
        Expr now = some;
        now.args[1] = policy_.expr(some.args[1]).args[0];
        Add(MutantKind::kQuantifier, std::move(*said), std::move(now));
        return;
      }
    }
    if (!parent_.valid()) return;
    std::optional<Said> said = Reworded(kNegations);
    if (!said) said = Said{fmt::format("not {}", Operand(inner)), Operand(inner)};
    Add(MutantKind::kNegation, std::move(*said), some);
  }

  void Junction() {
    const bool all = expr_.kind == ExprKind::kAnd;
    const std::string_view word = all ? "and" : "or";
    std::optional<Said> swapped = Reworded(word, all ? "or" : "and");
    if (expr_.args.size() < 2 || !swapped) return;
    Expr now = expr_;
    now.kind = all ? ExprKind::kOr : ExprKind::kAnd;
    Add(MutantKind::kAndOr, std::move(*swapped), std::move(now));
    for (std::size_t i = 0; i < expr_.args.size(); ++i) {
      std::vector<std::string> texts;
      for (std::size_t j = 0; j < expr_.args.size(); ++j) {
        if (j != i) texts.push_back(Operand(expr_.args[j]));
      }
      Expr rest = expr_;
      rest.args.erase(rest.args.begin() + static_cast<std::ptrdiff_t>(i));
      if (rest.args.size() == 1) rest = policy_.expr(rest.args[0]);
      Add(MutantKind::kDropped, {Own(), support::Join(texts, fmt::format(" {} ", word))}, std::move(rest));
    }
  }

  void SomeToEvery() {
    const auto said = Reworded("some", "every");
    if (!said || !expr_.args[1].valid()) return;
    Expr some = expr_;
    some.args[1] = Before(0);
    Add(MutantKind::kQuantifier, *said, Not(Before(1)), {Not(expr_.args[1]), std::move(some)});
  }

  void Filter() {
    Expr yes = Bool(ExprKind::kConstant, {});
    yes.value = value::Value::Bool(true);
    Expr now = expr_;
    now.args[1] = Before(0);
    Add(MutantKind::kDropped, {Own(), Operand(expr_.args[0])}, std::move(now), {std::move(yes)});
  }

  void Count() {
    for (const std::int64_t step : {-1, 1}) {
      Expr now = expr_;
      now.count += step;
      if (now.count < 1) continue;
      const std::string list = Operand(expr_.args[0]);
      Add(MutantKind::kCount,
          {fmt::format("count({}) >= {}", list, expr_.count), fmt::format("count({}) >= {}", list, now.count)},
          std::move(now));
    }
  }

  void Member(std::vector<std::size_t> leaves, std::size_t leaf, std::string_view how) {
    const model::Category& category = policy_.categories[policy_.expr(expr_.args[0]).type.category.index];
    Expr now = expr_;
    now.leaves = std::move(leaves);
    Add(MutantKind::kMembership,
        {Own(), fmt::format("{}, {} {}", Own(), how, category.nodes[category.leaves[leaf]].name)}, std::move(now));
  }

  // Leaves of the setting that no protocol in question has do not matter.
  bool Matters(std::size_t leaf) const {
    const Expr& symbol = policy_.expr(expr_.args[0]);
    if (settings_.empty() || symbol.kind != ExprKind::kFact || symbol.fact != policy_.setting) return true;
    return std::binary_search(settings_.begin(), settings_.end(), leaf);
  }

  // Of a scale both ends move. Of other categories the last leaf is left out, and the next one taken in.
  void Membership() {
    const model::Category& category = policy_.categories[policy_.expr(expr_.args[0]).type.category.index];
    std::vector<std::size_t> inside;
    std::vector<std::size_t> outside;
    for (std::size_t leaf = 0; leaf < category.leaves.size(); ++leaf) {
      const bool in = std::binary_search(expr_.leaves.begin(), expr_.leaves.end(), leaf);
      if (Matters(leaf)) (in ? inside : outside).push_back(leaf);
    }
    if (inside.size() > 1 && category.is_scale) Without(inside.front());
    if (inside.size() > 1) Without(inside.back());
    if (inside.empty() || outside.empty()) return;
    const auto next = std::upper_bound(outside.begin(), outside.end(), inside.back());
    const auto before = std::lower_bound(outside.begin(), outside.end(), inside.front());
    if (next != outside.end()) With(*next);
    if (before != outside.begin() && (category.is_scale || next == outside.end())) With(*(before - 1));
  }

  void Without(std::size_t leaf) {
    std::vector<std::size_t> leaves = expr_.leaves;
    leaves.erase(std::find(leaves.begin(), leaves.end(), leaf));
    Member(std::move(leaves), leaf, "without");
  }

  void With(std::size_t leaf) {
    std::vector<std::size_t> leaves = expr_.leaves;
    leaves.insert(std::upper_bound(leaves.begin(), leaves.end(), leaf), leaf);
    Member(std::move(leaves), leaf, "and");
  }

  void Extreme() {
    Expr now = expr_;
    const bool greatest = expr_.kind == ExprKind::kGreatest;
    now.kind = greatest ? ExprKind::kLeast : ExprKind::kGreatest;
    std::optional<Said> said = greatest ? Reworded("latest", "earliest") : Reworded("earliest", "latest");
    if (!said) {
      const std::string list = Operand(expr_.args[0]);
      said = Said{fmt::format("{} of {}", greatest ? "greatest" : "least", list),
                  fmt::format("{} of {}", greatest ? "least" : "greatest", list)};
    }
    Add(MutantKind::kExtreme, std::move(*said), std::move(now));
  }

  void Factor() {
    for (value::Value& next : Neighbours(policy_, expr_.value, {})) {
      if ((next.number > 0) != (expr_.value.number > 0) || next.number == 0) continue;
      Expr now = expr_;
      const std::string text = model::PrintValue(policy_, next, {});
      now.value = std::move(next);
      Add(MutantKind::kConstant, Exchanged(model::PrintValue(policy_, expr_.value, {}), text), std::move(now));
    }
  }

  void Choice() {
    Expr now = expr_;
    now.args[1] = Before(0);
    const std::string when = Operand(expr_.args[1]);
    Add(MutantKind::kNegation, {Own(), fmt::format("{}, when not ({})", Own(), when)}, std::move(now),
        {Not(expr_.args[1])});
  }

  void OutputIs() {
    const model::Output& output = policy_.outputs[expr_.output.index];
    const bool at_least = expr_.test == model::OutputTest::kAtLeast;
    if (expr_.test != model::OutputTest::kValue && !at_least) return;
    for (value::Value& next : Neighbours(policy_, expr_.value, output.type)) {
      Expr now = expr_;
      const std::string text = model::PrintValue(policy_, next, output.type);
      now.value = std::move(next);
      Add(at_least ? MutantKind::kBoundary : MutantKind::kConstant,
          Exchanged(model::PrintValue(policy_, expr_.value, output.type), text), std::move(now));
    }
  }

  const model::Policy& policy_;
  const Phrases& phrases_;
  const ExprId id_;
  const ExprId parent_;
  const std::vector<std::size_t> settings_;
  const Expr& expr_;
  std::vector<Span> parts_;  // what its arguments say
  std::vector<ExprStep> steps_;
};

}  // namespace

std::vector<ExprStep> StepsOf(const model::Policy& policy, const Phrases& phrases, const ExprPlace& place) {
  return Stepper(policy, phrases, place).Steps();
}

}  // namespace cordon::analyse
