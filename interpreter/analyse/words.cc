// Conditions in words; see words.h.
#include "analyse/words.h"

#include <algorithm>

#include "calendar/calendar.h"
#include "model/print.h"

namespace cordon::analyse {

using model::Expr;
using model::ExprId;
using model::ExprKind;
using symbolic::Op;
using symbolic::Term;
using symbolic::TermId;

namespace {

// More symbols than this are told by those that are left out.
constexpr std::size_t kMostSymbols = 8;

class Teller {
 public:
  Teller(const model::Policy& policy, const TextAt& text_at) : policy_(policy), text_at_(text_at) {}

  std::string Tell(ExprId id, bool holds) const {
    const Expr& expr = policy_.expr(id);
    switch (expr.kind) {
      case ExprKind::kLessEqual:
        return holds ? Ordered(expr.args[0], expr.args[1], false) : Ordered(expr.args[1], expr.args[0], true);
      case ExprKind::kLess:
        return holds ? Ordered(expr.args[0], expr.args[1], true) : Ordered(expr.args[1], expr.args[0], false);
      case ExprKind::kEqual:
        return Equal(expr, holds);
      case ExprKind::kMember:
        return Member(expr, holds);
      case ExprKind::kFact:
      case ExprKind::kField:
      case ExprKind::kElement:
        return Operand(id) + (holds ? " = yes" : " = no");
      case ExprKind::kIsKnown:
        return Operand(expr.args[0]) + (holds ? " is known" : " is not known");
      case ExprKind::kIsNone:
        return Operand(expr.args[0]) + (holds ? " is none" : " is not none");
      case ExprKind::kNot:
        return Tell(expr.args[0], !holds);
      case ExprKind::kOutputIs: {
        const std::string text = model::PrintExpr(policy_, id);
        const bool bracketed = text.size() > 2 && text.front() == '(' && text.back() == ')';
        return (holds ? "" : "not: ") + (bracketed ? text.substr(1, text.size() - 2) : text);
      }
      case ExprKind::kSome:
        return Sentence(id, holds);
      case ExprKind::kCountAtLeast:
        return (holds ? "at least " : "fewer than ") + std::to_string(expr.count) + ": " + Listed(expr);
      case ExprKind::kConstant:
      case ExprKind::kDefine:
      case ExprKind::kToday:
      case ExprKind::kNow:
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
      case ExprKind::kFilter:
        break;
    }
    return (holds ? "" : "not: ") + SourceOf(id);
  }

 private:
  std::string SourceOf(ExprId id) const {
    const std::string text = text_at_(policy_.expr(id).span);
    return text.empty() ? model::PrintExpr(policy_, id) : text;
  }

  std::string Operand(ExprId id) const {
    const Expr& expr = policy_.expr(id);
    if (expr.kind == ExprKind::kConstant) return model::PrintValue(policy_, expr.value, expr.type);
    if (expr.kind == ExprKind::kToday) return "today";
    if (expr.kind == ExprKind::kNow) return "now";
    if (expr.kind == ExprKind::kFact) return policy_.facts[expr.fact.index].name;
    if (expr.kind == ExprKind::kShift) {
      return Operand(expr.args[0]) + (expr.direction < 0 ? " - " : " + ") + calendar::Format(expr.period);
    }
    if (expr.kind == ExprKind::kField) {
      const model::Record& record = policy_.records[policy_.expr(expr.args[0]).type.record.index];
      const std::string& field = record.fields[expr.field.index].name;
      const std::string text = text_at_(expr.span);
      // A phrase's span is the whole phrase: the field's name is at its beginning.
      const std::size_t at = text.find(field);
      const bool names = at != std::string::npos && text.find(' ') > at;
      return names ? text.substr(0, at + field.size()) : field;
    }
    return SourceOf(id);
  }

  // `some c in contacts has …`, `contacts is not empty`: turned round where it does not hold.
  std::string Sentence(ExprId id, bool holds) const {
    const std::string text = SourceOf(id);
    const auto begins = [&](std::string_view with) { return text.rfind(with, 0) == 0; };
    const auto ends = [&](std::string_view with) {
      return text.size() > with.size() && text.compare(text.size() - with.size(), with.size(), with) == 0;
    };
    if (begins("some ")) return (holds ? "some " : "no ") + text.substr(5);
    if (begins("no ")) return (holds ? "some " : "no ") + text.substr(3);
    if (begins("every ")) return (holds ? "not " : "") + text;
    if (ends(" is not empty")) return text.substr(0, text.size() - 13) + (holds ? " is not empty" : " is empty");
    if (ends(" is empty")) return text.substr(0, text.size() - 9) + (holds ? " is not empty" : " is empty");
    return (holds ? "some element of " : "no element of ") + text;
  }

  std::string Listed(const Expr& expr) const {
    const std::string text = text_at_(expr.span);
    return text.empty() ? model::PrintExpr(policy_, expr.args[0]) : text;
  }

  // `less` before `more`, or not after it. Against a day so long before another, as the language says it.
  std::string Ordered(ExprId less, ExprId more, bool strict) const {
    const Expr& low = policy_.expr(less);
    const Expr& high = policy_.expr(more);
    const auto steps_back = [](const Expr& expr) { return expr.kind == ExprKind::kShift && expr.direction < 0; };
    if (steps_back(high)) return Operand(less) + (strict ? " more than " : " at least ") + Before(high);
    if (steps_back(low)) return Operand(more) + (strict ? " less than " : " no more than ") + Before(low);
    if (low.kind == ExprKind::kConstant) return Operand(more) + (strict ? " > " : " >= ") + Operand(less);
    return Operand(less) + (strict ? " < " : " <= ") + Operand(more);
  }

  std::string Before(const Expr& shift) const {
    const std::string period = calendar::Format(shift.period);
    if (policy_.expr(shift.args[0]).kind == ExprKind::kToday) return period + " ago";
    return period + " before " + Operand(shift.args[0]);
  }

  std::string Equal(const Expr& expr, bool holds) const {
    const Expr& right = policy_.expr(expr.args[1]);
    const bool is_bool = right.kind == ExprKind::kConstant && right.type.kind == model::TypeKind::kBool;
    if (is_bool) return Tell(expr.args[0], holds == (right.value.number != 0));
    return Operand(expr.args[0]) + (holds ? " = " : " != ") + Operand(expr.args[1]);
  }

  std::string Member(const Expr& expr, bool holds) const {
    const model::Category& category = policy_.categories[policy_.expr(expr.args[0]).type.category.index];
    for (const model::CategoryNode& node : category.nodes) {
      const bool same = node.end_leaf - node.first_leaf == expr.leaves.size() && !expr.leaves.empty() &&
                        expr.leaves.front() == node.first_leaf && expr.leaves.back() + 1 == node.end_leaf;
      if (same) return Operand(expr.args[0]) + (holds ? " is " : " is not ") + node.name;
    }
    const std::string source = text_at_(expr.span);
    // The policy's own word for the set, where it has one.
    const std::size_t in = source.rfind(" in ");
    const std::size_t name = in == std::string::npos ? 0 : in + 4;
    const bool named = name > 0 && source.find_first_of(" {(,", name) == std::string::npos;
    if (named) return Operand(expr.args[0]) + (holds ? " in " : " not in ") + source.substr(name);
    const bool turn = expr.leaves.size() > std::max(kMostSymbols, category.leaves.size() / 2);
    std::string symbols;
    for (std::size_t leaf = 0; leaf < category.leaves.size(); ++leaf) {
      const bool is_in = std::binary_search(expr.leaves.begin(), expr.leaves.end(), leaf);
      if (is_in == turn) continue;
      symbols += (symbols.empty() ? "" : ", ") + category.nodes[category.leaves[leaf]].name;
    }
    return Operand(expr.args[0]) + (holds == turn ? " not in { " : " in { ") + symbols + " }";
  }

  const model::Policy& policy_;
  const TextAt& text_at_;
};

// ---- terms that no version states

class TermTeller {
 public:
  TermTeller(const symbolic::Terms& terms, const symbolic::Frame& frame, const KnownWords& known)
      : terms_(terms), frame_(frame), known_(known) {}

  std::string Tell(TermId id, bool holds) const {
    const std::string words = known_(id, holds);
    if (!words.empty()) return words;
    const Term& term = terms_.at(id);
    switch (term.op) {
      case Op::kNot:
        return Tell(term.args[0], !holds);
      case Op::kNamed:
        return Tell(term.args[0], holds);
      case Op::kIs:
        return YesOrNo(NameOf(term.args[0]), holds);
      case Op::kIn:
        return Symbols(term, holds);
      case Op::kLess0:
        return Compared(terms_.at(term.args[0]), holds);
      case Op::kSome:
        return (holds ? "some record of " : "no record of ") + frame_.lists[term.list.index].name + " has " +
               Tell(term.args[0], true);
      case Op::kCount:
        return (holds ? "at least " : "fewer than ") + std::to_string(term.number) + " records of " +
               frame_.lists[term.list.index].name + " have " + Tell(term.args[0], true);
      case Op::kAnd: {
        std::string all;
        for (const TermId arg : term.args) all += (all.empty() ? "" : " and ") + Tell(arg, true);
        return holds ? all : "not (" + all + ")";
      }
      case Op::kCut:
        return std::string(holds ? "the month's end cuts " : "the month's end does not cut ") + NameOf(term.args[0]) +
               " " + std::to_string(term.number) + " months on";
      default:
        return holds ? "always" : "never";
    }
  }

  std::string TellDate(TermId id) const { return DateText(id); }

 private:
  // `stays is given` is a name that says it all.
  static std::string YesOrNo(const std::string& name, bool holds) {
    for (const std::string_view is : {" is given", " is none"}) {
      if (name.size() <= is.size() || name.compare(name.size() - is.size(), is.size(), is) != 0) continue;
      return holds ? name : name.substr(0, name.size() - is.size()) + " is not" + std::string(is.substr(3));
    }
    return name + (holds ? " = yes" : " = no");
  }

  std::string NameOf(TermId id) const {
    const Term& term = terms_.at(id);
    if (term.op == Op::kScalar) return frame_.scalars[term.scalar.index].path;
    if (term.op == Op::kField) return frame_.lists[term.list.index].fields[term.field].path;
    if (term.op == Op::kMonths) {
      const std::string months = calendar::Format(calendar::Period{std::abs(term.number), 0});
      return NameOf(term.args[0]) + (term.number < 0 ? " - " : " + ") + months;
    }
    if (term.op == Op::kGreatest || term.op == Op::kLeast) {
      return (term.op == Op::kGreatest ? "the greatest " : "the least ") + NameOf(term.args[1]);
    }
    if (term.op == Op::kSum) return SumText(term);
    return "a number";
  }

  // A date plus days, or a minute plus minutes.
  std::string DateText(TermId id) const {
    Term term = terms_.at(id);
    while (term.op == Op::kChoice) {
      const TermId inner = terms_.at(term.args[1]).op == Op::kConstant ? term.args[2] : term.args[1];
      if (terms_.at(inner).op == Op::kConstant) return "a date";
      id = inner;
      term = terms_.at(inner);
    }
    if (term.op == Op::kConstant) return calendar::Format(calendar::Date{term.number});
    if (term.op != Op::kSum || term.args.size() != 1 || term.factors[0] != 1) return NameOf(id);
    const std::string days = std::to_string(std::abs(term.number)) + (std::abs(term.number) == 1 ? " day" : " days");
    return NameOf(term.args[0]) + (term.number < 0 ? " - " : " + ") + days;
  }

  std::string SumText(const Term& sum) const {
    std::string text;
    for (std::size_t i = 0; i < sum.args.size(); ++i) {
      const std::int64_t factor = sum.factors[i];
      text += text.empty() ? (factor < 0 ? "-" : "") : (factor < 0 ? " - " : " + ");
      if (std::abs(factor) != 1) text += std::to_string(std::abs(factor)) + " * ";
      text += NameOf(sum.args[i]);
    }
    if (sum.number != 0) text += (sum.number < 0 ? " - " : " + ") + std::to_string(std::abs(sum.number));
    return text;
  }

  std::string Symbols(const Term& term, bool holds) const {
    const symbolic::JointCategory* category = CategoryOf(terms_.at(term.args[0]));
    const bool turn = category != nullptr && term.set.size() > category->symbols.size() / 2;
    std::string symbols;
    const std::size_t size = category == nullptr ? 0 : category->symbols.size();
    for (std::size_t symbol = 0; symbol < size; ++symbol) {
      const bool in = std::binary_search(term.set.begin(), term.set.end(), static_cast<std::int64_t>(symbol));
      if (in == turn) continue;
      symbols += (symbols.empty() ? "" : ", ") + category->symbols[symbol];
    }
    return NameOf(term.args[0]) + (holds != turn ? " in { " : " not in { ") + symbols + " }";
  }

  const symbolic::JointCategory* CategoryOf(const Term& term) const {
    for (const symbolic::AnyArgument& any : frame_.arguments) {
      if (term.op != Op::kScalar || any.slots.value != term.scalar.index || !any.type.category.valid()) continue;
      return &frame_.categories[frame_.versions[any.version].categories[any.type.category.index]];
    }
    for (const symbolic::JointFact& fact : frame_.facts) {
      const symbolic::VersionView& view = frame_.versions[fact.version];
      const bool is_list = fact.shape == symbolic::FactShape::kList;
      if (term.op == Op::kScalar && !is_list && fact.slots.value == term.scalar.index && fact.type.category.valid()) {
        return &frame_.categories[view.categories[fact.type.category.index]];
      }
      const bool here = is_list ? term.op == Op::kField && fact.list == term.list : term.op == Op::kScalar;
      if (!here || !fact.type.record.valid()) continue;
      const auto& fields = view.policy->records[fact.type.record.index].fields;
      for (const auto& [own, place] : view.fields) {
        const std::size_t slot = is_list ? term.field : term.scalar.index;
        if (view.facts[own.first] != static_cast<std::size_t>(&fact - frame_.facts.data())) continue;
        if (fact.fields[place].value != slot || !fields[own.second].type.category.valid()) continue;
        return &frame_.categories[view.categories[fields[own.second].type.category.index]];
      }
    }
    return nullptr;
  }

  // sum <= 0, or sum >= 1: what counts positive on the left, the rest on the right.
  std::string Compared(const Term& given, bool holds) const {
    Term sum = given;
    if (sum.op != Op::kSum) {
      sum.args = {};
      sum.factors = {};
      return NameOfTerm(given) + (holds ? " <= 0" : " > 0");
    }
    Term left;
    Term right;
    left.op = right.op = Op::kSum;
    for (std::size_t i = 0; i < sum.args.size(); ++i) {
      Term& side = sum.factors[i] > 0 ? left : right;
      side.args.push_back(sum.args[i]);
      side.factors.push_back(std::abs(sum.factors[i]));
    }
    const bool day = sum.args.size() == 1 && SortOf(sum.args[0]) == symbolic::Sort::kDay;
    right.number = -sum.number;
    std::string bound = SumText(right);
    if (day) bound = calendar::Format(calendar::Date{right.number});
    if (right.args.empty() && !day) bound = std::to_string(right.number);
    return SumText(left) + (holds ? " <= " : " > ") + bound;
  }

  std::string NameOfTerm(const Term& term) const {
    if (term.op == Op::kScalar) return frame_.scalars[term.scalar.index].path;
    if (term.op == Op::kField) return frame_.lists[term.list.index].fields[term.field].path;
    return "a number";
  }

  symbolic::Sort SortOf(TermId id) const {
    const Term& term = terms_.at(id);
    if (term.op == Op::kScalar) return frame_.scalars[term.scalar.index].sort;
    if (term.op == Op::kField) return frame_.lists[term.list.index].fields[term.field].sort;
    return symbolic::Sort::kNumber;
  }

  const symbolic::Terms& terms_;
  const symbolic::Frame& frame_;
  const KnownWords& known_;
};

// More than this nobody reads.
constexpr std::size_t kLongest = 500;

}  // namespace

std::string InWords(const model::Policy& policy, const TextAt& text_at, ExprId expr, bool holds) {
  return Teller(policy, text_at).Tell(expr, holds);
}

std::string InWords(const symbolic::Terms& terms, const symbolic::Frame& frame, const KnownWords& known, TermId term,
                    bool holds) {
  std::string text = TermTeller(terms, frame, known).Tell(term, holds);
  if (text.size() <= kLongest) return text;
  return text.substr(0, text.rfind(' ', kLongest)) + " …";
}

std::string DateInWords(const symbolic::Terms& terms, const symbolic::Frame& frame, TermId date) {
  const KnownWords none = [](TermId, bool) { return std::string(); };
  return TermTeller(terms, frame, none).TellDate(date);
}

}  // namespace cordon::analyse
