// Writes generated patients; see generated_tests.h.
#include "report/generated_tests.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "analyse/patient_words.h"
#include "model/print.h"
#include "report/safe_text.h"
#include "report/words.h"
#include "support/text.h"

namespace cordon::report {
namespace {

using analyse::GeneratedProtocol;
using analyse::GeneratedTest;
using analyse::Unreached;
using evaluate::Status;

constexpr std::string_view kExample = "generated";

// `screen = yes`; nothing where no expectation can say it.
std::optional<std::string> OutputWords(const model::Policy& policy, const evaluate::OutputOutcome& outcome) {
  const model::Output& output = policy.outputs[outcome.output.index];
  const auto* value = outcome.answer ? std::get_if<evaluate::ValueAnswer>(&*outcome.answer) : nullptr;
  const std::string text = value != nullptr ? model::PrintValue(policy, value->value, output.type) : "";
  switch (outcome.status) {
    case Status::kDetermined:
      return fmt::format("{} = {}", output.name, text);
    case Status::kProvisional:
      if (value != nullptr) return fmt::format("{} is provisionally {}", output.name, text);
      if (!outcome.answer || !std::holds_alternative<evaluate::JudgementAnswer>(*outcome.answer)) return std::nullopt;
      return output.name + " is provisionally judgement";
    case Status::kUndetermined:
      return output.name + " is unknown";
    case Status::kJudgement:
    case Status::kNotCovered:
    case Status::kConflict:
      return fmt::format("{} is {}", output.name, StatusText(outcome.status));
  }
  return std::nullopt;
}

// Whether some rule concludes the duty, so that no output's answer says it already, and a test can name it.
bool IsNamed(const evaluate::DutyOutcome& duty) {
  const bool by_rule = std::any_of(duty.because.begin(), duty.because.end(),
                                   [](const evaluate::Reason& reason) { return reason.rule.valid(); });
  const bool open = duty.because.empty();
  const bool known = std::all_of(duty.args.begin(), duty.args.end(), [](const auto& arg) { return arg.has_value(); });
  return (by_rule || open) && known;
}

// `ward must isolate at admission to laboratory`.
std::string DutyName(const model::Policy& policy, const evaluate::DutyOutcome& outcome) {
  model::Duty duty = outcome.duty;
  duty.as_far_as_possible = false;
  duty.when_texts.clear();
  duty.with.clear();
  duty.except.clear();
  Arguments args = outcome.args;
  for (evaluate::Argument& arg : args) {
    auto* value = arg ? std::get_if<value::Value>(&*arg) : nullptr;
    const bool is_text = value != nullptr && value->kind == value::Kind::kText;
    if (is_text) *value = value::Value::Text(model::PrintValue(policy, *value, {}));  // in quotes
  }
  return DutySpelling(policy, duty, args, {});
}

std::optional<std::string> DutyWords(const model::Policy& policy, const evaluate::DutyOutcome& outcome) {
  if (!IsNamed(outcome)) return std::nullopt;
  switch (outcome.status) {
    case Status::kDetermined:
      return DutyName(policy, outcome);
    case Status::kProvisional:
      return DutyName(policy, outcome) + " is provisional";
    case Status::kUndetermined:
      return DutyName(policy, outcome) + " is unknown";
    case Status::kJudgement:
    case Status::kNotCovered:
    case Status::kConflict:
      break;
  }
  return std::nullopt;
}

class Writer {
 public:
  Writer(const model::Policy& policy, const GeneratedProtocol& generated) : policy_(policy), generated_(generated) {}

  std::string Write() {
    NoteAbsent();
    AddHead();
    AddExample();
    for (std::size_t i = 0; i < generated_.tests.size(); ++i) AddTest(i);
    return std::move(text_);
  }

 private:
  void Comment(const std::string& line) { text_ += "  # " + SafeLine(line) + "\n"; }

  void AddHead() {
    const std::string& name = policy_.protocols[generated_.protocol.index].name;
    Comment(
        fmt::format("Tests of protocol {}, to stand below its last statement, generated from {} {}: {} patients show "
                    "{} things.",
                    name, policy_.id, policy_.version, generated_.tests.size(), generated_.num_goals));
    Comment("They expect what the policy says today. Nobody has confirmed it yet.");
    AddUnreached(Unreached::kProved, "Proved, that no patient shows");
    AddUnreached(Unreached::kGuarantee, "Only a patient for whom a guarantee is violated shows");
    AddUnreached(Unreached::kUndecided, "Undecided, whether some patient shows");
  }

  void AddUnreached(Unreached why, const std::string& heading) {
    bool first = true;
    for (const analyse::UnreachedGoal& goal : generated_.unreached) {
      if (goal.why != why) continue;
      if (std::exchange(first, false)) Comment(heading);
      Comment("  - " + goal.words);
    }
  }

  void AddExample() {
    text_ += fmt::format("\n  example {}\n    today {}\n", kExample, MomentText(generated_.plain.as_of));
    AddGiven(GivenBy(generated_.plain, nullptr));
    text_ += "\n";
  }

  // The facts of `subject`; where it is like another, those that differ.
  std::vector<std::string> GivenBy(const facts::Subject& subject, const facts::Subject* like) const {
    std::vector<std::string> given;
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      const std::string text = FactText(i, subject);
      if (text == (like == nullptr ? "not asked" : FactText(i, *like))) continue;
      given.push_back(policy_.facts[i].name + " = " + text);
    }
    return given;
  }

  std::string FactText(std::size_t fact, const facts::Subject& subject) const {
    const facts::Cell& cell = subject.facts[fact];
    return cell.state == facts::CellState::kAbsent ? "not asked"
                                                   : analyse::CellText(policy_, policy_.facts[fact].type, cell);
  }

  void AddGiven(const std::vector<std::string>& given) {
    if (!given.empty()) text_ += "    given " + support::Join(given, ",\n      ") + "\n";
  }

  void AddTest(std::size_t index) {
    const GeneratedTest& test = generated_.tests[index];
    std::vector<std::string> expected;
    const auto add = [&](const std::optional<std::string>& words) {
      if (words && std::find(expected.begin(), expected.end(), *words) == expected.end()) expected.push_back(*words);
    };
    for (const evaluate::OutputOutcome& outcome : test.outcome.outputs) add(OutputWords(policy_, outcome));
    for (const evaluate::DutyOutcome& outcome : test.outcome.duties) add(DutyWords(policy_, outcome));
    for (const auto& [duty, first] : absent_) {
      if (first == index) add("no duty " + duty);
    }
    if (expected.empty()) return;  // a test has to expect something
    for (const std::string& shown : test.shows) Comment("shows: " + shown);
    text_ += fmt::format("  test \"{}\"  like {}\n", SafeLine(test.name), kExample);
    const std::string today = MomentText(test.subject.as_of);
    if (today != MomentText(generated_.plain.as_of)) text_ += "    today " + today + "\n";
    AddGiven(GivenBy(test.subject, &generated_.plain));
    text_ += "    expect " + support::Join(expected, ",\n      ") + "  # to be confirmed\n\n";
  }

  // Each duty that some patient has is named as absent once, by the first test without it.
  void NoteAbsent() {
    std::set<std::string> known;
    for (const GeneratedTest& having : generated_.tests) {
      for (const evaluate::DutyOutcome& duty : having.outcome.duties) {
        if (!IsNamed(duty) || !known.insert(DutyName(policy_, duty)).second) continue;
        for (std::size_t i = 0; i < generated_.tests.size(); ++i) {
          const auto& others = generated_.tests[i].outcome.duties;
          const bool has = std::any_of(others.begin(), others.end(), [&](const evaluate::DutyOutcome& other) {
            return other.duty.actor == duty.duty.actor && other.duty.action == duty.duty.action;
          });
          if (has) continue;
          absent_.emplace_back(DutyName(policy_, duty), i);
          break;
        }
      }
    }
  }

  const model::Policy& policy_;
  const GeneratedProtocol& generated_;
  std::vector<std::pair<std::string, std::size_t>> absent_;  // a duty, and the test that says that it is not
  std::string text_;
};

}  // namespace

std::string GeneratedTests(const model::Policy& policy, const GeneratedProtocol& generated) {
  return Writer(policy, generated).Write();
}

}  // namespace cordon::report
