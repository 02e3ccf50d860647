// Lists goals; see goals.h.
#include "analyse/goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "analyse/rewrite.h"

namespace cordon::analyse {

using symbolic::Op;
using symbolic::TermId;
using symbolic::Terms;

namespace {

// A decimal is stepped by a tenth: a thousandth is nothing that is measured.
constexpr std::int64_t kTenth = 100;

class Lister {
 public:
  Lister(Terms& terms, symbolic::Encoder& encoder, const std::function<std::string(const diagnostics::Span&)>& text_at)
      : terms_(terms), encoder_(encoder), policy_(encoder.policy()), text_at_(text_at) {}

  std::vector<Goal> Run() {
    const model::Protocol& protocol = policy_.protocols[encoder_.protocol().index];
    for (const model::RuleId id : protocol.rules) encoder_.Applies(id);
    NoteWritten();
    for (const model::RuleId id : protocol.rules) AddRule(id);
    for (const model::OutputId id : protocol.outputs) AddAnswers(id);
    for (const symbolic::DutyCase& duty : encoder_.Duties()) {
      Add(duty.arises, fmt::format("`{}` arises", duty.key));
      Add(terms_.Not(duty.arises), fmt::format("`{}` does not arise", duty.key));
    }
    for (const model::FactId fact : std::set(encoder_.assumed_facts())) {
      const TermId assumed = encoder_.Assumed(fact);
      Add(assumed, fmt::format("`{}` is assumed", policy_.facts[fact.index].name));
      Add(terms_.Not(assumed), fmt::format("`{}` is not assumed", policy_.facts[fact.index].name));
    }
    return std::move(goals_);
  }

 private:
  Goal* Add(TermId condition, std::string words, bool expected = true) {
    if (terms_.IsTrue(condition) || !known_.insert(condition).second) return nullptr;
    goals_.push_back({condition, std::move(words), {}, {}, expected});
    return &goals_.back();
  }

  void AddRule(model::RuleId id) {
    const model::Rule& rule = policy_.rules[id.index];
    const TermId applies = encoder_.Applies(id);
    bool stands = false;
    const auto add = [&](TermId condition) {
      if (condition != applies) Add(condition, fmt::format("`{}` applies and is not overridden", rule.name));
      stands = stands || condition == applies;
    };
    for (const model::OutputConclusion& conclusion : rule.conclusions) add(encoder_.StandsFor(id, conclusion.output));
    for (const model::Duty& duty : rule.duties) add(encoder_.StandsFor(id, duty.action));
    Add(applies, fmt::format("`{}` applies", rule.name));
    for (std::size_t i = 0; i < rule.parts.size(); ++i) AddFailing(id, i);
    if (rule.for_each && rule.parts.empty()) Add(terms_.Not(applies), fmt::format("`{}` does not apply", rule.name));
    AddBoundaries(rule, applies);
  }

  // One condition fails and all others hold; or, where that cannot be, all those before it.
  void AddFailing(model::RuleId id, std::size_t part) {
    const model::Rule& rule = policy_.rules[id.index];
    std::vector<std::optional<bool>> alone(rule.parts.size(), true);
    alone[part] = false;
    std::vector<std::optional<bool>> first(rule.parts.size());
    std::fill(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(part), true);
    first[part] = false;
    const TermId not_applies = terms_.Not(encoder_.Applies(id));
    const TermId term = terms_.And(encoder_.AppliesWhere(id, alone), not_applies);
    Goal* goal = Add(term, fmt::format("`{}`: only `{}` fails", rule.name, rule.parts[part].text));
    if (goal == nullptr) return;
    goal->otherwise = encoder_.AppliesWhere(id, first);
    goal->otherwise_words = fmt::format("`{}`: `{}` is the first to fail", rule.name, rule.parts[part].text);
  }

  // ---- boundaries

  // The comparisons of numbers that a condition is made of, in order, and whether each helps it to hold.
  void FindComparisons(TermId id, bool helps, std::vector<std::pair<TermId, bool>>& found,
                       std::set<std::pair<TermId, bool>>& seen) const {
    if (!seen.emplace(id, helps).second) return;
    const symbolic::Term& term = terms_.at(id);
    const bool opened = term.op == Op::kNot || term.op == Op::kAnd || term.op == Op::kSome || term.op == Op::kCount;
    if (term.op == Op::kLess0) {
      const bool known = std::any_of(found.begin(), found.end(), [&](const auto& other) { return other.first == id; });
      if (!known) found.emplace_back(id, helps);
    }
    if (!opened) return;
    // As deep as conditions are, whose brackets are limited.
    for (const TermId arg : term.args) FindComparisons(arg, term.op == Op::kNot ? !helps : helps, found, seen);
  }

  void AddBoundaries(const model::Rule& rule, TermId applies) {
    std::vector<std::pair<TermId, bool>> comparisons;
    std::set<std::pair<TermId, bool>> seen;
    FindComparisons(terms_.at(applies).op == Op::kNamed ? terms_.at(applies).args[0] : applies, true, comparisons,
                    seen);
    for (const auto& [comparison, helps] : comparisons) {
      if (written_.count(comparison) > 0) AddBoundary(rule, applies, comparison, helps);
    }
  }

  struct Edge {
    std::string text;
    std::int64_t equal = 0;  // of the term that is compared with 0, where both sides are the same
    std::int64_t step = 1;
    bool turned = false;  // what is written holds where the comparison does not
  };

  // Where a comparison is written: it alone became a condition, or together with what keeps dates in the calendar.
  struct Written {
    model::ExprId expr;
    model::RuleId rule;
    bool turned = false;
  };

  void NoteWritten() {
    for (const auto& [term, origin] : encoder_.origins()) {
      const model::ExprKind kind = policy_.expr(origin.expr).kind;
      const bool compares =
          kind == model::ExprKind::kLessEqual || kind == model::ExprKind::kLess || kind == model::ExprKind::kEqual;
      if (!compares) continue;
      std::vector<std::pair<TermId, bool>> comparisons;
      std::set<std::pair<TermId, bool>> seen;
      FindComparisons(term, !origin.turned, comparisons, seen);
      for (const auto& [comparison, helps] : comparisons) {
        // A day against the calendar's end is no boundary of the policy's.
        if (comparison != term && terms_.at(terms_.at(comparison).args[0]).args.size() < 2) continue;
        written_.emplace(comparison, Written{origin.expr, origin.rule, !helps});
      }
    }
  }

  // The condition of the rule in which the expression stands; else the expression's own text.
  std::string TextOf(const model::Rule& own, const Written& written) const {
    const diagnostics::Span& span = policy_.expr(written.expr).span;
    const model::Rule* rules[] = {&own, written.rule.valid() ? &policy_.rules[written.rule.index] : &own};
    for (const model::Rule* rule : rules) {
      for (const model::Part& part : rule->parts) {
        const bool within =
            part.span.source == span.source && part.span.begin <= span.begin && span.end <= part.span.end;
        if (within && span.valid()) return part.text;
      }
    }
    return text_at_(span);
  }

  Edge EdgeOf(const model::Rule& rule, TermId comparison) const {
    const Written& written = written_.at(comparison);
    const model::Expr& expr = policy_.expr(written.expr);
    Edge edge;
    edge.text = TextOf(rule, written);
    edge.turned = written.turned;
    if (expr.kind == model::ExprKind::kEqual) return edge;
    edge.equal = (expr.kind == model::ExprKind::kLessEqual) == edge.turned ? 1 : 0;
    if (policy_.expr(expr.args[0]).type.kind == model::TypeKind::kDecimal) edge.step = kTenth;
    return edge;
  }

  // The condition with the comparison at one value of what it compares, and such that it depends on it.
  TermId AtValue(TermId applies, TermId comparison, bool helps, std::int64_t at) {
    const auto with = [&](TermId other) {
      Rewriter rewriter(terms_, [&](TermId term) { return term == comparison ? std::optional(other) : std::nullopt; });
      return rewriter.Of(applies);
    };
    const TermId number = terms_.at(comparison).args[0];
    const TermId there = terms_.SameNumber(number, terms_.Constant(at));
    return terms_.And(with(helps ? there : terms_.Not(there)), terms_.Not(with(terms_.Bool(!helps))));
  }

  void AddBoundary(const model::Rule& rule, TermId applies, TermId comparison, bool helps) {
    const Edge edge = EdgeOf(rule, comparison);
    for (const std::int64_t at : {edge.equal, edge.equal - edge.step, edge.equal + edge.step}) {
      const bool inside = (at <= 0) != edge.turned;
      const std::string where = at == edge.equal ? "exactly at the boundary"
                                : inside         ? "a step inside the boundary"
                                                 : "a step outside the boundary";
      Add(AtValue(applies, comparison, helps, at), fmt::format("`{}`: `{}` {}", rule.name, edge.text, where),
          at == edge.equal);
    }
  }

  // ---- what is answered

  void AddAnswers(model::OutputId id) {
    for (const symbolic::AnswerCase& answer : encoder_.Answers(id)) {
      const bool failing = answer.text == symbolic::kNotCovered || answer.text == symbolic::kConflict;
      Add(answer.when, fmt::format("`{}`: {}", policy_.outputs[id.index].name, answer.text), !failing);
    }
  }

  Terms& terms_;
  symbolic::Encoder& encoder_;
  const model::Policy& policy_;
  const std::function<std::string(const diagnostics::Span&)>& text_at_;
  std::map<TermId, Written> written_;
  std::vector<Goal> goals_;
  std::set<TermId> known_;
};

}  // namespace

std::vector<Goal> ListGoals(Terms& terms, symbolic::Encoder& encoder,
                            const std::function<std::string(const diagnostics::Span&)>& text_at) {
  return Lister(terms, encoder, text_at).Run();
}

}  // namespace cordon::analyse
