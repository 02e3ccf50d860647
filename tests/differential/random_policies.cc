// Makes up policies and subjects; see random_policies.h.
#include "random_policies.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "check/check.h"
#include "diagnostics/render.h"
#include "syntax/parse.h"

namespace cordon::testing {
namespace {

constexpr unsigned kNumPolicies = 150;

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
      return random.Pick({"m + n > 2", "2 * m <= n + 1", "m - n >= 1", "m + n = 2", "m * 3 > 4", "n > m", "m - n > n",
                          "2 * (m - n) <= 1", "m - n + m > 2", "count(latest xs by day) >= 2",
                          "count(earliest (xs where (kind is south)) by day) = 1"});
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

}  // namespace

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

unsigned NumPolicies() {
  const char* wanted = std::getenv("CORDON_POLICIES_TO_TRY");
  return wanted == nullptr ? kNumPolicies : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
}

std::optional<model::Policy> BuildRandom(const std::string& text) {
  diagnostics::Sources sources;
  diagnostics::Sink sink;
  check::Unit unit;
  unit.files.push_back(syntax::Parse(sources, sources.Add("random.cordon", text), sink));
  std::optional<model::Policy> policy;
  if (!sink.has_errors()) policy = check::Check(sources, unit, sink);
  const std::string problems = diagnostics::RenderAll(sink, sources, diagnostics::Colour::kNever);
  EXPECT_TRUE(policy.has_value() || problems.find("[E0440]") != std::string::npos) << text << problems;
  return policy;
}

// ---- random subjects

namespace {

facts::Cell RandomDate(Random& random, bool in_record) {
  const std::int64_t first = calendar::ParseDate(in_record ? "2025-01-01" : "2024-12-31")->days;
  if (random.Once(3)) {
    facts::Cell cell;
    cell.state = facts::CellState::kRange;
    cell.first = first;
    cell.last = first + 1 + random.Below(in_record ? 1 : 2);
    return cell;
  }
  return facts::Cell::Known(value::Value::OfDate({first + random.Below(in_record ? 2 : 3)}));
}

facts::Cell RandomCell(Random& random, const model::Type& type) {
  facts::Cell cell;
  if (type.kind == model::TypeKind::kDate) return RandomDate(random, false);
  if (type.kind == model::TypeKind::kInt) {  // always within bounds, since brute force needs some
    if (random.Once(2)) return facts::Cell::Known(value::Value::Int(random.Below(3)));
    cell.state = facts::CellState::kRange;
    cell.first = random.Below(2);
    cell.last = cell.first + 1;
    return cell;
  }
  if (random.Once(3)) {
    if (random.Once(2)) cell.state = facts::CellState::kNull;
    return cell;
  }
  if (type.kind == model::TypeKind::kBool) return facts::Cell::Known(value::Value::Bool(random.Once(2)));
  if (type.kind == model::TypeKind::kCategory) {
    if (random.Once(2)) return facts::Cell::Known(value::Value::Symbol(random.Below(4)));
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
    element.children = {
        random.Once(3) ? facts::Cell{} : facts::Cell::Known(value::Value::Bool(true)),
        random.Once(3) ? facts::Cell{} : facts::Cell::Known(value::Value::Symbol(random.Once(2) ? 0 : 2)),
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

}  // namespace

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

}  // namespace cordon::testing
