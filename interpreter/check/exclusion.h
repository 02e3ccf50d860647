// Private to check/: conditions that are the same, and conditions that obviously never hold together.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "check/context.h"

namespace cordon::check {

// Compares conditions of one policy. Sound and incomplete: what it says is so, and much that is so it does not see.
class Exclusion {
 public:
  explicit Exclusion(const Context& ctx) : ctx_(ctx) {}

  // A text that two expressions share only where they mean the same; elements that they bind have no names in it. Empty
  // where the expression is too large to be compared.
  const std::string& KeyOf(model::ExprId id);
  // Whether the conditions, of one patient, obviously never hold all together.
  bool Excludes(const std::vector<model::ExprId>& conditions);

 private:
  // A condition that holds, or that does not.
  struct Literal {
    model::ExprId id;
    bool holds = true;
  };
  // A comparison: `less` before `more`, or equal to it where `equal`.
  struct Order {
    model::ExprId less;
    model::ExprId more;
    bool strict = false;
  };

  // What holds together in one case: atoms, and the conditions of which one part or another holds.
  struct Case {
    std::vector<Literal> atoms;
    std::vector<Literal> choices;
  };

  Literal Bared(Literal literal) const;
  bool Closes(Case at, const Literal& added);
  bool Contradicts(const Case& at, const Literal& atom);
  bool AtomsExclude(const Literal& a, const Literal& b);
  bool SymbolsExclude(const Literal& a, const Literal& b);
  bool OutputsExclude(const model::Expr& a, const model::Expr& b) const;
  bool OrdersExclude(const Literal& a, const Literal& b);
  std::vector<Order> OrdersOf(const Literal& literal) const;
  bool Apart(model::ExprId low, model::ExprId high, bool strict);

  const Context& ctx_;
  std::unordered_map<std::uint32_t, std::string> keys_;
  std::size_t cases_left_ = 0;  // of one question
};

}  // namespace cordon::check
