// Holds lists against a policy, and tests against what answers them; see account.h.
#include "statements/account.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "support/text.h"

namespace cordon::statements {
namespace {

using diagnostics::Code;

constexpr std::size_t kMostExamples = 2;
constexpr std::size_t kMostReports = 20;  // of ids that no list holds: each looks through all of them

std::size_t NumApplied(const Observation& observation) {
  return static_cast<std::size_t>(
      std::count_if(observation.rules.begin(), observation.rules.end(),
                    [](const evaluate::RuleSeen& seen) { return seen.applies == value::Truth::kTrue; }));
}

// Reads what the tests show.
class Witness {
 public:
  Witness(const model::Policy& policy, const Readers& readers, const std::vector<Observation>& observations)
      : policy_(policy), readers_(readers), observations_(observations) {
    for (const Observation& observation : observations) num_applied_.push_back(NumApplied(observation));
  }

  Evidence Of(const model::Answer& answer) const {
    const std::string& what = answer.what;
    if (what == "guarantee") return OfGuarantees({answer.path}, Basis::kGuarantee);
    if (what == "output") return OfOutput(answer.path);
    if (what == "release") {
      const std::size_t dot = answer.path.find(".release.");
      return OfOutput(answer.path.substr(0, dot + 1) + answer.path.substr(dot + sizeof(".release.") - 1));
    }
    const std::vector<model::RuleId> rules = readers_.Of(what, answer.path);
    if (what == "rule" || what == "row") return OfRules(rules, Basis::kRule);
    if (what == "table" || what == "protocol") return OfRules(rules, Basis::kHeld);
    const std::vector<std::string> guarantees = readers_.GuaranteesOf(what, answer.path);
    if (rules.empty() && !guarantees.empty()) return OfGuarantees(guarantees, Basis::kGuaranteed);
    return OfRules(rules, Basis::kReaders);
  }

 private:
  Evidence OfRules(const std::vector<model::RuleId>& rules, Basis basis) const {
    Evidence evidence;
    evidence.basis = basis;
    evidence.num_rules = rules.size();
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < observations_.size() && !rules.empty(); ++i) {
      bool met = false;
      value::Truth applies = value::Truth::kFalse;
      for (const evaluate::RuleSeen& seen : observations_[i].rules) {
        if (!std::binary_search(rules.begin(), rules.end(), seen.rule)) continue;
        met = true;
        applies = value::Or(applies, seen.applies);
      }
      if (!met) continue;  // a test of a protocol in which none of them stands
      if (applies == value::Truth::kTrue) shown.push_back(i);
      if (applies == value::Truth::kFalse) ++evidence.num_not;
      if (applies == value::Truth::kUnknown) ++evidence.num_unknown;
    }
    Show(std::move(shown), evidence);
    return evidence;
  }

  Evidence OfOutput(const std::string& path) const {
    Evidence evidence;
    evidence.basis = Basis::kExpectation;
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      const std::vector<model::OutputExpectation>& outputs = observations_[i].test->outputs;
      const bool expects = std::any_of(outputs.begin(), outputs.end(), [&](const model::OutputExpectation& expected) {
        const model::Output& output = policy_.outputs[expected.output.index];
        return policy_.protocols[output.protocol.index].name + "." + output.name == path;
      });
      if (expects) shown.push_back(i);
    }
    Show(std::move(shown), evidence);
    return evidence;
  }

  // Counts the tests in which one of them is seen to hold.
  Evidence OfGuarantees(const std::vector<std::string>& paths, Basis basis) const {
    Evidence evidence;
    evidence.basis = basis;
    std::vector<std::size_t> shown;
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      const model::Protocol& protocol = policy_.protocols[observations_[i].test->protocol.index];
      std::optional<value::Truth> holds;
      for (std::size_t k = 0; k < protocol.guarantees.size(); ++k) {
        const std::string path = protocol.name + "." + protocol.guarantees[k].name;
        if (std::find(paths.begin(), paths.end(), path) == paths.end()) continue;
        holds = value::Or(holds.value_or(value::Truth::kFalse), observations_[i].guarantees[k]);
      }
      if (holds == value::Truth::kTrue) shown.push_back(i);
      if (holds == value::Truth::kUnknown) ++evidence.num_unknown;
    }
    Show(std::move(shown), evidence);
    return evidence;
  }

  // A test in which few rules apply says most about each of them.
  void Show(std::vector<std::size_t> shown, Evidence& evidence) const {
    evidence.num_shown = shown.size();
    std::stable_sort(shown.begin(), shown.end(),
                     [this](std::size_t a, std::size_t b) { return num_applied_[a] < num_applied_[b]; });
    shown.resize(std::min(shown.size(), kMostExamples));
    for (const std::size_t i : shown) evidence.examples.push_back(TestName(policy_, *observations_[i].test));
  }

  const model::Policy& policy_;
  const Readers& readers_;
  const std::vector<Observation>& observations_;
  std::vector<std::size_t> num_applied_;  // of rules, by test
};

// Where the policy reads something as each interpretation says.
std::vector<std::vector<std::string>> PlacesOfReadings(const model::Policy& policy) {
  std::vector<std::vector<std::string>> places(policy.interpretations.size());
  const auto add = [&](const auto& thing, std::string_view what, const std::string& path) {
    for (const model::InterpretationId id : thing.interpretations) {
      places[id.index].push_back(fmt::format("{} `{}`", what, path));
    }
  };
  for (const model::Param& param : policy.params) add(param, "parameter", param.name);
  for (const model::Fact& fact : policy.facts) add(fact, "fact", fact.name);
  for (const model::Define& define : policy.defines) add(define, "definition", define.name);
  for (const model::Output& output : policy.outputs) {
    add(output, "output", policy.protocols[output.protocol.index].name + "." + output.name);
  }
  for (const model::Rule& rule : policy.rules) {
    add(rule, rule.table.valid() ? "row" : "rule", policy.protocols[rule.protocol.index].name + "." + rule.name);
  }
  return places;
}

class Accountant {
 public:
  Accountant(const compose::Composed& composed, const model::Policy& policy, const Witness& witness,
             diagnostics::Sink& sink)
      : composed_(composed), policy_(policy), witness_(witness), sink_(sink), places_(PlacesOfReadings(policy)) {}

  std::vector<Line> Lines(const Listed& listed) {
    std::vector<Line> lines;
    for (const Entry& entry : listed.superseded) superseded_.insert(entry.id);
    for (const Entry& entry : listed.entries) {
      line_of_.emplace(entry.id, lines.size());
      lines.push_back({entry, Status::kMissing, {}, {}, {}, nullptr});
    }
    AddAnswers(lines);
    AddReadings(lines);
    AddOmissions(lines);
    return lines;
  }

 private:
  void AddAnswers(std::vector<Line>& lines) {
    for (const model::Answer& answer : policy_.answers) {
      Line* line = Find(lines, answer.statement, answer.span);
      if (line == nullptr) continue;
      line->answers.push_back({answer.what, answer.path, answer.span, witness_.Of(answer)});
      line->status = Status::kAnswered;
    }
  }

  void AddReadings(std::vector<Line>& lines) {
    for (std::size_t i = 0; i < policy_.interpretations.size(); ++i) {
      const auto found = line_of_.find(policy_.interpretations[i].id);
      if (found == line_of_.end() || lines[found->second].entry.kind != EntryKind::kOpenPoint) continue;
      Line& line = lines[found->second];
      line.status = Status::kAnswered;
      line.readings.emplace_back(i);
      line.stands_at.insert(line.stands_at.end(), places_[i].begin(), places_[i].end());
    }
  }

  void AddOmissions(std::vector<Line>& lines) {
    for (const model::Omission& omission : policy_.omissions) {
      Line* line = Find(lines, omission.statement, omission.span);
      if (line == nullptr) continue;
      if (line->status == Status::kAnswered) {
        CheckOutweighed(*line, omission);
      } else if (line->omission == nullptr || Height(omission.span) < Height(line->omission->span)) {
        line->status = Status::kOmitted;
        line->omission = &omission;
      }
    }
  }

  // Reports an omission that no later version's answer outweighs.
  void CheckOutweighed(const Line& line, const model::Omission& omission) {
    std::optional<diagnostics::Span> nearest;
    const auto consider = [&](const diagnostics::Span& span) {
      if (!nearest || Height(span) < Height(*nearest)) nearest = span;
    };
    for (const Answered& answer : line.answers) consider(answer.span);
    for (const model::InterpretationId id : line.readings) consider(policy_.interpretations[id.index].span);
    if (Height(*nearest) < Height(omission.span)) return;
    sink_.Report(Code::kAnsweredAndOmitted, omission.span,
                 fmt::format("`{}` is left out here, and the policy answers it", omission.statement),
                 "take the omission out, or the answer", {{*nearest, "it is answered here"}});
  }

  // How far below the policy's own version the text lies.
  std::size_t Height(const diagnostics::Span& span) const {
    const auto version = composed_.written_in.find(span.source);
    if (version == composed_.written_in.end() || version->second == composed_.Name()) return 0;
    for (std::size_t i = 0; i < composed_.bases.size(); ++i) {
      if (composed_.bases[i].id + "@" + composed_.bases[i].version == version->second) return i + 1;
    }
    return composed_.bases.size() + 1;
  }

  Line* Find(std::vector<Line>& lines, const std::string& id, const diagnostics::Span& span) {
    const auto found = line_of_.find(id);
    if (found != line_of_.end()) return &lines[found->second];
    if (superseded_.count(id) > 0 || ++num_unknown_ > kMostReports) return nullptr;
    std::vector<std::string> known;
    for (const Line& line : lines) known.push_back(line.entry.id);
    const auto nearest = support::FindNearest(id, known);
    sink_.Report(Code::kNotListed, span, fmt::format("no list of statements holds `{}`", id),
                 nearest
                     ? fmt::format("did you mean `{}`?", *nearest)
                     : fmt::format("the lists hold `{}` to `{}`; add a row for it there", known.front(), known.back()));
    return nullptr;
  }

  const compose::Composed& composed_;
  const model::Policy& policy_;
  const Witness& witness_;
  diagnostics::Sink& sink_;
  std::vector<std::vector<std::string>> places_;  // by InterpretationId
  std::map<std::string, std::size_t> line_of_;    // by id
  std::set<std::string> superseded_;
  std::size_t num_unknown_ = 0;
};

}  // namespace

bool Line::tested() const {
  return std::any_of(answers.begin(), answers.end(),
                     [](const Answered& answer) { return answer.evidence.num_shown > 0; });
}

std::optional<Account> MakeAccount(const compose::Composed& composed, const model::Policy& policy,
                                   const Readers& readers, const std::vector<Observation>& observations,
                                   const Listed& listed, diagnostics::Sink& sink) {
  const std::size_t num_before = sink.num_errors();
  const Witness witness(policy, readers, observations);
  Account account;
  account.lines = Accountant(composed, policy, witness, sink).Lines(listed);
  account.num_tests = policy.tests.size();
  account.num_failed = policy.tests.size() - observations.size();
  if (sink.num_errors() > num_before) return std::nullopt;
  return account;
}

std::string TestName(const model::Policy& policy, const model::Test& test) {
  return fmt::format("{}: {}", policy.protocols[test.protocol.index].name, test.name);
}

}  // namespace cordon::statements
