// How quantifiers over lists stand inside one another: never back to a list under the opposite one. See context.h.
//
// Where something holds of every element of one list because of some element of another, an element of the first may
// call for a further one of the second. Led back to where it began, that would never end: `every r in rs has (some q in
// rs has (q.d > r.d))`. So there is a step from list L to list M where a quantifier over M stands inside one over L, is
// its opposite there, and rests on L's element; and the steps of a whole policy make no circle. Both answers of every
// condition are asked for, so that it does not matter which of the two is `every`.
// Source: the language manual, "Conditions".
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "check/context.h"
#include "check/walk.h"

namespace cordon::check {

namespace {

using model::Expr;
using model::ExprId;
using model::ExprKind;
using model::FactId;

using Lists = std::set<FactId>;
using Variables = std::set<model::VariableId>;

// A quantifier that is open around what is being visited: its filters' elements are its own.
struct Frame {
  Variables own;    // the names of its element
  Variables needs;  // the elements that it rests on, its own among them
  Lists lists;
  Span span;
  bool odd = false;  // under an odd number of `not`
};

struct Step {
  Span outer;
  Span inner;
};

// Where an expression stands: under how many `not`, and how many of the open frames stand in no fixed relation to it,
// because a condition between them counts both as it holds and as it does not.
struct Stand {
  bool odd = false;
  std::size_t mixed = 0;
};

bool Meet(const Variables& a, const Variables& b) {
  return std::any_of(a.begin(), a.end(), [&b](model::VariableId id) { return b.contains(id); });
}

// The expressions that hold a quantifier or filter, definitions not entered.
std::vector<bool> FindQuantified(const model::Policy& policy) {
  std::vector<bool> quantified(policy.exprs.size());
  for (std::size_t i = 0; i < policy.exprs.size(); ++i) {  // what an expression is made of stands before it
    const Expr& expr = policy.exprs[i];
    quantified[i] = expr.kind == ExprKind::kSome || expr.kind == ExprKind::kCountAtLeast ||
                    expr.kind == ExprKind::kFilter || std::any_of(expr.args.begin(), expr.args.end(), [&](ExprId arg) {
                      return arg.valid() && quantified[arg.index];
                    });
  }
  return quantified;
}

class StepSearch {
 public:
  explicit StepSearch(Context& ctx) : ctx_(ctx), policy_(ctx.policy), quantified_(FindQuantified(ctx.policy)) {
    for (const model::Define& define : policy_.defines) lists_of_defines_.push_back(ListsOf(define.value));
  }

  void Run() {
    for (const model::Define& define : policy_.defines) Visit(define.value, {});
    for (const model::Rule& rule : policy_.rules) VisitRule(rule);
    for (const model::Output& output : policy_.outputs) {
      if (output.means) VisitDuty(*output.means);
    }
    for (const model::Protocol& protocol : policy_.protocols) {
      for (const model::Guarantee& guarantee : protocol.guarantees) Visit(guarantee.condition, {});
    }
    ReportCircles();
  }

 private:
  // Recursion here and below is bounded by the depth of a typed expression.
  void Visit(ExprId id, Stand stand) {
    if (!id.valid() || !quantified_[id.index]) return;
    const Expr& expr = policy_.expr(id);
    switch (expr.kind) {
      case ExprKind::kNot:
        Visit(expr.args[0], {!stand.odd, stand.mixed});
        return;
      case ExprKind::kAnd:
      case ExprKind::kOr:
        for (const ExprId arg : expr.args) Visit(arg, stand);
        return;
      case ExprKind::kConditional:
        Visit(expr.args[0], stand);
        Visit(expr.args[1], {stand.odd, frames_.size()});
        Visit(expr.args[2], stand);
        return;
      case ExprKind::kSome:
        VisitQuantifier(expr.args[0], {expr.args[1]}, {expr.variable}, expr.span, stand);
        return;
      case ExprKind::kCountAtLeast:
        VisitQuantifier(expr.args[0], {}, {}, expr.span, stand);
        return;
      case ExprKind::kFilter:
        VisitQuantifier(id, {}, {}, expr.span, stand);
        return;
      case ExprKind::kConstant:
      case ExprKind::kFact:
      case ExprKind::kElement:
      case ExprKind::kField:
      case ExprKind::kDefine:
      case ExprKind::kToday:
      case ExprKind::kNow:
      case ExprKind::kLessEqual:
      case ExprKind::kLess:
      case ExprKind::kEqual:
      case ExprKind::kMember:
      case ExprKind::kShift:
      case ExprKind::kDifference:
      case ExprKind::kAdd:
      case ExprKind::kSubtract:
      case ExprKind::kMultiply:
      case ExprKind::kGreatest:
      case ExprKind::kLeast:
      case ExprKind::kIsKnown:
      case ExprKind::kIsNone:
      case ExprKind::kOutputIs:
        break;
    }
    for (const ExprId arg : expr.args) Visit(arg, {stand.odd, frames_.size()});
  }

  void VisitRule(const model::Rule& rule) {
    std::vector<ExprId> bodies;
    for (const model::Part& part : rule.parts) bodies.push_back(part.condition);
    if (rule.for_each) {
      const Span& span = policy_.expr(rule.for_each->list).span;
      OpenQuantifier(rule.for_each->list, bodies, {rule.for_each->variable}, span, {});
    }
    for (const ExprId body : bodies) Visit(body, {});
    for (const model::Duty& duty : rule.duties) VisitDuty(duty);
    if (rule.for_each) frames_.pop_back();
  }

  // A duty stands for some element of each of its lists, while its condition holds.
  void VisitDuty(const model::Duty& duty) {
    for (const model::ForEach& each : duty.each) {
      std::vector<ExprId> bodies = {duty.stands_while};
      OpenQuantifier(each.list, bodies, {each.variable}, policy_.expr(each.list).span, {});
      for (const ExprId body : bodies) Visit(body, {});
    }
    if (duty.each.empty()) Visit(duty.stands_while, {});
    for (const model::Argument& argument : duty.args) {
      if (const auto* id = std::get_if<ExprId>(&argument)) Visit(*id, {});
    }
    for (const model::Due& due : duty.dues) Visit(due.date, {});
    frames_.resize(frames_.size() - duty.each.size());
  }

  // The quantifier over `list` that says all of `bodies`, and all that filters of the list say, of one element.
  void VisitQuantifier(ExprId list, std::vector<ExprId> bodies, Variables own, const Span& span, Stand stand) {
    OpenQuantifier(list, bodies, std::move(own), span, stand);
    for (const ExprId body : bodies) Visit(body, stand);
    frames_.pop_back();
  }

  // Opens a frame for it, which the caller closes, and adds what filters of the list say to `bodies`.
  void OpenQuantifier(ExprId list, std::vector<ExprId>& bodies, Variables own, const Span& span, Stand stand) {
    Frame frame;
    frame.own = std::move(own);
    frame.span = span;
    frame.odd = stand.odd;
    OpenList(list, frame, bodies, stand);
    for (const ExprId body : bodies) AddElements(body, frame.needs);
    for (std::size_t i = frames_.size(); i-- > 0;) {
      const Frame& outer = frames_[i];
      if (!Meet(outer.own, frame.needs)) continue;
      frame.needs.insert(outer.needs.begin(), outer.needs.end());
      if (i < stand.mixed || outer.odd != frame.odd) AddSteps(outer, frame);
    }
    frames_.push_back(std::move(frame));
  }

  // Takes `list` apart: the facts that it is of, and what its filters say. A condition that chooses between lists
  // stands outside of the quantifier.
  void OpenList(ExprId list, Frame& frame, std::vector<ExprId>& bodies, Stand stand) {
    const Expr& expr = policy_.expr(list);
    if (expr.kind == ExprKind::kFilter) {
      frame.own.insert(expr.variable);
      bodies.push_back(expr.args[1]);
      OpenList(expr.args[0], frame, bodies, stand);
    } else if (expr.kind == ExprKind::kConditional) {
      Visit(expr.args[1], {stand.odd, frames_.size()});
      AddElements(expr.args[1], frame.needs);
      OpenList(expr.args[0], frame, bodies, stand);
      OpenList(expr.args[2], frame, bodies, stand);
    } else {
      const Lists lists = ListsOf(list);
      frame.lists.insert(lists.begin(), lists.end());
    }
  }

  // The facts that a list is of. A definition stands after all that it uses.
  Lists ListsOf(ExprId list) const {
    const Expr& expr = policy_.expr(list);
    if (expr.type.kind != model::TypeKind::kList) return {};
    if (expr.kind == ExprKind::kFact) return {expr.fact};
    if (expr.kind == ExprKind::kDefine) return lists_of_defines_[expr.define.index];
    if (expr.kind == ExprKind::kFilter) return ListsOf(expr.args[0]);
    if (expr.kind != ExprKind::kConditional) return {};
    Lists lists = ListsOf(expr.args[0]);
    lists.merge(ListsOf(expr.args[2]));
    return lists;
  }

  void AddElements(ExprId root, Variables& elements) const {
    WalkExprs(policy_, root, [&](const Expr& expr) {
      if (expr.kind == ExprKind::kElement) elements.insert(expr.variable);
    });
  }

  void AddSteps(const Frame& outer, const Frame& inner) {
    for (const FactId from : outer.lists) {
      for (const FactId to : inner.lists) {
        if (from == to) {
          ReportReturn(from, outer.span, inner.span);
        } else {
          steps_[from].emplace(to, Step{outer.span, inner.span});
        }
      }
    }
  }

  void ReportReturn(FactId list, const Span& outer, const Span& inner) {
    if (!reported_.emplace(inner.source.index, inner.begin, inner.end).second) return;
    ctx_.sink.Report(Code::kListAgainstItself, inner,
                     "inside a quantifier over `" + policy_.facts[list.index].name +
                         "` this is the opposite quantifier over the same list: each element could call for another",
                     "say it without comparing the list with itself", {{outer, "the quantifier around it is here"}});
  }

  // Circles through several lists, with a stack of its own.
  void ReportCircles() {
    std::map<FactId, Progress> states;
    for (const auto& [root, steps] : steps_) {
      if (states.contains(root)) continue;
      std::vector<std::pair<FactId, std::vector<FactId>>> path;
      const auto enter = [&](FactId list) {
        states[list] = Progress::kBusy;
        path.push_back({list, NextOf(list)});
      };
      enter(root);
      while (!path.empty()) {
        if (path.back().second.empty()) {
          states[path.back().first] = Progress::kDone;
          path.pop_back();
          continue;
        }
        const FactId next = path.back().second.back();
        path.back().second.pop_back();
        const auto state = states.find(next);
        if (state == states.end()) {
          enter(next);
        } else if (state->second == Progress::kBusy) {
          std::vector<FactId> circle;
          for (const auto& [list, left] : path) circle.push_back(list);
          circle.erase(circle.begin(), std::find(circle.begin(), circle.end(), next));
          ReportCircle(circle);
        }
      }
    }
  }

  // The lists to which there is a step from `list`, the first last.
  std::vector<FactId> NextOf(FactId list) const {
    std::vector<FactId> next;
    const auto steps = steps_.find(list);
    if (steps == steps_.end()) return next;
    for (const auto& [to, step] : steps->second) next.push_back(to);
    std::reverse(next.begin(), next.end());
    return next;
  }

  void ReportCircle(const std::vector<FactId>& circle) {
    const auto name = [&](std::size_t i) { return policy_.facts[circle[i % circle.size()].index].name; };
    const auto step = [&](std::size_t i) { return steps_.at(circle[i]).at(circle[(i + 1) % circle.size()]); };
    std::string chain = name(0);
    std::vector<diagnostics::Note> notes;
    const std::size_t last = circle.size() - 1;
    for (std::size_t i = 0; i < circle.size(); ++i) {
      chain += " -> " + name(i + 1);
      if (i != last) notes.push_back({step(i).inner, "from `" + name(i) + "` to `" + name(i + 1) + "` it goes here"});
    }
    ctx_.sink.Report(Code::kListAgainstItself, step(last).inner,
                     "quantifiers inside their opposites lead from `" + name(0) + "` back to it: `" + chain +
                         "`: each element could call for another",
                     "say it without comparing the list with itself, not even through another", std::move(notes));
  }

  Context& ctx_;
  const model::Policy& policy_;
  const std::vector<bool> quantified_;
  std::vector<Lists> lists_of_defines_;
  std::vector<Frame> frames_;
  std::map<FactId, std::map<FactId, Step>> steps_;
  std::set<std::tuple<std::size_t, std::size_t, std::size_t>> reported_;
};

}  // namespace

void CheckQuantifiers(Context& ctx) { StepSearch(ctx).Run(); }

}  // namespace cordon::check
