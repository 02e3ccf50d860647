// The exact answers over completions against brute force: random small policies, random subjects, every completion.
//
// For each output: status, answer or possible answers, bounds, needs (smallest, first in order) and reasons, and for
// each duty: status and needs, are computed once by evaluate::Evaluate and once by enumerating all completions within
// the bounds of brute_force.h and evaluating each of them, complete, by the reference evaluator. A difference prints
// the seed, the policy and the subject. CORDON_POLICIES_TO_TRY in the environment tries more policies, as in
// `CORDON_POLICIES_TO_TRY=1000 build/release/bin/cordon_unit_tests`.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "brute_force.h"
#include "evaluate/complete.h"
#include "evaluate/evaluate.h"
#include "evaluate/reference.h"
#include "random_policies.h"

namespace cordon {
namespace {

using testing::BuildRandom;
using testing::kAsOf;
using testing::kBounds;
using testing::kFirstSeed;
using testing::NumPolicies;
using testing::Random;
using testing::RandomPolicy;
using testing::RandomSubject;

constexpr unsigned kSubjectsPerPolicy = 6;
constexpr std::size_t kMostCompletions = 800;

// Whichever rules contradict one another.
bool Same(const evaluate::Answer& a, const evaluate::Answer& b) {
  if (std::holds_alternative<evaluate::ConflictAnswer>(a)) return std::holds_alternative<evaluate::ConflictAnswer>(b);
  return a == b;
}

// ---- what is left of the answers where little work may be spent

// Nothing but what is so is determined, and nothing that is possible is left out.
void ExpectHoldsTooMuch(const evaluate::Outcome& rough, const evaluate::Outcome& exact) {
  bool same = true;
  for (std::size_t i = 0; i < exact.outputs.size(); ++i) {
    const evaluate::OutputOutcome& a = rough.outputs[i];
    const evaluate::OutputOutcome& b = exact.outputs[i];
    if (a.status == evaluate::Status::kUndetermined) {
      for (const evaluate::Answer& answer : b.possible) {
        EXPECT_TRUE(std::any_of(a.possible.begin(), a.possible.end(), [&](const auto& x) { return Same(x, answer); }));
      }
      for (const std::string& path : b.needs) {
        EXPECT_TRUE(b.status == evaluate::Status::kProvisional ||
                    std::find(a.needs.begin(), a.needs.end(), path) != a.needs.end());
      }
    } else {
      EXPECT_EQ(a.status == evaluate::Status::kProvisional,
                b.status == evaluate::Status::kProvisional || (!rough.exact && a.status != b.status));
      EXPECT_TRUE(a.answer && b.answer && Same(*a.answer, *b.answer));
    }
    same = same && a.status == b.status && a.needs == b.needs;
  }
  EXPECT_TRUE(same || !rough.exact);
}

// ---- the comparison

// What one completion says: the answers of all outputs, whether it is among those that the assumptions leave.
struct Said {
  std::vector<evaluate::Answer> answers;
  std::vector<std::set<std::uint32_t>>
      rules;                 // by output: those that stand with a part in the answer; 1000: the default
  std::vector<bool> duties;  // by action: whether there is one
  bool assumed = true;
  const std::vector<std::string>* values = nullptr;
};

class Measure {
 public:
  Measure(const model::Policy& policy, const facts::Subject& subject)
      : policy_(policy),
        subject_(subject),
        completions_(testing::Complete(policy, subject, kBounds, kMostCompletions)),
        duties_(evaluate::CollectDuties(policy, model::ProtocolId(0), subject)),
        reads_facts_(evaluate::ExprsThatReadFacts(policy)) {
    for (const testing::Completed& completed : completions_.all) said_.push_back(Say(completed));
  }

  std::size_t num_completions() const { return said_.size(); }
  bool too_many() const { return completions_.too_many; }

  void Compare(const evaluate::OutputOutcome& seen, std::size_t output) const {
    std::vector<evaluate::Answer> all = Distinct(output, false);
    std::vector<evaluate::Answer> assumed = Distinct(output, true);
    const bool open = all.size() > 1;
    const std::vector<evaluate::Answer>& answers = open ? assumed : all;
    if (!open) {
      EXPECT_NE(seen.status, evaluate::Status::kUndetermined);
      EXPECT_NE(seen.status, evaluate::Status::kProvisional);
    } else {
      EXPECT_EQ(seen.status, assumed.size() == 1 ? evaluate::Status::kProvisional : evaluate::Status::kUndetermined);
    }
    if (answers.size() == 1) {
      ASSERT_TRUE(seen.answer.has_value());
      EXPECT_TRUE(Same(*seen.answer, answers[0]));
      CompareReasons(seen, output, open);
    } else {
      ASSERT_EQ(seen.possible.size(), answers.size());
      for (const evaluate::Answer& answer : answers) {
        EXPECT_TRUE(
            std::any_of(seen.possible.begin(), seen.possible.end(), [&](const auto& a) { return Same(a, answer); }));
      }
    }
    const auto agree = [&](const Said& x, const Said& y) { return Same(x.answers[output], y.answers[output]); };
    if (open) {
      EXPECT_EQ(seen.needs, Needs(agree, assumed.size() > 1));
    }
  }

  // Whether the duty of an action without arguments is there; none here is both demanded and forbidden.
  void CompareDuty(const evaluate::Outcome& outcome, std::size_t action) const {
    std::size_t num = 0;
    std::size_t num_assumed = 0;
    std::size_t num_there = 0;
    std::size_t num_there_assumed = 0;
    for (const Said& said : said_) {
      const bool there = said.duties[action];
      ++num;
      num_assumed += said.assumed ? 1 : 0;
      num_there += there ? 1 : 0;
      num_there_assumed += there && said.assumed ? 1 : 0;
    }
    const auto seen = std::find_if(outcome.duties.begin(), outcome.duties.end(),
                                   [&](const auto& duty) { return duty.duty.action.index == action; });
    if (seen == outcome.duties.end()) {
      EXPECT_EQ(num_there_assumed, 0U);
      return;
    }
    EXPECT_GT(num_there, 0U);
    EXPECT_EQ(seen->status == evaluate::Status::kDetermined, num_there == num);
    if (num_there == num) return;
    const bool open = num_there_assumed > 0 && num_there_assumed < num_assumed;
    EXPECT_EQ(seen->status == evaluate::Status::kUndetermined, open);
    const auto agree = [&](const Said& x, const Said& y) { return x.duties[action] == y.duties[action]; };
    EXPECT_EQ(seen->needs, Needs(agree, open));
  }

 private:
  Said Say(const testing::Completed& completed) const {
    evaluate::World world;
    std::vector<evaluate::View> views{MakeView(policy_, completed.subject, world, 0, nullptr, nullptr, nullptr)};
    const evaluate::Context context{policy_, model::ProtocolId(0), completed.subject.as_of, duties_, reads_facts_};
    evaluate::Reference reference(context, world, views);
    Said said;
    said.values = &completed.values;
    for (std::size_t i = 0; i < policy_.outputs.size(); ++i) {
      const evaluate::Answers answers = reference.AnswersOf(model::OutputId(i), 0);
      EXPECT_EQ(answers.possible.size(), 1U);
      said.answers.push_back(answers.possible[0]);
      said.rules.push_back(Standing(reference, model::OutputId(i), answers.possible[0]));
    }
    said.duties.resize(policy_.actions.size());
    for (const evaluate::DutyEntry& duty : duties_) {
      for (const evaluate::DutyConclusion& conclusion : duty.conclusions) {
        if (reference.Stands(conclusion, 0).truth == value::Truth::kTrue) said.duties[duty.action.index] = true;
      }
    }
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      const model::Fact& fact = policy_.facts[i];
      if (!fact.assume || subject_.facts[i].state != facts::CellState::kAbsent) continue;
      const bool asked =
          fact.assume->unless_asked && reference.MustAsk(model::FactId(i), 0).truth == value::Truth::kTrue;
      if (!asked && reference.HasAssumedValue(model::FactId(i), 0).truth != value::Truth::kTrue) said.assumed = false;
    }
    return said;
  }

  std::set<std::uint32_t> Standing(evaluate::Reference& reference, model::OutputId output,
                                   const evaluate::Answer& answer) const {
    std::set<std::uint32_t> rules;
    for (std::size_t r = 0; r < policy_.rules.size(); ++r) {
      for (const model::OutputConclusion& conclusion : policy_.rules[r].conclusions) {
        if (conclusion.output != output) continue;
        if (reference.StandsFor(model::RuleId(r), output, 0).truth != value::Truth::kTrue) continue;
        const auto value = reference.ConcludedValue(conclusion, 0);
        const auto* as_value = std::get_if<evaluate::ValueAnswer>(&answer);
        const bool part = std::holds_alternative<evaluate::ConflictAnswer>(answer) ||
                          (as_value != nullptr && value == as_value->value) ||
                          (std::holds_alternative<evaluate::JudgementAnswer>(answer) && !value);
        if (part) rules.insert(static_cast<std::uint32_t>(r));
      }
    }
    if (reference.HasDefault(output, 0).truth == value::Truth::kTrue) rules.insert(1000);
    return rules;
  }

  std::vector<evaluate::Answer> Distinct(std::size_t output, bool assumed) const {
    std::vector<evaluate::Answer> distinct;
    for (const Said& said : said_) {
      if (assumed && !said.assumed) continue;
      const auto& answer = said.answers[output];
      if (std::none_of(distinct.begin(), distinct.end(), [&](const auto& a) { return Same(a, answer); }))
        distinct.push_back(answer);
    }
    return distinct;
  }

  void CompareReasons(const evaluate::OutputOutcome& seen, std::size_t output, bool assumed) const {
    std::optional<std::set<std::uint32_t>> always;
    for (const Said& said : said_) {
      if (assumed && !said.assumed) continue;
      if (!always) always = said.rules[output];
      std::set<std::uint32_t> both;
      for (std::uint32_t rule : *always) {
        if (said.rules[output].count(rule) > 0) both.insert(rule);
      }
      always = both;
    }
    if (std::holds_alternative<evaluate::NotCoveredAnswer>(*seen.answer)) always->clear();
    std::set<std::uint32_t> because;
    for (const evaluate::Reason& reason : seen.because) because.insert(reason.rule.valid() ? reason.rule.index : 1000);
    EXPECT_EQ(because, *always);
    if (!always->empty() || std::holds_alternative<evaluate::NotCoveredAnswer>(*seen.answer)) return;
    for (const Said& said : said_) {
      if (assumed && !said.assumed) continue;
      EXPECT_TRUE(std::any_of(seen.any_of.begin(), seen.any_of.end(), [&](const evaluate::Reason& reason) {
        return said.rules[output].count(reason.rule.valid() ? reason.rule.index : 1000) > 0;
      }));
    }
  }

  // The smallest set of unknowns on which no two completions agree and answer differently.
  template <typename Agree>
  std::vector<std::string> Needs(const Agree& agree, bool assumed) const {
    const std::size_t num = completions_.paths.size();
    for (std::size_t size = 0; size <= num; ++size) {
      std::vector<bool> chosen(num, false);
      std::fill(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(size), true);
      do {
        if (!Settles(agree, assumed, chosen)) continue;
        std::vector<std::string> paths;
        for (std::size_t i = 0; i < num; ++i) {
          if (chosen[i]) paths.push_back(completions_.paths[i]);
        }
        return paths;
      } while (std::prev_permutation(chosen.begin(), chosen.end()));
    }
    return {};
  }

  template <typename Agree>
  bool Settles(const Agree& agree, bool assumed, const std::vector<bool>& chosen) const {
    std::map<std::string, const Said*> by_values;
    for (const Said& said : said_) {
      if (assumed && !said.assumed) continue;
      std::string key;
      for (std::size_t i = 0; i < chosen.size(); ++i) {
        if (chosen[i]) key += (*said.values)[i] + "|";
      }
      const auto [found, is_new] = by_values.emplace(key, &said);
      if (!is_new && !agree(*found->second, said)) return false;
    }
    return true;
  }

  const model::Policy& policy_;
  const facts::Subject& subject_;
  testing::AllCompletions completions_;
  evaluate::DutyTable duties_;
  std::vector<bool> reads_facts_;
  std::vector<Said> said_;
};

TEST(Completions, AgreeWithBruteForceOnRandomPolicies) {
  std::size_t num_compared = 0;
  for (unsigned seed = kFirstSeed; seed < kFirstSeed + NumPolicies(); ++seed) {
    Random random(seed);
    const std::string text = RandomPolicy(random);
    const std::optional<model::Policy> policy = BuildRandom(text);
    if (!policy) continue;
    for (unsigned n = 0; n < kSubjectsPerPolicy; ++n) {
      std::string shown;
      const facts::Subject subject = RandomSubject(random, *policy, shown);
      diagnostics::Sink sink;
      if (!evaluate::CheckFeasible(*policy, subject, sink)) continue;
      const Measure measure(*policy, subject);
      if (measure.too_many()) continue;
      ASSERT_GT(measure.num_completions(), 0U) << "seed " << seed << "\n" << text << shown;
      const evaluate::Outcome outcome = evaluate::Evaluate(*policy, model::ProtocolId(0), subject);
      {
        SCOPED_TRACE("seed " + std::to_string(seed) + ", little work, " + shown + "\n" + text);
        ExpectHoldsTooMuch(evaluate::Evaluate(*policy, model::ProtocolId(0), subject, 1 + random.Below(300)), outcome);
        if (HasFailure()) return;
      }
      for (std::size_t output = 0; output < outcome.outputs.size(); ++output) {
        SCOPED_TRACE("seed " + std::to_string(seed) + ", output " + policy->outputs[output].name + ", " + shown + "\n" +
                     text);
        measure.Compare(outcome.outputs[output], output);
        if (HasFailure()) return;
        ++num_compared;
      }
      for (std::size_t action = 1; action < policy->actions.size(); ++action) {  // the first is `ask`
        SCOPED_TRACE("seed " + std::to_string(seed) + ", " + policy->actions[action].name + ", " + shown + "\n" + text);
        measure.CompareDuty(outcome, action);
        if (HasFailure()) return;
      }
    }
  }
  EXPECT_GT(num_compared, 300U);
}

}  // namespace
}  // namespace cordon
