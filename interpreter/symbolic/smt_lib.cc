// Writes scripts; see smt_lib.h.
#include "symbolic/smt_lib.h"

#include <set>

#include "support/assert.h"

namespace cordon::symbolic {

namespace {

class Writer {
 public:
  Writer(const Terms& terms, const Grounding& grounding) : terms_(terms), grounding_(grounding) {}

  void Assert(TermId condition) {
    const std::string text = Condition(condition);
    script_ += "(assert " + text + ")\n";
  }

  std::string Script(std::string_view status) const {
    std::string all = "(set-info :source \"Cordon\")\n(set-info :status " + std::string(status) + ")\n";
    all += "(set-logic QF_LIA)\n";
    for (const auto& [scalar, is_bool] : declared_) {
      all += "(declare-fun " + NameOf(scalar) + " () " + (is_bool ? "Bool" : "Int") + ")\n";
    }
    return all + definitions_ + script_ + "(check-sat)\n";
  }

 private:
  // `|hospital_stays[1].country #12|`: what it is, and its number, since several may be called the same.
  std::string NameOf(ScalarId scalar) const {
    std::string name = grounding_.unknown(scalar).path;
    for (char& c : name) {
      if (c == '|' || c == '\\') c = '_';
    }
    return "|" + name + " #" + std::to_string(scalar.index - kFirstGround) + "|";
  }

  std::string Variable(ScalarId scalar, bool is_bool) {
    declared_.emplace(scalar, is_bool);
    return NameOf(scalar);
  }

  static std::string Number(std::int64_t n) {
    return n < 0 ? "(- " + std::to_string(n).substr(1) + ")" : std::to_string(n);
  }

  // What is used more than once gets a name, so that the script stays as small as the graph.
  std::string Condition(TermId id) {
    const auto known = known_.find(id);
    if (known != known_.end()) return known->second;
    const Term& term = terms_.at(id);
    std::string text;
    bool is_large = false;
    if (term.op == Op::kTrue) {
      text = "true";
    } else if (term.op == Op::kNot) {
      text = "(not " + Condition(term.args[0]) + ")";
    } else if (term.op == Op::kIs) {
      text = Variable(terms_.at(term.args[0]).scalar, true);
    } else if (term.op == Op::kLess0) {
      text = AtMostZero(terms_.at(term.args[0]));
    } else {
      CORDON_ASSERT(term.op == Op::kAnd);
      text = "(and";
      for (const TermId arg : term.args) text += " " + Condition(arg);
      text += ")";
      is_large = true;
    }
    if (is_large) {
      const std::string name = "c" + std::to_string(id.index);
      definitions_ += "(define-fun " + name + " () Bool " + text + ")\n";
      text = name;
    }
    known_.emplace(id, text);
    return text;
  }

  std::string AtMostZero(const Term& term) {
    if (term.op == Op::kScalar) return "(<= " + Variable(term.scalar, false) + " 0)";
    std::string sum;
    for (std::size_t i = 0; i < term.args.size(); ++i) {
      const std::string variable = Variable(terms_.at(term.args[i]).scalar, false);
      sum += " " + (term.factors[i] == 1 ? variable : "(* " + Number(term.factors[i]) + " " + variable + ")");
    }
    const std::string left = term.args.size() == 1 ? sum.substr(1) : "(+" + sum + ")";
    return "(<= " + left + " " + Number(-term.number) + ")";
  }

  const Terms& terms_;
  const Grounding& grounding_;
  std::map<ScalarId, bool> declared_;
  std::map<TermId, std::string> known_;
  std::string definitions_;
  std::string script_;
};

}  // namespace

std::string SmtLib(const Terms& terms, const Grounding& grounding, const std::vector<TermId>& asserted,
                   const std::vector<TermId>& assumptions, Answer answer) {
  Writer writer(terms, grounding);
  for (const TermId condition : asserted) writer.Assert(condition);
  for (const TermId condition : assumptions) writer.Assert(condition);
  return writer.Script(answer == Answer::kYes ? "sat" : answer == Answer::kNo ? "unsat" : "unknown");
}

}  // namespace cordon::symbolic
