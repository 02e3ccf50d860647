// Encode: what a version of a policy says of any patient whatever, as terms.
//
// Clause by clause what evaluate/reference.h says of one complete patient: who reads both should find the same
// sentences. A fact that is absent and that the version assumes has the assumed value; one that is absent and not
// assumed counts with the value that it would turn out to have. Answers of one output exclude one another, and one of
// them holds for every patient; so do the states of a duty.
// Source: the language manual. Tested by tests/differential/symbolic_test.cc.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/model.h"
#include "symbolic/frame.h"
#include "symbolic/ground.h"
#include "symbolic/term.h"

namespace cordon::symbolic {

// What an output that says nothing, and rules that contradict each other, come to.
inline constexpr std::string_view kNotCovered = "not covered";
inline constexpr std::string_view kConflict = "conflict";

// One answer that an output can have, and when it has it. The text is the same for the same answer of two versions.
struct AnswerCase {
  std::string text;  // `yes`, `bay`, `judgement by treating_physician, at least bay`, `not covered`, `conflict`
  TermId when;
  std::optional<value::Value> value = {};  // of an answer that is a value
};

// One duty that a protocol can conclude, by identity: doing and refraining together, considering apart.
struct DutyCase {
  std::string key;                 // `ward: isolate`, `physician: notify(cpo) to laboratory`, `ward: consider isolate`
  std::vector<AnswerCase> states;  // `none`, `must`, `must not`, `should and need not`, `conflict`
  TermId arises;                   // some state but `none` and `conflict`
  // What it has where it arises: timings, companions, exceptions; and due dates that depend on an element, with any due
  // date, Frame::due.
  std::vector<AnswerCase> details;
  // The other due dates.
  struct Due {
    std::string what;      // `due by`, `every 3 months from`
    bool is_time = false;  // of the day
    TermId date;           // the day, or the minute
    TermId when;
  };
  std::vector<Due> dues;
};

// The identity of a duty: `ward: isolate`, `physician: notify(cpo) to laboratory`. Arguments that some version takes
// from the patient's facts are any argument.
std::string DutyKey(const model::Policy& policy, const Frame& frame, const model::Duty& duty,
                    const std::optional<model::RoleId>& to);
// `at admission`.
std::string TimingText(const model::Policy& policy, const model::EventTiming& timing);
// What is decided: `judgement by treating_physician weighing spread_factors`.
std::string JudgementText(const model::Policy& policy, const model::Judgement& judgement);

// A version's protocol, as terms. Terms are built when first asked for.
class Encoder {
 public:
  // `version`: index into frame.versions. `protocol` is evaluated in its own setting, those that it reads are not
  // limited to theirs. All must outlive this.
  Encoder(Terms& terms, const Frame& frame, std::size_t version, model::ProtocolId protocol);

  const model::Policy& policy() const { return policy_; }
  model::ProtocolId protocol() const { return protocol_; }

  // A condition that reads no bound element.
  TermId Condition(model::ExprId expr);
  TermId InSetting(model::ProtocolId protocol);
  // Whether a rule's conditions hold, for some element where it is for each.
  TermId Applies(model::RuleId rule);
  // Of rows of one part of a table: whether their protocol is in its setting and there is something, where they are for
  // each of a list some one element, for which all of `hold` hold and none of `fail` does. The first `shared`
  // conditions are the same for all rows, and hold.
  TermId Together(const std::vector<model::RuleId>& hold, const std::vector<model::RuleId>& fail, std::size_t shared);
  TermId StandsFor(model::RuleId rule, model::OutputId output);
  TermId StandsFor(model::RuleId rule, model::ActionId action);
  const std::vector<AnswerCase>& Answers(model::OutputId output);
  std::vector<DutyCase> Duties();
  // Whether a fact that was not asked for has its assumed value. REQUIRES: it has one.
  TermId Assumed(model::FactId fact);
  // What the version's records must satisfy.
  void AddRequires(Axioms& axioms);
  // Whether there is something, an element where the rule is for each, whose conditions are as `holds` says of each;
  // nothing: either way. In the protocol's setting.
  TermId AppliesWhere(model::RuleId rule, const std::vector<std::optional<bool>>& holds);
  // The facts that anything encoded so far assumes.
  const std::set<model::FactId>& assumed_facts() const { return assumed_facts_; }
  // The expression, as the version writes it, that became a term, and what it stands under.
  struct Origin {
    model::ExprId expr;
    model::RuleId rule;      // the first whose condition it was
    model::DefineId define;  // valid inside a definition
    bool turned = false;     // the term is the expression's negation
  };
  const std::map<TermId, Origin>& origins() const { return origins_; }
  // The rules whose conditions became a term, as a whole.
  const std::map<TermId, std::vector<model::RuleId>>& rules() const { return rules_of_; }
  // Sentences that a duty for one element comes to, in words.
  const std::map<TermId, std::string>& duty_sentences() const { return duty_sentences_; }
  // The facts of which a term says that they are assumed.
  const std::map<TermId, model::FactId>& assumptions() const { return facts_of_; }

 private:
  // What stands for an element: a record of a list, bound at a depth, or a record fact.
  struct Bound {
    std::size_t fact = 0;  // index into frame.facts
    model::FactId own;     // the version's
    std::int64_t depth = 0;
    bool of_list = true;
  };
  struct Scope {
    std::vector<std::pair<model::VariableId, Bound>> bound;
    std::int64_t depth = 0;  // binders around
  };
  struct Number {
    TermId value;
    TermId none;
    model::TypeKind kind = model::TypeKind::kInt;
    std::int64_t symbols = 0;  // kCategory: how many there are
  };
  struct Range {
    model::FactId fact;
    TermId guard;
    std::vector<std::pair<model::VariableId, model::ExprId>> filters;
    Scope scope;
    model::DefineId define;  // that names it
  };
  struct Voice {
    std::string text;  // of a judgement
    std::optional<value::Value> value;
    TermId decided;  // valid: a decision of which it is not known beforehand what it is
    bool exactly = false;
    TermId stands;
  };

  TermId Bool(model::ExprId id, const Scope& scope);
  TermId BoolCell(const model::Expr& expr, const Scope& scope);
  TermId Truth(TermId number);
  TermId Junction(const model::Expr& expr, const Scope& scope);
  TermId Some(const model::Expr& expr, const Scope& scope);
  TermId CountAtLeast(const model::Expr& expr, const Scope& scope);
  TermId IsKnown(model::ExprId id, const Scope& scope);
  TermId OutputIs(const model::Expr& expr);
  TermId LessEqual(Number a, Number b);
  TermId Equal(const model::Expr& expr, const Scope& scope);
  Number Of(model::ExprId id, const Scope& scope);
  Number Constant(const model::Expr& expr);
  Number FieldOf(const model::Expr& expr, const Scope& scope);
  Number OfSlots(const Slots& slots, const model::Type& type, const Bound* bound, std::int64_t depth);
  Number FactNumber(model::FactId fact);
  Number Shift(Number of, const calendar::Period& period, int direction);
  Number Extreme(const model::Expr& expr);
  TermId AtDay(const Number& of);
  TermId Slot(std::size_t slot, const Bound* bound, std::int64_t depth);
  std::int64_t NumberOf(const value::Value& value, model::CategoryId category) const;
  std::int64_t SymbolsOf(model::CategoryId category) const;
  const Bound& Find(const Scope& scope, model::VariableId variable) const;

  Range RangeOf(model::ExprId list, const Scope& scope);
  Scope Enter(const Range& range, model::VariableId variable) const;
  std::vector<TermId> Filters(const Range& range, const Scope& inside);
  TermId SomeOf(const Range& range, const std::vector<std::pair<model::VariableId, model::ExprId>>& tests,
                const std::vector<TermId>& more);

  template <typename Target>
  TermId NotTaken(model::RuleId id, Target target, TermId term);
  std::vector<Voice> VoicesOn(model::OutputId id);
  void AddDecided(const model::Output& output, const model::Judgement& judgement, const Voice& base,
                  std::vector<Voice>& voices);
  void AddCase(std::vector<AnswerCase>& cases, std::string_view text, TermId when,
               const std::optional<value::Value>& value = {});
  std::vector<AnswerCase> Strictest(const model::Output& output, const std::vector<Voice>& voices, TermId inside);
  std::vector<AnswerCase> Unique(const model::Output& output, const std::vector<Voice>& voices, TermId inside);
  void AddSilent(const model::Output& output, TermId silent, TermId inside, std::vector<AnswerCase>& cases);
  std::vector<AnswerCase> ComputeAnswers(model::OutputId id);
  std::string ValueText(const model::Output& output, const value::Value& value) const;
  TermId MustAsk(model::FactId fact);
  std::vector<TermId> AskedFor(model::FactId fact);

  // duties.cc
  friend class DutyEncoder;

  Terms& terms_;
  const Frame& frame_;
  const VersionView& view_;
  const model::Policy& policy_;
  model::ProtocolId protocol_;
  std::map<model::DefineId, TermId> defines_;
  std::map<model::RuleId, TermId> applies_;
  std::map<model::OutputId, std::vector<AnswerCase>> answers_;
  std::map<model::FactId, TermId> assumed_;
  std::set<model::FactId> assumed_facts_;
  std::map<TermId, Origin> origins_;
  std::map<TermId, std::vector<model::RuleId>> rules_of_;
  std::map<TermId, model::FactId> facts_of_;
  std::map<TermId, std::string> duty_sentences_;
  model::RuleId rule_;      // whose conditions are being encoded
  model::DefineId define_;  // the same
  TermId sentence_;         // about a list, the last that was made
};

}  // namespace cordon::symbolic
