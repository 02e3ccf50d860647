// The exact answers over completions against brute force: random small policies, random subjects, every completion.
//
// For each output: status, answer or possible answers, bounds, needs (smallest, first in order) and reasons, and for
// each duty: status and needs, are computed once by evaluate::Evaluate and once by enumerating all completions within
// the bounds of brute_force.h and evaluating each of them, complete, by the reference evaluator. A difference prints
// the seed, the policy and the subject. CORDON_POLICIES_TO_TRY in the environment tries more policies, as in
// `CORDON_POLICIES_TO_TRY=1000 build/release/bin/cordon_unit_tests`.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>

#include "brute_force.h"
#include "check/check.h"
#include "check/stdlib.h"
#include "diagnostics/render.h"
#include "evaluate/audience.h"
#include "evaluate/complete.h"
#include "evaluate/evaluate.h"
#include "evaluate/reference.h"
#include "report/json.h"
#include "syntax/parse.h"

namespace cordon {
namespace {

constexpr unsigned kFirstSeed = 1;
constexpr unsigned kNumPolicies = 200;
constexpr unsigned kSubjectsPerPolicy = 6;
constexpr std::size_t kMostCompletions = 800;

const testing::Bounds kBounds{*calendar::ParseDate("2024-12-30"), *calendar::ParseDate("2025-01-03"), 2};
const model::Moment kAsOf{*calendar::ParseDate("2025-01-02"), calendar::ParseDatetime("2025-01-02T12:00")};

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  unsigned Below(unsigned n) { return static_cast<unsigned>(engine_() % n); }
  bool Once(unsigned in) { return Below(in) == 0; }
  const char* Pick(const std::vector<const char*>& options) {
    return options[Below(static_cast<unsigned>(options.size()))];
  }

 private:
  std::mt19937 engine_;
};

// ---- random policies, as text

std::string ElementCondition(Random& random, int depth) {
  if (depth > 0 && random.Once(2)) {
    const char* joint = random.Pick({" and ", " or "});
    return "(" + ElementCondition(random, depth - 1) + joint + ElementCondition(random, depth - 1) + ")";
  }
  return random.Pick({"x.flag", "not x.flag", "x.day = today", "x.day < d", "x.day within 1 day before d",
                      "x.kind is north", "x.day more than 1 day ago", "(x.kind is not south and x.flag)",
                      "x.kind = k"});
}

std::string Condition(Random& random, int depth) {
  if (depth > 0 && random.Once(2)) {
    const char* joint = random.Pick({" and ", " or "});
    return "(" + Condition(random, depth - 1) + joint + Condition(random, depth - 1) + ")";
  }
  switch (random.Below(8)) {
    case 0:
      return random.Pick({"a", "b", "not a", "not b", "recent(d)", "(recent(e) and not recent(f))"});
    case 1:
      return random.Pick({"k is north", "k is south", "k is not south", "k in { east, south }"});
    case 2:
      return random.Pick(
          {"d <= today", "d within the last 1 day", "d < e", "d = e", "e more than 1 day before d", "f < d"});
    case 3:
      return "some x in xs has (" + ElementCondition(random, 1) + ")";
    case 4:
      return random.Pick({"every x in xs has (", "no x in xs has ("}) + ElementCondition(random, 1) + ")";
    case 5:
      return random.Pick({"some x in latest xs by day has (", "no x in earliest xs by day has (",
                          "every x in latest xs by day has (", "some x in earliest (xs where (flag)) by day has ("}) +
             ElementCondition(random, 0) + ")";
    case 6:
      return random.Pick({"m + n > 2", "2 * m <= n + 1", "m - n >= 1", "m + n = 2", "m * 3 > 4", "n > m",
                          "count(latest xs by day) >= 2", "count(earliest (xs where (kind is south)) by day) = 1"});
    default:
      return random.Pick(
          {"count(xs where (flag)) >= 2", "xs is empty", "count(xs where (day <= today)) = 1", "(a implies b)"});
  }
}

// The condition about `x` as one about another variable.
std::string OfVariable(char variable, std::string condition) {
  for (std::size_t at = condition.find("x."); at != std::string::npos; at = condition.find("x.", at + 1)) {
    condition[at] = variable;
  }
  return condition;
}

std::string RandomConclusion(Random& random, std::string& concluded) {
  const std::string exactly = random.Once(5) ? " exactly " : " = ";
  switch (random.Below(5)) {
    case 0:
      concluded = "o";
      return "o" + exactly + random.Pick({"yes", "no"});
    case 1:
      concluded = "o";
      return "o = judgement by ward decided in decided";
    case 2:
      concluded = "l";
      return "l" + exactly + random.Pick({"low", "middle", "high"}) + "\n    also o = yes";
    case 3: {
      concluded = random.Pick({"isolate", "watch"});
      const bool ends = random.Once(2);
      const std::string duty = concluded == "isolate" ? "ward must isolate" : "ward should watch";
      return duty + (ends ? " until (" + Condition(random, 1) + ")" : "");
    }
    default:
      concluded = "u";
      return std::string("u = ") + random.Pick({"low", "middle"});
  }
}

// Adds to `concluded` what the rule concludes on.
std::string RandomRule(Random& random, unsigned number, std::vector<std::string>& concluded) {
  std::string text = "  rule r" + std::to_string(number) + " cite s \"1\"";
  const bool overrides = number > 0 && random.Once(3);
  const unsigned target = overrides ? random.Below(number) : 0;
  if (overrides) text += " overrides r" + std::to_string(target);
  const bool drops = overrides && !concluded[target].empty() && random.Once(3);
  if (drops) text += " drops " + concluded[target];
  const bool each = random.Once(4);
  if (each) text += " for each z in xs";
  text += "\n    when " + (each ? OfVariable('z', ElementCondition(random, 1)) : Condition(random, 2)) + "\n";
  if (!each && random.Once(4)) text += "    unless " + Condition(random, 1) + "\n";
  concluded.emplace_back();
  return text + (drops ? "\n" : "    then " + RandomConclusion(random, concluded.back()) + "\n\n");
}

std::string RandomPolicy(Random& random) {
  std::ostringstream text;
  text << "policy test.random version 2025-01-01\n  title en \"random\"\n  source s \"S\"\n\n"
          "category Place = north (far, near), south, east\n"
          "scale Level = low < middle < high\n"
          "role ward en \"ward\"\n"
          "record X\n  flag : bool\n  kind : Place\n  day : date\n"
          "  require day >= 2025-01-01\n  require day <= 2025-01-02\n"
          "  require kind in { far, south }\n  require flag or (day = 2025-01-01 and kind is far)\n";
  const char* assumed = random.Once(2) ? " assume no because \"x\"" : "";
  const char* unless = random.Once(2) ? " assume no unless asked because \"x\"" : "";
  const char* empty = random.Once(2) ? " assume empty unless asked because \"x\"" : "";
  text
      << "\nfact a : bool cite s \"1\" ask en \"a?\"" << unless << "\nfact b : bool recorded cite s \"1\"" << assumed
      << "\nfact k : Place recorded cite s \"1\"\nfact d : date recorded cite s \"1\"\nfact e : date recorded cite s "
         "\"1\"\n"
         "fact f : date recorded cite s \"1\"\nfact m : int recorded cite s \"1\"\nfact n : int recorded cite s \"1\"\n"
         "define recent(about : date) = about within the last 1 day\n"
         "fact xs : list of X cite s \"1\" ask en \"xs?\""
      << empty
      << "\nfact decided : bool recorded cite s \"1\"\n"
         "group questions = a, xs\naction ask(what: Group) text en \"ask\"\n"
         "action isolate text en \"isolate\"\naction watch text en \"watch\"\n\n"
         "protocol p about patient\n\n"
         "  output o : bool strictest\n"
      << (random.Once(2) ? "    default no cite s \"1\"\n" : "")
      << "  output l : Level strictest\n    default low cite s \"1\"\n  output u : Level unique\n\n";
  if (random.Once(2)) text << "  rule asking cite s \"1\"\n    when b\n    then ward must ask(questions)\n\n";
  const unsigned num_rules = 3 + random.Below(4);
  std::vector<std::string> concluded;  // by rule: an output
  for (unsigned i = 0; i < num_rules; ++i) text << RandomRule(random, i, concluded);
  if (random.Once(3)) text << "  rule last cite s \"1\"\n    when o is at least yes and a\n    then l = high\n\n";
  return text.str();
}

std::optional<model::Policy> Build(const std::string& text, std::string* problems) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  check::Unit unit;
  unit.files.push_back(syntax::Parse(sources, sources.Add("random.cordon", text), sink));
  std::optional<model::Policy> policy;
  if (!sink.has_errors()) policy = check::Check(sources, unit, sink);
  if (!policy) *problems = diagnostics::RenderAll(sink, sources, diagnostics::Colour::kNever);
  return policy;
}

// ---- random subjects

facts::Cell Known(value::Value value) {
  facts::Cell cell;
  cell.state = facts::CellState::kKnown;
  cell.value = std::move(value);
  return cell;
}

facts::Cell RandomDate(Random& random, bool in_record) {
  const std::int64_t first = calendar::ParseDate(in_record ? "2025-01-01" : "2024-12-31")->days;
  if (random.Once(3)) {
    facts::Cell cell;
    cell.state = facts::CellState::kRange;
    cell.first = first;
    cell.last = first + 1 + random.Below(in_record ? 1 : 2);
    return cell;
  }
  return Known(value::Value::OfDate({first + random.Below(in_record ? 2 : 3)}));
}

facts::Cell RandomCell(Random& random, const model::Type& type) {
  facts::Cell cell;
  if (type.kind == model::TypeKind::kDate) return RandomDate(random, false);
  if (type.kind == model::TypeKind::kInt) {  // always within bounds, since brute force needs some
    if (random.Once(2)) return Known(value::Value::Int(random.Below(3)));
    cell.state = facts::CellState::kRange;
    cell.first = random.Below(2);
    cell.last = cell.first + 1;
    return cell;
  }
  if (random.Once(3)) {
    if (random.Once(2)) cell.state = facts::CellState::kNull;
    return cell;
  }
  if (type.kind == model::TypeKind::kBool) return Known(value::Value::Bool(random.Once(2)));
  if (type.kind == model::TypeKind::kCategory) {
    if (random.Once(2)) return Known(value::Value::Symbol(random.Below(4)));
    cell.state = facts::CellState::kSymbols;
    cell.first_leaf = 0;
    cell.end_leaf = 2;
    return cell;
  }
  cell.state = facts::CellState::kList;
  cell.open = random.Once(4);
  for (unsigned n = random.Below(3); n > 0; --n) {
    facts::Cell element;
    element.state = facts::CellState::kRecord;
    element.children = {random.Once(3) ? facts::Cell{} : Known(value::Value::Bool(true)),
                        random.Once(3) ? facts::Cell{} : Known(value::Value::Symbol(random.Once(2) ? 0 : 2)),
                        RandomDate(random, true)};
    cell.children.push_back(std::move(element));
  }
  return cell;
}

std::string Show(const facts::Cell& cell) {
  switch (cell.state) {
    case facts::CellState::kAbsent:
      return "absent";
    case facts::CellState::kNull:
      return "null";
    case facts::CellState::kKnown:
      return std::to_string(cell.value.number);
    case facts::CellState::kRange:
      return std::to_string(cell.first) + ".." + std::to_string(cell.last);
    case facts::CellState::kSymbols:
      return "symbols";
    case facts::CellState::kRecord:
    case facts::CellState::kList:
      break;
  }
  std::string text = cell.open ? "open(" : "(";
  for (const facts::Cell& child : cell.children) text += Show(child) + " ";
  return text + ")";
}

facts::Subject RandomSubject(Random& random, const model::Policy& policy, std::string& shown) {
  facts::Subject subject = facts::Unasked(policy, kAsOf);
  for (std::size_t i = 0; i < policy.facts.size(); ++i) {
    const bool decision = policy.facts[i].name == "decided";
    if (!decision || random.Once(3)) subject.facts[i] = RandomCell(random, policy.facts[i].type);
    if (decision && subject.facts[i].unknown()) subject.facts[i] = facts::Cell{};
    shown += policy.facts[i].name + "=" + Show(subject.facts[i]) + " ";
  }
  return subject;
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
  static bool Same(const evaluate::Answer& a, const evaluate::Answer& b) {
    if (std::holds_alternative<evaluate::ConflictAnswer>(a)) return std::holds_alternative<evaluate::ConflictAnswer>(b);
    return a == b;
  }

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

unsigned NumPolicies() {
  const char* wanted = std::getenv("CORDON_POLICIES_TO_TRY");
  return wanted == nullptr ? kNumPolicies : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
}

TEST(Completions, AgreeWithBruteForceOnRandomPolicies) {
  std::size_t num_compared = 0;
  for (unsigned seed = kFirstSeed; seed < kFirstSeed + NumPolicies(); ++seed) {
    Random random(seed);
    const std::string text = RandomPolicy(random);
    std::string problems;
    const std::optional<model::Policy> policy = Build(text, &problems);
    if (problems.find("[E0440]") != std::string::npos) continue;  // two of its rules contradict each other outright
    ASSERT_TRUE(policy.has_value()) << "seed " << seed << "\n" << text << problems;
    for (unsigned n = 0; n < kSubjectsPerPolicy; ++n) {
      std::string shown;
      const facts::Subject subject = RandomSubject(random, *policy, shown);
      diagnostics::Sink sink;
      if (!evaluate::CheckFeasible(*policy, subject, sink)) continue;
      const Measure measure(*policy, subject);
      if (measure.too_many()) continue;
      ASSERT_GT(measure.num_completions(), 0U) << "seed " << seed << "\n" << text << shown;
      const evaluate::Outcome outcome = evaluate::Evaluate(*policy, model::ProtocolId(0), subject);
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

// ---- audiences

using Lines = std::map<std::string, std::string>;

// Each output and duty of a result as a program reads it, by name.
Lines LinesOf(const model::Policy& policy, const facts::Subject& subject, evaluate::Outcome outcome) {
  Lines lines;
  outcome.disclosure.reset();
  outcome.ask.clear();
  outcome.assumptions.clear();
  outcome.interpretations.clear();
  evaluate::Outcome alone = outcome;
  alone.outputs.clear();
  for (const evaluate::DutyOutcome& duty : outcome.duties) {
    alone.duties = {duty};
    std::string& line = lines["duty " + policy.actions[duty.duty.action.index].name];
    line += report::Json(policy, subject, alone, report::WhyNot::kInclude);
  }
  alone.duties.clear();
  for (const evaluate::OutputOutcome& output : outcome.outputs) {
    alone.outputs = {output};
    lines[policy.outputs[output.output.index].name] = report::Json(policy, subject, alone, report::WhyNot::kInclude);
  }
  return lines;
}

// With one fact of each policy withheld from a new role: what that role is shown stands so in the whole result.
TEST(Audiences, AreShownWhatTheWholeResultSays) {
  std::size_t num_shown = 0;
  std::size_t num_hidden = 0;
  for (unsigned seed = kFirstSeed; seed < kFirstSeed + NumPolicies(); ++seed) {
    Random random(seed);
    const std::string text = RandomPolicy(random);
    std::string problems;
    std::optional<model::Policy> policy = Build(text, &problems);
    if (problems.find("[E0440]") != std::string::npos) continue;  // two of its rules contradict each other outright
    ASSERT_TRUE(policy.has_value()) << "seed " << seed << "\n" << text << problems;
    const model::RoleId driver(policy->roles.size());
    policy->roles.push_back({"driver", {}});
    model::Fact& withheld = policy->facts[random.Below(static_cast<unsigned>(policy->facts.size()))];
    withheld.confidential_to = {model::RoleId(0)};
    const evaluate::Audience audience = evaluate::AudienceOf(*policy, model::ProtocolId(0), driver);
    std::string shown = "withheld " + withheld.name + ", ";
    const facts::Subject subject = RandomSubject(random, *policy, shown);
    diagnostics::Sink sink;
    if (!evaluate::CheckFeasible(*policy, subject, sink)) continue;
    const Lines whole = LinesOf(*policy, subject, evaluate::Evaluate(*policy, model::ProtocolId(0), subject));
    const Lines part =
        LinesOf(*policy, subject, evaluate::EvaluateFor(*policy, model::ProtocolId(0), subject, audience));
    for (const auto& [name, line] : part) {
      ASSERT_EQ(whole.count(name), 1U) << "seed " << seed << ", " << shown << "\n" << text;
      EXPECT_EQ(whole.at(name), line) << "seed " << seed << ", " << shown << "\n" << text;
    }
    num_shown += part.size();
    num_hidden += whole.size() - part.size();
  }
  EXPECT_GT(num_shown, 20U);
  EXPECT_GT(num_hidden, 20U);
}

}  // namespace
}  // namespace cordon
