// Rules and rows that never apply, and those that apply and never decide; see prover.h.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyse/prover.h"
#include "evaluate/reads.h"
#include "model/rules.h"

namespace cordon::analyse {

using diagnostics::Code;
using model::RuleId;
using symbolic::Answer;
using symbolic::DutyCase;
using symbolic::Encoder;

namespace {

class RuleProof {
 public:
  RuleProof(Prover& prover, model::Policy& without) : prover_(prover), policy_(prover.policy()), without_(without) {}

  void Run() {
    for (std::size_t p = 0; p < policy_.protocols.size(); ++p) {
      const model::ProtocolId protocol(p);
      views_ = {protocol};
      if (!policy_.protocols[p].settings.empty()) AddReader(protocol);
      for (const RuleId rule : policy_.protocols[p].rules) Prove(rule);
    }
  }

 private:
  // A protocol that is read is not held to its setting.
  void AddReader(model::ProtocolId protocol) {
    for (std::size_t q = 0; q < policy_.protocols.size(); ++q) {
      if (q == protocol.index || evaluate::ProtocolsReadBy(policy_, model::ProtocolId(q)).count(protocol) == 0)
        continue;
      views_.push_back(model::ProtocolId(q));
      return;
    }
  }

  void Prove(RuleId id) {
    const model::Rule& rule = policy_.rules[id.index];
    const auto& told = prover_.options().told;
    if (std::find(told.begin(), told.end(), rule.span) != told.end()) return;
    const Answer applies = Any([&](model::ProtocolId view) { return prover_.encoder(view).Applies(id); });
    const std::string name = RuleName(policy_, id);
    if (applies == Answer::kGaveUp) return prover_.Undecided(Topic::kRules, rule.span, name + " can ever apply");
    if (applies == Answer::kNo) {
      return prover_.Refuted(Topic::kRules,
                             {Code::kNeverApplies,
                              rule.span,
                              name + " can never apply: no patient meets its conditions",
                              "mend the condition that excludes another, or take it out",
                              {}},
                             {});
    }
    if (StatesWhatHoldsAnyway(rule)) return prover_.Proved(Topic::kRules);
    const Answer decides = Any([&](model::ProtocolId view) { return Decides(id, view); });
    if (decides == Answer::kYes) return prover_.Proved(Topic::kRules);
    if (decides == Answer::kGaveUp) return prover_.Undecided(Topic::kRules, rule.span, name + " ever decides anything");
    prover_.Refuted(
        Topic::kRules,
        {Code::kNeverDecides, rule.span,
         name + " applies and never decides anything: without it every patient gets the same answers and "
                "duties",
         "others say the same for every patient that it is for, or it is overridden or outvoted: is that meant?",
         TwinsOf(id)},
        {});
  }

  // Rules that conclude one of the same things.
  std::vector<diagnostics::Note> TwinsOf(RuleId id) const {
    const model::Rule& rule = policy_.rules[id.index];
    std::vector<diagnostics::Note> notes;
    for (const RuleId other : policy_.protocols[rule.protocol.index].rules) {
      const model::Rule& twin = policy_.rules[other.index];
      const bool says_same = std::any_of(rule.conclusions.begin(), rule.conclusions.end(), [&](const auto& own) {
        return std::any_of(twin.conclusions.begin(), twin.conclusions.end(),
                           [&](const auto& c) { return c.output == own.output && c.value == own.value; });
      });
      const bool asks_same = std::any_of(rule.duties.begin(), rule.duties.end(), [&](const auto& own) {
        return std::any_of(twin.duties.begin(), twin.duties.end(), [&](const auto& d) {
          return d.actor == own.actor && d.action == own.action && d.modality == own.modality && d.args == own.args;
        });
      });
      if (other == id || !notes.empty() || (!says_same && !asks_same)) continue;
      notes.push_back({twin.span, RuleName(policy_, other) + " says the same"});
    }
    return notes;
  }

  template <typename Question>
  Answer Any(Question question) {
    Answer answer = Answer::kNo;
    for (const model::ProtocolId view : views_) {
      const Answer here = prover_.Find(question(view)).answer;
      if (here == Answer::kYes) return here;
      if (here == Answer::kGaveUp) answer = here;
    }
    return answer;
  }

  // A row that concludes the default says on purpose what holds anyway: the table is complete by it.
  bool StatesWhatHoldsAnyway(const model::Rule& rule) const {
    if (!rule.duties.empty() || !rule.overrides.empty()) return false;
    return std::all_of(rule.conclusions.begin(), rule.conclusions.end(), [&](const model::OutputConclusion& c) {
      const auto* value = std::get_if<value::Value>(&c.value);
      const auto& holds = policy_.outputs[c.output.index].default_value;
      return value != nullptr && holds && *value == *holds && !c.exactly;
    });
  }

  // Where something that the rule touches is other without it.
  TermId Decides(RuleId id, model::ProtocolId view) {
    const model::Rule& rule = policy_.rules[id.index];
    std::vector<RuleId>& rules = without_.protocols[rule.protocol.index].rules;
    const std::vector<RuleId> all = rules;
    rules.erase(std::find(rules.begin(), rules.end(), id));
    Encoder other(prover_.terms(), prover_.frame(), 1, view);
    Encoder& own = prover_.encoder(view);
    std::set<model::OutputId> outputs(rule.drops_outputs.begin(), rule.drops_outputs.end());
    for (const model::OutputConclusion& conclusion : rule.conclusions) outputs.insert(conclusion.output);
    std::vector<TermId> differ;
    for (const model::OutputId output : outputs) {
      differ.push_back(Difference(prover_.terms(), own.Answers(output), other.Answers(output)));
    }
    const bool has_duties = !rule.duties.empty() || !rule.drops_actions.empty();
    if (has_duties && view == rule.protocol) AddDuties(rule, other, differ);
    AddQuestions(rule, own, other, differ);
    rules = all;
    return prover_.terms().Or(std::move(differ));
  }

  void AddDuties(const model::Rule& rule, Encoder& other, std::vector<TermId>& differ) {
    symbolic::Terms& terms = prover_.terms();
    const std::vector<DutyCase> without = other.Duties();
    const DutyCase none{"", {{"none", terms.True(), {}}}, terms.False(), {}};
    for (const DutyCase& duty : prover_.Duties(rule.protocol)) {
      const auto same = [&](const DutyCase& d) { return d.key == duty.key; };
      const auto found = std::find_if(without.begin(), without.end(), same);
      const DutyCase& counterpart = found == without.end() ? none : *found;
      differ.push_back(Difference(terms, duty.states, counterpart.states));
      const TermId both = terms.And(duty.arises, counterpart.arises);
      for (const symbolic::AnswerCase& detail : duty.details) {
        TermId stated = terms.False();
        for (const symbolic::AnswerCase& d : counterpart.details) {
          if (d.text == detail.text) stated = d.when;
        }
        if (stated != detail.when) differ.push_back(terms.And(both, terms.Not(terms.Equal(detail.when, stated))));
      }
    }
    for (const DutyCase& duty : without) {
      const auto& known = prover_.Duties(rule.protocol);
      const auto same = [&](const DutyCase& d) { return d.key == duty.key; };
      if (std::none_of(known.begin(), known.end(), same)) differ.push_back(terms.Not(Of(duty, "none")));
    }
  }

  TermId Of(const DutyCase& duty, std::string_view state) const {
    for (const symbolic::AnswerCase& own : duty.states) {
      if (own.text == state) return own.when;
    }
    return prover_.terms().False();
  }

  // Whether a question must be put decides what is assumed.
  void AddQuestions(const model::Rule& rule, Encoder& own, Encoder& other, std::vector<TermId>& differ) {
    std::set<model::FactId> facts;
    const auto add = [&](const model::Duty& duty) {
      if (!model::IsAsking(policy_, duty.action)) return;
      for (const model::Argument& arg : duty.args) {
        const auto* group = std::get_if<model::GroupId>(&arg);
        if (group == nullptr) continue;
        const auto& asked = policy_.groups[group->index].facts;
        facts.insert(asked.begin(), asked.end());
      }
    };
    for (const model::Duty& duty : rule.duties) add(duty);
    for (const RuleId id : rule.overrides) {
      for (const model::Duty& duty : policy_.rules[id.index].duties) add(duty);
    }
    for (const model::FactId fact : facts) {
      const auto& assume = policy_.facts[fact.index].assume;
      if (!assume || !assume->unless_asked) continue;
      differ.push_back(prover_.terms().Not(prover_.terms().Equal(own.Assumed(fact), other.Assumed(fact))));
    }
  }

  Prover& prover_;
  const model::Policy& policy_;
  model::Policy& without_;
  std::vector<model::ProtocolId> views_;
};

}  // namespace

void ProveRules(Prover& prover, model::Policy& without) { RuleProof(prover, without).Run(); }

}  // namespace cordon::analyse
