// Grounded conditions in Z3; see solver_engine.h. Built into a shared object of its own, which links nothing else of
// ours but the assertion: what it is given it reads through headers.
#include <z3++.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "support/assert.h"
#include "symbolic/solver_engine.h"

namespace cordon::symbolic {
namespace {

class Z3Memory {
 public:
  explicit Z3Memory(const Terms& terms) : terms_(terms) {}

  z3::context& context() { return context_; }

  z3::expr Condition(TermId id) {
    const auto known = conditions_.find(id);
    if (known != conditions_.end()) return known->second;
    return conditions_.emplace(id, ComputeCondition(terms_.at(id))).first->second;
  }

  // The unknown that a constant of a model stands for.
  std::optional<ScalarId> ScalarOf(const z3::func_decl& decl) const {
    const auto known = scalars_.find(decl.id());
    if (known == scalars_.end()) return std::nullopt;
    return known->second;
  }

 private:
  z3::expr Variable(ScalarId scalar, bool is_bool) {
    // One number may be a yes or no in one question and a number in another.
    std::unordered_map<ScalarId, z3::expr>& variables = variables_[is_bool ? 1 : 0];
    const auto known = variables.find(scalar);
    if (known != variables.end()) return known->second;
    const std::string name = (is_bool ? "b" : "n") + std::to_string(scalar.index);
    const z3::expr variable = is_bool ? context_.bool_const(name.c_str()) : context_.int_const(name.c_str());
    scalars_.emplace(variable.decl().id(), scalar);
    return variables.emplace(scalar, variable).first->second;
  }

  z3::expr ComputeCondition(const Term& term) {
    switch (term.op) {
      case Op::kTrue:
        return context_.bool_val(true);
      case Op::kNot:
        return !Condition(term.args[0]);
      case Op::kAnd: {
        z3::expr_vector args(context_);
        for (const TermId arg : term.args) args.push_back(Condition(arg));
        return z3::mk_and(args);
      }
      case Op::kIs:
        return Variable(terms_.at(term.args[0]).scalar, true);
      case Op::kLess0:
        return AtMostZero(terms_.at(term.args[0]));
      case Op::kNamed:
      case Op::kIn:
      case Op::kSome:
      case Op::kCount:
      case Op::kCut:
      case Op::kScalar:
      case Op::kField:
      case Op::kConstant:
      case Op::kSum:
      case Op::kChoice:
      case Op::kMonths:
      case Op::kQuotient:
      case Op::kGreatest:
      case Op::kLeast:
        break;
    }
    CORDON_ASSERT(false);
  }

  // sum + number <= 0, the number on the right.
  z3::expr AtMostZero(const Term& term) {
    if (term.op == Op::kScalar) return Variable(term.scalar, false) <= 0;
    CORDON_ASSERT(term.op == Op::kSum);
    z3::expr_vector parts(context_);
    for (std::size_t i = 0; i < term.args.size(); ++i) {
      const z3::expr variable = Variable(terms_.at(term.args[i]).scalar, false);
      parts.push_back(term.factors[i] == 1 ? variable : context_.int_val(term.factors[i]) * variable);
    }
    return (parts.size() == 1 ? parts[0] : z3::sum(parts)) <= context_.int_val(-term.number);
  }

  const Terms& terms_;
  z3::context context_;
  std::unordered_map<TermId, z3::expr> conditions_;
  std::array<std::unordered_map<ScalarId, z3::expr>, 2> variables_;
  std::unordered_map<unsigned, ScalarId> scalars_;
};

class Z3Engine : public SolverEngine {
 public:
  Z3Engine(std::shared_ptr<Z3Memory> memory, std::uint64_t effort)
      : memory_(std::move(memory)), solver_(memory_->context(), z3::solver::simple()) {
    z3::params params(memory_->context());
    params.set("rlimit", static_cast<unsigned>(std::min<std::uint64_t>(effort, 4'000'000'000)));
    params.set("random_seed", 0U);
    params.set("arith.solver", 2U);
    solver_.set(params);
  }

  void Assert(TermId condition) override { solver_.add(memory_->Condition(condition)); }

  Checked Check(const std::vector<TermId>& assumptions) override {
    z3::expr_vector literals(memory_->context());
    std::unordered_map<unsigned, TermId> named;
    for (const TermId assumption : assumptions) {
      const z3::expr literal = Literal(assumption);
      named.emplace(literal.id(), assumption);
      literals.push_back(literal);
    }
    Checked checked;
    const z3::check_result result = solver_.check(literals);
    if (result == z3::unknown) return checked;
    if (result == z3::unsat) {
      checked.answer = Answer::kNo;
      for (const z3::expr& literal : solver_.unsat_core()) checked.core.push_back(named.at(literal.id()));
      return checked;
    }
    checked.answer = Answer::kYes;
    ReadModel(checked);
    return checked;
  }

 private:
  void ReadModel(Checked& checked) {
    const z3::model model = solver_.get_model();
    for (unsigned i = 0; i < model.num_consts(); ++i) {
      const z3::func_decl decl = model.get_const_decl(i);
      const auto scalar = memory_->ScalarOf(decl);
      if (!scalar) continue;
      const z3::expr value = model.get_const_interp(decl);
      std::int64_t number = 0;
      if (value.is_bool()) {
        number = value.is_true() ? 1 : 0;
      } else if (!value.is_numeral_i64(number)) {
        continue;
      }
      checked.solution.emplace(*scalar, number);
    }
  }

  // A condition by a name of its own, as assumptions must be.
  z3::expr Literal(TermId condition) {
    const z3::expr name = memory_->context().bool_const(("a" + std::to_string(condition.index)).c_str());
    if (named_.insert(condition).second) solver_.add(z3::implies(name, memory_->Condition(condition)));
    return name;
  }

  std::shared_ptr<Z3Memory> memory_;
  z3::solver solver_;
  std::unordered_set<TermId> named_;
};

class Z3EngineMemory : public SolverMemory {
 public:
  explicit Z3EngineMemory(const Terms& terms) : memory_(std::make_shared<Z3Memory>(terms)) {}
  std::unique_ptr<SolverEngine> MakeEngine(std::uint64_t effort) override {
    return std::make_unique<Z3Engine>(memory_, effort);
  }

 private:
  std::shared_ptr<Z3Memory> memory_;
};

}  // namespace
}  // namespace cordon::symbolic

// The one thing that is looked up in the shared object.
extern "C" __attribute__((visibility("default"))) cordon::symbolic::SolverMemory* CordonMakeSolverMemory(
    const cordon::symbolic::Terms& terms) {
  return new cordon::symbolic::Z3EngineMemory(terms);  // its maker wraps it
}
