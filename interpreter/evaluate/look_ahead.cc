// Answers by class, and the promise of a question; see look_ahead.h. Tested by tests/unit/interview_test.cc.
#include "evaluate/look_ahead.h"

#include <algorithm>
#include <map>
#include <set>

#include "support/assert.h"

namespace cordon::evaluate {
namespace {

using facts::Cell;
using facts::CellState;
using model::ExprKind;
using model::TypeKind;

// No question is tried with more answers than this.
constexpr std::size_t kMostClasses = 4;

// The constants that conditions of the policy hold values of `kind` against, in order.
std::set<std::int64_t> Constants(const model::Policy& policy, value::Kind kind) {
  std::set<std::int64_t> numbers;
  for (const model::Expr& expr : policy.exprs) {
    if (expr.kind == ExprKind::kConstant && expr.value.kind == kind) numbers.insert(expr.value.number);
  }
  return numbers;
}

// ---- classes

// One leaf for each way in which the policy's sets and constants can tell leaves of `category` apart.
std::vector<Cell> Symbols(const model::Policy& policy, model::CategoryId category) {
  std::map<std::vector<bool>, std::size_t> first_of;
  std::vector<Cell> answers;
  for (std::size_t leaf = 0; leaf < policy.categories[category.index].leaves.size(); ++leaf) {
    std::vector<bool> signature;
    for (const model::Expr& expr : policy.exprs) {
      if (expr.kind == ExprKind::kMember && policy.expr(expr.args[0]).type.category == category) {
        signature.push_back(std::binary_search(expr.leaves.begin(), expr.leaves.end(), leaf));
      } else if (expr.kind == ExprKind::kConstant && expr.value.kind == value::Kind::kSymbol &&
                 expr.type.category == category) {
        const auto constant = static_cast<std::size_t>(expr.value.number);
        signature.push_back(leaf < constant);
        signature.push_back(leaf == constant);
      }
    }
    const bool is_new = first_of.emplace(signature, leaf).second;
    if (is_new) answers.push_back(Cell::Known(value::Value::Symbol(leaf)));
  }
  return answers;
}

// The as-of day, and for each length of time that a condition steps back by, a day before that.
std::vector<Cell> Days(const model::Policy& policy, const model::Moment& as_of, bool with_time) {
  std::set<std::int64_t> days = {as_of.date.days};
  for (const model::Expr& expr : policy.exprs) {
    if (expr.kind != ExprKind::kShift) continue;
    const calendar::Date edge = calendar::Shift(as_of.date, expr.period, expr.direction);
    const std::int64_t beyond = edge.days + (expr.direction < 0 ? -1 : 1);
    days.insert(std::clamp(beyond, calendar::kFirstDate.days, calendar::kLastDate.days));
  }
  std::vector<Cell> answers;
  for (auto day = days.rbegin(); day != days.rend(); ++day) {
    const std::int64_t noon = *day * calendar::kMinutesPerDay + calendar::kMinutesPerDay / 2;
    answers.push_back(Cell::Known(with_time ? value::Value::OfDatetime({noon}) : value::Value::OfDate({*day})));
  }
  return answers;
}

// A number below, at and above each constant that is held against such numbers.
std::vector<Cell> Numbers(const model::Policy& policy, value::Kind kind) {
  std::set<std::int64_t> numbers;
  for (const std::int64_t constant : Constants(policy, kind)) numbers.insert({constant - 1, constant, constant + 1});
  if (numbers.empty()) numbers.insert(0);
  std::vector<Cell> answers;
  for (const std::int64_t number : numbers) answers.push_back(Cell::Known({kind, number, {}}));
  return answers;
}

std::vector<Cell> Words(const model::Policy& policy) {
  std::vector<Cell> answers = {Cell::Known(value::Value::Text(""))};
  for (const model::Expr& expr : policy.exprs) {
    if (expr.kind == ExprKind::kConstant && expr.value.kind == value::Kind::kText)
      answers.push_back(Cell::Known(expr.value));
  }
  return answers;
}

std::vector<Cell> AllClasses(const model::Policy& policy, const model::Moment& as_of, const model::Type& type) {
  switch (type.kind) {
    case TypeKind::kBool:
      return {Cell::Known(value::Value::Bool(true)), Cell::Known(value::Value::Bool(false))};
    case TypeKind::kInt:
      return Numbers(policy, value::Kind::kInt);
    case TypeKind::kDecimal:
      return Numbers(policy, value::Kind::kDecimal);
    case TypeKind::kText:
      return Words(policy);
    case TypeKind::kDate:
      return Days(policy, as_of, false);
    case TypeKind::kDatetime:
      return Days(policy, as_of, true);
    case TypeKind::kDuration:
      return Numbers(policy, value::Kind::kDuration);
    case TypeKind::kPeriod:
      return Numbers(policy, value::Kind::kPeriod);
    case TypeKind::kCategory:
      return Symbols(policy, type.category);
    case TypeKind::kRecord:
    case TypeKind::kList:
    case TypeKind::kGroup:
      break;
  }
  CORDON_ASSERT(false);
}

// The first, the last and what lies evenly between them.
std::vector<Cell> Thin(const std::vector<Cell>& answers, std::size_t most) {
  if (answers.size() <= most) return answers;
  std::vector<Cell> kept;
  for (std::size_t i = 0; i < most; ++i) kept.push_back(answers[i * (answers.size() - 1) / (most - 1)]);
  return kept;
}

// ---- promise

// Sums over a question's classes, compared as averages without fractions.
struct Promise {
  std::size_t classes = 0;
  Remaining sum;
};

bool IsBetter(const Promise& a, const Promise& b) {
  const std::size_t a_conclusions = a.sum.conclusions * b.classes;
  const std::size_t b_conclusions = b.sum.conclusions * a.classes;
  if (a_conclusions != b_conclusions) return a_conclusions < b_conclusions;
  return a.sum.unknowns * b.classes < b.sum.unknowns * a.classes;
}

// The answers to try for each prompt, as far as the budget goes.
std::vector<std::vector<Cell>> AnswersToTry(const model::Policy& policy, const model::Moment& as_of,
                                            const std::vector<Prompt>& prompts) {
  std::vector<std::vector<Cell>> answers;
  std::size_t total = 0;
  for (const Prompt& prompt : prompts) {
    answers.push_back(PlausibleAnswers(policy, as_of, prompt));
    total += answers.back().size();
  }
  if (total <= kLookAheadEvaluations) return answers;
  std::size_t left = kLookAheadEvaluations;
  for (std::vector<Cell>& classes : answers) {
    classes = Thin(classes, 2);
    if (classes.size() > left) classes.clear();
    left -= classes.size();
  }
  return answers;
}

}  // namespace

std::vector<Cell> PlausibleAnswers(const model::Policy& policy, const model::Moment& as_of, const Prompt& prompt) {
  std::vector<Cell> answers = Thin(AllClasses(policy, as_of, prompt.type), kMostClasses);
  if (prompt.type.or_none) answers.push_back(Cell::Known(value::Value::None()));
  CORDON_ASSERT(!answers.empty());
  return answers;
}

std::size_t MostPromising(const model::Policy& policy, const model::Moment& as_of, const std::vector<Prompt>& prompts,
                          const std::function<std::optional<Remaining>(const Prompt&, const Cell&)>& after) {
  if (prompts.size() == 1) return 0;
  const std::vector<std::vector<Cell>> answers = AnswersToTry(policy, as_of, prompts);
  std::size_t best = 0;
  std::optional<Promise> best_promise;
  for (std::size_t i = 0; i < prompts.size(); ++i) {
    Promise promise;
    for (const Cell& answer : answers[i]) {
      const std::optional<Remaining> remaining = after(prompts[i], answer);
      if (!remaining) continue;
      ++promise.classes;
      promise.sum.conclusions += remaining->conclusions;
      promise.sum.unknowns += remaining->unknowns;
    }
    if (promise.classes == 0 || (best_promise && !IsBetter(promise, *best_promise))) continue;
    best = i;
    best_promise = promise;
  }
  return best;
}

}  // namespace cordon::evaluate
